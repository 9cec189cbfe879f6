"""Derive all that follows from the facts of a graph. usage: derive ROOT GRAPH

The clock runs from the store with facts and terms to the conclusions, in the store and as lines.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.clock import Clock, tell
from censorkb.graph.derive import derive, lines
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root


def main(root: Root, graph: Path) -> None:
    """Derive once."""
    ontology = Ontology(root.ontology)
    with (graph / "facts.nq").open(encoding="utf-8", newline="\n") as facts:
        store = open_store(ontology, facts)
    clock = Clock()
    with clock.running():
        derive(ontology, store)
        concluded = sum(1 for _ in lines(ontology, store))
    tell(concluded, clock)


main(Root(Path(sys.argv[1])), Path(sys.argv[2]))
