"""The cost curves as a picture: CPU seconds against claims, both in powers of ten, drawn with a template.

A power of ten is as long upwards as sideways, so that a cost which grows as the claims do rises at 45 degrees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bench import HOME
from bench.results import Points

FILE = HOME / "bench/curves.svg"
DECADE, LABEL, APART = 74, 140, 16  # length of a power of ten, room for the names of curves, and between two names
LEFT, TOP, BELOW = 52, 56, 48
TITLES = {"check": "Checking", "build": "Building"}
OURS = ("our", "censorkb", "deriving")  # how the names of our own curves begin; the others are dashed


@dataclass(frozen=True, slots=True)
class Axis:
    """Powers of ten, from one to another.

    Args:
        low: the power at the beginning.
        high: the power at the end.
    """

    low: int
    high: int

    @classmethod
    def around(cls, values: list[float]) -> Axis:
        """The axis that holds some values."""
        low, high = (math.log10(value) for value in (min(values), max(values)))
        return cls(math.floor(low + 1e-9), max(math.ceil(high - 1e-9), math.floor(low + 1e-9) + 1))

    @property
    def length(self) -> int:
        """How long it is."""
        return (self.high - self.low) * DECADE

    def at(self, value: float) -> float:
        """Where a value is, from the beginning."""
        return round((math.log10(value) - self.low) * DECADE, 1)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The powers, where they are and what they are called."""
        return [(self.at(10.0**power), f"{10.0**power:,g}") for power in range(self.low, self.high + 1)]


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve where it is drawn.

    Args:
        name: what it is the cost of.
        dashed: whether it is not ours.
        points: from the top left of the panel.
        label: how far down its name stands.
    """

    name: str
    dashed: bool
    points: list[tuple[float, float]]
    label: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One diagram where it is drawn.

    Args:
        title: what its curves have in common.
        left: where it begins.
        top: where it begins.
        across: the axis of the claims.
        up: the axis of the seconds.
        curves: what is drawn.
    """

    title: str
    left: int
    top: int
    across: Axis
    up: Axis
    curves: list[Curve]


def draw(points: Points) -> str:
    """Draw a panel for each group of curves, side by side."""
    panels: list[Panel] = []
    left = LEFT
    for name, curves in points.items():
        if any(curves.values()):
            panels.append(_panel(TITLES.get(name, name), {n: curve for n, curve in curves.items() if curve}, left))
            left += panels[-1].across.length + LABEL + LEFT
    height = max((panel.up.length for panel in panels), default=0)
    made = Environment(loader=FileSystemLoader(HOME / "bench"), autoescape=True, keep_trailing_newline=True)
    text = made.get_template("curves.svg.jinja").render(
        panels=panels, width=left - LEFT, height=TOP + height + BELOW, description=_described(points)
    )
    return str(text)


def write(points: Points, path: Path = FILE) -> None:
    """Draw into a file."""
    path.write_text(draw(points), "utf-8")


def _panel(title: str, curves: dict[str, dict[int, float]], left: int) -> Panel:
    across = Axis.around([float(claims) for curve in curves.values() for claims in curve])
    up = Axis.around([seconds for curve in curves.values() for seconds in curve.values()])
    points = [
        [(across.at(claims), round(up.length - up.at(seconds), 1)) for claims, seconds in sorted(curve.items())]
        for curve in curves.values()
    ]
    labels = _apart([each[-1][1] for each in points])
    drawn = [
        Curve(name, not name.startswith(OURS), at, label)
        for name, at, label in zip(curves, points, labels, strict=True)
    ]
    return Panel(title, left, TOP, across, up, drawn)


def _apart(ends: list[float]) -> list[float]:
    """Heights for the names of curves: where the curves end, or a bit lower if another name is there."""
    places = dict.fromkeys(range(len(ends)), 0.0)
    last = -math.inf
    for index in sorted(places, key=lambda index: ends[index]):
        last = max(ends[index], last + APART)
        places[index] = round(last, 1)
    return list(places.values())


def _described(points: Points) -> str:
    """The last point of each curve in words, for readers who can't see them."""
    said = []
    for curves in points.values():
        for name, curve in curves.items():
            if curve:
                claims = max(curve)
                said.append(f"{name}: {curve[claims]:,.3g} seconds for {claims:,} claims")
    return "; ".join(said) + "."
