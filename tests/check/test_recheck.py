"""Checking again after a change says what a check of everything says, and looks only at what the change affects."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from vandal import Vandal

from censorkb.check.checker import Checked, check
from censorkb.check.recheck import recheck
from censorkb.graph.cache import caching
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.statements import unpack
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
TOY = PROJECT / "tests/toy"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


@pytest.fixture
def root(toy_copy: Root) -> Root:
    return toy_copy


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


@pytest.mark.parametrize("seed", [1, pytest.param(3, marks=pytest.mark.slow)])
def test_after_any_edits_it_says_what_a_check_of_everything_says(root, ontology, seed):
    vandal = Vandal(root.facts, seed)
    again(root, ontology)
    warm = 0
    for number in range(24):
        if number % 3 == 0:  # what was clean before is looked at less closely
            shutil.rmtree(root.facts)
            shutil.copytree(TOY / "facts", root.facts)
            again(root, ontology)
        done = [vandal.strike() for _ in range(vandal.random.choice([1, 1, 1, 2, 4]))]
        checked, knowledge = again(root, ontology), Knowledge.read(root, ontology)
        assert checked.problems == check(knowledge).problems, done
        assert stored(root, ontology) == said(knowledge), done
        warm += checked.store is None
    assert warm > 16
