"""The rules of the check as pages show them."""

from __future__ import annotations

from dataclasses import replace

from censorkb.check.explanation import opened, visible
from censorkb.check.rule import Rule, read
from censorkb.check.speech import English
from censorkb.ontology.ontology import Ontology


def shown(ontology: Ontology) -> list[Rule]:
    """All rules in the order of their names, with sentences instead of templates and lines as they can be seen."""
    english = English()
    return [
        replace(
            rule,
            wrong=opened(rule.wrong, english),
            mend=opened(rule.mend, english),
            examples=tuple(replace(one, wrong=visible(one.wrong), right=visible(one.right)) for one in rule.examples),
        )
        for rule in read(ontology).values()
    ]
