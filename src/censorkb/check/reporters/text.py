"""Reports for a terminal: one line a problem, what to write instead below it."""

from __future__ import annotations

from collections.abc import Iterator

from censorkb.check.reporters.report import Report
from censorkb.problem import Severity, phrase

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
Line = tuple[str, str, str, str]


def lines(report: Report) -> Iterator[Line]:
    """Write problems as lines.

    Returns:
        For each line its start, a word to colour, its colour, and its rest; plain text is the start, word and rest joined.
    """
    for problem in report.problems:
        word = report.said(phrase(problem.severity))
        yield f"{problem.place} ", word, COLOURS[problem.severity], f" {problem.rule}  {report.said(problem.wrong)}"
        if mend := report.said(problem.mend):
            yield "    ", "", "", mend


def plain(report: Report) -> Iterator[str]:
    """The same lines without colours."""
    return (f"{start}{word}{rest}" for start, word, _, rest in lines(report))
