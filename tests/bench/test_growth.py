"""Cost grows as the knowledge base does: no constraint, rule or question is quadratic."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root

HOME = Path(__file__).resolve().parents[2]
SMALL, LARGE = 1500, 6000
# A linear query takes 4 times as long on 4 times the claims, a quadratic one 16 times; the first tenth of a second is noise.
ALLOWED, NOISE = 10, 0.1


def queries(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every query that runs over the whole knowledge base without parameters."""
    for constraint in compile_shapes(knowledge.ontology.vocabulary):
        yield f"constraint {constraint.rule} {constraint.component}", constraint.query
    for folder in (HOME / "ontology/rules", HOME / "site_templates/questions"):
        for path in sorted(folder.glob("*.rq")):
            yield f"{folder.name}/{path.name}", path.read_text("utf-8")


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of the faster of two runs."""
    found = []
    for _ in range(2):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def costs(folder: Path, claims: int) -> dict[str, float]:
    """CPU seconds of each query on a made-up knowledge base, and of deriving as a whole."""
    command = [sys.executable, str(HOME / "bench/generate.py"), "--claims", str(claims), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    knowledge = Knowledge.read(Root(folder))
    store, prefixes = open_store(knowledge.ontology, knowledge.lines()), knowledge.ontology.prefixes.names
    derive(knowledge.ontology, store)

    def asked(query: str) -> Callable[[], list[object]]:
        return lambda: list(store.query(query, prefixes=prefixes, use_default_graph_as_union=True))  # type: ignore[arg-type]  # rows or triples

    return {name: seconds(asked(query)) for name, query in queries(knowledge)}


@pytest.mark.slow
def test_no_query_grows_faster_than_the_knowledge_base(tmp_path: Path) -> None:
    small, large = costs(tmp_path / "small", SMALL), costs(tmp_path / "large", LARGE)
    assert len(large) > 300
    slow = {name: (small[name], cost) for name, cost in large.items() if cost > NOISE + ALLOWED * small[name]}
    assert slow == {}
