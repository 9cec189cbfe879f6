"""Dates: the subset of EDTF that facts use, and the days that a date allows.

Extended Date/Time Format, Library of Congress 2019, levels 0 to 2 in part: dates of year, month or day; `?`, `~`, `%`
after the whole date; `X` for unspecified digits; intervals; one-of-a-set with `..`. Seasons, years outside 1900 to
2100 and times of day are left out, since readers disagree on what they bound. `2025-09..2025-12` and `..2026-02-11`
may be written without the brackets of the standard, which are a list in YAML.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass

from censorkb.problem import Phrase, phrase

LONGEST = 64
YEARS = range(1900, 2101)
_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(-(?P<month>\d\d|XX)(-(?P<day>\d\d|XX))?)?(?P<mark>[?~%])?", re.ASCII
)


class WrongDate(ValueError):
    """A text that is no date of the subset.

    Args:
        why: what is wrong with it.
        hint: what to write instead; the forms of a date if left out.
    """

    def __init__(self, why: Phrase, hint: Phrase | None = None) -> None:
        super().__init__(str(why))
        self.why, self.hint = why, hint or phrase("date")


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date and the days that it allows.

    Args:
        text: the date in standard EDTF.
        earliest_start: first day on which it can begin; None if unbounded. Likewise the other three.
        open_end: whether it is said to last (`2025/..`).
        uncertain: marked with `?` or `%`.
        approximate: marked with `~` or `%`.
    """

    text: str
    earliest_start: dt.date | None = None
    latest_start: dt.date | None = None
    earliest_end: dt.date | None = None
    latest_end: dt.date | None = None
    open_end: bool = False
    uncertain: bool = False
    approximate: bool = False


@functools.lru_cache(maxsize=4096)  # the same few days recur in all that is reported of a time
def parse(text: str) -> Edtf:
    """Read a date as contributors write it.

    Raises:
        WrongDate: it is not of the subset; the exception says what to write.
    """
    if len(text) > LONGEST:
        raise WrongDate(phrase("date-too-long"))
    if re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{4}", text, re.ASCII):
        raise WrongDate(phrase("day-or-month"), _either(*map(int, re.split("[./]", text))))
    marks = set(re.findall(r"[?~%]", text))
    body = text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text
    if "/" in text:
        made = _interval(text)
    elif ".." in body:
        made = _between(body)
    elif "," in body:
        made = _one_of(body)
    else:
        first, last = _days(text)
        made = Edtf(text, first, last)
    return Edtf(
        made.text, made.earliest_start, made.latest_start, made.earliest_end, made.latest_end, made.open_end,
        uncertain=bool(marks & {"?", "%"}), approximate=bool(marks & {"~", "%"}),
    )  # fmt: skip


def _either(one: int, other: int, year: int) -> Phrase:
    """The days that may be meant by two numbers and a year."""
    days = dict.fromkeys(f"{year:04}-{month:02}-{day:02}" for day, month in ((one, other), (other, one)) if month <= 12)
    found = [day for day in days if _is_day(day)]
    if len(found) == 2:
        return phrase("either-day", first=found[0], second=found[1])
    return phrase("write-it", word=found[0]) if found else phrase("full-date")


def _is_day(text: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _interval(text: str) -> Edtf:
    start, _, end = text.partition("/")
    if start in ("", ".."):
        raise WrongDate(
            phrase("no-beginning"), phrase("on-or-before", date=end if _DATE.fullmatch(end) else "2026-02-11")
        )
    earliest_start, latest_start = _days(start)
    if end in ("", ".."):
        return Edtf(text, earliest_start, latest_start, open_end=end == "..")
    earliest_end, latest_end = _days(end)
    if latest_end < earliest_start:
        raise WrongDate(phrase("ends-first"))
    return Edtf(text, earliest_start, min(latest_start, latest_end), max(earliest_end, earliest_start), latest_end)


def _between(body: str) -> Edtf:
    start, _, end = body.partition("..")
    if not start and not end:
        raise WrongDate(phrase("no-date"))
    first = _days(start)[0] if start else None
    last = _days(end)[1] if end else None
    if first and last and last < first:
        raise WrongDate(phrase("ends-first"))
    return Edtf(f"[{body}]", first, last)


def _one_of(body: str) -> Edtf:
    spans = [_days(part.strip()) for part in body.split(",")]
    return Edtf(
        f"[{','.join(part.strip() for part in body.split(','))}]", min(s[0] for s in spans), max(s[1] for s in spans)
    )


def _days(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of one date."""
    match = _DATE.fullmatch(text)
    if not match:
        raise WrongDate(phrase("not-numbers"))
    low, high = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    if low not in YEARS or high not in YEARS:
        raise WrongDate(phrase("far-year", first=YEARS[0], last=YEARS[-1]))
    month, day = match["month"], match["day"]
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise WrongDate(phrase("day-without-month"))
        return dt.date(low, 1, 1), dt.date(high, 12, 31)
    if low != high:
        raise WrongDate(phrase("month-without-year"))
    return _days_of_month(low, int(month), day)


def _days_of_month(year: int, month: int, day: str | None) -> tuple[dt.date, dt.date]:
    if not 1 <= month <= 12:
        raise WrongDate(phrase("no-month", month=f"{month:02}"), phrase("full-date"))
    length = calendar.monthrange(year, month)[1]
    if day in (None, "XX"):
        return dt.date(year, month, 1), dt.date(year, month, length)
    if not 1 <= int(day) <= length:
        which = f"{year}-{month:02}"
        raise WrongDate(phrase("short-month", month=which, days=length), phrase("day-of", month=which, days=length))
    date = dt.date(year, month, int(day))
    return date, date
