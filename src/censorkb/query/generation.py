"""Generations: the data set of a build as a store on disk, written once, sealed, and never changed.

The seal has the state of the files that it was made from and of its own. It is believed only if all of them are as they
were, down to their inodes, which nobody can bring along in a pull request. Bytes are compared with their checksums only
when the engine fails or never ends: 0.3 s for 100,000 claims, and a question may not take much more.

Every statement stands in its graph and in the default graph. Oxigraph can ask all graphs as if they were one, but then it takes
almost twice as long, and gives a statement twice that stands in two of them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from censorkb.graph import portions
from censorkb.graph.export import NAMES
from censorkb.graph.portions import Portion
from censorkb.graph.seal import checksum
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase

EDITION = f"2 pyoxigraph {ox.__version__}"
QUADS, TEXTS, PORTIONS, SEAL = "quads", "texts", "portions", "seal"
ONTOLOGY = ""  # the portion of terms; fact files have names
_TALK = ("LOG", "LOCK")  # what RocksDB tells people and other processes
Say = Callable[[str | Phrase], object]


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

    @classmethod
    def of(cls, ontology: Ontology, out: Path) -> Origin:
        """What the data set of a build and the terms of an ontology make.

        Args:
            ontology: its terms stand in a graph of their own.
            out: folder of the build.
        """
        graph = ontology.vocabulary.node("graph:ontology")
        lines = {f"{s} {p} {o} {graph} .\n" for s, p, o in ontology.vocabulary.terms}
        return cls(out / "data", "".join(sorted(lines)).encode())

    @property
    def state(self) -> list[object]:
        """What changes when anything of it does."""
        files = [marks(self.data / name) for name in (NAMES[0], portions.FILE)]
        return [EDITION, _checksum(self.terms), *files]

    def portions(self) -> dict[str, Portion]:
        """Where the portions of the data set stand, and the terms."""
        try:
            found = portions.read((self.data / portions.FILE).read_bytes())
        except ValueError:
            raise Unsettled from None
        return {**found, ONTOLOGY: Portion(0, len(self.terms), _checksum(self.terms))}

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
        path = self.folder / SEAL
        try:
            return _read_seal(path, *marks(path))
        except (OSError, ValueError):
            return None

    def _files(self) -> list[Path]:
        inner = [path for path in self.quads.iterdir() if not path.name.startswith(_TALK)]
        return sorted([*inner, self.folder / PORTIONS])  # texts have their own checksums, and grow

    def _state(self) -> dict[str, list[int]] | None:
        try:
            with os.scandir(self.quads) as entries:  # asked before each question: paths would take half of its time
                inner = [entry for entry in entries if not entry.name.startswith(_TALK)]
                found = {entry.name: entry.stat(follow_symlinks=False) for entry in inner}
            found[PORTIONS] = (self.folder / PORTIONS).stat(follow_symlinks=False)
        except OSError:
            return None
        # Without the time at which a file got another name: generations share files.
        return {name: [mark.st_size, mark.st_mtime_ns, mark.st_ino] for name, mark in found.items()}

    def _checksums(self) -> dict[str, int] | None:
        try:
            return {path.name: checksum(path) for path in self._files()}
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


@functools.lru_cache(maxsize=2)  # each question asks for it, and reading it anew took a fifth of what that costs
def _read_seal(path: Path, *_: int) -> dict[str, Any] | None:
    """A seal while the marks of its file are those; it is not to be changed."""
    seal = json.loads(path.read_bytes())
    return seal if isinstance(seal, dict) and set(seal) == {"origin", "files", "checksums", "apart"} else None


@functools.lru_cache(maxsize=2)  # each question asks whether the terms are still the same
def _checksum(terms: bytes) -> str:
    return hashlib.sha256(terms).hexdigest()
