"""Contents: which part of the files of a data set holds which portion, so that a later run can take it from there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path

from censorkb.graph.chunk import Chunk


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the chunk of a portion is.

    Args:
        starts: positions of its first bytes in the files, in the order of the formats.
        sizes: how many bytes it has in each.
        digest: SHA-256 of all of them.
        record: SHA-256 of its lines of N-Quads.
    """

    starts: tuple[int, ...]
    sizes: tuple[int, ...]
    digest: str
    record: str


@dataclass(slots=True)
class Contents:
    """The portions of a data set.

    Args:
        extents: by name of the portion, in the order in which they were written.
    """

    extents: dict[str, Extent] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Contents:
        """Read what `str` wrote; ValueError if it is something else."""
        seal, _, rows = text.partition("\n")
        if seal != _seal(rows):
            raise ValueError("these contents are damaged")
        return cls(
            {name: Extent(tuple(starts), tuple(sizes), *d) for name, (starts, sizes, *d) in json.loads(rows).items()}
        )

    def __str__(self) -> str:
        rows = json.dumps({name: astuple(extent) for name, extent in self.extents.items()}, separators=(",", ":"))
        return f"{_seal(rows)}\n{rows}"


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Written:
    """The chunks of a data set that an earlier run wrote, each believed only if its bytes are those that were written.

    Args:
        handles: the files, in the order of the formats.
        contents: where the chunks are in them.
    """

    def __init__(self, handles: list[int], contents: Contents) -> None:
        self._handles, self._extents = handles, contents.extents

    def chunk(self, name: str) -> Chunk | None:
        """The chunk of a portion; None if there is none, or if it is damaged."""
        extent = self._extents.get(name)
        if extent is None:
            return None
        places = zip(self._handles, extent.sizes, extent.starts, strict=True)
        nq, trig, ttl, jsonld, nt = (os.pread(handle, size, start) for handle, size, start in places)
        found = Chunk.of((nq, trig, ttl, jsonld, nt))
        return found if found.digest == extent.digest else None


@contextmanager
def opened(files: Iterable[Path], contents: Contents) -> Iterator[Written]:
    """Open the files of a data set; they can be replaced meanwhile.

    Args:
        files: where they are, in the order of the formats.
        contents: where the chunks are in them.

    Raises:
        OSError: they are not there.
    """
    with ExitStack() as stack:
        yield Written([stack.enter_context(path.open("rb")).fileno() for path in files], contents)
