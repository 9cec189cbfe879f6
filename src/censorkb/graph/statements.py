"""Statements: the triples of a knowledge base by named graph, and the place in a file that each came from.

A large knowledge base makes millions of them. Those of a document are packed as text once it is mapped, and the places
are forgotten: whoever needs the place of a statement has its document mapped again, which takes milliseconds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from censorkb.problem import Place

Triple = tuple[str, str, str]


@dataclass(slots=True)
class Statements:
    """Triples as N-Triples terms, with the map back to the author's line for the document in hand.

    Args:
        fresh: name of the graph (a term) to the triples of the document in hand.
        places: (subject,), (subject, predicate) or (subject, predicate, object) to a place in the document in hand.
        packed: name of the graph to the lines of each document before, compressed.
        former: terms that were renamed, to the present ones.
        spoken: (subject, predicate) of values that a text rule already complained about, so that no shape does again.
        doubtful: nodes that exist but could not be read, so that nobody else's reference to them is called wrong.
    """

    fresh: dict[str, list[Triple]] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    packed: dict[str, list[bytes]] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    spoken: set[tuple[str, str]] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    def add(self, graph: str, triple: Triple, place: Place) -> None:
        """Add a triple; the first place of a subject, a key and a value is kept."""
        self.fresh.setdefault(graph, []).append(triple)
        self.places.setdefault(triple, place)
        self.places.setdefault(triple[:2], place)

    def place(self, subject: str, predicate: str = "", object_: str = "") -> Place | None:
        """The nearest known place of a value, its key, or its subject in the document in hand."""
        return (
            self.places.get((subject, predicate, object_))
            or self.places.get((subject, predicate))
            or self.places.get((subject,))
        )

    def pack(self) -> None:
        """Put the document in hand away."""
        for graph, triples in self.fresh.items():
            lines = "".join(f"{' '.join(triple)} {graph} .\n" for triple in triples)
            self.packed.setdefault(graph, []).append(zlib.compress(lines.encode(), 1))
        self.fresh.clear()
        self.places.clear()

    def lines(self) -> Iterator[str]:
        """All statements as lines of N-Quads, by graph and in code-point order, each once."""
        for graph in sorted(self.packed):
            texts = (zlib.decompress(blob).decode() for blob in self.packed[graph])
            lines = {line for text in texts for line in text.split("\n") if line}
            yield from (f"{line}\n" for line in sorted(map(self._present, lines) if self.former else lines))

    def _present(self, line: str) -> str:
        """A line with the present name of the thing that it speaks of, unless it is about the renaming."""
        subject, predicate, rest = line.split(" ", 2)
        object_, _, graph = rest.removesuffix(" .").rpartition(" ")
        if object_ not in self.former or subject in self.former:
            return line
        return f"{subject} {predicate} {self.former[object_]} {graph} ."
