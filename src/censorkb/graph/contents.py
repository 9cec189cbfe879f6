"""Contents: which part of the files of a data set holds which portion, so that a later run can take it from there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from censorkb.problem import Failure

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Extent:
    """Where the chunk of a portion is.

    Args:
        starts: positions of its first bytes in the files, in the order of the formats.
        sizes: how many bytes it has in each.
        record: SHA-256 of its lines of N-Quads.
    """

    starts: tuple[int, ...]
    sizes: tuple[int, ...]
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
            {
                name: Extent(tuple(starts), tuple(sizes), record)
                for name, (starts, sizes, record) in json.loads(rows).items()
            }
        )

    def __str__(self) -> str:
        table = {name: (each.starts, each.sizes, each.record) for name, each in self.extents.items()}
        rows = json.dumps(table, separators=(",", ":"))
        return f"{_seal(rows)}\n{rows}"


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Written:
    """The files of a data set that an earlier run wrote; whoever opens them has seen that they are as they were.

    Args:
        handles: the files, in the order of the formats.
        contents: where the chunks are in them.
    """

    def __init__(self, handles: list[int], contents: Contents) -> None:
        self._handles, self.extents = handles, contents.extents

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
