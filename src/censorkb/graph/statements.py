"""Statements: the triples of a document by named graph, and the place in the file that each came from.

A large knowledge base makes millions of them. Those of a document are packed as text once it is mapped, and the places
are forgotten: whoever needs the place of a statement has its document mapped again, which takes milliseconds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from censorkb.problem import Place

Triple = tuple[str, str, str]


@dataclass(slots=True)
class Statements:
    """Triples as N-Triples terms, with the map back to the author's line.

    Args:
        triples: name of the graph (a term) to the triples in it.
        places: (subject,), (subject, predicate) or (subject, predicate, object) to a place in the document.
        spoken: (subject, predicate) of values that a text rule already complained about, so that no shape does again.
        filled: (subject, predicate) of values that stand at the head of the file, where they are judged.
        doubtful: nodes that exist but could not be read, so that nobody else's reference to them is called wrong.
    """

    triples: dict[str, list[Triple]] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    spoken: set[tuple[str, str]] = field(default_factory=set)
    filled: set[tuple[str, str]] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    def add(self, graph: str, triple: Triple, place: Place) -> None:
        """Add a triple; the first place of a subject, a key and a value is kept."""
        self.triples.setdefault(graph, []).append(triple)
        self.places.setdefault(triple, place)
        self.places.setdefault(triple[:2], place)

    def place(self, subject: str, predicate: str = "", object_: str = "") -> Place | None:
        """The nearest known place of a value, its key, or its subject."""
        return (
            self.places.get((subject, predicate, object_))
            or self.places.get((subject, predicate))
            or self.places.get((subject,))
        )

    def packed(self) -> dict[str, bytes]:
        """The triples of each graph as compressed lines of N-Triples, each with a blank before its full stop."""
        return {
            graph: zlib.compress("".join(f"{' '.join(triple)} .\n" for triple in triples).encode(), 1)
            for graph, triples in self.triples.items()
        }


def unpack(packs: Iterable[bytes], former: Mapping[str, str]) -> Iterator[str]:
    """Statements out of packs as lines of N-Triples without their end, with the present names of what was renamed.

    Args:
        packs: compressed lines.
        former: terms that were renamed, to the present ones.
    """
    for pack in packs:
        for line in zlib.decompress(pack).decode().split("\n"):
            if line:
                yield _present(line, former) if former else line


def _present(line: str, former: Mapping[str, str]) -> str:
    """A line with the present name of the thing that it speaks of, unless it is about the renaming."""
    subject, predicate, rest = line.split(" ", 2)
    object_ = rest.removesuffix(" .")
    if object_ not in former or subject in former:
        return line
    return f"{subject} {predicate} {former[object_]} ."
