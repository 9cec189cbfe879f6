"""Graphs for the tests of the engine: from Turtle or from triples, beside the terms of the ontology."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.ontology.vocabulary import Triple, Vocabulary

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The real ontology."""
    return Vocabulary(ONTOLOGY)


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[[str], Vocabulary]:
    """Make an ontology of nothing but one file of shapes, given without its prefixes."""

    def make(shapes: str) -> Vocabulary:
        folder = tmp_path / "ontology"
        (folder / "shapes").mkdir(parents=True, exist_ok=True)
        prefixes = ONTOLOGY.joinpath("prefixes.ttl").read_text("utf-8")
        folder.joinpath("prefixes.ttl").write_text(prefixes, "utf-8")
        folder.joinpath("shapes", "tiny.ttl").write_text(prefixes + shapes, "utf-8")
        return Vocabulary(folder)

    return make


@pytest.fixture(scope="session")
def load() -> Callable[[Vocabulary, str], ox.Store]:
    """Make a store of Turtle, given without its prefixes, and of the terms of an ontology."""

    def make(vocabulary: Vocabulary, turtle: str) -> ox.Store:
        store = store_of(vocabulary, ())
        prefixes = ONTOLOGY.joinpath("prefixes.ttl").read_text("utf-8")
        store.load(prefixes + turtle, format=ox.RdfFormat.TURTLE, to_graph=vocabulary.node("graph:entities"))
        return store

    return make


@pytest.fixture(scope="session")
def store_of_triples() -> Callable[[Vocabulary, Iterable[Triple]], ox.Store]:
    """Make a store of triples and of the terms of an ontology."""
    return store_of


def store_of(vocabulary: Vocabulary, triples: Iterable[Triple]) -> ox.Store:
    """A store with the terms of an ontology and facts beside them."""
    store, terms, facts = ox.Store(), vocabulary.node("graph:ontology"), vocabulary.node("graph:entities")
    store.extend(ox.Quad(*triple, terms) for triple in vocabulary.terms)
    store.extend(ox.Quad(*triple, facts) for triple in triples)
    return store
