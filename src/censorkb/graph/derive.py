"""What follows from the facts: the rules of the ontology, run in the order of their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from censorkb.graph import rule as rules
from censorkb.graph.changes import Changes
from censorkb.graph.knowledge import whole
from censorkb.graph.rule import Rule
from censorkb.graph.store import load
from censorkb.ontology.ontology import Ontology


def derive(ontology: Ontology, store: ox.Store, cache: ox.Store | None = None) -> None:
    """Run all rules over a store and add what they conclude to the graph `graph:derived`.

    Args:
        ontology: where the rules are, and the prefixes that they use.
        store: facts and terms; the conclusions are added to it.
        cache: the store of a cache, which gets each rule's conclusions in a graph of its own, in place of earlier ones.
    """
    graph = ontology.vocabulary.node("graph:derived")
    for rule in rules.read_all(ontology):
        concluded = rule.lines(store)
        load(store, concluded, graph)
        if cache is not None:
            cache.clear_graph(rule.graph)
            load(cache, concluded, rule.graph)


def lines(ontology: Ontology, store: ox.Store) -> Iterator[str]:
    """The conclusions in a store as lines of N-Quads, each once, in no particular order."""
    graph = ontology.vocabulary.node("graph:derived")
    return (f"{quad} .\n" for quad in store.quads_for_pattern(None, None, None, graph))


def graphs(ontology: Ontology, *, by_rule: bool) -> list[ox.NamedNode]:
    """The graphs in which a store has its conclusions.

    Args:
        ontology: where the rules are.
        by_rule: whether it is the store of a cache, which keeps each rule's conclusions in a graph of its own.
    """
    if by_rule:
        return [rule.graph for rule in rules.read_all(ontology)]
    return [ontology.vocabulary.node("graph:derived")]


def about(ontology: Ontology, store: ox.Store, terms: Collection[str], graphs: Iterable[ox.NamedNode]) -> list[str]:
    """What follows of some things and their parts, as lines of N-Quads.

    Args:
        ontology: its prefixes.
        store: facts and conclusions.
        terms: of the things.
        graphs: those that `graphs` gives for the store.
    """
    graph = ontology.vocabulary.node("graph:derived")
    return sorted({f"{quad.triple} {graph} .\n" for each in graphs for quad in _concluded(store, each, terms)})


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
        self.changes = Changes([*changes.removed], [*changes.added])

    def renew(self, rule: Rule) -> None:
        """Renew what a rule concludes, if any of what it looks at has changed."""
        touched = self._touched(rule)
        if touched is not None and not touched:
            return
        before = set(_concluded(self._store, rule.graph, touched))
        for quad in before:  # a rule must not take its own conclusion for a fact
            self._store.remove(quad)
        found = rule.conclude(self._store, None if touched is None else sorted(touched))
        after = {
            ox.Quad(triple.subject, triple.predicate, triple.object, rule.graph)
            for triple in found
            if touched is None or whole(str(triple.subject)) in touched
        }
        self._store.extend(after)
        self.changes.removed += sorted(before - after, key=str)
        self.changes.added += sorted(after - before, key=str)

    def _touched(self, rule: Rule) -> set[str] | None:
        """The things of which a rule may conclude something else now: seen where what is gone is still there."""
        changed = self.changes.by_predicate()
        if not rule.focus.looks_at(changed):
            return set()
        with self.changes.still_there(self._store):
            return rule.focus.touched(self._store, changed)


def _concluded(store: ox.Store, graph: ox.NamedNode, about: Iterable[str] | None) -> Iterator[ox.Quad]:
    """The conclusions in a graph about some things and their parts; about all if none are given."""
    find = store.quads_for_pattern
    if about is None:
        yield from find(None, None, None, graph)
        return
    for term in sorted(about):
        node = ox.NamedNode(term[1:-1])
        known = [*find(node, None, None, graph), *find(None, None, node, graph)]
        ends = {end for quad in known for end in (quad.subject, quad.object) if isinstance(end, ox.NamedNode)}
        for end in sorted((end for end in ends if whole(str(end)) == term), key=str):
            yield from find(end, None, None, graph)
