"""Dates in words: EDTF as the Unicode CLDR writes dates, with a qualifier where a date is vague.

No sentence is built around a date, since no language forgives that: patterns of a catalogue put a word or a sign beside it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from censorkb.graph.edtf import Edtf, parse
from censorkb.site.value import DateText

_DAY, _MONTH, _YEAR = "yMMMd", "yMMM", "y"


class Dates:
    """Writes dates in one language.

    Args:
        locale: the language.
        words: patterns of the catalogue, each with `{date}`.
    """

    def __init__(self, locale: Locale, words: dict[str, str]) -> None:
        self._locale, self._words = locale, words
        self._known: dict[str | dt.date, str] = {}
        self._known_bounds: dict[tuple[dt.date | None, dt.date | None, bool], str] = {}

    def __call__(self, date: DateText | dt.date) -> str:
        """Write a date."""
        key = date if isinstance(date, dt.date) else date.text
        if key not in self._known:
            self._known[key] = self._edtf(key) if isinstance(key, str) else self._day(key)
        return self._known[key]

    def bounds(self, first: dt.date | None, last: dt.date | None, *, short: bool = False) -> str:
        """Write what is known of a day; empty if nothing is.

        Args:
            first: the first day on which it can have been.
            last: the last.
            short: whether signs must do instead of words.
        """
        key = first, last, short
        if key not in self._known_bounds:
            self._known_bounds[key] = self._bounds(first, last, short)
        return self._known_bounds[key]

    def _bounds(self, first: dt.date | None, last: dt.date | None, short: bool) -> str:
        if first and last:
            return self._span(first, last, within=not short)
        if first or last:
            pattern = "after" if first else "before"
            return self._put(f"short-{pattern}" if short else pattern, self(first or last or dt.date.min))
        return ""

    def _day(self, date: dt.date) -> str:
        return _whole(format_date(date, "medium", locale=self._locale))

    def month(self, date: dt.date, *, whole: bool = False) -> str:
        """Write a month without its year, as the whole word if it is a heading."""
        return (
            format_date(date, "LLLL", locale=self._locale)
            if whole
            else format_skeleton("MMM", date, locale=self._locale)
        )

    def _put(self, pattern: str, date: str) -> str:
        return self._words[pattern].replace("{date}", date)

    def _edtf(self, text: str) -> str:
        date = parse(text)
        if "/" in date.text:
            return self._interval(date)
        if "," in date.text:
            parts = re.split(r"\s*,\s*", date.text.strip("[]"))
            return self._words["or"].join(map(self._edtf, parts))
        written = self._plain(date)
        if date.approximate:
            written = self._put("approximate", written)
        return self._put("uncertain", written) if date.uncertain else written

    def _plain(self, date: Edtf) -> str:
        first, last = date.earliest_start, date.latest_start
        if first is None or last is None:
            return self._put("before" if last else "after", self._edtf(re.sub(r"[][?~%]|\.\.", "", date.text)))
        return self._span(first, last, within=date.text.startswith("[") or "X" in date.text)

    def _interval(self, date: Edtf) -> str:
        """From one to the other; as one if both ends are as sharp and neither is vague, since then they share a year."""
        start, end = date.earliest_start, date.latest_end
        first, last = date.text.split("/")
        if start is None or end is None:
            return self._put("open" if date.open_end else "end-unknown", self._edtf(first))
        if first.count("-") == last.count("-") and not re.search("[X?~%]", date.text):
            return self._between(start, end, (_YEAR, _MONTH, _DAY)[first.count("-")])
        return f"{self._edtf(first)}{self._words['to']}{self._edtf(last)}"

    def _span(self, first: dt.date, last: dt.date, *, within: bool) -> str:
        """A day, month or year if the two are its ends; else from one to the other, with a word if it is one day of them."""
        if first == last:
            return self(first)
        skeleton = _skeleton(first, last)
        if skeleton == _MONTH and (first.year, first.month) == (last.year, last.month):
            return _whole(format_skeleton(_MONTH, first, locale=self._locale))
        if skeleton == _YEAR and first.year == last.year:
            return format_skeleton(_YEAR, first, locale=self._locale)
        written = self._between(first, last, skeleton)
        return self._put("within", written) if within else written

    def _between(self, first: dt.date, last: dt.date, skeleton: str) -> str:
        return _whole(format_interval(first, last, skeleton, locale=self._locale))


def _whole(date: str) -> str:
    """A date whose parts no end of a line takes from each other; a line may end where two dates meet."""
    return re.sub("(?<!–) (?!–)", "\u00a0", date)


def _skeleton(first: dt.date, last: dt.date) -> str:
    """The coarsest unit whose beginning and end the two days are."""
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return _DAY
    return _YEAR if (first.month, last.month) == (1, 12) else _MONTH
