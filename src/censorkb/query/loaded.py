"""The loaded store: what this process holds itself, asked as the embedded one and the server of somebody else are."""

from __future__ import annotations

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, ask
from censorkb.query.identity import Bound, Tell, silence
from censorkb.query.source import Source


class Loaded(Source):
    """Answers queries from a store in this process.

    Args:
        ontology: its prefixes.
        store: what to ask.
    """

    def __init__(self, ontology: Ontology, store: ox.Store) -> None:
        self._ontology, self._store = ontology, store

    def close(self) -> None:
        """Leave the store to who opened it."""

    def ask(
        self, sparql: str, bound: Bound | None = None, rows: int | None = None, tell: Tell = silence
    ) -> Answer | list[ox.Triple]:
        """Ask a query with the prefixes of the ontology.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            bound: terms for variables that the query selects; the answer has no columns for them.
            rows: how many rows are wanted; None for all.
            tell: told of ids that were given up, and of claims that were withdrawn.

        Raises:
            WrongQuestion: the query is not SPARQL or would leave the machine, or a term names nothing.
        """
        return ask(self._ontology, self._store, sparql, bound, tell, rows)
