"""Contents: which part of the files of a data set holds which portion, so that a later run can take it from there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from censorkb.problem import Failure

_BLOCK = 1 << 18  # what the processor holds beside it while it is read, digested and written
_Row = tuple[tuple[int, ...], tuple[int, ...], str, int]


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the chunk of a portion is.

    Args:
        starts: positions of its first bytes in the files, in the order of the formats.
        sizes: how many bytes it has in each.
        record: SHA-256 of its lines of N-Quads.
        lines: how many there are.
    """

    starts: tuple[int, ...]
    sizes: tuple[int, ...]
    record: str
    lines: int


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
        return cls({name: Extent(*row) for name, row in msgspec.json.decode(rows, type=dict[str, _Row]).items()})

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return sum(each.lines for each in self.extents.values())

    def __str__(self) -> str:
        table = {name: (each.starts, each.sizes, each.record, each.lines) for name, each in self.extents.items()}
        rows = msgspec.json.encode(table).decode()
        return f"{_seal(rows)}\n{rows}"


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Trail:
    """The SHA-256 of a file and of its beginnings, block by block: what begins alike need not be digested again.

    Args:
        path: the file.

    Raises:
        OSError: it can't be read.
    """

    def __init__(self, path: Path) -> None:
        digest = hashlib.sha256()
        self._beginnings = [digest.copy()]
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                self._beginnings.append(digest.copy())
        self.whole = digest.hexdigest()

    def until(self, end: int) -> hashlib._Hash | None:
        """The digest of the bytes before a position, if it is the end of a whole block."""
        number, rest = divmod(end, _BLOCK)
        return None if rest else self._beginnings[number].copy()


class Written:
    """The files of a data set that an earlier run wrote; whoever opens them has seen that they are as they were.

    Args:
        handles: the files, in the order of the formats.
        contents: where the chunks are in them.
        trails: the digests of the files, if they are known.
    """

    def __init__(self, handles: list[int], contents: Contents, trails: Sequence[Trail] = ()) -> None:
        self._handles, self.extents, self._trails = handles, contents.extents, trails

    def begins(self, heads: Iterable[bytes]) -> bool:
        """Whether the files begin with some bytes, in the order of the formats."""
        return all(os.pread(handle, len(head), 0) == head for handle, head in zip(self._handles, heads, strict=True))

    def digested(self, form: int, start: int, end: int) -> Iterator[tuple[bytes, hashlib._Hash | None]]:
        """The bytes of a file like `blocks`, each block with the digest of all bytes until its end, as far as it is known."""
        trail = self._trails[form] if self._trails else None
        while start < end:
            stop = min(end, (start // _BLOCK + 1) * _BLOCK)
            for block in self.blocks(form, start, stop):
                start += len(block)
                yield block, trail.until(start) if trail else None

    def blocks(self, form: int, start: int, end: int) -> Iterator[bytes]:
        """The bytes of a file from one position to another.

        Args:
            form: number of the format.
            start: position of the first byte.
            end: position after the last.

        Raises:
            OSError: the file can't be read; Failure if it is shorter.
        """
        while start < end:
            block = os.pread(self._handles[form], min(_BLOCK, end - start), start)
            if not block:
                raise Failure("data-set-short")
            start += len(block)
            yield block


@contextmanager
def opened(files: Iterable[Path], contents: Contents, trails: Sequence[Trail] = ()) -> Iterator[Written]:
    """Open the files of a data set; they can be replaced meanwhile.

    Args:
        files: where they are, in the order of the formats.
        contents: where the chunks are in them.
        trails: the digests of the files, if they are known.

    Raises:
        OSError: they are not there.
    """
    with ExitStack() as stack:
        yield Written([stack.enter_context(path.open("rb")).fileno() for path in files], contents, trails)
