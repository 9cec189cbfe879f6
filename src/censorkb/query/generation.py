"""Generations: the data set of a build as a store on disk, written once, sealed, and never changed.

The seal has the state of the files that it was made from and of its own. It is believed only if all of them are as they
were, down to their inodes, which nobody can bring along in a pull request. Bytes are compared with their checksums only
when the engine fails or never ends: 0.3 s for 100,000 claims, and a question may not take much more.

Every statement stands in its graph and in the default graph. Oxigraph can ask all graphs as if they were one, but then it takes
almost twice as long, and gives a statement twice that stands in two of them.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from censorkb.graph import portions
from censorkb.graph.export import NAMES
from censorkb.graph.portions import Portion

EDITION = f"2 pyoxigraph {ox.__version__}"
QUADS, TEXTS, PORTIONS, SEAL = "quads", "texts", "portions", "seal"
ONTOLOGY = ""  # the portion of terms; fact files have names
_TALK = ("LOG", "LOCK")  # what RocksDB tells people and other processes
_BLOCK = 1 << 20
_LINES = 50  # of N-Quads at once
_TRIPLES = ox.RdfFormat.N_TRIPLES
_FEW = 4  # one part in so many that has changed is changed in place, more is loaded anew
Say = Callable[[str], object]


class Unsettled(Exception):
    """The data set is being written while it is read."""


def marks(path: Path) -> list[int]:
    """The state of a file: equal ones say that nobody has changed it in between."""
    found = path.stat(follow_symlinks=False)
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a generation is made from.

    Args:
        data: folder with the N-Quads and the places of their portions.
        terms: lines of N-Quads of the ontology.
    """

    data: Path
    terms: bytes

    @property
    def state(self) -> list[object]:
        """What changes when anything of it does."""
        files = [marks(self.data / name) for name in (NAMES[0], portions.FILE)]
        return [EDITION, hashlib.sha256(self.terms).hexdigest(), *files]

    def portions(self) -> dict[str, Portion]:
        """Where the portions of the data set stand, and the terms."""
        try:
            found = portions.read((self.data / portions.FILE).read_bytes())
        except ValueError:
            raise Unsettled from None
        return {**found, ONTOLOGY: Portion(0, len(self.terms), hashlib.sha256(self.terms).hexdigest())}

    def text(self, quads: BinaryIO, name: str, portion: Portion) -> bytes:
        """The lines of a portion; Unsettled if they are not those that were told."""
        text = self.terms if name == ONTOLOGY else os.pread(quads.fileno(), portion.size, portion.start)
        if hashlib.sha256(text).hexdigest() != portion.record:
            raise Unsettled
        return text


@dataclass(frozen=True, slots=True)
class Generation:
    """A sealed store in a `folder` of its own."""

    folder: Path

    @property
    def quads(self) -> Path:
        """The folder of Oxigraph's files."""
        return self.folder / QUADS

    def is_of(self, origin: Origin) -> bool:
        """Whether it is whole, as far as can be told from outside, and made from an origin as that is now."""
        seal = self._seal()
        return seal is not None and bool(seal["origin"] == origin.state and self._state() == seal["files"])

    def is_sound(self) -> bool:
        """Whether no byte of it has changed since it was sealed."""
        seal = self._seal()
        return seal is not None and bool(self._state() == seal["files"] and self._checksums() == seal["checksums"])

    def is_base(self) -> bool:
        """Whether the next generation can be made from it."""
        seal = self._seal()
        return seal is not None and seal["origin"][0] == EDITION and bool(seal["apart"]) and self.is_sound()

    def _seal(self) -> dict[str, Any] | None:
        try:
            seal = json.loads((self.folder / SEAL).read_bytes())
        except (OSError, ValueError):
            return None
        return seal if isinstance(seal, dict) and set(seal) == {"origin", "files", "checksums", "apart"} else None

    def _files(self) -> list[Path]:
        inner = [path for path in self.quads.iterdir() if not path.name.startswith(_TALK)]
        return sorted([*inner, self.folder / PORTIONS])  # texts have their own checksums, and grow

    def _state(self) -> dict[str, list[int]] | None:
        try:
            return {path.name: self._marks(path) for path in self._files()}
        except OSError:
            return None

    @staticmethod
    def _marks(path: Path) -> list[int]:
        """Without the time at which a file got another name: generations share files."""
        size, changed, _, inode = marks(path)
        return [size, changed, inode]

    def _checksums(self) -> dict[str, int] | None:
        try:
            return {path.name: _checksum(path) for path in self._files()}
        except OSError:
            return None

    def seal(self, origin: list[object], *, apart: bool) -> None:
        """Close it for ever.

        Args:
            origin: the state of what it was made from.
            apart: whether no line stands in two portions, so that what one of them loses is lost.
        """
        seal = {"origin": origin, "files": self._state(), "checksums": self._checksums(), "apart": apart}
        path = self.folder / f"{SEAL}.draft"
        path.write_text(json.dumps(seal), "utf-8")
        path.rename(self.folder / SEAL)


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
            say("loading what has changed into the store")
            apart = _amend(made, old, {name: wanted.get(name) for name in sorted(old.gone)}, origin, quads)
        else:
            say("loading the data set into a store")
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
        return os.fstat(texts.fileno()).st_size > _BLOCK + 2 * sum(size for _, size, _ in self.rows.values())

    def add(self, name: str, record: str, text: bytes, texts: BinaryIO) -> None:
        packed = zlib.compress(text, 1)
        self.rows[name] = (texts.tell(), len(packed), record)
        texts.write(packed)


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found = zlib.crc32(block, found)
    return found
