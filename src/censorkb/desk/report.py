"""Reports of a diff: Markdown for a comment, JSON for programs. Both are the same for the same change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from censorkb.check.speech import ENGLISH, Speech
from censorkb.desk.account import Group
from censorkb.desk.diff import Diff
from censorkb.desk.sentence import Escape, code, markdown, plain, say
from censorkb.problem import Problem


def as_json(diff: Diff, speech: Speech = ENGLISH) -> str:
    """The diff for programs: groups of things with sentences, sentences about what follows, and all problems of the files."""
    said = told(diff, plain, speech)
    problems = [problem_as_json(p, speech) for p in sorted((*diff.problems, *diff.found), key=lambda p: p.key)]
    return json.dumps({"files": diff.files, **said, "problems": problems}, ensure_ascii=False, indent=2) + "\n"


def told(diff: Diff, escape: Escape, speech: Speech = ENGLISH) -> dict[str, Any]:
    """The sentences of a diff by group, written for a format and in a language."""
    groups: dict[str, Any] = {group.value: [] for group in Group}
    for item in diff.items:
        entry = {"id": item.id, "file": item.place.file, "line": item.place.line}
        entry["says"] = item.sentence.write(escape, speech)
        groups[item.group].append({**entry, "keys": [detail.write(escape, speech) for detail in item.details]})
    return {**groups, "follows": [sentence.write(escape, speech) for sentence in diff.effects]}


def problem_as_json(problem: Problem, speech: Speech = ENGLISH) -> dict[str, str | int]:
    """A problem for programs, its sentences in a language."""
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity.value,
        "rule": problem.rule,
        "message": problem.wrong.said(speech.say),
        "fix": problem.mend.said(speech.say),
    }


def as_markdown(diff: Diff, speech: Speech = ENGLISH) -> str:
    """The diff for people."""
    return "\n".join(_lines(diff, speech)) + "\n"


def _lines(diff: Diff, speech: Speech) -> Iterator[str]:
    said = told(diff, markdown, speech)

    def heading(name: str) -> str:
        return f"## {say(f'heading-{name}').write(markdown, speech)}\n"

    if not diff.items and not diff.effects and not diff.problems:
        yield say("nothing").write(markdown, speech)
    for group in Group:
        if said[group]:
            yield heading(group)
            for item in said[group]:
                yield f"- {item['says']}  "
                yield "  " + code(f"{item['file']}:{item['line']}")
                yield from (f"  - {key}" for key in item["keys"])
            yield ""
    if said["follows"]:
        yield heading("follows")
        yield from (f"- {sentence}" for sentence in said["follows"])
        yield ""
    if diff.problems:
        yield heading("forbidden")
        for problem in diff.problems:
            yield f"- {code(str(problem.place))} {problem.rule}: {markdown(problem.wrong.said(speech.say))}  "
            yield f"  {markdown(problem.mend.said(speech.say))}"
