"""Rules: the files of `ontology/rules/`, each a CONSTRUCT that says what follows for one thing from the facts about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.graph.focus import Focus
from censorkb.graph.hand import in_hand
from censorkb.graph.pattern import pieces, word
from censorkb.graph.pattern import read as read_body
from censorkb.ontology.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Args:
        name: its file without the ending; rules run in the order of their names.
        focus: its query, about the thing that it concludes something of: the first variable of its template that its
            patterns bind. All that it concludes has this thing, or a part of it, as subject.
        graph: where a cache keeps its conclusions.
    """

    name: str
    focus: Focus
    graph: ox.NamedNode

    def conclude(self, store: ox.Store, about: Collection[str] | None = None) -> set[ox.Triple]:
        """What follows.

        Args:
            store: facts, terms and what earlier rules have concluded.
            about: terms of the things to look at; all if none are given.
        """
        with in_hand(store, self.focus.prefixes, about or ()) as only:
            return set(self._ask(store, self.focus.text if about is None else self.focus.about(only)))

    def lines(self, store: ox.Store) -> bytes:
        """What follows from everything in a store as N-Triples, some of it perhaps several times."""
        found = self._ask(store, self.focus.text).serialize(format=ox.RdfFormat.N_TRIPLES)
        assert found is not None, "it was not written to a file"
        return found

    def _ask(self, store: ox.Store, text: str) -> ox.QueryTriples:
        found = store.query(text, prefixes=self.focus.prefixes.names, use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples), f"{self.name} is no CONSTRUCT"
        return found


def read_all(ontology: Ontology) -> list[Rule]:
    """The rules of an ontology, in their order."""
    paths = sorted((ontology.folder / "rules").glob("*.rq"))
    return [_rule(ontology, path.stem, path.read_text("utf-8")) for path in paths]


def _rule(ontology: Ontology, name: str, text: str) -> Rule:
    bound = {variable for group in read_body(text).walk() for variable in group.variables}
    about = next(found for piece in pieces(text) if (found := word(piece)) in bound)
    graph = ox.NamedNode(f"{ontology.vocabulary.node('graph:derived').value}-{name}")
    return Rule(name, Focus(text, about, ontology.prefixes), graph)
