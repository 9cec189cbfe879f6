"""Rows that are put in order after the engine has found them stand as the engine puts them."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.query.order import arranged, shortened, without

TEXTS = st.text(max_size=4).map(ox.Literal)
IRIS = st.text("ab/:é\U00010000", min_size=1, max_size=4).map(lambda text: ox.NamedNode(f"x:a{text}"))
WHOLE = st.integers(-20, 20).map(ox.Literal)
MOMENT = "http://www.w3.org/2001/XMLSchema#dateTime"
MOMENTS = st.integers(1000, 2026).map(lambda y: ox.Literal(f"{y}-01-02T00:00:00Z", datatype=ox.NamedNode(MOMENT)))
ODD = st.sampled_from([ox.Literal("a", language="en"), ox.Literal(1.5), ox.Literal(True), ox.Literal("2020-01-01")])
COLUMN = st.sampled_from([TEXTS, IRIS, WHOLE, MOMENTS, TEXTS | IRIS | WHOLE, ODD | TEXTS])

EMPTY = ox.Store()


def in_order(store: ox.Store, query: str) -> list[list[str]] | None:
    """The rows of a query that is put in order outside."""
    apart = without(query)
    assert apart, query
    found, text = store.query(apart.sparql), io.BytesIO()
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    found.serialize(text, ox.QueryResultsFormat.TSV)
    lines = text.getvalue().splitlines(keepends=True)
    rows = arranged(lines[1:], columns, apart)
    if rows is None:
        return None
    read = ox.parse_query_results(b"".join([shortened(lines[0], apart), *rows]), format=ox.QueryResultsFormat.TSV)
    assert isinstance(read, ox.QuerySolutions)
    return [[str(term) for term in row] for row in read]


@given(
    st.tuples(COLUMN, COLUMN).flatmap(lambda kinds: st.lists(st.tuples(*map(st.none().__or__, kinds)), max_size=12)),
    st.booleans(),
)
def test_rows_stand_as_the_engine_puts_them(rows: list[tuple[ox.Literal | None, ...]], falls: bool) -> None:
    values = " ".join(f"({n} {' '.join(str(term or 'UNDEF') for term in row)})" for n, row in enumerate(rows))
    query = (
        f"SELECT ?n ?a ?b {{ VALUES (?n ?a ?b) {{ {values} }} }} ORDER BY {'DESC(?a)' if falls else '?a'} ASC(?b) ?n"
    )
    found, theirs = in_order(EMPTY, query), EMPTY.query(query)
    assert isinstance(theirs, ox.QuerySolutions)
    if found is not None:
        assert found == [[str(term) for term in row] for row in theirs]


def test_most_columns_are_put_in_order_outside() -> None:
    store = ox.Store()
    store.load(b'<x:a> <x:n> 3 ; <x:t> "b" . <x:b> <x:n> 12 ; <x:t> "a" .', format=ox.RdfFormat.TURTLE)
    for by in ("?n", "DESC(?n)", "?t", "(<x:same>) ?x"):
        assert in_order(store, f"SELECT ?x ?n ?t {{ ?x <x:n> ?n ; <x:t> ?t }} ORDER BY {by}") is not None


@pytest.mark.parametrize(
    "tail",
    [
        "",
        "ORDER BY ?x LIMIT 1",
        "ORDER BY STR(?x)",
        "ORDER BY (?x + 1)",
        "GROUP BY ?x ?y ORDER BY ?z",
        "ORDER BY STRLEN(STR(?x)) ?y",
    ],
)
def test_what_is_no_order_of_columns_is_left_to_the_engine(tail: str) -> None:
    assert without(f"SELECT ?x ?y WHERE {{ ?x <x:p> ?y . ?y <x:p> ?z }} {tail}") is None


def test_what_only_the_order_needs_is_no_column_of_the_rows() -> None:
    store = ox.Store()
    store.load(
        b'<x:a> <x:n> 3 ; <x:t> "b" . <x:b> <x:n> 12 ; <x:t> "a" . <x:c> <x:t> "c" .', format=ox.RdfFormat.TURTLE
    )
    for head in ("SELECT ?x WHERE", "SELECT ?x", "SELECT ?x ?t"):
        query = f"{head} {{ ?x <x:t> ?t OPTIONAL {{ ?x <x:n> ?n }} }} ORDER BY DESC(?n) ?t"
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        assert in_order(store, query) == [[str(term) for term in row] for row in found]
    assert without("SELECT DISTINCT ?x { ?x <x:n> ?n } ORDER BY ?n") is None


def test_an_order_inside_is_none_of_the_whole() -> None:
    assert without("SELECT * WHERE { { SELECT ?x WHERE { ?x <x:p> ?y } ORDER BY ?x } }") is None
    assert without("ASK { { SELECT ?x WHERE { ?x <x:p> ?y } ORDER BY ?x } }") is None
