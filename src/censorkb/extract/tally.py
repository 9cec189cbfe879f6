"""Tallies: what was counted of an article, a language or an action, and the rates that follow."""

from __future__ import annotations

import functools
import hashlib
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

ROUNDS = 1000
_SEED = b"censorkb evaluate"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of claims.

    Args:
        gold: claims to be found.
        found: claims that were found or made up; those that stand for optional ones are left out.
        matched: claims that were found.
        strict: those of them with the right status, country and date.
        slots: in how many matched claims a slot is right.
        placed: in how many matched claims with a text the words are from the right sentence.
        textual: in how many matched claims there was a text and a place to look at.
    """

    gold: int = 0
    found: int = 0
    matched: int = 0
    strict: int = 0
    slots: Counter[str] = field(default_factory=Counter)
    placed: int = 0
    textual: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.found + other.found,
            self.matched + other.matched,
            self.strict + other.strict,
            self.slots + other.slots,
            self.placed + other.placed,
            self.textual + other.textual,
        )

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """What the rates follow from."""
        return self.gold, self.found, self.matched, self.strict


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with the interval in which 95 of 100 resamplings of the articles put it.

    Args:
        value: the share; None if there is nothing to share.
        low: where the interval begins.
        high: where it ends.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


def share(part: int, whole: int) -> float | None:
    """A share; None of nothing."""
    return part / whole if whole else None


def rates(tallies: Sequence[Tally]) -> dict[str, Rate]:
    """Precision, recall and F1, lenient and strict, over the claims of some articles together.

    Args:
        tallies: one an article; articles are what is drawn again, since claims of one article stand or fall together.
    """
    rows = [tally.counts for tally in tallies]
    values = _shares(*map(sum, zip(*rows, strict=True))) if rows else {}
    drawn: dict[str, list[float]] = {name: [] for name in values}
    for picks in _draws(len(rows)):
        for name, value in _shares(*map(sum, zip(*(rows[pick] for pick in picks), strict=True))).items():
            if value is not None:
                drawn[name].append(value)
    return {name: Rate(value, *_middle(drawn[name])) for name, value in values.items()}


def _shares(gold: int, found: int, matched: int, strict: int) -> dict[str, float | None]:
    return {
        "precision": share(matched, found),
        "recall": share(matched, gold),
        "f1": share(2 * matched, gold + found),
        "strict precision": share(strict, found),
        "strict recall": share(strict, gold),
        "strict f1": share(2 * strict, gold + found),
    }


def _middle(values: list[float]) -> tuple[float | None, float | None]:
    """The interval that leaves out one in forty at either end (percentile bootstrap)."""
    if not values:
        return None, None
    ordered = sorted(values)
    cut = len(ordered) // 40
    return ordered[cut], ordered[-1 - cut]


@functools.lru_cache(maxsize=8)  # rows of as many articles draw the same
def _draws(articles: int) -> list[tuple[int, ...]]:
    """Which articles each resampling draws, with replacement: the same in every run, from the digits of a hash."""
    if articles < 2:
        return []
    stream = hashlib.shake_256(_SEED).digest(4 * articles * ROUNDS)
    numbers = [number % articles for number in struct.unpack(f"<{articles * ROUNDS}I", stream)]
    return [tuple(numbers[start : start + articles]) for start in range(0, len(numbers), articles)]
