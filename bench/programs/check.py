"""Check a graph with our engine, or with pySHACL as our referee uses it. usage: check (setwise|referee) GRAPH

From N-Triples and Turtle on the disk to findings; the whole process counts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox

from bench.clock import digest, tell
from bench.programs.findings import line
from censorkb.check.compiler import compile_shapes
from censorkb.check.data_graph import DataGraph
from censorkb.check.finding import Finding
from censorkb.check.setwise import run
from censorkb.ontology.vocabulary import Vocabulary
from censorkb.root import Root


def check(engine: str, graph: Path) -> list[Finding]:
    """Load the graph and check it."""
    vocabulary = Vocabulary(Root(graph).ontology)
    store = ox.Store()
    store.bulk_load(path=str(graph / "data.nt"), format=ox.RdfFormat.N_TRIPLES)
    if engine == "setwise":
        return run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    from censorkb.check.referee import judge

    return judge(vocabulary, store)


SEVERITIES = {"error": "Violation", "warning": "Warning", "note": "Info"}
found = check(sys.argv[1], Path(sys.argv[2]))
tell(digest(line(f.focus, f.path, str(f.value or ""), f.component, SEVERITIES[f.severity]) for f in found))
