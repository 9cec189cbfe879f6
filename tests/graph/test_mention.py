"""The words of a query tell what it can not look at; whatever they leave open is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.graph.mention import may_mention
from censorkb.graph.pattern import read
from censorkb.ontology.ontology import Ontology

PROJECT = Path(__file__).parents[2]
ONTOLOGY = Ontology(PROJECT / "ontology")
QUERIES = [
    *(each.query for each in compile_shapes(ONTOLOGY.vocabulary)),
    *(path.read_text("utf-8") for path in sorted((PROJECT / "site_templates/questions").glob("*.rq"))),
    *(path.read_text("utf-8") for path in sorted((PROJECT / "ontology/questions").glob("*.rq"))),
]


def mentions(text: str, *names: str) -> bool:
    return may_mention(text, ONTOLOGY.prefixes, [ONTOLOGY.prefixes.iri(name) for name in names])


def looked_at(text: str) -> list[str]:
    """The predicates of a query as the reader of queries finds them; one that it can not have for a variable."""
    found = set[str]()
    for group in read(text).walk():
        for pattern in group.patterns:
            found |= pattern.predicates or {"ckb:nothing"}
    return [
        ONTOLOGY.prefixes.curie(name[1:-1]) if name[0] == "<" else {"a": "rdf:type"}.get(name, name) for name in found
    ]


def test_no_query_looks_at_what_its_words_do_not_mention():
    for text in QUERIES:
        for name in looked_at(text):
            assert mentions(text, name), (name, text)


def test_most_queries_do_not_mention_what_they_do_not_look_at():
    assert sum(mentions(text, "ckb:nothing") for text in QUERIES) < len(QUERIES) / 5


@pytest.mark.parametrize(
    "body",
    [
        "?s ?p ?o",
        "?s a ckb:Claim ; ?p ?o",
        "?s a ckb:Claim . ?s ?p ?o",
        "?s a ckb:Claim # which ones\n . # all\n ?s ?p ?o",
        '?s ckb:says "# none" . ?s ?p ?o',
        "FILTER(?o > 1) ckb:x ?p 'a'",
        "{ ?s a ckb:Claim } UNION { <https://example.org/x> ?p ?o }",
        "?s a ckb:Claim { SELECT ?s ?o { ?s ?p ?o } }",
        'FILTER(?o = "SELECT") ?s ?p ?o OPTIONAL { ?s a ckb:Claim }',
    ],
)
def test_a_predicate_that_is_a_variable_may_be_any(body):
    assert mentions(f"SELECT ?s ?p ?o WHERE {{ {body} }}", "ckb:nothing")


@pytest.mark.parametrize("body", ["?s a ckb:Claim ; ckb:says ?o", "?s ckb:says ?o . VALUES (?s ?o ?p) { (ckb:a 1 2) }"])
def test_other_predicates_are_not_mentioned(body):
    assert not mentions(f"SELECT ?s ?p ?o WHERE {{ {body} }} GROUP BY ?s ?p ?o", "ckb:nothing", "ckb:quote")
    assert mentions(f"SELECT ?s ?p ?o WHERE {{ {body} }}", "ckb:says")
