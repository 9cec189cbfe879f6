"""Two states that are read in full are in the memory one after the other, not both."""

from __future__ import annotations

import gc

import pytest

from censorkb.check.checker import check
from censorkb.desk.comparison import compare
from censorkb.desk.mirror import Side
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.mapped import Mapped
from censorkb.root import Root

pytestmark = pytest.mark.slow


def test_the_earlier_state_is_let_go_before_the_later_one_is_read(change, ontology):
    made, held = change("deleted-claim"), []

    def say(word):
        if word == "reading":
            held.append(sum(isinstance(each, Mapped) for each in gc.get_objects()))

    sides = (Side(Root(made.base)), Side(Root(made.head)))
    found = compare(*sides, ontology, None, say, derived=True)
    assert len(held) == 2 and held[0] == held[1]
    assert found.base.store is None and found.head.store is found.store
    assert found.base.problems == check(Knowledge.read(Root(made.base), ontology)).problems


def test_what_follows_differs_beside_what_is_said(change, ontology):
    made = change("deleted-claim")
    sides = (Side(Root(made.base)), Side(Root(made.head)))
    said, all_ = (compare(*sides, ontology, None, lambda _: None, derived=derived) for derived in (False, True))
    assert said.changes == said.facts == all_.facts
    assert set(all_.facts.removed) < set(all_.changes.removed)
    assert all_.changes.removed == sorted(all_.changes.removed, key=str)
