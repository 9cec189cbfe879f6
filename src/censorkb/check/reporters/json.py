"""Reports for programs: one JSON object, whose form is described in `report.schema.json` beside this module."""

from __future__ import annotations

import json
from collections.abc import Iterator

from censorkb.check.reporters.report import Report
from censorkb.problem import Problem, Severity

VERSION = 1


def lines(report: Report) -> Iterator[str]:
    """Write the report; a later version of the form may add keys, but changes none without another `version`."""
    found = report.found()
    summary = {"files": report.files, "claims": report.claims} | {f"{s}s": found[s] for s in Severity}
    whole = {
        "version": VERSION,
        "language": report.speech.name,
        "summary": summary,
        "problems": [_problem(report, problem) for problem in report.problems],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=2)


def _problem(report: Report, problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": report.said(problem.wrong),
        "fix": report.said(problem.mend),
    }
