"""The generator of made-up knowledge bases: what it writes is in the real format, and the same every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from censorkb.check.checker import check
from censorkb.check.compiler import compile_shapes
from censorkb.check.data_graph import DataGraph
from censorkb.check.referee import judge
from censorkb.check.setwise import run
from censorkb.desk.tidy import tidy
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root

SCRIPT = Path(__file__).resolve().parents[2] / "bench/generate.py"


def generate(out: Path, claims: int, errors: float = 0.0, seed: int = 1) -> Knowledge:
    command = [sys.executable, str(SCRIPT), "--claims", str(claims), "--out", str(out)]
    command += ["--errors", str(errors), "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True)
    return Knowledge.read(Root(out))


def test_it_makes_as_many_claims_as_asked_and_none_is_wrong(tmp_path: Path) -> None:
    checked = check(generate(tmp_path, 200))
    assert checked.claims([*checked.knowledge.documents.values()]) == 200
    assert [p for p in checked.problems if p.severity == "error"] == []


@pytest.mark.slow
def test_about_the_share_that_was_asked_for_is_broken(tmp_path: Path) -> None:
    checked = check(generate(tmp_path, 300, errors=0.2))
    assert 30 <= checked.errors <= 120


@pytest.mark.slow
def test_the_same_arguments_give_the_same_files(tmp_path: Path) -> None:
    made = [generate(tmp_path / name, 60, errors=0.1, seed=seed) for name, seed in (("a", 7), ("b", 7), ("c", 8))]
    lines = [list(knowledge.lines()) for knowledge in made]
    assert lines[0] == lines[1] != lines[2]


@pytest.mark.slow
def test_store_and_referee_agree_on_a_thousand_claims_with_errors(tmp_path: Path) -> None:
    knowledge = generate(tmp_path, 1000, errors=0.1)
    vocabulary = knowledge.ontology.vocabulary
    store = open_store(knowledge.ontology, knowledge.lines())
    findings = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert len(findings) > 20
    assert findings == judge(vocabulary, store)


@pytest.mark.slow
def test_what_is_made_is_tidy(tmp_path: Path) -> None:
    ontology = generate(tmp_path, 200).ontology
    assert tidy(Root(tmp_path), ontology).changes == []
