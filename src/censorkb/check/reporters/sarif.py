"""Reports for code scanning: SARIF 2.1.0 (OASIS, errata 01), with a description of each rule that was broken."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from typing import Any
from urllib.parse import quote

from censorkb import __version__
from censorkb.check.explanation import opened, visible
from censorkb.check.reporters.report import Report
from censorkb.check.rule import Rule
from censorkb.problem import Problem, phrase


def lines(report: Report) -> Iterator[str]:
    """Write the report."""
    log = json.loads(resources.files(__package__).joinpath("sarif.json").read_text("utf-8"))
    [run] = log["runs"]
    names = sorted({problem.rule for problem in report.problems})
    run["tool"]["driver"] |= {
        "version": __version__,
        "rules": [_rule(report, report.rules[name]) for name in names],
    }
    run["language"] = report.speech.name
    times: Counter[str] = Counter()
    for problem in report.problems:
        run["results"].append(_result(report, problem, names.index(problem.rule), times))
    yield json.dumps(log, ensure_ascii=False, indent=2)


def _rule(report: Report, rule: Rule) -> dict[str, Any]:
    why = report.speech.say(rule.why or rule.about) or opened(rule.wrong, report.speech)
    described: dict[str, Any] = {
        "id": rule.name,
        "shortDescription": {"text": opened(rule.wrong, report.speech)},
        "fullDescription": {"text": why},
        "help": {"text": why, "markdown": _markdown(report, rule, why)},
        "defaultConfiguration": {"level": rule.severity},
    }
    return described | ({"helpUri": report.page(rule.name)} if report.site else {})


def _markdown(report: Report, rule: Rule, why: str) -> str:
    """The reason and the plainest example; pages of code scanning show it beside a problem."""
    parts = [why]
    for example in rule.examples[:1]:
        for heading, file, lines in (
            ("heading-wrong", example.file, example.wrong),
            ("heading-right", example.right_file, example.right),
        ):
            if lines.strip():
                parts.append(f"**{report.said(phrase(heading))}** `{file}`\n\n```yaml\n{visible(lines)}\n```")
    return "\n\n".join(parts)


def _result(report: Report, problem: Problem, index: int, times: Counter[str]) -> dict[str, Any]:
    said = (report.said(problem.wrong), report.said(problem.mend))
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": "\n".join(filter(None, said))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": quote(f"{report.folder}{problem.place.file}"),
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": problem.place.line, "startColumn": problem.place.column},
                }
            }
        ],
        "partialFingerprints": {"problem/v1": _fingerprint(problem, times)},
    }


def _fingerprint(problem: Problem, times: Counter[str]) -> str:
    """What a problem is known by when the lines above it change: its rule, file and English words, and which of them."""
    same = f"{problem.rule}\n{problem.place.file}\n{problem.message}"
    times[same] += 1
    return hashlib.sha256(f"{same}\n{times[same]}".encode()).hexdigest()
