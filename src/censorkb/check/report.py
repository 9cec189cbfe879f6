"""Reports of problems for a terminal: one line a problem, what to write instead below it, a summary at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from censorkb.problem import Problem, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
Line = tuple[str, str, str]


def lines(problems: list[Problem]) -> Iterator[Line]:
    """Write problems as lines.

    Returns:
        For each line its start, a word to colour, and its rest; plain text is the three joined.
    """
    for problem in problems:
        yield f"{problem.place} ", problem.severity, f" {problem.rule}  {problem.message}"
        if problem.fix.strip():
            yield "    ", "", problem.fix.strip()


def summary(problems: list[Problem], files: int, claims: int) -> str:
    """Say in one line what was checked and what was found."""
    found = Counter(problem.severity for problem in problems)
    counts = ", ".join(_count(found[severity], severity) for severity in Severity)
    return f"{_count(files, 'file')}, {_count(claims, 'claim')}: {counts}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
