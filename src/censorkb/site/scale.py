"""The axis of a timeline: days to percent of its width."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

EARLIEST = 1990
ROOM = 1.035
YEAR = 365.2425
FEW_YEARS = 3
LABELS = 14  # so many years have room beside each other on a page that is as wide as it gets
# Of the width up to now, what the last two years get where most measures began in them and so many years came before.
RECENT, LONG = 0.6, 4
EARLY_LABELS = 5


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis.

    Args:
        day: the day that it stands for.
        x: where it is, in percent.
        year: whether it begins a year, else a quarter.
        spare: whether it can be left out where there is little room.
    """

    day: dt.date
    x: float
    year: bool
    spare: bool


class Scale:
    """From the first of January of a year to a little after the last day that the data know of.

    Args:
        year: first year; the axis never begins before the web, and at least a day before it ends.
        now: the last day that the data know of.
        begun: the first days of what will be shown. If most of it began in the last two years of many, those are drawn
            wider than the years before, or all that is new would be one smudge at the end.
    """

    def __init__(self, year: int, now: dt.date, begun: Sequence[dt.date] = ()) -> None:
        self.year, self.now = min(max(year, EARLIEST), (now - dt.timedelta(1)).year), now
        self._first = dt.date(self.year, 1, 1).toordinal()
        self._width = (now.toordinal() - self._first) * ROOM
        self.quarters = now.year - self.year < FEW_YEARS
        self.recent = dt.date(now.year - 1, 1, 1)
        new = sum(day >= self.recent for day in begun)
        self.broken = self.early >= LONG and 2 * new > len(begun)

    @property
    def early(self) -> int:
        """How many years come before the last two."""
        return self.recent.year - self.year

    @property
    def since(self) -> float:
        """The length of the last two years up to now, in years."""
        return round((self.now - self.recent).days / YEAR, 3)

    @property
    def at_recent(self) -> float:
        """Where the last two years begin if they are drawn wider, in percent."""
        return round((1 - RECENT) * 100 / ROOM, 2)

    @property
    def quarter(self) -> float:
        """Distance of grid lines in the last two years if they are drawn wider, in percent of what is right of their start."""
        right = 100 - self.at_recent
        return round(RECENT * 100 / ROOM / self.since / 4 / right * 100, 4)

    @property
    def at_now(self) -> float:
        """Where the last day that the data know of is, in percent; the same on every axis."""
        return round(100 / ROOM, 2)

    def x(self, day: dt.date) -> float:
        """Where a day is, in percent; days off the axis are at its ends."""
        after = day.toordinal() - self._first
        if self.broken:
            recent, now = self.recent.toordinal() - self._first, self.now.toordinal() - self._first
            late = after >= recent
            part = (after - recent) / (now - recent) * RECENT if late else (after - recent) / recent * (1 - RECENT)
            place = (1 - RECENT + part) * 100 / ROOM
        else:
            place = after * 100 / self._width
        return max(0.0, min(100.0, place))

    def ticks(self) -> list[Tick]:
        """Marks for each year, or for some if there are many, or for each quarter of the years that have room for them."""
        if self.broken:
            step = -(-self.early // EARLY_LABELS)
            back = range(self.recent.year - step, self.year - 1, -step)
            return [self._tick(year, spare=i % 2 == 0) for i, year in enumerate(back)][::-1] + self._quarters(
                self.recent.year
            )
        if self.quarters:
            return self._quarters(self.year)
        step = 1 + (self.now.year - self.year) // LABELS
        return [self._tick(year, spare=i % 2 == 1) for i, year in enumerate(range(self.year, self.now.year + 1, step))]

    def _quarters(self, first: int) -> list[Tick]:
        days = [dt.date(year, month, 1) for year in range(first, self.now.year + 1) for month in (1, 4, 7, 10)]
        return [
            Tick(day, round(self.x(day), 2), day.month == 1, day.month not in (1, 7)) for day in days if day <= self.now
        ]

    def _tick(self, year: int, *, spare: bool) -> Tick:
        day = dt.date(year, 1, 1)
        return Tick(day, round(self.x(day), 2), year=True, spare=spare)
