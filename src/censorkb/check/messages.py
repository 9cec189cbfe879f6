"""Messages: all words that reports and explanations may say, which is what a catalogue of another language translates."""

from __future__ import annotations

from collections.abc import Iterator

from censorkb import problem
from censorkb.check.rule import Rule
from censorkb.ontology.ontology import Ontology


def of_reports(rules: dict[str, Rule], ontology: Ontology) -> Iterator[str]:
    """The words of reports, with their gaps, some of them more than once; those that are counted are in `counted`.

    Args:
        rules: all rules by name.
        ontology: names the days of the week.
    """
    for rule in rules.values():
        yield rule.wrong
    for name in problem.rules():
        yield problem.words(name)[1]
    yield from (words for words in problem.phrases() if isinstance(words, str))
    vocabulary = ontology.vocabulary
    for day in ontology.words.of(vocabulary.node("ckb:Weekday")).values():
        yield vocabulary.text(day, "skos:prefLabel")


def of_explanations(rules: dict[str, Rule]) -> Iterator[str]:
    """The words that only explanations say.

    Args:
        rules: all rules by name.
    """
    for rule in rules.values():
        if rule.why:
            yield rule.why
        if rule.about:
            yield rule.about
        yield from (example.why for example in rule.examples[1:] if example.why)


def counted() -> Iterator[tuple[str, str]]:
    """The words for one and for several."""
    return (words for words in problem.phrases() if not isinstance(words, str))
