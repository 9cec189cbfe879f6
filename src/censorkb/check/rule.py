"""Rules: what a check can name, each with its reason and examples from `ontology/checks/`, a file for each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from censorkb import problem
from censorkb.check.compiler import compile_shapes
from censorkb.check.constraint import template
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Severity


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that a rule refuses, and what to write instead.

    Args:
        file: path under `facts/` of the file that the lines are in; `right_file` if it must be another one.
        wrong: lines that the rule refuses; empty if they are no text.
        right: lines that it lets pass; empty if the whole file is to go.
        why: what this example adds to the reason of the rule; may be empty.
        shown: name of the rule that is reported.
    """

    file: str
    right_file: str
    wrong: str
    right: str
    why: str
    shown: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that a check can find wrong.

    Args:
        name: stable name in reports.
        severity: how much it weighs.
        wrong: what is said of it, the words of a phrase with its gaps.
        mend: what to write instead, likewise.
        why: the reason for it.
        about: what the key means, if it is the rule of one key.
        examples: the plainest first.
    """

    name: str
    severity: Severity
    wrong: str
    mend: str
    why: str
    about: str
    examples: tuple[Example, ...]


def read(ontology: Ontology) -> dict[str, Rule]:
    """All rules by name, in the order of the alphabet; an ontology of one's own may lack the files of some."""
    folder = ontology.folder / "checks"
    said = {name: (problem.severity(name), *problem.words(name), "") for name in problem.rules()}
    for constraint in compile_shapes(ontology.vocabulary):
        form, _, key = constraint.rule.partition(".")
        field = ontology.forms.by_name[form].fields.get(key) if key and form in ontology.forms.by_name else None
        mend = f"{key}: {field.example}".replace("{", "{{").replace("}", "}}") if field and field.example else ""
        about = field.description if field else ""
        said.setdefault(constraint.rule, (constraint.severity, template(constraint.message), mend, about))
    found = {}
    for name, (severity, wrong, mend, about) in sorted(said.items()):
        path = folder / f"{name}.toml"
        entry: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {"why": ""}
        examples = tuple(_example(name, case) for case in entry.get("case", ()))
        found[name] = Rule(name, severity, wrong, mend, entry["why"], about, examples)
    return found


def _example(name: str, case: dict[str, Any]) -> Example:
    wrong = "" if "times" in case else case.get("wrong", "")
    file = case["file"]
    return Example(
        f"facts/{file}",
        f"facts/{case.get('right-file', file)}",
        wrong,
        case.get("right", ""),
        case.get("why", ""),
        case.get("shown", name),
    )
