"""Changes: the triples by which the facts of two runs differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

ByPredicate = dict[str, list[ox.Triple]]


@dataclass(slots=True)
class Changes:
    """Triples that were removed and added.

    Args:
        removed: in no particular order.
        added: likewise.
    """

    removed: list[ox.Triple] = field(default_factory=list)
    added: list[ox.Triple] = field(default_factory=list)

    @classmethod
    def between(cls, before: set[str], after: set[str]) -> Changes:
        """The differences of two sets of lines of N-Triples without their ends."""
        return cls(_triples(before - after), _triples(after - before))

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def by_predicate(self) -> ByPredicate:
        """All of them by the IRI of the predicate."""
        found: ByPredicate = {}
        for triple in (*self.removed, *self.added):
            found.setdefault(triple.predicate.value, []).append(triple)
        return found

    def put(self, store: ox.Store) -> None:
        """Put what was added into a store."""
        store.extend(self._quads(self.added))

    def drop(self, store: ox.Store) -> None:
        """Take what was removed out of a store."""
        for quad in self._quads(self.removed):
            store.remove(quad)

    @property
    def removed_quads(self) -> list[ox.Quad]:
        """What was removed, as the store had it."""
        return self._quads(self.removed)

    @staticmethod
    def _quads(triples: Iterable[ox.Triple]) -> list[ox.Quad]:
        return [ox.Quad(t.subject, t.predicate, t.object) for t in triples]


def _triples(lines: Iterable[str]) -> list[ox.Triple]:
    text = "\n".join(sorted(lines))
    return [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES)]
