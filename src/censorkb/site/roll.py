"""Rolls: the names and digests of files as they are written, which may be a million.

What is held in the memory is written away in order when it is much, so that a roll of a large site takes no more memory
than one of a small site; at the end the parts are merged.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from censorkb.site import disk
from censorkb.site.manifest import NAME, Digests, Manifest, line_of

MUCH = 50_000  # names, which take about 12 MB
_BLOCK, _LINES = 1 << 16, 10_000


class Roll(Digests):
    """Digests by name. Each name comes once; those that came last are found at once, others slowly.

    Args:
        folder: where what is much is written, to a file that has no name there.
        much: how many names are.
    """

    def __init__(self, folder: str, much: int = MUCH) -> None:
        self._folder, self._much = folder, much
        self._last: dict[str, bytes] = {}  # half as large as hexadecimal digits
        self._handle, self._ends = -1, [0]  # the file, and where the parts in it end

    def __setitem__(self, name: str, digest: str) -> None:
        self._last[name] = bytes.fromhex(digest)
        if len(self._last) >= self._much:
            self._write()

    def __getitem__(self, name: str) -> str:
        if name in self._last:
            return self._last[name].hex()
        for part in self._parts():
            if found := Manifest(part).get(name):
                return found
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (line[NAME:].decode() for line in self._merged())

    def __len__(self) -> int:
        return self.count("")

    def count(self, ending: str) -> int:
        """How many names have an ending."""
        written = sum(part.count(f"{ending}\n".encode()) for part in self._parts())
        return written + sum(name.endswith(ending) for name in self._last)

    def blocks(self) -> Iterator[bytes]:
        """The lines of all files, piece by piece."""
        made = list[bytes]()
        for line in self._merged():
            made.append(line)
            if len(made) >= _LINES:
                yield b"\n".join([*made, b""])
                made = []
        yield b"\n".join([*made, b""]) if made else b""

    def close(self) -> None:
        """Let go of what was written away."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle, self._ends = -1, [0]

    def _write(self) -> None:
        """Write away what is held in the memory."""
        if self._handle < 0:
            path = f"{self._folder}/.roll"
            self._handle = disk.create(path, also_read=True)
            Path(path).unlink()
        part = b"".join(line_of(name, self._last[name]) for name in sorted(self._last))
        disk.put(self._handle, part)
        self._ends.append(self._ends[-1] + len(part))
        self._last.clear()

    def _parts(self) -> Iterator[bytes]:
        """The lines of each part that was written."""
        return (os.pread(self._handle, end - start, start) for start, end in pairwise(self._ends))

    def _merged(self) -> Iterator[bytes]:
        """All lines in the order of names, without their ends; what comes meanwhile is not among them."""
        last = (line_of(name, digest)[:-1] for name, digest in sorted(self._last.items()))
        written = (self._lines(start, end) for start, end in pairwise(self._ends))
        return heapq.merge(last, *written, key=lambda line: line[NAME:])

    def _lines(self, start: int, end: int) -> Iterator[bytes]:
        """The lines of a part, of which little is in the memory at once."""
        rest = b""
        while start < end:
            block = os.pread(self._handle, min(_BLOCK, end - start), start)
            start += len(block)
            *lines, rest = (rest + block).split(b"\n")
            yield from lines
