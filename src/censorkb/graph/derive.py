"""What follows from the facts: the rules of the ontology, run in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from censorkb.graph import rule as rules
from censorkb.graph.changes import Changes
from censorkb.graph.knowledge import whole
from censorkb.graph.rule import Rule
from censorkb.ontology.ontology import Ontology

Conclusions = dict[str, list[ox.Triple]]


def derive(ontology: Ontology, store: ox.Store) -> Conclusions:
    """Run all rules over a store and add what they conclude to the graph `graph:derived`.

    Args:
        ontology: where the rules are, and the prefixes that they use.
        store: facts and terms; the conclusions are added to it.

    Returns:
        What each rule has concluded, by its name.
    """
    graph = ontology.vocabulary.node("graph:derived")
    concluded: Conclusions = {}
    for rule in rules.read_all(ontology):
        concluded[rule.name] = rule.conclude(store)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in concluded[rule.name])
    return concluded


def lines(ontology: Ontology, concluded: Conclusions) -> list[str]:
    """Conclusions as lines of N-Quads in code-point order, each once."""
    graph = ontology.vocabulary.node("graph:derived")
    return sorted({f"{triple} {graph} .\n" for triples in concluded.values() for triple in triples})


def keep(ontology: Ontology, store: ox.Store, concluded: Conclusions) -> None:
    """Put conclusions into the store of a cache, each rule's into a graph of its own."""
    for rule in rules.read_all(ontology):
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, rule.graph) for t in concluded[rule.name])


def derive_again(ontology: Ontology, store: ox.Store, changes: Changes) -> Changes:
    """Renew what follows from facts that changed.

    Args:
        ontology: where the rules are.
        store: that of a cache, with the facts as they are now and the conclusions from the facts as they were.
        changes: of the facts.

    Returns:
        The changes of facts and conclusions together.
    """
    work = _Work(store, changes)
    for rule in rules.read_all(ontology):
        work.renew(rule)
    return work.changes


class _Work:
    def __init__(self, store: ox.Store, changes: Changes) -> None:
        self._store = store
        self._gone: list[ox.Quad] = changes.removed_quads
        self.changes = Changes([*changes.removed], [*changes.added])

    def renew(self, rule: Rule) -> None:
        """Renew what a rule concludes, if any of what it looks at has changed."""
        touched = self._touched(rule)
        if touched is not None and not touched:
            return
        before = set(self._concluded(rule, touched))
        for triple in before:  # a rule must not take its own conclusion for a fact
            self._store.remove(_quad(triple, rule.graph))
        found = rule.conclude(self._store, None if touched is None else sorted(touched))
        after = {triple for triple in found if touched is None or whole(str(triple.subject)) in touched}
        self._store.extend([_quad(triple, rule.graph) for triple in after])
        gone, new = sorted(before - after, key=str), sorted(after - before, key=str)
        self._gone += [_quad(triple, rule.graph) for triple in gone]
        self.changes.removed += gone
        self.changes.added += new

    def _touched(self, rule: Rule) -> set[str] | None:
        """The things of which a rule may conclude something else now: seen where what is gone is still there."""
        changed = self.changes.by_predicate()
        if not rule.focus.looks_at(changed):
            return set()
        absent = [quad for quad in self._gone if quad not in self._store]
        self._store.extend(absent)
        try:
            return rule.focus.touched(self._store, changed)
        finally:
            for quad in absent:
                self._store.remove(quad)

    def _concluded(self, rule: Rule, about: set[str] | None) -> Iterator[ox.Triple]:
        """What a rule has concluded of some things and their parts."""
        find = self._store.quads_for_pattern
        if about is None:
            yield from (quad.triple for quad in find(None, None, None, rule.graph))
            return
        for term in sorted(about):
            node = ox.NamedNode(term[1:-1])
            known = [*find(node, None, None, rule.graph), *find(None, None, node, rule.graph)]
            ends = {end for quad in known for end in (quad.subject, quad.object) if isinstance(end, ox.NamedNode)}
            for end in sorted((end for end in ends if whole(str(end)) == term), key=str):
                yield from (quad.triple for quad in find(end, None, None, rule.graph))


def _quad(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
