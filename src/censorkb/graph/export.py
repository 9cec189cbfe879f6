"""The data set as files: N-Quads of record, and TriG, Turtle, JSON-LD and N-Triples made from it.

All bytes follow from the statements alone, without blank nodes and clock. The data set is written in portions, one for
each fact file: what the file says and what follows of the things in it. Portions stand in code-point order of their
names, and lines of N-Quads in code-point order within each. `LC_ALL=C sort` brings all lines into one order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pyoxigraph as ox

from censorkb.graph.chunk import FORMS, Chunk, Chunker, Parts
from censorkb.graph.contents import Contents, Extent
from censorkb.ontology.ontology import Ontology

STEM = "censorkb"
NAMES = tuple(f"{STEM}.{form}" for form in FORMS)
VOCABULARY = "ontology.ttl"
_BETWEEN, _FOOT = (b"", b"", b"", b",\n", b""), (b"", b"", b"", b"\n]\n", b"")
Output = Callable[[bytes], object]


def write(chunker: Chunker, chunks: Iterable[tuple[str, Chunk]], outputs: Sequence[Output]) -> Contents:
    """Write a data set portion by portion.

    Args:
        chunker: what made the chunks.
        chunks: name of each portion and its chunk, in code-point order of the names.
        outputs: what takes the bytes of each file, in the order of `NAMES`.

    Returns:
        Where the chunks are in the files.
    """
    made = _Files(chunker.head, outputs)
    for name, chunk in chunks:
        if any(chunk.parts):
            made.add(name, chunk)
    made.put(_FOOT)
    return made.contents


def vocabulary(chunker: Chunker, ontology: Ontology) -> bytes:
    """Write the terms that are published beside the data."""
    return chunker.whole([ox.Triple(*triple) for triple in ontology.vocabulary.terms])


class _Files:
    """The files of a data set in the making."""

    def __init__(self, head: Parts, outputs: Sequence[Output]) -> None:
        self._outputs: Sequence[Output] = outputs
        self._ends = (0,) * len(FORMS)
        self.contents = Contents()
        self.put(head)

    def add(self, name: str, chunk: Chunk) -> None:
        """Write a portion after all others."""
        extents = self.contents.extents
        if extents:
            if name <= next(reversed(extents)):
                raise ValueError(f"the portion {name} is out of order")
            self.put(_BETWEEN)
        extents[name] = Extent(self._ends, tuple(map(len, chunk.parts)), chunk.digest, chunk.record)
        self.put(chunk.parts)

    def put(self, parts: Parts) -> None:
        """Write some bytes to each file."""
        for output, part in zip(self._outputs, parts, strict=True):
            if part:
                output(part)
        self._ends = tuple(end + len(part) for end, part in zip(self._ends, parts, strict=True))
