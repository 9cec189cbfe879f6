"""Rules renewed after a change conclude what they conclude from scratch, and say by what the conclusions differ."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from vandal import Vandal

from censorkb.graph import rule
from censorkb.graph.changes import Changes
from censorkb.graph.derive import derive, derive_again
from censorkb.graph.knowledge import Knowledge, whole
from censorkb.graph.statements import unpack
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

TOY = Path(__file__).parents[1] / "toy"


class Kept:
    """A knowledge base whose conclusions are renewed step by step, in a store as a cache has it."""

    def __init__(self, root: Root, ontology: Ontology) -> None:
        self.root, self.ontology, self.store = root, ontology, ox.Store()
        self.facts = self.read()
        self.store.extend(self.quads())
        self._derive(self.store)

    def read(self) -> set[str]:
        knowledge = Knowledge.read(self.root, self.ontology)
        former = knowledge.register.former
        return {line for mapped in knowledge.mapped.values() for line in unpack(mapped.packs.values(), former)}

    def quads(self) -> set[ox.Quad]:
        """Facts and terms."""
        terms = {ox.Quad(*triple) for triple in self.ontology.vocabulary.terms}
        return terms | set(Changes.between(set(), self.facts).added)

    def _derive(self, cache: ox.Store) -> None:
        store = ox.Store()
        store.extend(self.quads())
        derive(self.ontology, store, cache)

    def from_scratch(self) -> dict[str, set[ox.Triple]]:
        """What each rule concludes from the facts alone."""
        cache = ox.Store()
        self._derive(cache)
        return self.concluded(cache)

    def concluded(self, store: ox.Store | None = None) -> dict[str, set[ox.Triple]]:
        """What is in the graph of each rule."""
        rules, find = rule.read_all(self.ontology), (store or self.store).quads_for_pattern
        return {r.name: {quad.triple for quad in find(None, None, None, r.graph)} for r in rules}

    def renew(self) -> Changes:
        """Take in what the files say now."""
        before, self.facts = self.facts, self.read()
        changes = Changes.between(before, self.facts)
        changes.apply(self.store)
        return derive_again(self.ontology, self.store, changes)


@pytest.fixture
def kept(tmp_path, ontology) -> Kept:
    """A copy of the toy."""
    shutil.copytree(TOY / "facts", tmp_path / "facts")
    return Kept(Root(tmp_path), ontology)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_after_any_edits_they_conclude_what_they_conclude_from_scratch(kept, seed):
    vandal, more = Vandal(kept.root.facts, seed), 0
    for _ in range(10 if seed == 1 else 60):
        done = [vandal.strike() for _ in range(vandal.random.choice([1, 1, 1, 2, 4]))]
        before = set(kept.store)
        changes = kept.renew()
        assert kept.concluded() == kept.from_scratch(), done
        after = set(kept.store)
        assert (set(changes.removed), set(changes.added)) == (before - after, after - before), done
        assert len(changes.removed) + len(changes.added) == len(before ^ after), done
        more += any(quad.graph_name != ox.DefaultGraph() for quad in before ^ after)
    assert more > 3, "there were other conclusions to be drawn"


def test_what_nobody_concludes_from_renews_nothing(kept):
    path = min((kept.root.facts / "sources").rglob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace("says: ", "says: Indeed, ", 1), "utf-8")
    before = kept.concluded()
    changes = kept.renew()
    assert [q.predicate for q in (*changes.removed, *changes.added)] == [kept.ontology.prefixes.node("ckb:says")] * 2
    assert kept.concluded() == before


@pytest.mark.parametrize("kind", ["toy", "real"])
def test_a_rule_asked_about_a_thing_concludes_of_it_and_its_parts_alone(kind, request):
    loaded, chance = request.getfixturevalue(kind), random.Random(1)
    for each in rule.read_all(loaded.ontology):
        by_thing: dict[str, set[ox.Triple]] = {}
        for triple in each.conclude(loaded.store):
            by_thing.setdefault(whole(str(triple.subject)), set()).add(triple)
        for thing in chance.sample(sorted(by_thing), min(8, len(by_thing))):
            assert set(each.conclude(loaded.store, [thing])) == by_thing[thing], each.name


def test_a_rule_looks_at_nothing_that_later_rules_conclude(kept):
    """When an earlier rule is renewed, the conclusions of later ones are in the store."""
    rules, concluded = rule.read_all(kept.ontology), kept.concluded()
    for each in rules:
        for triple in concluded[each.name]:  # its own are taken out before
            kept.store.remove(ox.Quad(*triple, each.graph))
        assert set(each.conclude(kept.store)) == concluded[each.name], each.name
        kept.store.extend(ox.Quad(*triple, each.graph) for triple in concluded[each.name])
