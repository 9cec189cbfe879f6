"""The ledger: what is kept of each document from one run to the next, in SQLite, each record with a checksum."""

from __future__ import annotations

import functools
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from censorkb.graph.mapped import Mapped, Thing
from censorkb.problem import Phrase, Place, Problem, Severity


class Damaged(Exception):
    """A record is not what was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a document.

    Args:
        name: the document.
        stamp: tells states of its file apart; empty if only the digest can.
        digest: SHA-256 of its file.
        claims: how many claims it makes.
        loose: whether there is something to say of its references.
        bearing: what of it bears on all other documents, as JSON; empty if nothing does.
        problems: everything that is wrong with it, as JSON; empty if nothing is.
    """

    name: str
    stamp: str
    digest: str
    claims: int
    loose: int
    bearing: str
    problems: str


class Ledger:
    """Records of documents.

    Args:
        path: the file; made if there is none.
    """

    def __init__(self, path: Path) -> None:
        made = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        if made:
            self._db.executescript(_statements()["tables"])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def note(self, key: str) -> str:
        """A remark about the whole; empty if there is none."""
        row = self._db.execute(_statements()["note"], (key,)).fetchone()
        return str(row[0]) if row else ""

    def write_note(self, key: str, value: str) -> None:
        """Keep a remark."""
        self._db.execute(_statements()["write-note"], (key, value))

    def entries(self) -> dict[str, Entry]:
        """What is kept of each document, by name."""
        found = {}
        for *fields, seal in self._db.execute(_statements()["entries"]):
            _believe(fields, seal)
            found[fields[0]] = Entry(*fields)
        return found

    def thing(self, term: str) -> tuple[str, Thing] | None:
        """The thing of a term and the document that has it."""
        row = self._db.execute(_statements()["thing"], (term,)).fetchone()
        return _thing(row)[1:] if row else None

    def things(self, name: str) -> dict[str, Thing]:
        """The things of a document, by term."""
        rows = self._db.execute(_statements()["things"], (name,))
        return {term: thing for term, _, thing in map(_thing, rows)}

    def of_kind(self, kind: str) -> Iterator[tuple[str, str, Thing]]:
        """All things of a class: term, document, thing."""
        rows = self._db.execute(_statements()["of-kind"], (kind,))
        return map(_thing, rows)

    def packs(self, name: str) -> dict[str, bytes]:
        """The compressed statements of a document, by graph."""
        return {graph: lines for _, graph, lines in self._packs("packs", (name,))}

    def all_packs(self) -> Iterator[tuple[str, str, bytes]]:
        """The compressed statements of all documents: document, graph, lines."""
        return self._packs("all-packs", ())

    def _packs(self, statement: str, values: tuple[str, ...]) -> Iterator[tuple[str, str, bytes]]:
        for *fields, seal in self._db.execute(_statements()[statement], values):
            _believe(fields, seal)
            yield fields[0], fields[1], fields[2]

    def replace(self, gone: Iterable[str], kept: Iterable[tuple[Entry, Mapped]], notes: dict[str, str]) -> None:
        """Forget some documents and keep others, all at once or not at all.

        Args:
            gone: names of the documents that are forgotten; those that are kept again may be among them.
            kept: what is to be known of each document.
            notes: remarks about the whole.
        """
        kept = list(kept)
        with self._at_once(notes):
            names = [(name,) for name in gone]
            for statement in ("forget-file", "forget-packs", "forget-things"):
                self._db.executemany(_statements()[statement], names)
            self._insert("keep-file", (astuple(entry) for entry, _ in kept))
            self._insert("keep-pack", ((m.name, graph, lines) for _, m in kept for graph, lines in m.packs.items()))
            self._insert("keep-thing", (row for _, m in kept for row in _things(m)))

    def records(self, shelf: str, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        """What `exchange` has put on a shelf under some keys: key and value of each that is there."""
        for *fields, seal in self._db.execute(_statements()["records"], (shelf, json.dumps([*keys]))):
            _believe(fields, seal)
            yield fields[1], fields[2]

    def exchange(
        self,
        gone: Iterable[tuple[str, str | None]] | None,
        kept: Iterable[tuple[str, str, str]],
        notes: dict[str, str],
    ) -> None:
        """Take some values from their shelves and put others there, all at once or not at all.

        Args:
            gone: shelf and key of each value, or a shelf and None for all of its values; None for everything.
            kept: shelf, key and value; in the place of what was there.
            notes: remarks about the whole.
        """
        with self._at_once(notes):
            if gone is None:
                self._db.execute(_statements()["forget-records"])
            for shelf, key in gone or ():
                if key is None:
                    self._db.execute(_statements()["forget-shelf"], (shelf,))
                else:
                    self._db.execute(_statements()["forget-record"], (shelf, key))
            self._insert("keep-record", kept)

    @contextmanager
    def _at_once(self, notes: dict[str, str]) -> Iterator[None]:
        """Change records and write remarks, or do nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            for key, value in notes.items():
                self.write_note(key, value)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def restamp(self, entries: Iterable[Entry]) -> None:
        """Keep the new stamps of files that hold what they held."""
        rows = [(entry.stamp, _seal(astuple(entry)), entry.name) for entry in entries]
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(_statements()["restamp"], rows)
        self._db.execute("COMMIT")

    def _insert(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._db.executemany(_statements()[statement], ((*row, _seal(row)) for row in rows))


@functools.cache
def _statements() -> dict[str, str]:
    """The statements of `ledger.sql` by the names that stand before them."""
    text = resources.files("censorkb.graph").joinpath("ledger.sql").read_text("utf-8")
    named = (part.partition("\n") for part in text.split("-- ")[1:])
    return {name: statement for name, _, statement in named}


def _seal(fields: Iterable[object]) -> int:
    return zlib.crc32(repr(tuple(fields)).encode())


def _believe(fields: list[Any], seal: int) -> None:
    if _seal(fields) != seal:
        raise Damaged(f"the record of {fields[0]!r}")


def _things(mapped: Mapped) -> Iterator[tuple[Any, ...]]:
    for term, thing in mapped.things.items():
        place, labels = thing.place, json.dumps(thing.labels) if thing.labels else ""
        yield term, mapped.name, place.line, place.column, " ".join(thing.classes), labels


def _thing(row: tuple[Any, ...]) -> tuple[str, str, Thing]:
    *fields, seal = row
    _believe(fields, seal)
    term, name, line, column, classes, labels = fields
    return term, name, Thing(tuple(classes.split()), Place(name, line, column), tuple(json.loads(labels or "[]")))


def written(problems: Iterable[Problem]) -> str:
    """Problems as JSON; empty if there are none."""
    rows = [[*_written(p.place), p.rule, p.severity, _phrase(p.wrong), _phrase(p.mend)] for p in problems]
    return json.dumps(rows) if rows else ""


def _written(place: Place) -> tuple[str, int, int]:
    return place.file, place.line, place.column


def read(problems: str) -> list[Problem]:
    """Problems out of JSON."""
    return [
        Problem(Place(file, line, column), rule, Severity(severity), _phrase_of(wrong), _phrase_of(mend))
        for file, line, column, rule, severity, wrong, mend in json.loads(problems or "[]")
    ]


def _phrase(phrase: Phrase) -> list[Any]:
    gaps = {name: gap if isinstance(gap, str) else _phrase(gap) for name, gap in phrase.gaps}
    return [phrase.words, gaps]


def _phrase_of(written: list[Any]) -> Phrase:
    words, gaps = written
    filled = ((name, gap if isinstance(gap, str) else _phrase_of(gap)) for name, gap in gaps.items())
    return Phrase(words, tuple(filled))
