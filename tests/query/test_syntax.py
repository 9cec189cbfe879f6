"""A fault of syntax is told with its line, its column and what was expected there, and never in the words of the engine."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.query.syntax import explain

PREFIXES = {"ckb": "https://example.org/ns#", "id": "https://example.org/id/"}
FAULTS = [
    ("", 1, 1, "expected SELECT, ASK, CONSTRUCT or DESCRIBE, found nothing"),
    ("SELCT ?s", 1, 1, "expected SELECT, ASK, CONSTRUCT or DESCRIBE, found SELCT; did you mean SELECT?"),
    ("CLEAR ALL", 1, 1, "expected SELECT, ASK, CONSTRUCT or DESCRIBE, found CLEAR; the data can only be read"),
    ("PREFIX x: <y:z>\nINSERT DATA { x:a x:b x:c }", 2, 1, "the data can only be read"),
    ("SELECT ?s WHERE {", 1, 17, "expected } for the { that stands here, found the end of the query"),
    ("ASK { ?s ?p ?o } }", 1, 18, "expected the end of the query; nothing is opened that } could close"),
    ("ASK { ?s ?p ?o FILTER (?o = 1 } )", 1, 31, "expected ), found }"),
    ("SELECT ?s\nWHERE {\n  ?s ckb:kind kind }\n", 3, 15, "found kind; write ?kind for a variable or ckb:kind for a term"),
    ("SELECT s { ?s ?p ?o }", 1, 8, "expected a word of SPARQL, found s; write ?s for a variable"),
    ("ASK { ?s ?p ?o FILTR (?o = 1) }", 1, 16, "found FILTR; write ?FILTR for a variable or ckb:FILTR for a term, or filter"),
    ("ASK { ?s ckp:kind ?o }", 1, 10, "expected a prefix that is known, found ckp:; did you mean ckb?"),
    ('ASK {\n ?s ?p "a }', 2, 8, 'expected a second " that ends the text which begins here'),
    (r"ASK { ?s ?p 'caf\q' }", 1, 18, "after a backslash, found q"),
    ("ASK { ?s a <http://a b> }", 1, 12, "expected an address without blanks"),
    ("ASK { ?s ?p }", 1, 13, "expected an object after ?p, found }"),
    ("ASK { ?s }", 1, 10, "expected a predicate and an object after ?s, found }"),
    ("ASK { ?s ?p ; }", 1, 13, "expected an object after ?p, found ;"),
    ("ASK { ?s ?p ?o ?q }", 1, 16, "expected . or ; or , after ?o, found ?q"),
    ("ASK { ?s ?p ?o FILTER ?s = 1 }", 1, 23, "expected ( or a function after FILTER, found ?s"),
    ("ASK { ?s ?p ?o FILTER (?s = ) }", 1, 29, "expected a value after =, found )"),
    ("SELECT ?s { ?s ?p ?o } ORDER ?s", 1, 30, "expected BY after ORDER, found ?s"),
    ("SELECT ?s { ?s ?p ?o } LIMIT", 1, 1, "expected a number after LIMIT, found the end of the query"),
    ("SELECT ?s { ?s ?p ?o } LIMIT ten", 1, 30, "expected a number after LIMIT, found ten"),
    ("SELECT ?s { ?s ?p ?o BIND (1 AS ?s) }", 1, 33, "expected a new variable after AS, found ?s, which has a value before"),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x ?p ?y } GROUP BY ?z", 1, 1, "a variable after SELECT is neither in GROUP BY"),
]  # fmt: skip


def said(sparql: str) -> str:
    with pytest.raises(SyntaxError) as fault:
        ox.Store().query(sparql, prefixes=PREFIXES)
    return str(explain(sparql, PREFIXES, str(fault.value)))


@pytest.mark.parametrize(("sparql", "line", "column", "sentence"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_with_its_place(sparql: str, line: int, column: int, sentence: str) -> None:
    told = said(sparql)
    assert told.startswith(f"this is not SPARQL: line {line}, column {column}: ")
    assert sentence in told


@given(st.text(alphabet=st.sampled_from("SELECTASKWHERE {}()<>?$:.;,'\"\\\n\t\x1b#a1ckb^@=&|*/é\u202e"), max_size=80))
def test_whatever_is_asked_the_answer_is_one_safe_line(sparql: str) -> None:
    try:
        ox.Store().query(sparql, prefixes=PREFIXES)
    except SyntaxError as fault:
        told = str(explain(sparql, PREFIXES, str(fault)))
        assert told.startswith("this is not SPARQL: line ")
        assert told.isprintable()
        assert "['0'..='9']" not in told
