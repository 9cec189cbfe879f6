"""Reports for GitHub Actions: workflow commands that show problems beside the lines of a pull request.

GitHub keeps ten annotations of each weight for a step and drops the rest without a word, so all problems follow as text.
A fact file is a stranger's: whatever could be read as another command is made harmless.
"""

from __future__ import annotations

from collections.abc import Iterator

from censorkb.check.reporters import text
from censorkb.check.reporters.report import Report
from censorkb.problem import Problem, Severity, phrase

MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def lines(report: Report) -> Iterator[str]:
    """Write annotations, all problems as text if some were left out, and the summary."""
    annotated = [problem for severity in Severity for problem in list(report.of(severity))[:MOST]]
    for problem in annotated:
        yield _annotation(report, problem)
    if len(annotated) < len(report.problems):
        yield report.said(phrase("annotated", shown=len(annotated), all=len(report.problems)))
        yield from (f"· {_harmless(line)}" for line in text.plain(report))
    yield report.summary()


def _annotation(report: Report, problem: Problem) -> str:
    place = problem.place
    properties = {
        "file": f"{report.folder}{place.file}",
        "line": str(place.line),
        "col": str(place.column),
        "title": problem.rule,
    }
    head = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    said = [report.said(problem.wrong), report.said(problem.mend)]
    said.append(report.page(problem.rule) or report.said(phrase("explained", rule=problem.rule)))
    return f"::{_COMMANDS[problem.severity]} {head}::{_escaped(_harmless(chr(10).join(filter(None, said))))}"


def _escaped(value: str, signs: str = "") -> str:
    """A value of a workflow command: what ends it is written as its code (runner, `ActionCommand`)."""
    for sign in f"%\r\n{signs}":
        value = value.replace(sign, f"%{ord(sign):02X}")
    return value


def _harmless(line: str) -> str:
    """A line in which the runner finds no command of the older kind, which may stand anywhere: `##[name]`."""
    return line.replace("##[", "## [")
