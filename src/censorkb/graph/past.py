"""The past: what earlier runs left about documents that are not mapped again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from censorkb.graph.ledger import Entry, Ledger
from censorkb.graph.mapped import Mapped, Thing


class Past:
    """Answers the register's questions from a ledger.

    Args:
        ledger: the records.
        entries: all documents that it knows.
        without: names of documents whose records no longer hold.
    """

    def __init__(self, ledger: Ledger, entries: dict[str, Entry], without: set[str]) -> None:
        self._ledger, self._without = ledger, without
        self._entries = [entry for name, entry in entries.items() if name not in without]

    def thing(self, term: str) -> Thing | None:
        """The thing of a term, if one of the documents has it."""
        found = self._ledger.thing(term)
        return found[1] if found and found[0] not in self._without else None

    def things(self, kind: str) -> Iterator[tuple[str, Thing]]:
        """All their things of a class, by term."""
        return ((term, thing) for term, name, thing in self._ledger.of_kind(kind) if name not in self._without)

    def others(self) -> Iterator[Mapped]:
        """What each of the documents says and has, in the order of their names."""
        for name, packs in groupby(self._ledger.all_packs(), key=itemgetter(0)):
            if name not in self._without:
                yield Mapped(name, things=self._ledger.things(name), packs={graph: lines for _, graph, lines in packs})

    def mapped(self, name: str) -> Mapped:
        """What one of the documents says and has."""
        return Mapped(name, things=self._ledger.things(name), packs=self._ledger.packs(name))

    def globals(self) -> Iterator[Mapped]:
        """What of the documents bears on all others."""
        return (bearing(entry) for entry in self._entries if entry.bearing)

    @property
    def loose(self) -> set[str]:
        """Names of the documents with references of which there is something to say."""
        return {entry.name for entry in self._entries if entry.loose}


def bearing(entry: Entry) -> Mapped:
    """What of a document bears on all others, as it was kept."""
    kept = json.loads(entry.bearing or "{}")
    return Mapped(
        entry.name,
        lost=bool(kept.get("lost")),
        former=dict(kept.get("former", {})),
        doubtful=frozenset(kept.get("doubtful", ())),
        contested=frozenset(kept.get("contested", ())),
    )


def bearing_of(mapped: Mapped) -> str:
    """What of a document bears on all others, to be kept; empty if nothing does."""
    if not (mapped.lost or mapped.former or mapped.doubtful or mapped.contested):
        return ""
    kept = {
        "lost": mapped.lost,
        "former": mapped.former,
        "doubtful": sorted(mapped.doubtful),
        "contested": sorted(mapped.contested),
    }
    return json.dumps(kept, sort_keys=True)
