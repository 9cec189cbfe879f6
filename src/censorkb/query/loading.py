"""Loading: how a generation of the store is made, from the whole data set or from the generation before and what has changed."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from censorkb.graph.export import NAMES
from censorkb.graph.portions import Portion
from censorkb.query.generation import PORTIONS, TEXTS, Generation, Origin, Say, Unsettled

_FEW = 4  # one part in so many that has changed is changed in place, more is loaded anew
_LINES = 50  # of N-Quads at once
_LOOSE = 1 << 20  # bytes of texts that nobody needs
_TRIPLES = ox.RdfFormat.N_TRIPLES


def make(folder: Path, origin: Origin, before: Generation | None, say: Say) -> Generation:
    """Make a generation, from the one before if little has changed since.

    Args:
        folder: where; it is empty.
        origin: what is to be in it.
        before: the newest one there is.
        say: told what is being done.

    Raises:
        Unsettled: a build is writing.
        OSError: the disk says no.
    """
    state, wanted = origin.state, origin.portions()
    made = Generation(folder)
    with (origin.data / NAMES[0]).open("rb") as quads:
        old = _Old.of(before, wanted) if before else None
        if old:
            say("loading-changes")
            apart = _amend(made, old, {name: wanted.get(name) for name in sorted(old.gone)}, origin, quads)
        else:
            say("loading")
            apart = _load(made, wanted, origin, quads)
    if origin.state != state:
        raise Unsettled
    for path in made.quads.glob("LOG.old.*"):
        path.unlink()
    made.seal(state, apart=apart)
    return made


def _load(made: Generation, wanted: dict[str, Portion], origin: Origin, quads: BinaryIO) -> bool:
    lines, ledger = 0, _Ledger({})
    with (made.folder / TEXTS).open("xb") as texts:
        for name, portion in wanted.items():
            text = origin.text(quads, name, portion)
            lines += text.count(b"\n")
            ledger.add(name, portion.record, text, texts)
    ledger.write(made.folder)
    store = ox.Store(made.quads)
    store.bulk_load(
        input=quads, format=ox.RdfFormat.N_QUADS
    )  # one load for all: two would leave the keys in two orders
    store.bulk_load(input=origin.terms, format=ox.RdfFormat.N_QUADS)
    apart = len(store) == lines
    quads.seek(0)
    store.bulk_load(
        input=cast("BinaryIO", _WithoutGraphs(chain(quads, origin.terms.splitlines(True)))), format=_TRIPLES
    )
    store.optimize()  # a quarter more work now, a quarter less for each question
    store.flush()
    return apart


class _WithoutGraphs(io.RawIOBase):
    """Lines of N-Quads, read as those of N-Triples."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._triples = (line[: line.rindex(b" <")] + b" .\n" for line in lines)
        self._rest = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some bytes."""
        if not self._rest:
            self._rest = b"".join(islice(self._triples, _LINES))
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


@dataclass(frozen=True, slots=True)
class _Old:
    """The generation before, with the ledger of it, and for each portion that changed since, what it said."""

    generation: Generation
    ledger: _Ledger
    gone: dict[str, bytes]

    @classmethod
    def of(cls, generation: Generation, wanted: dict[str, Portion]) -> _Old | None:
        """None if it can't be believed, or if it is less work to load everything."""
        if not generation.is_base():
            return None
        ledger = _Ledger.read(generation.folder)
        changed = ledger.changed(wanted)
        size = sum(wanted[name].size for name in changed if name in wanted)
        try:
            with (generation.folder / TEXTS).open("rb") as texts:
                if size * _FEW > sum(each.size for each in wanted.values()) or ledger.is_loose(texts):
                    return None
                return cls(generation, ledger, {name: ledger.text(texts, name) for name in changed})
        except (OSError, ValueError, zlib.error):
            return None


def _amend(made: Generation, old: _Old, changed: dict[str, Portion | None], origin: Origin, quads: BinaryIO) -> bool:
    ox.Store.read_only(str(old.generation.quads)).backup(made.quads)  # the same files under a second name
    before, after = old.generation.folder / TEXTS, made.folder / TEXTS
    try:
        os.link(before, after)  # it only grows, and nobody reads past what he knows of
    except OSError:
        shutil.copyfile(before, after)
    gone = {line for text in old.gone.values() for line in text.splitlines(keepends=True)}
    come: set[bytes] = set()
    with after.open("ab") as texts:
        for name, portion in changed.items():
            old.ledger.rows.pop(name, None)
            if portion:
                text = origin.text(quads, name, portion)
                come.update(text.splitlines(keepends=True))
                old.ledger.add(name, portion.record, text, texts)
    old.ledger.write(made.folder)
    store = ox.Store(made.quads)
    lost, fresh = list(_quads(gone - come)), list(_quads(come - gone))
    for quad in lost:
        store.remove(quad)
    apart = not any(quad in store for quad in fresh)
    store.extend(fresh)
    for quad in {ox.Quad(*quad.triple) for quad in lost}:
        if all(
            other == quad for other in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        ):  # no graph says it any more
            store.remove(quad)
    store.extend(ox.Quad(*quad.triple) for quad in fresh)
    store.flush()
    return apart


def _quads(lines: Iterable[bytes]) -> Iterable[ox.Quad]:
    return ox.parse(b"".join(sorted(lines)), format=ox.RdfFormat.N_QUADS)


@dataclass(slots=True)
class _Ledger:
    """What each portion said when it was loaded: position and size of its packed text, and its checksum by name."""

    rows: dict[str, tuple[int, int, str]]

    @classmethod
    def read(cls, folder: Path) -> _Ledger:
        return cls({name: tuple(row) for name, row in json.loads((folder / PORTIONS).read_bytes()).items()})

    def write(self, folder: Path) -> None:
        (folder / PORTIONS).write_text(json.dumps(self.rows), "utf-8")

    def changed(self, wanted: dict[str, Portion]) -> set[str]:
        known = {name: row[2] for name, row in self.rows.items()}
        return {name for name in {*known, *wanted} if name not in wanted or known.get(name) != wanted[name].record}

    def text(self, texts: BinaryIO, name: str) -> bytes:
        """What a portion said; ValueError or zlib.error if it is damaged."""
        if name not in self.rows:
            return b""
        start, size, record = self.rows[name]
        text = zlib.decompress(os.pread(texts.fileno(), size, start))
        if hashlib.sha256(text).hexdigest() != record:
            raise ValueError("another text than was kept")
        return text

    def is_loose(self, texts: BinaryIO) -> bool:
        """Whether most of the texts are of former portions."""
        return os.fstat(texts.fileno()).st_size > _LOOSE + 2 * sum(size for _, size, _ in self.rows.values())

    def add(self, name: str, record: str, text: bytes, texts: BinaryIO) -> None:
        packed = zlib.compress(text, 1)
        self.rows[name] = (texts.tell(), len(packed), record)
        texts.write(packed)
