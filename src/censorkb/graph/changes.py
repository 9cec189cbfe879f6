"""Changes: the statements by which the facts of two runs differ, and what follows from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyoxigraph as ox

ByPredicate = dict[str, list[ox.Quad]]


@dataclass(slots=True)
class Changes:
    """Statements that were removed and added, in the graphs in which the store of a cache has them.

    Args:
        removed: those that no longer hold, in no particular order.
        added: those that did not hold before.
    """

    removed: list[ox.Quad] = field(default_factory=list)
    added: list[ox.Quad] = field(default_factory=list)

    @classmethod
    def between(cls, before: set[str], after: set[str]) -> Changes:
        """The differences of two sets of lines of N-Triples without their ends."""
        return cls(_quads(before - after), _quads(after - before))

    @classmethod
    def read(cls, text: str) -> Changes:
        """Read what `str` wrote; no changes if it is empty."""
        kept = json.loads(text or "[[], []]")
        removed, added = (list(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)) for lines in kept)
        return cls(removed, added)

    def __str__(self) -> str:
        return json.dumps([[f"{quad} ." for quad in quads] for quads in (self.removed, self.added)])

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def __add__(self, later: Changes) -> Changes:
        """What has changed after both."""
        removed, added = set(self.removed), set(self.added)
        for quad in later.removed:
            added.discard(quad) if quad in added else removed.add(quad)
        for quad in later.added:
            removed.discard(quad) if quad in removed else added.add(quad)
        return Changes(sorted(removed, key=str), sorted(added, key=str))

    def by_predicate(self) -> ByPredicate:
        """All of them by the IRI of the predicate."""
        found: ByPredicate = {}
        for quad in (*self.removed, *self.added):
            found.setdefault(quad.predicate.value, []).append(quad)
        return found

    def reversed(self) -> Changes:
        """What leads back."""
        return Changes(self.added, self.removed)

    @contextmanager
    def still_there(self, store: ox.Store) -> Iterator[None]:
        """Let a store hold what was removed beside what was added: what is gone must still be seen to have mattered."""
        absent = [quad for quad in self.removed if quad not in store]
        store.extend(absent)
        try:
            yield
        finally:
            for quad in absent:
                store.remove(quad)

    def apply(self, store: ox.Store) -> None:
        """Make a store hold what holds afterwards."""
        store.extend(self.added)
        for quad in self.removed:
            store.remove(quad)


def _quads(lines: Iterable[str]) -> list[ox.Quad]:
    text = "\n".join(sorted(lines))
    return list(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))
