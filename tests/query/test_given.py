"""Values take the places of variables only where that asks the same as binding them does."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from censorkb.query.given import given, is_one

STORE = ox.Store()
STORE.load(b"""@prefix : <x:> . :a :p :b ; :n 1 . :b :p :c ; :n 2 . :c :p :a ; :n 3 .""", format=ox.RdfFormat.TURTLE)
BOUND = {ox.Variable("x"): ox.NamedNode("x:a")}


def rows(found: object) -> list[tuple[str, ...]]:
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables if variable.value != "x"]
    return [tuple(str(row[name]) for name in names) for row in found]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x ?y WHERE { ?x <x:p> ?y }",
        "SELECT ?x ?y WHERE { { SELECT ?x ?y WHERE { ?y <x:p> ?x } } ?x <x:n> ?n } ORDER BY ?x",
        "SELECT ?x (COUNT(?y) AS ?n) WHERE { ?x <x:p> ?y } GROUP BY ?x",
        "SELECT * WHERE { ?x <x:p> ?y }",
        "SELECT ?x ?y WHERE { ?y <x:n> ?n . FILTER NOT EXISTS { ?x <x:p> ?y } } ORDER BY ?y",
        "SELECT ?x ?y WHERE { { ?x <x:p> ?y } UNION { ?y <x:p> ?x } } ORDER BY ?y",
        "SELECT ?x ?y WHERE { ?y <x:n> ?n . OPTIONAL { SELECT ?y ?z WHERE { ?y <x:p> ?z } } FILTER (?z = ?x) }",
    ],
)
def test_a_value_in_the_place_of_a_variable_asks_the_same(query: str) -> None:
    if "*" not in query:
        assert is_one(query, BOUND)
        assert rows(STORE.query(given(query, BOUND))) == rows(STORE.query(query, substitutions={**BOUND}))
    else:
        assert not is_one(query, BOUND)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x ?y WHERE { ?x <x:n> ?n . { SELECT (COUNT(?x) AS ?y) WHERE { ?x <x:p> ?z } } }",
        "SELECT ?x ?y WHERE { ?x <x:n> ?n . { SELECT ?y WHERE { ?x <x:p> ?y } } }",
        "SELECT ?y WHERE { ?x <x:p> ?y }",
        "ASK { ?x <x:p> ?y }",
        "CONSTRUCT { ?x <x:q> ?y } WHERE { ?x <x:p> ?y }",
        "CONSTRUCT WHERE { ?x <x:p> ?y }",
        "DESCRIBE ?x",
        "",
    ],
)
def test_a_variable_that_is_another_one_somewhere_is_left_to_the_engine(query: str) -> None:
    assert not is_one(query, BOUND)
