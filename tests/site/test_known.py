"""What was answered to one run need not be asked by the next, unless a change touches it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from censorkb.query.answer import Answer
from censorkb.site import known
from censorkb.site.known import Known, untouched, whole
from censorkb.site.plan import Section

CHIRP, MUR = ox.NamedNode("https://example.org/chirp"), ox.NamedNode("https://example.org/mur")
NAMES = Section("names", "thing")
TERMS = [
    ox.Literal("Chirp"),
    ox.Literal('a "quoted"\nline \\ and a tab\t', language="ru"),
    ox.Literal("12", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    CHIRP,
    None,
]


def some(*things: ox.NamedNode) -> Known:
    made = Known()
    made.take(
        [thing.value for thing in things], Answer(("thing", "name"), [(t, ox.Literal("x")) for t in things]), "thing"
    )
    return made


def test_rows_of_all_terms_and_of_none_are_the_same_after_a_round_trip():
    made = {NAMES: Known(("thing", "name"), {CHIRP.value: [(CHIRP, term) for term in TERMS], MUR.value: []})}
    assert known.read(known.write(made)) == made


def test_nothing_is_known_of_nothing():
    assert known.read("") == known.read(known.write({})) == {}


def test_too_much_is_not_kept(monkeypatch):
    monkeypatch.setattr(known, "MOST", 1)
    assert known.write({NAMES: some(CHIRP)})
    assert known.write({NAMES: some(CHIRP, MUR)}) == ""


def test_a_thing_of_which_there_are_no_rows_is_known_not_to_have_any():
    made = Known()
    made.take([CHIRP.value], Answer(("thing", "name"), [(MUR, None), (None, None)]), "thing")
    assert made.rows == {CHIRP.value: []}


@pytest.mark.parametrize(
    ("touched", "left"),
    [({NAMES: set()}, [CHIRP, MUR]), ({NAMES: {str(CHIRP)}}, [MUR]), ({NAMES: None}, []), ({}, [])],
    ids=["nothing", "a thing", "everything", "it is not known what"],
)
def test_what_a_change_touches_is_asked_again(touched, left):
    found = untouched({NAMES: some(CHIRP, MUR)}, touched)
    assert [thing for each in found.values() for thing in each.rows] == [thing.value for thing in left]


@pytest.mark.parametrize(("things", "holds"), [(set(), True), ({str(CHIRP)}, False), (None, False)])
def test_a_whole_answer_holds_only_if_none_of_its_rows_is_touched(things, holds):
    all_names = {whole("names"): Known(("thing", "name"), {known.EVERYTHING: [(CHIRP, ox.Literal("x"))]})}
    assert bool(untouched(all_names, {NAMES: things, Section("others", "thing"): set()})) is holds
    assert untouched(all_names, {Section("others", "thing"): set()}) == {}
