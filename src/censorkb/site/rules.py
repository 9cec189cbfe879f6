"""The rules of the check as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.check.explanation import opened, visible
from censorkb.check.rule import read
from censorkb.check.speech import English
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Severity


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example with its lines as they can be seen.

    Args:
        wrong_file: file that the wrong lines are in.
        wrong: lines that are refused; empty if they are no text.
        right_file: file that the right lines are in.
        right: lines that pass; empty if the whole file is to go.
        why: what this example adds; may be empty.
    """

    wrong_file: str
    wrong: str
    right_file: str
    right: str
    why: str


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in sentences.

    Args:
        name: its stable name.
        severity: how much it weighs.
        wrong: what is said of it, with an ellipsis where a report fills in words.
        mend: what to write instead; may be empty.
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
    examples: list[ShownExample]


def shown(ontology: Ontology) -> list[ShownRule]:
    """All rules in the order of their names."""
    english = English()
    return [
        ShownRule(
            rule.name,
            rule.severity,
            opened(rule.wrong, english),
            opened(rule.mend, english),
            rule.why,
            rule.about,
            [
                ShownExample(one.file, visible(one.wrong), one.right_file, visible(one.right), one.why)
                for one in rule.examples
            ],
        )
        for rule in read(ontology).values()
    ]
