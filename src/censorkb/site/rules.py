"""The rules of the check as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from censorkb.check.explanation import opened, visible
from censorkb.check.rule import Example, Rule
from censorkb.check.speech import Speech


def shown(rules: Iterable[Rule], speech: Speech) -> list[Rule]:
    """Rules in one language, with sentences instead of templates and lines as they can be seen."""

    def example(one: Example) -> Example:
        return replace(one, wrong=visible(one.wrong), right=visible(one.right), why=speech.say(one.why))

    return [
        replace(
            rule,
            wrong=opened(rule.wrong, speech),
            mend=opened(rule.mend, speech),
            why=speech.say(rule.why),
            about=speech.say(rule.about),
            examples=tuple(map(example, rule.examples)),
        )
        for rule in rules
    ]
