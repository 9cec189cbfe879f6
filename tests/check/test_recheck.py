"""Checking again after a change says what a check of everything says, and looks only at what the change affects."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from censorkb.check.checker import Checked, check
from censorkb.check.recheck import recheck
from censorkb.graph.cache import caching
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.statements import unpack
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

PROJECT = Path(__file__).parents[2]
TOY = PROJECT / "tests/toy"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Root:
    """A copy of the toy, and a cache of its own."""
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("censorkb.graph.cache.edition", lambda _: "test")
    shutil.copytree(TOY / "facts", tmp_path / "toy/facts")
    return Root(tmp_path / "toy")


def again(root: Root, ontology: Ontology) -> Checked:
    """Check with the cache."""
    with caching(root, ontology) as cache:
        assert cache is not None
        return recheck(root, ontology, cache)


def stored(root: Root, ontology: Ontology) -> set[str]:
    """The facts in the store of the cache."""
    with caching(root, ontology) as cache:
        assert cache is not None
        terms = {" ".join(map(str, triple)) for triple in ontology.vocabulary.terms}
        return {f"{quad.triple} ." for quad in cache.store if str(quad.triple) not in terms}


def said(knowledge: Knowledge) -> set[str]:
    """The facts in the files."""
    former = knowledge.register.former
    return {line for mapped in knowledge.mapped.values() for line in unpack(mapped.packs.values(), former)}


def test_a_second_check_reads_nothing_and_says_the_same(root, ontology):
    first, second = again(root, ontology), again(root, ontology)
    assert (first.store is not None, second.store) == (True, None)
    assert second.found == {}
    assert second.problems == first.problems == check(Knowledge.read(root, ontology)).problems


class Vandal:
    """Changes fact files at random in ways that contributors do."""

    def __init__(self, root: Root, seed: int) -> None:
        self.root, self.random = root, random.Random(seed)
        self.bin: dict[Path, str] = {}

    def strike(self) -> str:
        """Change something; what it was, for whoever must find out why a test failed."""
        way = self.random.choice(
            [
                self.drop_line,
                self.swap_value,
                self.swap_value,
                self.swap_value,
                self.garble,
                self.remove,
                self.restore,
                self.restore,
                self.copy,
                self.rename,
                self.give_up_id,
                self.shout,
            ]
        )
        path = self.random.choice(sorted(self.root.facts.rglob("*.yaml")))
        return f"{way.__name__} {path.name}: {way(path)}"

    def lines(self, path: Path) -> list[str]:
        return path.read_text("utf-8").splitlines()

    def write(self, path: Path, lines: list[str]) -> None:
        self.bin.setdefault(path, path.read_text("utf-8"))
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def drop_line(self, path: Path) -> str:
        lines = self.lines(path)
        gone = lines.pop(self.random.randrange(len(lines)))
        self.write(path, lines)
        return gone

    def swap_value(self, path: Path) -> str:
        """Give a key the value that the same key has elsewhere."""
        lines = self.lines(path)
        at = self.random.choice([i for i, line in enumerate(lines) if re.search(r"\w: \S", line)] or [0])
        key = lines[at].partition(":")[0].strip(" -")
        others = [
            line
            for other in sorted(self.root.facts.rglob("*.yaml"))
            for line in self.lines(other)
            if line.strip(" -").startswith(f"{key}:")
        ]
        if others:
            lines[at] = lines[at].partition(":")[0] + ":" + self.random.choice(others).partition(":")[2]
            self.write(path, lines)
        return lines[at]

    def garble(self, path: Path) -> str:
        self.write(path, [*self.lines(path), "\tnot: yaml: ["])
        return ""

    def remove(self, path: Path) -> str:
        self.bin.setdefault(path, path.read_text("utf-8"))
        path.unlink()
        return ""

    def restore(self, _: Path) -> str:
        if not self.bin:
            return ""
        path = self.random.choice(sorted(self.bin))
        path.write_text(self.bin.pop(path), "utf-8")
        return str(path)

    def copy(self, path: Path) -> str:
        other = path.with_name(f"a-{path.name}" if self.random.random() < 0.5 else f"z-{path.name}")
        if self.random.random() < 0.5:
            other = path.parent / "deeper" / path.name
            other.parent.mkdir(exist_ok=True)
        shutil.copy(path, other)
        return str(other)

    def rename(self, path: Path) -> str:
        self.bin.setdefault(path, path.read_text("utf-8"))
        other = path.with_name(path.name.replace("-", "-x", 1) if "-" in path.name else f"new-{path.name}")
        path.rename(other)
        return str(other)

    def give_up_id(self, path: Path) -> str:
        other = self.random.choice(sorted(self.root.facts.rglob("*.yaml")))
        self.write(path, [*self.lines(path), f"formerly: [{other.stem}]"])
        return other.stem

    def shout(self, path: Path) -> str:
        lines = [re.sub(r"^(\s*label: )(.*)$", lambda m: m[1] + m[2].upper(), line) for line in self.lines(path)]
        self.write(path, lines)
        return ""


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_after_any_edits_it_says_what_a_check_of_everything_says(root, ontology, seed):
    vandal = Vandal(root, seed)
    again(root, ontology)
    warm = 0
    for _ in range(30):
        done = [vandal.strike() for _ in range(vandal.random.choice([1, 1, 1, 2, 4]))]
        checked, knowledge = again(root, ontology), Knowledge.read(root, ontology)
        assert checked.problems == check(knowledge).problems, done
        assert stored(root, ontology) == said(knowledge), done
        warm += checked.store is None
    assert warm > 20
