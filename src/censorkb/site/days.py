"""Days: the access status that a target is known to have had, from day to day, and how surely. Templates put it into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from censorkb.site.lists import in_order
from censorkb.site.rows import Row
from censorkb.site.value import Thing

DAY = dt.timedelta(1)
# With more measures at once, what holds on a day would be told again and again: each has a list of its own then.
TOGETHER = 8
# How sure it is that a measure held on a day; the order in which they are told.
CERTAIN, BEGUN, OVER, STALE, UNKNOWN = "certain", "begun", "over", "stale", "unknown"
_ORDER = (CERTAIN, STALE, BEGUN, OVER, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Held:
    """What a measure did to access on some days.

    Args:
        row: the measure.
        sure: `certain`; `begun` or `over`, if it may not have begun yet or may have ended; `stale`, if nobody has spoken of
            it since; `unknown`, if it began later at the latest and no source says when.
    """

    row: Row
    sure: str


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which the same is known.

    Args:
        first: first day.
        last: last day.
        held: what held, the most severe first, what is not known last; nothing if no accepted claim speaks of these days.
    """

    first: dt.date
    last: dt.date
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """One target in one country, day by day.

    Args:
        target: the target.
        country: the country.
        alone: id of the measure, if each of many has a calendar of its own; else empty.
        spells: all days from the first to the last, in their order.
    """

    target: Thing
    country: Thing
    alone: str
    spells: list[Spell]

    @property
    def constant(self) -> bool:
        """Whether one and the same measure is all that is known, on all days alike."""
        return len(self.spells) == 1 and len(self.spells[0].held) == 1

    @property
    def held(self) -> Held:
        """The measure of which most is known on the first day."""
        return self.spells[0].held[0]


def calendars(rows: Iterable[Row], first: dt.date | None, last: dt.date, by: str = "target") -> list[Calendar]:
    """Say what is known of each target on each day; targets of which nothing is known then are left out.

    Args:
        rows: measures with their bounds, status and phase.
        first: the first day; None for the first on which any status is known.
        last: the last day.
        by: whether they are in the order of the names of their `target` or `country`.
    """
    found: dict[tuple[str, str, str], list[Row]] = {}
    together: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.status is not None and _from(row) is not None:
            together.setdefault((row.target.iri, row.country.iri), []).append(row)
    for key, several in together.items():
        for row in several:
            found.setdefault((*key, row.measure.iri if len(several) > TOGETHER else ""), []).append(row)
    made = []
    for (_, _, alone), own in found.items():
        begun = first or min(day for row in own if (day := _from(row)))
        spells = _spells(own, begun, last) if begun <= last else []
        if any(held.sure != UNKNOWN for spell in spells for held in spell.held):
            made.append(Calendar(own[0].target, own[0].country, own[0].measure.id if alone else "", spells))
    return sorted(made, key=lambda one: (in_order(getattr(one, by).label), getattr(one, by).iri))


def until(row: Row, rows: Sequence[Row], now: dt.date) -> dt.date:
    """The last day that a page of a country tells of: the day before its next page begins, or the last of all.

    Args:
        row: the page with its first `day`.
        rows: all pages of the country.
        now: the last day that the data know of.
    """
    later: list[dt.date] = [other.day for other in rows if other.day > row.day]
    if later:
        return min(later) - DAY
    return now if now >= row.day else dt.date(row.day.year, 12, 31)


def _from(row: Row) -> dt.date | None:
    found: dt.date | None = row.earliest_start or row.latest_start
    return found


def _sure(row: Row, day: dt.date) -> str | None:
    """How sure it is that a measure held on a day, as the question `status-on` tells it; None if it did not."""
    if row.latest_end and day > row.latest_end:
        return None
    if row.latest_start is None or day < row.latest_start:
        if row.earliest_start is None:
            return UNKNOWN
        return BEGUN if day >= row.earliest_start else None
    if row.latest_end:
        return OVER if day >= (row.earliest_end or row.earliest_start or row.latest_start) else CERTAIN
    return STALE if row.last and day > row.last else CERTAIN


def _turns(row: Row) -> Iterable[dt.date]:
    """Days from which something else can be known of a measure."""
    for day in (row.earliest_start, row.latest_start, row.earliest_end):
        if day:
            yield day
    for day in (row.latest_end, row.last):
        if day and day < dt.date.max:
            yield day + DAY


def _spells(rows: list[Row], first: dt.date, last: dt.date) -> list[Spell]:
    turns = sorted({first, *(day for row in rows for day in _turns(row) if first < day <= last), last + DAY})
    spells: list[Spell] = []
    for start, following in pairwise(turns):
        held = tuple(sorted((Held(row, sure) for row in rows if (sure := _sure(row, start))), key=_rank))
        if spells and spells[-1].held == held:
            start = spells.pop().first
        spells.append(Spell(start, following - DAY, held))
    return spells


def _rank(held: Held) -> tuple[bool, int, int, str]:
    return (held.sure == UNKNOWN, -(held.row.severity or 0), _ORDER.index(held.sure), held.row.measure.iri)
