"""The data set as files: N-Quads of record, and TriG, Turtle, JSON-LD and N-Triples made from it.

All bytes follow from the statements alone, without blank nodes and clock. The data set is written in portions, one for
each fact file: what the file says and what follows of the things in it. Portions stand in code-point order of their
names, and lines of N-Quads in code-point order within each. `LC_ALL=C sort` brings all lines into one order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from censorkb.graph.chunk import FORMS, Chunk, Chunker, Parts
from censorkb.graph.contents import Contents, Extent, Written
from censorkb.ontology.ontology import Ontology

STEM = "censorkb"
NAMES = tuple(f"{STEM}.{form}" for form in FORMS)
VOCABULARY = "ontology.ttl"
_BETWEEN, _FOOT = (b"", b"", b"", b",\n", b""), (b"", b"", b"", b"\n]\n", b"")
_SEPARATORS = tuple(map(len, _BETWEEN))
Output = Callable[..., object]  # of bytes, and maybe of the digest of all bytes until then


def write(
    chunker: Chunker,
    chunks: Iterable[tuple[str, Chunk | Extent]],
    outputs: Sequence[Output],
    before: Written | None = None,
) -> Contents:
    """Write a data set portion by portion.

    Args:
        chunker: what made the chunks.
        chunks: name of each portion and its chunk, or where it is in the files before; in code-point order of the names.
        outputs: what takes the bytes of each file, in the order of `NAMES`; and the digest of all bytes until then, if
            the files before begin alike and theirs is known.
        before: the files of an earlier run.

    Returns:
        Where the chunks are in the files.
    """
    made = _Files(chunker.head, outputs, before)
    for name, chunk in chunks:
        if isinstance(chunk, Extent):
            made.keep(name, chunk)
        elif any(chunk.parts):
            made.add(name, chunk)
    made.put(_FOOT)
    return made.contents


def vocabulary(chunker: Chunker, ontology: Ontology) -> bytes:
    """Write the terms that are published beside the data."""
    return chunker.whole([ox.Triple(*triple) for triple in ontology.vocabulary.terms])


class _Files:
    """The files of a data set in the making."""

    def __init__(self, head: Parts, outputs: Sequence[Output], before: Written | None) -> None:
        self._outputs, self._before = outputs, before
        self._ends = (0,) * len(FORMS)
        self._run: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        self.contents = Contents()
        self._is_alike = before is not None and before.begins(head)  # so far, the files are as they were
        self.put(head)

    def add(self, name: str, chunk: Chunk) -> None:
        """Write a portion after all others."""
        if self._is_next(name):
            self.put(_BETWEEN)
        self._copy()
        self._is_alike = False
        lines = chunk.parts[0].count(b"\n")
        self.contents.extents[name] = Extent(self._ends, tuple(map(len, chunk.parts)), chunk.record, lines)
        self.put(chunk.parts)

    def keep(self, name: str, extent: Extent) -> None:
        """Write a portion as it was, with those that it followed and follows in one run."""
        follows = self._is_next(name)
        if self._run and extent.starts == _after(self._run[1], _SEPARATORS):
            start = self._run[0]
            self._ends = _after(self._ends, _SEPARATORS)
        else:
            if follows:
                self.put(_BETWEEN)
            self._copy()
            start = extent.starts
            self._is_alike = self._is_alike and start == self._ends
        self._run = start, _after(extent.starts, extent.sizes)
        self.contents.extents[name] = Extent(self._ends, extent.sizes, extent.record, extent.lines)
        self._ends = _after(self._ends, extent.sizes)

    def put(self, parts: Parts) -> None:
        """Write some bytes to each file."""
        self._copy()
        for output, part in zip(self._outputs, parts, strict=True):
            if part:
                output(part)
        self._ends = _after(self._ends, map(len, parts))

    def _copy(self) -> None:
        """Write the portions that were kept since the last one that was not."""
        if self._run and self._before:
            for form, (output, start, end) in enumerate(zip(self._outputs, *self._run, strict=True)):
                for block, digest in self._before.digested(form, start, end):
                    output(block, digest) if digest and self._is_alike else output(block)
        self._run = None

    def _is_next(self, name: str) -> bool:
        """Whether a portion follows another; ValueError if it should not."""
        last = next(reversed(self.contents.extents), None)
        if last is not None and name <= last:
            raise ValueError(f"the portion {name} is out of order")
        return last is not None


def _after(positions: Iterable[int], sizes: Iterable[int]) -> tuple[int, ...]:
    return tuple(position + size for position, size in zip(positions, sizes, strict=True))
