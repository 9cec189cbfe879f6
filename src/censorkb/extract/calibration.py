"""Calibration: how often claims of the same score were right, measured on gold and kept as data in `calibration.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

FEW = 10  # claims that say too little to stand alone


@dataclass(frozen=True, slots=True)
class Bucket:
    """Claims whose scores lie beside each other.

    Args:
        least: the smallest of their scores, between 0 and 1.
        right: how many were right: nothing of them had to be corrected but the agent.
        of: how many there were.
    """

    least: float
    right: int
    of: int

    @property
    def confidence(self) -> float:
        """The share that was right, by the rule of succession, since a few that all were right do not make the next sure."""
        return (self.right + 1) / (self.of + 2)

    def with_lower(self, other: Bucket) -> Bucket:
        """This one and that of the next lower scores as one."""
        return Bucket(other.least, self.right + other.right, self.of + other.of)


def measured(score: float) -> float:
    """The confidence that a score stands for; one below all that were measured is worth no more than it says itself."""
    kept = _kept()
    for one in kept:
        if score >= one.least:
            return round(one.confidence, 2)
    return round(min(score, kept[-1].confidence), 2)


def buckets(outcomes: Mapping[float, tuple[int, int]]) -> list[Bucket]:
    """Buckets of which none is small, and none surer than one of higher scores (pool adjacent violators), the highest first.

    Args:
        outcomes: how many claims of each score were right, and how many there were.
    """
    made: list[Bucket] = []
    for score in sorted(outcomes, reverse=True):
        made.append(Bucket(score, *outcomes[score]))
        while len(made) > 1 and (made[-2].of < FEW or made[-1].confidence > made[-2].confidence):
            lower = made.pop()
            made[-1] = made[-1].with_lower(lower)
    if len(made) > 1 and made[-1].of < FEW:
        lower = made.pop()
        made[-1] = made[-1].with_lower(lower)
    return made


@functools.cache
def _kept() -> tuple[Bucket, ...]:
    data = tomllib.loads((resources.files(__package__) / "calibration.toml").read_text("utf-8"))
    return tuple(Bucket(**row) for row in data["bucket"])
