"""Parcels: the statements of a store, packed, so that two states can be laid side by side without two stores.

Packed, they take a twentieth of the room that they have as lines, and less than that of what they have in a store. What
is said of one thing is in the same parcel of any state, so that parcel is compared with parcel.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from io import BufferedWriter, RawIOBase
from typing import Any

import pyoxigraph as ox

from censorkb.graph.changes import Changes

PARCELS = 64  # of 100,000 claims, one has about 14 MB of lines
BLOCK = 1 << 20  # bytes that are sorted into parcels at once
Parcels = Sequence[bytes]


def pack(store: ox.Store) -> Parcels:
    """Pack all statements of a store.

    Args:
        store: facts, terms and conclusions.
    """
    sorter = _Sorter()
    with BufferedWriter(sorter, BLOCK) as lines:
        store.dump(lines, ox.RdfFormat.N_QUADS)
    return sorter.parcels()


def between(before: Parcels, after: Parcels) -> Changes:
    """What differs, in the order of the statements as text.

    Args:
        before: the earlier state.
        after: the later one.
    """
    removed, added = list[bytes](), list[bytes]()
    for old, new in zip(before, after, strict=True):
        then, now = (set(zlib.decompress(parcel).split(b"\n")) for parcel in (old, new))
        removed += then - now
        added += now - then
    return Changes(_quads(removed), _quads(added))


class _Sorter(RawIOBase):
    """Takes lines of N-Quads in blocks of any size, and packs each into the parcel of its subject."""

    def __init__(self) -> None:
        self._packers = [zlib.compressobj(1) for _ in range(PARCELS)]
        self._packed = [list[bytes]() for _ in range(PARCELS)]
        self._begun = b""  # the line that the next block goes on with

    def writable(self) -> bool:
        """Whether it can be written to."""
        return True

    def write(self, block: Any) -> int:  # a buffer, of which Python 3.11 has no type
        """Take all of some bytes."""
        taken = bytes(block)
        *lines, self._begun = (self._begun + taken).split(b"\n")
        heaps = [list[bytes]() for _ in range(PARCELS)]
        for line in lines:
            heaps[zlib.crc32(line[: line.index(b" ")]) % PARCELS].append(line)
        for packer, packed, heap in zip(self._packers, self._packed, heaps, strict=True):
            packed.append(packer.compress(b"".join(line + b"\n" for line in heap)))
        return len(taken)

    def parcels(self) -> Parcels:
        """All that was taken; nothing more can be."""
        return [b"".join((*packed, packer.flush())) for packer, packed in zip(self._packers, self._packed, strict=True)]


def _quads(lines: Iterable[bytes]) -> list[ox.Quad]:
    return sorted(ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS), key=str)
