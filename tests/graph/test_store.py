"""A store is loaded in portions, and has everything afterwards."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from censorkb.graph import store as stores
from censorkb.graph.store import load, open_store
from censorkb.ontology.ontology import Ontology

GRAPH = ox.NamedNode("https://example.org/graph")


def triples(count: int) -> list[ox.Triple]:
    """Made-up triples, of which some have line breaks and letters of several bytes in their texts."""
    says = ox.NamedNode("https://example.org/says")
    return [ox.Triple(ox.NamedNode(f"https://example.org/{n}"), says, ox.Literal(f"ё\n{n}" * n)) for n in range(count)]


@pytest.mark.parametrize("portion", [1, 100, 1000, 1 << 20])
@pytest.mark.parametrize("end", [".\n", "."])
def test_triples_come_in_whole_however_large_a_portion_is(
    monkeypatch: pytest.MonkeyPatch, portion: int, end: str
) -> None:
    monkeypatch.setattr(stores, "PORTION", portion)
    wanted, store = triples(40), ox.Store()
    lines = " .\n".join(map(str, wanted)) + f" {end}"
    load(store, lines.encode(), GRAPH)
    load(store, b"", GRAPH)
    assert set(store) == {ox.Quad(*triple, GRAPH) for triple in wanted}


def test_lines_come_in_whole_however_many_at_once(monkeypatch: pytest.MonkeyPatch, ontology: Ontology) -> None:
    monkeypatch.setattr(stores, "LINES_AT_ONCE", 3)
    wanted = triples(10)
    store = open_store(ontology, (f"{triple} {GRAPH} .\n" for triple in wanted))
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, GRAPH)} == set(wanted)
    terms = store.quads_for_pattern(None, None, None, ontology.vocabulary.node("graph:ontology"))
    assert {quad.triple for quad in terms} == {ox.Triple(*term) for term in ontology.vocabulary.terms}
