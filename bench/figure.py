"""A figure: what is measured, against whom, what came out, and what was wanted.

A new figure is a function in a module of `figures/`: its docstring says what is inside the clock, and it gives rows.

    @figure("parse")
    def parse(bench: Bench) -> Iterator[Row]:
        \"\"\"From the paths of the files to objects in memory.\"\"\"
        facts = bench.knowledge(bench.sizes.middle)
        ours, theirs = bench.program("parse", "ours", facts), bench.program("parse", "pyyaml", facts)
        yield bench.race("reading the fact files", ours, theirs).row("PyYAML", at_most(2))
"""

from __future__ import annotations

import importlib
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.workshop import Bench

# Modules of figures/, in the order of the table.
MODULES = ("check", "change", "desk", "tidy", "parse", "site", "derive", "query", "push", "start")


@dataclass(frozen=True, slots=True)
class Goal:
    """What a median is to keep to.

    Args:
        sign: `≤` or `≥`.
        value: the bound.
    """

    sign: str
    value: float

    def met(self, median: float) -> bool:
        """Whether it is kept."""
        return median <= self.value if self.sign == "≤" else median >= self.value


def at_most(value: float) -> Goal:
    """The goal of not more than this."""
    return Goal("≤", value)


def at_least(value: float) -> Goal:
    """The goal of not less than this."""
    return Goal("≥", value)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of figures.

    Args:
        what: what was done, and with how many claims.
        against: with what it is compared; empty if with nothing.
        values: what came out, one a round; none if it could not be measured.
        unit: `×`, `%`, `s`, `MB`, or nothing for an exponent.
        goal: what was wanted, if anything.
        ours: median seconds of ours, of CPU if `what` does not say otherwise.
        theirs: those of the other.
        note: what else there is to say, or why there are no values.
    """

    what: str
    against: str = ""
    values: tuple[float, ...] = ()
    unit: str = "×"
    goal: Goal | None = None
    ours: float | None = None
    theirs: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        """The middle of the values."""
        return statistics.median(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; none if there is no goal or nothing was measured."""
        return self.goal.met(self.median) if self.goal and self.values else None


Measure = Callable[["Bench"], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement that gives some rows.

    Args:
        name: by which it can be asked for.
        clock: what is inside the clock.
        measure: does it.
    """

    name: str
    clock: str
    measure: Measure


_FIGURES: dict[str, Figure] = {}


def figure(name: str) -> Callable[[Measure], Measure]:
    """Register a function as a figure."""

    def register(measure: Measure) -> Measure:
        _FIGURES[name] = Figure(name, " ".join((measure.__doc__ or "").split()), measure)
        return measure

    return register


def figures() -> dict[str, Figure]:
    """All figures by name, in the order of the table."""
    for module in MODULES:
        importlib.import_module(f"bench.figures.{module}")
    return dict(_FIGURES)
