"""Dates in a text: their place, their value, and what two of them beside each other or a count from a day mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from censorkb.extract.words import Words


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text.

    Args:
        first: its first word.
        last: one after its last word.
        value: EDTF; empty if the words say that there is no one date.
        basis: stated, or relative to the day of publication.
    """

    first: int
    last: int
    value: str
    basis: str


def whole(words: Words, dates: list[Dated]) -> list[Dated]:
    """Dates with a weekday and the day of the month beside it taken as one: "Friday, 5 June"."""
    kept: list[Dated] = []
    for date in dates:
        before = kept[-1] if kept else None
        if before and date.first - before.last <= 1 and len(date.value) == len(before.value) == 10:
            weekday = before.last - before.first == 1 and not words.small[before.first].isdigit()
            if weekday or (date.last - date.first == 1 and not words.small[date.first].isdigit()):
                kept[-1] = replace(date if weekday else before, first=before.first, last=date.last)
                continue
        kept.append(date)
    return kept


def shifted(day: dt.date, code: str) -> str:
    """The year, month, day or week that a code such as `m-1` means."""
    if code == "before":
        return f"../{day.isoformat()}"
    unit, count = code[0], int(code[1:])
    if unit == "y":
        return f"{day.year + count:04}"
    if unit == "m":
        months = day.year * 12 + day.month - 1 + count
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if unit == "d":
        return (day + dt.timedelta(days=count)).isoformat()
    monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=count)
    return f"{monday.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}"
