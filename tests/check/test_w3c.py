"""The W3C SHACL suite: where its tests use what our shapes use, the engine's report is the expected one and pySHACL's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
from check.plain import Plain
from check.suite import Example, Result, fetch, key, pyshacl_says, read

from censorkb.check.compiler import compile_shapes
from censorkb.check.constraint import Constraint
from censorkb.check.data_graph import DataGraph
from censorkb.check.referee import judge
from censorkb.check.referee_graph import at_work
from censorkb.check.setwise import run
from censorkb.ontology.vocabulary import Vocabulary

pytestmark = pytest.mark.slow

LISTED = tomllib.loads(Path(__file__).with_name("suite.toml").read_text("utf-8"))
AGREED: list[str] = LISTED["agreed"]
LEFT_OUT: list[tuple[str, str]] = [(name, group["uses"]) for group in LISTED["left-out"] for name in group["tests"]]


@pytest.fixture(scope="session")
def suite() -> dict[str, Example]:
    """The core tests of the suite by name."""
    missing = ""
    try:
        return {example.name: example for example in read(fetch())}
    except RuntimeError as fault:
        missing = str(fault)
    pytest.fail(missing, pytrace=False)


def compiled(plain: Plain, folder: Path) -> tuple[Vocabulary, tuple[Constraint, ...]]:
    """The constraints of a test."""
    plain.write(folder)
    vocabulary = Vocabulary(folder)
    return vocabulary, compile_shapes(vocabulary)


def test_every_test_of_the_suite_is_run_or_left_out_for_a_reason(suite: dict[str, Example]) -> None:
    assert sorted([*AGREED, *(name for name, _ in LEFT_OUT)]) == sorted(suite)


@pytest.mark.parametrize("name", AGREED)
def test_the_report_is_the_expected_one_and_that_of_pyshacl(
    suite: dict[str, Example], tmp_path: Path, name: str
) -> None:
    example = suite[name]
    plain = Plain(example)
    vocabulary, constraints = compiled(plain, tmp_path / "ontology")
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in plain.triples)
    graph = DataGraph(store, vocabulary.prefixes)
    found = {
        plain.result(Result(f.focus, f.path, key(f.value), f.component, f.severity.value, each.source, f.message))
        for each in constraints
        for f in run([each], graph)
    }
    assert found == example.expected
    with at_work():
        assert pyshacl_says(example) == example.expected
    assert run(constraints, graph) == judge(vocabulary, store), "the referee sees the same in the engine's form"


@pytest.mark.parametrize(("name", "uses"), LEFT_OUT)
def test_what_is_left_out_the_compiler_refuses(suite: dict[str, Example], tmp_path: Path, name: str, uses: str) -> None:
    with pytest.raises(NotImplementedError, match=re.escape(uses)):
        compiled(Plain(suite[name]), tmp_path / "ontology")


def test_every_core_component_of_our_shapes_is_in_a_test_that_runs(
    suite: dict[str, Example], tmp_path: Path, vocabulary: Vocabulary
) -> None:
    asked = {each.component for each in compile_shapes(vocabulary)} - {"sparql"}
    ran = {
        constraint.component
        for name in AGREED
        for constraint in compiled(Plain(suite[name]), tmp_path / name.replace("/", "-"))[1]
    }
    assert asked - ran == set()
