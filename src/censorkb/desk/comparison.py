"""A comparison: two states of the fact files, read one after the other, so that only what differs is looked at.

A cache of its own goes from the earlier state to the later one as a check goes from one run to the next: the statements
that come and go are what the change says, and those that follow are its effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pyoxigraph as ox

from censorkb.check.checker import Checked
from censorkb.check.recheck import Say, recheck
from censorkb.desk.mirror import Side
from censorkb.desk.parcels import Parcels, between, pack
from censorkb.facts.stamp import Print
from censorkb.graph import derive
from censorkb.graph.cache import DAMAGES, PENDING, Cache
from censorkb.graph.changes import Changes
from censorkb.graph.pattern import UnknownQuery
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem

_CONCLUDED = "concluded"  # note of a cache that holds conclusions


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of a knowledge base.

    Args:
        ontology: what may be said in both.
        base: the earlier state; its problems, and what its files say if all of them were read.
        head: the later state.
        touched: names of the files that differ.
        facts: statements of the files that came and went.
        changes: the same, and what follows from them.
        store: facts, terms and conclusions as they are in the later state.
    """

    ontology: Ontology
    base: Checked
    head: Checked
    touched: frozenset[str]
    facts: Changes
    changes: Changes
    store: ox.Store

    @contextmanager
    def as_it_was(self) -> Iterator[ox.Store]:
        """Let the store hold the earlier state for a while."""
        back = self.changes.reversed()
        back.apply(self.store)
        try:
            yield self.store
        finally:
            self.changes.apply(self.store)

    @property
    def reported(self) -> frozenset[str]:
        """Names of the files to report on: those that differ, and those of which something else is to be said now."""
        before, after = _by_file(self.base.problems), _by_file(self.head.problems)
        return self.touched | {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def compare(base: Side, head: Side, ontology: Ontology, cache: Cache | None, say: Say, *, derived: bool) -> Comparison:
    """Compare two states.

    Args:
        base: the earlier state.
        head: the later state.
        ontology: what may be said in both.
        cache: what the last comparison left, in use until the caller is done with the answer; none to read everything.
        say: told what is being done.
        derived: whether to say what follows, too.
    """
    if cache is not None:
        try:
            found = _Steps(base, head, ontology, cache, say, derived).take()
        except (*DAMAGES, UnknownQuery):
            found = None
        if found is not None:
            return found
    return _whole(base, head, ontology, say, derived)


@dataclass(frozen=True, slots=True)
class _Steps:
    """From what the cache holds to the earlier state, and from there to the later one."""

    base: Side
    head: Side
    ontology: Ontology
    cache: Cache
    say: Say
    derived: bool

    def take(self) -> Comparison | None:
        """The comparison; None if so much differs that it is cheaper to read everything."""
        ledger = self.cache.ledger
        before = recheck(self.base.root, self.ontology, self.cache, self.say, self.base.digests)
        ledger = self.cache.ledger  # the check may have begun a new one
        if not self.cache.is_settled:
            return None
        self.cache.touch()
        if self.derived:
            self._conclude(before)
        before = _without_facts(before)
        pending = Changes.read(ledger.note(PENDING))
        ledger.write_note(PENDING, "")
        digests = {name: entry.digest for name, entry in ledger.entries().items()}
        self.cache.settle()
        after = recheck(self.head.root, self.ontology, self.cache, self.say, self.head.digests)
        if after.store is not None or not self.cache.is_settled:
            return None
        self.cache.touch()
        facts = Changes.read(ledger.note(PENDING))
        changes = facts
        if self.derived:
            self.say("deriving")
            changes = derive.derive_again(self.ontology, self.cache.store, facts)
        ledger.write_note(PENDING, "" if self.derived else str(pending + facts))
        now = {name: entry.digest for name, entry in ledger.entries().items()}
        self.cache.settle()
        return Comparison(self.ontology, before, after, _differing(digests, now), facts, changes, self.cache.store)

    def _conclude(self, checked: Checked) -> None:
        """Make the conclusions in the cache those of its facts."""
        ledger, store = self.cache.ledger, self.cache.store
        self.say("deriving")
        if not ledger.note(_CONCLUDED):
            whole = checked.store or open_store(self.ontology, checked.knowledge.lines())
            derive.derive(self.ontology, whole, store)
        elif pending := Changes.read(ledger.note(PENDING)):
            derive.derive_again(self.ontology, store, pending)
        ledger.write_note(_CONCLUDED, "yes")
        ledger.write_note(PENDING, "")


def _whole(base: Side, head: Side, ontology: Ontology, say: Say, derived: bool) -> Comparison:
    """Read and check both states in full, the later one when the earlier one is packed away."""
    before = recheck(base.root, ontology, None, say)
    store, before = _store(before), _without_facts(before)
    earlier = _packed(store, ontology, say, derived)
    del store
    after = recheck(head.root, ontology, None, say)
    store = _store(after)
    changes = between(earlier, _packed(store, ontology, say, derived))
    concluded = ontology.vocabulary.node("graph:derived")
    facts = ([quad for quad in quads if quad.graph_name != concluded] for quads in (changes.removed, changes.added))
    digests, now = (
        {name: Print.of(side.root.path / name).digest for name in checked.knowledge.documents}
        for side, checked in ((base, before), (head, after))
    )
    return Comparison(ontology, before, after, _differing(digests, now), Changes(*facts), changes, store)


def _packed(store: ox.Store, ontology: Ontology, say: Say, derived: bool) -> Parcels:
    """What a state can be compared by, with what follows if that is wanted."""
    if derived:
        say("deriving")
        derive.derive(ontology, store)
    return pack(store)


def _store(checked: Checked) -> ox.Store:
    assert checked.store is not None, "without a cache, a check leaves its store"
    return checked.store


def _without_facts(checked: Checked) -> Checked:
    """What is asked of the earlier state once what differs is known: its problems, and the names of its files."""
    checked.knowledge.forget()
    return replace(checked, store=None)


def _differing(before: dict[str, str], after: dict[str, str]) -> frozenset[str]:
    return frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _by_file(problems: list[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return found
