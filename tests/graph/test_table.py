"""A query whose tables are opened answers the same; what is more than a table stays as it is."""

from __future__ import annotations

import random
from collections import Counter

import pyoxigraph as ox
import pytest

from censorkb.graph import rule
from censorkb.graph.pattern import pieces, read
from censorkb.graph.table import opened
from censorkb.ontology.ontology import Ontology

TABLES = [
    "SELECT ?a ?b { ?a ckb:p ?m { SELECT ?m ?b { ?b ckb:q ?m } } FILTER (?a != ?b) }",
    "SELECT ?a ?b { ?a ckb:p ?m . { SELECT ?m ?b WHERE { ?b ckb:q ?m ; ckb:r ?x . } } ?a ckb:r ?x }",
    "SELECT ?a { { SELECT ?a ?m { ?a ckb:p ?m FILTER (?m != ckb:n1) } } ?a ckb:q ?m }",
    "SELECT ?a ?b { { ?a ckb:p ?m { SELECT ?m ?b { ?b ckb:q ?m ; ckb:r ?x } } } UNION { ?b ckb:p ?x . ?a ckb:q ?b } }",
    "SELECT $a $m { $a ckb:p $m { SELECT $m { ?m ckb:q $b # every $b\n } } }",
    "SELECT ?a ?x { ?a ckb:p ?m OPTIONAL { ?a ckb:q ?x { SELECT ?x { ?x ckb:r ?m } } } }",
    "CONSTRUCT { ?a ckb:q ?b } WHERE { ?a ckb:p ?m { SELECT ?m ?b { ?b ckb:p ?m ; ckb:r ?x } } }",
]
OTHERS = [
    "SELECT * { ?a ckb:p ?m { SELECT ?m { ?b ckb:q ?m } } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT DISTINCT ?m { ?b ckb:q ?m } } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT * { ?b ckb:q ?m } } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT ?m (STR(?b) AS ?s) { ?b ckb:q ?m } } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT ?m { ?b ckb:q ?m } GROUP BY ?m } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT ?m { ?b ckb:q ?m BIND (?b AS ?c) } } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT ?m { ?m ckb:q ?b OPTIONAL { ?b ckb:r ?c } } } }",
    "SELECT ?a { ?a ckb:p ?m { SELECT ?m { ?b ckb:q ?m FILTER (BOUND(?a)) } } }",
    "SELECT ?a { { SELECT ?a { ?a ckb:q ?m } } UNION { ?a ckb:p ?m } }",
    "SELECT ?a { ?a ckb:p ?m OPTIONAL { SELECT ?m ?b { ?b ckb:q ?m } } }",
    "SELECT ?a { ?a ckb:p ?m FILTER NOT EXISTS { SELECT ?m { ?b ckb:q ?m } } }",
]


def rewritten(text: str) -> str:
    """A query with its tables opened."""
    found = opened(text, read(text), ())
    return "".join(found.get(i, piece) for i, piece in enumerate(pieces(text)))


@pytest.mark.parametrize("text", TABLES)
def test_opened_it_answers_the_same_as_often(text: str, ontology: Ontology) -> None:
    assert rewritten(text).count("SELECT") == text.startswith("SELECT")
    chance, node = random.Random(text), ontology.prefixes.node
    things = [node(f"ckb:n{n}") for n in range(5)]
    possible = [ox.Quad(s, node(f"ckb:{p}"), o) for s in things for p in "pqr" for o in things]
    several = 0
    for _ in range(40):
        store = ox.Store()
        store.extend(chance.sample(possible, chance.choice([8, 16, 30])))
        whole, open_ = (
            Counter(map(str, store.query(each, prefixes=ontology.prefixes.names))) for each in (text, rewritten(text))
        )
        assert open_ == whole
        several += len(whole) > 1
    assert several > 5, "there was something to find"


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_more_than_a_table_stays(text: str) -> None:
    assert rewritten(text) == text


def test_what_shall_stay_stays() -> None:
    text = TABLES[0]
    body = read(text)
    assert opened(text, body, [body.groups[0].groups[0]]) == {}


def test_a_rule_about_a_few_things_makes_no_table_of_everything(ontology: Ontology) -> None:
    tables = {each.name for each in rule.read_all(ontology) if rewritten(each.focus.text) != each.focus.text}
    assert tables == {"35-conflict", "45-corroborates"}
    for each in rule.read_all(ontology):
        if each.name in tables:
            assert "SELECT" not in each.focus.about(lambda variable: f"VALUES {variable} {{ ckb:n1 }}")
