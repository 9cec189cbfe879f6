"""Reports of a diff: Markdown for a comment, JSON for programs. Both are the same for the same change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from censorkb.desk.account import Group
from censorkb.desk.diff import Diff
from censorkb.desk.sentence import Escape, code, markdown, plain
from censorkb.problem import Problem

HEADINGS = {
    Group.ADDED: "Added",
    Group.CHANGED: "Changed",
    Group.CORRECTED: "Corrected",
    Group.WITHDRAWN: "Withdrawn",
}
EFFECTS, PROBLEMS, NOTHING = "What follows", "Not allowed", "The facts say the same as before."


def as_json(diff: Diff) -> str:
    """The diff for programs: groups of things with sentences, sentences about what follows, and all problems of the files."""
    said = told(diff, plain)
    problems = [problem_as_json(p) for p in sorted((*diff.problems, *diff.found), key=lambda p: p.key)]
    return json.dumps({"files": diff.files, **said, "problems": problems}, ensure_ascii=False, indent=2) + "\n"


def told(diff: Diff, escape: Escape) -> dict[str, Any]:
    """The sentences of a diff by group, written for a format."""
    groups: dict[str, Any] = {group.value: [] for group in Group}
    for item in diff.items:
        entry = {"id": item.id, "file": item.place.file, "line": item.place.line, "says": item.sentence.write(escape)}
        groups[item.group].append({**entry, "keys": [detail.write(escape) for detail in item.details]})
    return {**groups, "follows": [sentence.write(escape) for sentence in diff.effects]}


def problem_as_json(problem: Problem) -> dict[str, str | int]:
    """A problem for programs."""
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity.value,
        "rule": problem.rule,
        "message": problem.message,
        "fix": problem.fix.strip(),
    }


def as_markdown(diff: Diff) -> str:
    """The diff for people."""
    return "\n".join(_lines(diff)) + "\n"


def _lines(diff: Diff) -> Iterator[str]:
    said = told(diff, markdown)
    if not diff.items and not diff.effects and not diff.problems:
        yield NOTHING
    for group in Group:
        if said[group]:
            yield f"## {HEADINGS[group]}\n"
            for item in said[group]:
                yield f"- {item['says']}  "
                yield "  " + code(f"{item['file']}:{item['line']}")
                yield from (f"  - {key}" for key in item["keys"])
            yield ""
    if said["follows"]:
        yield f"## {EFFECTS}\n"
        yield from (f"- {sentence}" for sentence in said["follows"])
        yield ""
    if diff.problems:
        yield f"## {PROBLEMS}\n"
        for problem in diff.problems:
            yield f"- {code(str(problem.place))} {problem.rule}: {markdown(problem.message)}  "
            yield f"  {markdown(problem.fix.strip())}"
