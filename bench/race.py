"""A race: programs in turn, round by round, since a machine is never quiet and its noise comes in spells."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.cost import Cost, Failed
from bench.figure import Goal, Row

Runner = Callable[[], Cost]


@dataclass(frozen=True, slots=True)
class Race:
    """What the rounds took.

    Args:
        what: what both did.
        ours: our cost in each round.
        theirs: the other's in the same round.
        failure: why there are none.
        elapsed: whether what counts is how long it took, be it on several processors; else CPU seconds.
    """

    what: str
    ours: tuple[Cost, ...] = ()
    theirs: tuple[Cost, ...] = ()
    failure: str = ""
    elapsed: bool = False

    @property
    def shares(self) -> tuple[float, ...]:
        """Our cost as a share of the other's, a round."""
        ours, theirs = (map(self._seconds, costs) for costs in (self.ours, self.theirs))
        return tuple(a / max(b, 1e-3) for a, b in zip(ours, theirs, strict=True))

    def row(self, against: str, goal: Goal | None = None, note: str = "") -> Row:
        """The race as a line of the table; with a goal of `at_least` it says how many times less ours takes."""
        if not self.shares:
            return Row(self.what, against, goal=goal, note=self.failure)
        less = goal is not None and goal.sign == "≥"
        values = tuple(1 / share for share in self.shares) if less else self.shares
        ours, theirs = (statistics.median(map(self._seconds, costs)) for costs in (self.ours, self.theirs))
        return Row(self.what, against, values, "×", goal, ours, theirs, note)

    def _seconds(self, cost: Cost) -> float:
        return cost.elapsed if self.elapsed else cost.cpu


def race(
    what: str, ours: Runner, others: Mapping[str, Runner], rounds: int, same_answer: bool = True
) -> dict[str, Race]:
    """Let ours and others run in turn, each first in one round after another.

    Args:
        what: what all do.
        ours: runs our program.
        others: runs another, by its name.
        rounds: how often.
        same_answer: whether they must have found the same, or else the other has no time.

    Returns:
        The race against each of the others.

    Raises:
        Failed: our own program failed; that of a peer is told in its race.
    """
    mine: list[Cost] = []
    theirs: dict[str, list[Cost]] = {name: [] for name in others}
    failures: dict[str, str] = {}
    for number in range(rounds):
        turn = number % (len(others) + 1)
        for name in (None, *others, None, *others)[turn : turn + len(others) + 1]:
            try:
                if name is None:
                    mine.append(ours())
                elif name not in failures:
                    theirs[name].append(others[name]())
            except PeerFailed as fault:
                failures[name or ""] = str(fault)
        for name in others if same_answer else ():
            if name not in failures and theirs[name][-1].answer != mine[-1].answer:
                failures[name] = f"found something else: {_difference(theirs[name][-1].answer, mine[-1].answer)}"
    return {
        name: Race(what, failure=failures[name]) if name in failures else Race(what, tuple(mine), tuple(costs))
        for name, costs in theirs.items()
    }


class PeerFailed(Failed):
    """A program that is not ours did not do its work."""


def _difference(theirs: object, ours: object) -> str:
    """What differs between two answers; of several questions only those answered differently."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return ", ".join(
            f"{name} {theirs.get(name)}, not {ours[name]}" for name in ours if ours[name] != theirs.get(name)
        )
    return f"{theirs}, not {ours}"


def middle(costs: tuple[Cost, ...]) -> float:
    """Median CPU seconds."""
    return statistics.median(each.cpu for each in costs)
