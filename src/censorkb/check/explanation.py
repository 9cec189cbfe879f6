"""Explanations of rules for a terminal: what is asked, why, and examples."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from censorkb.check.rule import Rule
from censorkb.check.speech import Speech
from censorkb.problem import Phrase, gaps_of, phrase

WIDTH = 100
MARGIN = "  "
Line = tuple[str, str]


def listing(rules: Iterable[Rule], speech: Speech) -> Iterator[str]:
    """All rules, one on a line, with what they say."""
    rules = list(rules)
    width = max(len(rule.name) for rule in rules)
    return (f"{rule.name:{width}}  {opened(rule.wrong, speech)}" for rule in rules)


def lines(rule: Rule, speech: Speech) -> Iterator[Line]:
    """One rule as lines.

    Returns:
        For each line a heading to stress, and its rest.
    """
    yield rule.name, f"  {phrase(rule.severity).said(speech.say)}"
    yield from _text(opened(rule.wrong, speech))
    if rule.about:
        yield from _part("heading-key", speech)
        yield from _text(speech.say(rule.about))
    if rule.why:
        yield from _part("heading-why", speech)
        yield from _text(speech.say(rule.why))
    if mend := opened(rule.mend, speech):
        yield from _part("heading-mend", speech)
        yield from _text(mend)
    for number, example in enumerate(rule.examples):
        if example.wrong.strip():
            yield from _part("heading-also" if number else "heading-wrong", speech, example.file)
            if number and example.why:
                yield from _text(speech.say(example.why))
            yield from _code(example.wrong)
        if example.right and not number:
            yield from _part("heading-right", speech, example.right_file)
            yield from _code(example.right)


def opened(words: str, speech: Speech) -> str:
    """Words with an ellipsis in each gap; nothing if there are only gaps."""
    text = Phrase(words, tuple((name, "…") for name in gaps_of(words))).said(speech.say)
    return text if any(map(str.isalnum, text)) else ""


def visible(text: str) -> str:
    """Lines of a fact file in which what can't be seen is written out."""
    return "\n".join("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line) for line in text.splitlines())


def _part(heading: str, speech: Speech, beside: str = "") -> Iterator[Line]:
    yield "", ""
    yield phrase(heading).said(speech.say), f"  {beside}" if beside else ""


def _text(text: str) -> Iterator[Line]:
    return (("", MARGIN + line) for line in textwrap.wrap(text, WIDTH - len(MARGIN)))


def _code(text: str) -> Iterator[Line]:
    return (("", MARGIN * 2 + line) for line in visible(text).split("\n"))
