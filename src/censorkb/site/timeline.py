"""Timelines: where on the axis each measure begins, is evidenced, and ends. Positions only; templates draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from censorkb.site.lists import in_order
from censorkb.site.rows import Row
from censorkb.site.scale import Scale, Tick
from censorkb.site.value import Thing

BAR, STEP, TOP = 14, 17, 4
SHORTEST = 0.35
FADE = 2.5
THINNEST = 0.01
GAP = 0.3
# Ranks of the stages, as the question of the measures gives them.
ATTEMPTED, IN_FORCE, ENDED = 3, 4, 5


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar, in percent of the axis."""

    x: float
    width: float


@dataclass(slots=True)
class Bar:
    """One measure on the axis, in percent.

    Args:
        row: the measure.
        y: upper edge in pixels.
        coming: where it may have begun.
        solid: where it is evidenced.
        pale: where it has not been said to have ended, after the last evidence.
        going: where it may have ended.
        dot: middle, if it is too short for a bar.
        arrow: where it goes on.
        tick: where it was lifted.
        stub: whether it is too short for anything but its arrow.
        reach: from its beginning to its end.
    """

    row: Row
    y: int = TOP
    coming: Part | None = None
    solid: Part | None = None
    pale: Part | None = None
    going: Part | None = None
    dot: float | None = None
    arrow: float | None = None
    tick: float | None = None
    stub: bool = False
    reach: tuple[float, float] = (0, 0)

    def marks(self) -> set[str]:
        """Parts and signs that it has, of those that need an explanation."""
        tried = self.row.phase is not None and self.row.rank <= ATTEMPTED
        found = {
            "coming": self.coming or self.going, "arrow": self.arrow is not None, "pale": self.pale,
            "tick": self.tick is not None, "dot": self.dot is not None, "attempted": tried, "disputed": self.row.disputed,
        }  # fmt: skip
        return {name for name, there in found.items() if there}


