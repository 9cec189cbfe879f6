"""The rules of the check as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from censorkb.check.explanation import opened, visible
from censorkb.check.rule import Example, Rule, read
from censorkb.check.speech import Speech
from censorkb.check.translation import speech
from censorkb.ontology.ontology import Ontology
from censorkb.site.plan import PageKind, Plan


class Language(Protocol):
    """What renders pages in one language."""

    def other(self, kind: PageKind, address: str, shown: Mapping[str, object]) -> tuple[str, bytes]:
        """Render a page."""


class RulePages:
    """Renders the pages of the rules.

    Args:
        plan: the kinds of pages.
        ontology: its rules.
    """

    def __init__(self, plan: Plan, ontology: Ontology) -> None:
        self._kinds, self._rules = plan.rules, list(read(ontology).values())

    def of(self, language: Language, tag: str) -> Iterator[tuple[str, bytes]]:
        """The pages in a language, in English if nobody has translated them.

        Args:
            language: what renders them.
            tag: its tag.
        """
        spoken = speech(tag)
        rules = shown(self._rules, spoken)
        for kind in self._kinds:
            if "{id}" not in kind.url:
                yield language.other(kind, kind.url, {"rules": rules, "spoken": spoken.name})
                continue
            for rule in rules:
                yield language.other(kind, kind.address(rule.name), {"rule": rule, "spoken": spoken.name})


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
