"""The axis of a timeline: days to percent of its width."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

EARLIEST = 1990
ROOM = 0.035
FEW_YEARS = 3
LABELS = 14  # so many years have room beside each other on a page that is as wide as it gets


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
        year: first year; the axis never begins before the web.
        now: the last day that the data know of.
    """

    def __init__(self, year: int, now: dt.date) -> None:
        self.year, self.now = max(year, EARLIEST), now
        self._first = dt.date(self.year, 1, 1).toordinal()
        self._width = (now.toordinal() - self._first) * (1 + ROOM) + 1
        self.quarters = now.year - self.year < FEW_YEARS

    def x(self, day: dt.date) -> float:
        """Where a day is, in percent; days off the axis are at its ends."""
        return max(0.0, min(100.0, (day.toordinal() - self._first) * 100 / self._width))

    @property
    def unit(self) -> float:
        """Distance of grid lines, in percent."""
        return round(365.2425 / (4 if self.quarters else 1) * 100 / self._width, 4)

    @property
    def at_now(self) -> float:
        """Where the last day that the data know of is, in percent."""
        return round(self.x(self.now), 2)

    def ticks(self) -> list[Tick]:
        """Marks for each year, or for some if there are many, or for each quarter if they are few."""
        step = 1 + (self.now.year - self.year) // LABELS
        months = (1, 4, 7, 10) if self.quarters else (1,)
        days = [dt.date(year, month, 1) for year in range(self.year, self.now.year + 1, step) for month in months]
        return [
            Tick(day, round(self.x(day), 2), day.month == 1, (day.month not in (1, 7)) if self.quarters else i % 2 == 1)
            for i, day in enumerate(days)
            if day <= self.now
        ]