@dataclass(slots=True)
class Lane:
    """One row of the chart.

    Args:
        thing: what the row is about.
        rows: its measures.
        bars: those of them that have a date.
        now: the measure that says how things stand; None if all have ended.
        height: height of the drawing in pixels.
    """

    thing: Thing
    rows: list[Row]
    bars: list[Bar] = field(default_factory=list)
    now: Row | None = None
    height: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A timeline.

    Args:
        scale: its axis.
        groups: rows under a heading.
        countries: whether it has several countries, so that rows must name theirs.
        statuses: ids of the access statuses that occur.
        others: whether there are measures that change no access.
    """

    scale: Scale
    groups: list[tuple[Thing, list[Lane]]]
    countries: bool
    statuses: set[str]
    others: bool

    @property
    def marks(self) -> set[str]:
        """What the key must explain: the parts and signs of bars that occur."""
        bars = [bar for _, lanes in self.groups for lane in lanes for bar in lane.bars]
        return {name for bar in bars for name in bar.marks()}

    @property
    def tally(self) -> list[tuple[Thing, int]]:
        """How many rows have each access status now, the most severe first."""
        now = [lane.now for _, lanes in self.groups for lane in lanes if lane.now and lane.now.status]
        found = sorted((row for row in now if row.rank == IN_FORCE), key=lambda row: (-row.severity, row.status.iri))
        return [(status, len(list(rows))) for status, rows in groupby(found, lambda row: row.status)]

    @property
    def ticks(self) -> list[Tick]:
        """Marks of the axis."""
        return self.scale.ticks()


def chart(rows: Iterable[Row], now: dt.date, lane: str = "target", group: str = "group") -> Chart | None:
    """Lay measures out on an axis; None if there are none.

    Args:
        rows: measures with their bounds, status and phase.
        now: the last day that the data know of.
        lane: column whose things get a row each (with one country to a row).
        group: column whose things get a heading each.
    """
    shown = list(rows)
    days = [day for row in shown if (day := row.earliest_start or _begun(row) or row.last)]
    if not days:
        return None
    scale = Scale(min(days).year, now, days)
    lanes: dict[tuple[str, str, str], Lane] = {}
    heads: dict[str, Thing] = {}
    for row in shown:
        head, thing = getattr(row, group), getattr(row, lane)
        heads[head.iri] = head
        lanes.setdefault((head.iri, thing.iri, row.country.iri), Lane(thing, [])).rows.append(row)
    for made in lanes.values():
        _fill(made, scale)
    groups = [
        (thing, sorted((made for key, made in lanes.items() if key[0] == head), key=_urgency))
        for head, thing in heads.items()
    ]
    groups.sort(key=lambda group: (_urgency(group[1][0])[0], in_order(group[0].label), group[0].iri))
    statuses = {row.status.id for row in shown if row.status}
    countries = len({row.country.iri for row in shown}) > 1
    return Chart(scale, groups, countries, statuses, any(row.status is None for row in shown))


def is_over(row: Row, now: dt.date) -> bool:
    """Whether a measure is said to have ended."""
    end = row.latest_end or row.earliest_end
    return row.rank == ENDED or (end is not None and end <= now)


def _begun(row: Row) -> dt.date | None:
    begun: dt.date | None = row.latest_start or row.earliest_start
    return begun


def _standing(row: Row) -> tuple[bool, int, int]:
    """Order of measures by how much they say of how things stand now."""
    return (row.rank == IN_FORCE and row.status is not None, row.severity or -1, row.rank or 0)


def _urgency(lane: Lane) -> tuple[int, int, dt.date, tuple[str, str], str]:
    """Most severe first, then by first date."""
    first = min((day for row in lane.rows if (day := _begun(row))), default=dt.date.max)
    rank, severity = (lane.now.rank or 0, lane.now.severity) if lane.now else (0, None)
    if severity is None or rank < ATTEMPTED:
        severity = -1
    return (-severity, -rank, first, in_order(lane.thing.label), lane.thing.iri)


def _fill(lane: Lane, scale: Scale) -> None:
    """Put the measures of a row on as few tracks as let none hide another."""
    standing = [row for row in lane.rows if not is_over(row, scale.now)]
    lane.now = max(standing, key=_standing, default=None)
    lane.bars = sorted(
        (made for row in lane.rows if (made := bar(row, scale))), key=lambda b: (b.reach, b.row.measure.iri)
    )
    tracks: list[float] = []
    for made in lane.bars:
        track = next((i for i, end in enumerate(tracks) if end + GAP <= made.reach[0]), len(tracks))
        tracks[track:] = [made.reach[1], *tracks[track + 1 :]]
        made.y = TOP + STEP * track
    lane.height = STEP * max(1, len(tracks)) + TOP + 1


def bar(row: Row, scale: Scale) -> Bar | None:
    """Lay one measure out; None if nothing is known of its beginning."""
    begun = _begun(row)
    if begun is None:
        return None
    made, x1 = Bar(row), scale.x(begun)
    x0 = scale.x(row.earliest_start) if row.earliest_start else max(0.0, x1 - FADE)
    x2, x3 = _ends(row, scale)
    x2, x3 = max(x1, x2), max(x1, x3)
    made.reach = (x0, x3)
    lasts = row.status is not None and not is_over(row, scale.now)
    if x3 - x0 < SHORTEST and not lasts:
        made.dot, made.reach = round((x0 + x3) / 2, 2), (x0 - 1, x3 + 1)
        return made
    known = max(x1, min(x2, scale.x(row.last))) if row.last and lasts else x2
    made.coming, made.solid = _part(x0, x1), _part(x1, known)
    made.pale, made.going = _part(known, x2), _part(x2, x3)
    if lasts:
        made.arrow, made.stub = round(x2, 2), x3 - x0 < SHORTEST
    elif is_over(row, scale.now):
        made.tick = round(x3, 2)
    return made


def _ends(row: Row, scale: Scale) -> tuple[float, float]:
    """The first and the last place at which a measure can have ended, or to which it is known."""
    if is_over(row, scale.now):
        first, last = row.earliest_end or row.latest_end, row.latest_end or row.earliest_end
        return scale.x(first or scale.now), scale.x(last or scale.now)
    # What changes no access, such as a fine, is not said to go on after the last word about it.
    end = scale.x(scale.now) if row.status or not row.last else scale.x(row.last)
    return end, end


def _part(start: float, end: float) -> Part | None:
    return Part(round(start, 2), round(end - start, 2)) if end - start >= THINNEST else None
