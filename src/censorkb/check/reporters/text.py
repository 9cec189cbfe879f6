"""Reports for a terminal: one line a problem, what to write instead below it; the same words are said once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from censorkb.check.reporters.report import Report
from censorkb.problem import NOTHING, Phrase, Problem, Severity, phrase

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
Line = tuple[str, str, str, str]
MOST_PLACES = 3


def lines(report: Report) -> Iterator[Line]:
    """Write problems as lines.

    Returns:
        For each line its start, a word to colour, its colour, and its rest; plain text is the start, word and rest joined.
    """
    for problem, below in groups(report):
        word = report.said(phrase(problem.severity))
        yield f"{problem.place} ", word, COLOURS[problem.severity], f" {problem.rule}  {report.said(problem.wrong)}"
        for words in below:
            yield "    ", "", "", report.said(words)


def groups(report: Report) -> Iterator[tuple[Problem, list[Phrase]]]:
    """The first of all problems that are alike, and what is to be said below it."""
    alike: dict[tuple[str, Phrase, Phrase], list[Problem]] = {}
    for problem in report.problems:
        alike.setdefault((problem.rule, problem.wrong, problem.mend), []).append(problem)
    for problem, *others in alike.values():
        yield problem, [words for words in (problem.mend, _again(others), _cause(problem, others)) if words]


def plain(report: Report) -> Iterator[str]:
    """The same lines without colours."""
    return (f"{start}{word}{rest}" for start, word, _, rest in lines(report))


def _again(others: list[Problem]) -> Phrase:
    """Where else the same is wrong."""
    places = ", ".join(str(problem.place) for problem in islice(others, MOST_PLACES))
    if len(others) > MOST_PLACES:
        return phrase("again-more", places=places, n=len(others) - MOST_PLACES)
    return phrase("again-at", places=places) if others else NOTHING


def _cause(problem: Problem, others: list[Problem]) -> Phrase:
    """What is the likely reason if many say the same: an id that much refers to was there before."""
    if problem.rule != "unknown-reference" or len(others) < MOST_PLACES:
        return NOTHING
    return phrase("again-unknown-reference", value=str(dict(problem.wrong.gaps)["value"]))
