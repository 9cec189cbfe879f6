"""Statements: the triples of a knowledge base by named graph, and the place in a file that each came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from censorkb.problem import Place

Triple = tuple[str, str, str]


@dataclass(slots=True)
class Statements:
    """Triples as N-Triples terms, each graph a list, with the map back to the author's line.

    Args:
        graphs: name of the graph (a term) to its triples.
        places: (subject,), (subject, predicate) or (subject, predicate, object) to a place.
        spoken: (subject, predicate) of values that a text rule already complained about, so that no shape does again.
        doubtful: nodes that exist but could not be read, so that nobody else's reference to them is called wrong.
    """

    graphs: dict[str, list[Triple]] = field(default_factory=dict)
    places: dict[tuple[str, ...], Place] = field(default_factory=dict)
    spoken: set[tuple[str, str]] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    def add(self, graph: str, triple: Triple, place: Place) -> None:
        """Add a triple; the first place of a subject, a key and a value is kept."""
        self.graphs.setdefault(graph, []).append(triple)
        self.places.setdefault(triple, place)
        self.places.setdefault(triple[:2], place)

    def place(self, subject: str, predicate: str = "", object_: str = "") -> Place | None:
        """The nearest known place of a value, its key, or its subject."""
        return (
            self.places.get((subject, predicate, object_))
            or self.places.get((subject, predicate))
            or self.places.get((subject,))
        )

    def lines(self) -> Iterator[str]:
        """All statements as lines of N-Quads in code-point order, each once."""
        for graph in sorted(self.graphs):
            for triple in sorted(set(self.graphs[graph])):
                yield f"{' '.join(triple)} {graph} .\n"
