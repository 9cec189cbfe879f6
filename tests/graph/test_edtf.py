"""Dates as contributors write them, and the days that they allow."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.graph.edtf import LONGEST, Edtf, WrongDate, parse


def bounds(text: str) -> str:
    date = parse(text)
    days = (date.earliest_start, date.latest_start, date.earliest_end, date.latest_end)
    return " ".join(day.isoformat() if day else "-" for day in days).removesuffix(" - -")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a day, a month, a year
        ("2026-02-11", "2026-02-11 2026-02-11"),
        ("2024-02-29", "2024-02-29 2024-02-29"),
        ("2000-02-29", "2000-02-29 2000-02-29"),
        ("2025-12", "2025-12-01 2025-12-31"),
        ("2025-02", "2025-02-01 2025-02-28"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2017", "2017-01-01 2017-12-31"),
        ("1900-01-01", "1900-01-01 1900-01-01"),
        ("2100-12-31", "2100-12-31 2100-12-31"),
        # doubt does not widen a date
        ("2017?", "2017-01-01 2017-12-31"),
        ("2026-02~", "2026-02-01 2026-02-28"),
        ("2026-02-11%", "2026-02-11 2026-02-11"),
        # some day between, on or before, on or after, one of these
        ("2025-09..2025-12", "2025-09-01 2025-12-31"),
        ("[2025-12-01..2025-12-05]", "2025-12-01 2025-12-05"),
        ("2026-02-11..2026-02-11", "2026-02-11 2026-02-11"),
        ("..2026-02-11", "- 2026-02-11"),
        ("[..2026]", "- 2026-12-31"),
        ("2025..", "2025-01-01 -"),
        ("2017?..2018", "2017-01-01 2018-12-31"),
        ("[2025-01,2025-03]", "2025-01-01 2025-03-31"),
        ("2026, 2024", "2024-01-01 2026-12-31"),
        # from, to
        ("2025-09/2026-02", "2025-09-01 2025-09-30 2026-02-01 2026-02-28"),
        ("2025/2025", "2025-01-01 2025-12-31 2025-01-01 2025-12-31"),
        ("2025/2025-03", "2025-01-01 2025-03-31 2025-03-01 2025-03-31"),
        ("2025-06/2025", "2025-06-01 2025-06-30 2025-06-01 2025-12-31"),
        ("2025/..", "2025-01-01 2025-12-31"),
        ("2025-09/", "2025-09-01 2025-09-30"),
        # unspecified digits
        ("2025-XX", "2025-01-01 2025-12-31"),
        ("2025-XX-XX", "2025-01-01 2025-12-31"),
        ("2025-02-XX", "2025-02-01 2025-02-28"),
        ("201X", "2010-01-01 2019-12-31"),
        ("20XX", "2000-01-01 2099-12-31"),
        ("19XX", "1900-01-01 1999-12-31"),
        ("201X-XX", "2010-01-01 2019-12-31"),
        # examples of the specification that are in the subset
        ("1985-04-12", "1985-04-12 1985-04-12"),
        ("1985-04", "1985-04-01 1985-04-30"),
        ("1985", "1985-01-01 1985-12-31"),
        ("1964/2008", "1964-01-01 1964-12-31 2008-01-01 2008-12-31"),
        ("2004-06/2006-08", "2004-06-01 2004-06-30 2006-08-01 2006-08-31"),
        ("2004-02-01/2005-02-08", "2004-02-01 2004-02-01 2005-02-08 2005-02-08"),
        ("2004-02-01/2005", "2004-02-01 2004-02-01 2005-01-01 2005-12-31"),
        ("2005/2006-02", "2005-01-01 2005-12-31 2006-02-01 2006-02-28"),
        ("1984?", "1984-01-01 1984-12-31"),
        ("2004-06~", "2004-06-01 2004-06-30"),
        ("2004-06-11%", "2004-06-11 2004-06-11"),
        ("1985-04-12/..", "1985-04-12 1985-04-12"),
        ("1985/", "1985-01-01 1985-12-31"),
        ("1984~/2004-06", "1984-01-01 1984-12-31 2004-06-01 2004-06-30"),
        ("1984-06-02?/2004-08-08~", "1984-06-02 1984-06-02 2004-08-08 2004-08-08"),
        ("2004-XX", "2004-01-01 2004-12-31"),
        ("1985-04-XX", "1985-04-01 1985-04-30"),
        ("1985-XX-XX", "1985-01-01 1985-12-31"),
        ("[1960,1961-12]", "1960-01-01 1961-12-31"),
        ("[1960-12..]", "1960-12-01 -"),
    ],
)
def test_a_date_allows_these_days(text, days):
    assert bounds(text) == days


@pytest.mark.parametrize(
    ("text", "why", "hint"),
    [
        ("2026-02-30", "2026-02 has 28 days", "2026-02-01 to 2026-02-28"),
        ("2025-02-29", "2025-02 has 28 days", "2025-02-28"),
        ("1900-02-29", "1900-02 has 28 days", "1900-02-28"),
        ("2026-04-31", "2026-04 has 30 days", "2026-04-30"),
        ("2026-02-00", "2026-02 has 28 days", "2026-02-01"),
        ("2026-13-01", "no month 13", "year-month-day"),
        ("2026-00", "no month 00", "year-month-day"),
        ("2025-21", "no month 21", "year-month-day"),
        ("11/02/2026", "not the same everywhere", "2026-02-11"),
        ("1.2.2026", "not the same everywhere", "2026-02-01 or 2026-01-02"),
        ("31.12.2025", "not the same everywhere", "2025-12-31"),
        ("31/02/2025", "not the same everywhere", "2026-02-11"),
        ("1/1/0000", "not the same everywhere", "2026-02-11"),
        ("2026-2-11", "not written as year-month-day", "2026-02-11"),
        ("2026/02/11", "not written as year-month-day", "2026-02-11"),
        ("11-02-2026", "not written as year-month-day", "2026-02-11"),
        ("20260211", "not written as year-month-day", "2026-02-11"),
        ("11 February 2026", "not written as year-month-day", "2026-02-11"),
        ("2026-02-11T10:00:00Z", "not written as year-month-day", "2026-02-11"),
        ("Wednesday", "not written as year-month-day", "2026-02-11"),
        ("", "not written as year-month-day", "2026-02-11"),
        ("-", "not written as year-month-day", "2026-02-11"),
        ("[]", "not written as year-month-day", "2026-02-11"),
        ("[2025]", "not written as year-month-day", "2026-02-11"),
        ("{2025,2026}", "not written as year-month-day", "2026-02-11"),
        ("-0044", "not written as year-month-day", "2026-02-11"),
        ("Y170000002", "not written as year-month-day", "2026-02-11"),
        ("2XXX", "not written as year-month-day", "2026-02-11"),
        ("2025-1X", "not written as year-month-day", "2026-02-11"),
        ("?2025", "not written as year-month-day", "2026-02-11"),
        ("2004?-06", "not written as year-month-day", "2026-02-11"),
        ("2025??", "not written as year-month-day", "2026-02-11"),
        ("٢٠٢٦-٠٢-١١", "not written as year-month-day", "2026-02-11"),
        ("２０２６", "not written as year-month-day", "2026-02-11"),
        ("2026-02-11\n", "not written as year-month-day", "2026-02-11"),
        (" 2026", "not written as year-month-day", "2026-02-11"),
        ("2025/2026/2027", "not written as year-month-day", "2026-02-11"),
        ("2025..2026..2027", "not written as year-month-day", "2026-02-11"),
        ("[2025,2026..2027]", "not written as year-month-day", "2026-02-11"),
        ("2025,", "not written as year-month-day", "2026-02-11"),
        ("2025-XX-11", "a day needs a month", "2026-02-11"),
        ("201X-05", "a month needs a full year", "2026-02-11"),
        ("1899", "not between 1900 and 2100", "2026-02-11"),
        ("2101-01-01", "not between 1900 and 2100", "2026-02-11"),
        ("210X", "not between 1900 and 2100", "2026-02-11"),
        ("0000", "not between 1900 and 2100", "2026-02-11"),
        ("2026/2025", "ends before it begins", "2026-02-11"),
        ("2025-12..2025-11", "ends before it begins", "2026-02-11"),
        ("..", "it has no date", "2026-02-11"),
        ("[..]", "it has no date", "2026-02-11"),
        ("../2026-02-11", "it has no beginning", "..2026-02-11 for 'on or before'"),
        ("/2026", "it has no beginning", "..2026 for 'on or before'"),
        ("/", "it has no beginning", "..2026-02-11 for 'on or before'"),
        ("/..", "it has no beginning", "..2026-02-11 for 'on or before'"),
        ("../\x1b[2J", "it has no beginning", "..2026-02-11 for 'on or before'"),
        ("2" * (LONGEST + 1), "it is too long", "2026-02-11"),
        ("9" * 100_000, "it is too long", "2026-02-11"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason_and_a_hint(text, why, hint):
    with pytest.raises(WrongDate) as fault:
        parse(text)
    assert why in str(fault.value.why)
    assert hint in str(fault.value.hint)
    assert str(fault.value.hint).isprintable()


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate", "open_end"),
    [
        ("2017", False, False, False),
        ("2017?", True, False, False),
        ("2017~", False, True, False),
        ("2017%", True, True, False),
        ("2017/..", False, False, True),
        ("2017/", False, False, False),
        ("2017~/2018?", True, True, False),
        ("..2017~", False, True, False),
    ],
)
def test_doubt_and_an_open_end_are_kept_as_marks(text, uncertain, approximate, open_end):
    date = parse(text)
    assert (date.uncertain, date.approximate, date.open_end) == (uncertain, approximate, open_end)


DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
SINGLE = st.one_of(
    DAYS.map(dt.date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    DAYS.map(lambda day: day.isoformat()[:7] + "-XX"),
    DAYS.map(lambda day: day.isoformat()[:4] + "-XX"),
    st.integers(190, 209).map(lambda decade: f"{decade}X"),
)
MARKED = st.tuples(SINGLE, st.sampled_from(["", "", "?", "~", "%"])).map("".join)
PAIRS = st.tuples(MARKED, MARKED)
WRITTEN = st.one_of(
    MARKED,
    PAIRS.map("..".join),
    PAIRS.map("/".join),
    PAIRS.map(",".join),
    PAIRS.map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    MARKED.map(lambda date: f"..{date}"),
    MARKED.map(lambda date: f"{date}.."),
    MARKED.map(lambda date: f"{date}/.."),
    MARKED.map(lambda date: f"{date}/"),
)


def parsed(text: str) -> Edtf | None:
    try:
        return parse(text)
    except WrongDate as fault:
        assert str(fault.why) == "it ends before it begins", text
        return None


@given(WRITTEN)
def test_the_standard_form_of_a_date_reads_as_the_same_date(text):
    date = parsed(text)
    if date:
        assert parse(date.text) == date


@given(WRITTEN)
def test_bounds_are_in_order(text):
    date = parsed(text)
    if not date:
        return
    earliest, latest = dt.date.min, dt.date.max
    assert (date.earliest_start or earliest) <= (date.latest_start or latest)
    if date.latest_end:
        assert (date.earliest_end or earliest) <= date.latest_end
        assert (date.earliest_start or earliest) <= date.earliest_end
        assert (date.latest_start or latest) <= date.latest_end


@given(st.text(st.sampled_from("0123456789XT?~%-/.,[]{} ZY"), max_size=30) | st.text(max_size=80))
def test_any_text_is_a_date_or_is_refused_in_words(text):
    try:
        date = parse(text)
    except WrongDate as fault:
        assert str(fault.why) and str(fault.hint)
    else:
        assert parse(date.text) == date


@given(DAYS, DAYS)
def test_every_day_between_is_within_the_bounds(one, other):
    start, end = sorted((one, other))
    date = parse(f"{start}..{end}")
    assert (date.earliest_start, date.latest_start) == (start, end)
