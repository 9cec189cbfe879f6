"""Fixtures of the building room: knowledge bases written in the test, and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem
from censorkb.root import Root


def write(folder: Path, text: str) -> None:
    """Write the files of a text in which each begins with a line `== path`."""
    for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, _, content = part.partition("\n")
        path = folder / "facts" / name.strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


@dataclass(frozen=True, slots=True)
class World:
    """A knowledge base and all that follows from it, asked in CURIEs."""

    knowledge: Knowledge
    store: ox.Store

    def values(self, subject: str, property_: str) -> list[str]:
        """Objects in order, as CURIEs, or as text for literals."""
        prefixes = self.knowledge.ontology.prefixes
        found = {
            quad.object for quad in self.store.quads_for_pattern(prefixes.node(subject), prefixes.node(property_), None)
        }
        return sorted(
            o.value.removesuffix("T00:00:00Z") if isinstance(o, ox.Literal) else prefixes.curie(o.value) for o in found
        )

    def value(self, subject: str, property_: str) -> str:
        """The only object; empty if there is none."""
        found = self.values(subject, property_)
        assert len(found) <= 1, found
        return found[0] if found else ""


@pytest.fixture
def read(tmp_path: Path, ontology: Ontology) -> Callable[[str], Knowledge]:
    """Read the files of a text, as `Knowledge.read` does, but with the ontology read once."""

    def run(text: str) -> Knowledge:
        write(tmp_path, text)
        return Knowledge.read(Root(tmp_path), ontology)

    return run


@pytest.fixture
def follow(read: Callable[[str], Knowledge]) -> Callable[[str], World]:
    """Read the files of a text, which must have no problem, and derive what follows."""

    def run(text: str) -> World:
        knowledge = read(text)
        assert [f"{p.place} {p.message}" for p in knowledge.text_problems] == []
        store = open_store(knowledge.ontology, knowledge.lines())
        derive(knowledge.ontology, store)
        return World(knowledge, store)

    return run


@pytest.fixture
def report(read: Callable[[str], Knowledge]) -> Callable[[str], list[str]]:
    """The problems of the files of a text: place, rule, message and fix."""

    def sentence(problem: Problem) -> str:
        return f"{problem.place} {problem.rule}: {problem.message}; {problem.fix}"

    return lambda text: [sentence(p) for p in sorted(read(text).text_problems, key=lambda p: p.key)]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The project's ontology."""
    return Ontology(Path(__file__).parents[2] / "ontology")
