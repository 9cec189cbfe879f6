"""Our bounds against those of the `edtf` package, which reads all of EDTF; used in tests only.

Kept away from its known faults: it reads reversed intervals, spaces and an empty beginning, invents fuzzy bounds for
doubtful dates (its strict ones are right), and prints to standard output. It is slow, so examples are few.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import time

import edtf
import pytest
from examples import many
from hypothesis import given, settings
from hypothesis import strategies as st

from censorkb.graph.edtf import parse

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
LENGTHS = st.sampled_from([10, 7, 4])  # of a day, a month, a year
PLAIN = st.builds(lambda day, length: day.isoformat()[:length], DAYS, LENGTHS)
MASKED = st.one_of(
    DAYS.map(lambda day: day.isoformat()[:7] + "-XX"),
    DAYS.map(lambda day: day.isoformat()[:4] + "-XX"),
    st.integers(190, 209).map(lambda decade: f"{decade}X"),
)


def strict(text: str) -> tuple[dt.date, dt.date]:
    """First and last day by the oracle."""
    with contextlib.redirect_stdout(io.StringIO()):
        read = edtf.parse_edtf(text)
    return _day(read.lower_strict()), _day(read.upper_strict())


def _day(when: time.struct_time) -> dt.date:
    return dt.date(when[0], when[1], when[2])


@settings(max_examples=many(60), deadline=None)
@given(st.tuples(PLAIN, st.sampled_from(["", "?", "~", "%"])).map("".join) | MASKED)
def test_single_dates_agree_with_the_oracle(date):
    ours = parse(date)
    assert (ours.earliest_start, ours.latest_start) == strict(date)


@settings(max_examples=many(20), deadline=None)
@given(DAYS, DAYS, LENGTHS)
def test_a_day_between_two_dates_agrees_with_the_oracle(one, other, length):
    first, last = sorted((one.isoformat()[:length], other.isoformat()[:length]))
    ours = parse(f"{first}..{last}")
    assert (ours.earliest_start, ours.latest_start) == strict(f"[{first}..{last}]")


@settings(max_examples=many(20), deadline=None)
@given(PLAIN, PLAIN)
def test_intervals_agree_with_the_oracle(one, other):
    first, last = sorted((one, other), key=lambda text: parse(text).earliest_start)
    ours = parse(f"{first}/{last}")
    assert (ours.earliest_start, ours.latest_end) == strict(f"{first}/{last}")


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-13", "11/02/2026", "2026-2-11", "20260211", "1985-04-12T", "{1960,1961", "2004?-06-11?x"],
)
def test_what_the_oracle_refuses_we_refuse(text):
    with contextlib.redirect_stdout(io.StringIO()), pytest.raises(edtf.EDTFParseException):
        edtf.parse_edtf(text, fail_silently=False)
    with pytest.raises(ValueError):
        parse(text)
