"""What was answered to one run need not be asked by the next, unless a change touches it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from censorkb.graph.ledger import Ledger
from censorkb.query.answer import Answer
from censorkb.site import known
from censorkb.site.known import EVERYTHING, Earlier, Known, KnownBySection, Shelving, untouched, whole
from censorkb.site.plan import Section

CHIRP, MUR = ox.NamedNode("https://example.org/chirp"), ox.NamedNode("https://example.org/mur")
BOTH = [CHIRP.value, MUR.value]
NAMES = Section("names", "thing")
TERMS = [
    ox.Literal("Chirp"),
    ox.Literal('a "quoted"\nline \\ and a tab\t', language="ru"),
    ox.Literal("12", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    CHIRP,
    None,
]


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "ledger")
    yield made
    made.close()


def some(*things: ox.NamedNode) -> Known:
    made = Known()
    made.take(
        [thing.value for thing in things], Answer(("thing", "name"), [(t, ox.Literal("x")) for t in things]), "thing"
    )
    return made


def leave(ledger: Ledger, made: KnownBySection, before: Shelving, touched: known.Touched) -> Shelving:
    left = Earlier(ledger, before.columns, touched).leave(made, before.count)
    ledger.exchange(left.gone, left.kept, {})
    return left


def recalled(ledger: Ledger, left: Shelving, touched: known.Touched, section: Section = NAMES) -> list[str]:
    return [*Earlier(ledger, left.columns, touched).rows(section, BOTH)]


def test_rows_of_all_terms_and_of_none_are_recalled_as_they_were(ledger):
    rows = {CHIRP.value: [(CHIRP, term) for term in TERMS], MUR.value: []}
    left = leave(ledger, {NAMES: Known(("thing", "name"), rows)}, Shelving(), {})
    found = Known()
    found.recall(Earlier(ledger, left.columns, {NAMES: ()}), NAMES, BOTH)
    assert (found.columns, found.rows, found.recalled) == (("thing", "name"), rows, {*rows})


def test_nothing_is_known_of_nothing(ledger):
    found = Known()
    found.recall(Earlier(ledger, {}, {NAMES: ()}), NAMES, BOTH)
    assert found == Known()


def test_what_was_recalled_is_not_written_again(ledger):
    first = leave(ledger, {NAMES: some(CHIRP)}, Shelving(), {})
    known_now = some(MUR)
    known_now.recall(Earlier(ledger, first.columns, {NAMES: ()}), NAMES, BOTH)
    second = leave(ledger, {NAMES: known_now}, first, {NAMES: ()})
    assert [key for _, key, _ in second.kept] == [MUR.value]
    assert recalled(ledger, second, {NAMES: ()}) == BOTH


def test_when_it_grows_too_much_only_what_is_new_is_kept(ledger, monkeypatch):
    monkeypatch.setattr(known, "MOST", 1)
    first = leave(ledger, {NAMES: some(CHIRP)}, Shelving(), {})
    assert recalled(ledger, first, {NAMES: ()}) == [CHIRP.value]
    second = leave(ledger, {NAMES: some(MUR)}, first, {NAMES: ()})
    assert recalled(ledger, second, {NAMES: ()}) == [MUR.value]


def test_a_thing_of_which_there_are_no_rows_is_known_not_to_have_any():
    made = Known()
    made.take([CHIRP.value], Answer(("thing", "name"), [(MUR, None), (None, None)]), "thing")
    assert made.rows == {CHIRP.value: []}


@pytest.mark.parametrize(
    ("touched", "left"),
    [({NAMES: set()}, [CHIRP, MUR]), ({NAMES: {str(CHIRP)}}, [MUR]), ({NAMES: None}, []), ({}, [])],
    ids=["nothing", "a thing", "everything", "it is not known what"],
)
def test_what_a_change_touches_is_asked_again_by_this_run_and_the_next(ledger, touched, left):
    first = leave(ledger, {NAMES: some(CHIRP, MUR)}, Shelving(), {})
    names = [thing.value for thing in left]
    assert recalled(ledger, first, touched) == names
    second = leave(ledger, {}, first, touched)
    assert recalled(ledger, second, {NAMES: ()}) == names


@pytest.mark.parametrize(("things", "holds"), [(set(), True), ({str(CHIRP)}, False), (None, False)])
def test_a_whole_answer_holds_only_if_none_of_its_rows_is_touched(ledger, things, holds):
    rows = {EVERYTHING: [(CHIRP, ox.Literal("x"))]}
    left = leave(ledger, {whole("names"): Known(("thing", "name"), rows)}, Shelving(), {})
    others = {Section("others", "thing"): set()}
    found = Earlier(ledger, left.columns, {NAMES: things, **others}).rows(whole("names"), [EVERYTHING])
    assert bool(found) is holds
    assert untouched([whole("names")], others) == {}
