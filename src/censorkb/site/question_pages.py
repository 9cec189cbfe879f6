"""Question pages: each named question with its answer and its query, for readers without script."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol

import pyoxigraph as ox

from censorkb.check.speech import Speech
from censorkb.check.translation import speech
from censorkb.graph.changes import Changes
from censorkb.ontology.ontology import Ontology
from censorkb.query.question import Question, in_words
from censorkb.query.source import Source
from censorkb.site.plan import PageKind, Plan
from censorkb.site.prepared import Preparing
from censorkb.site.rows import Rows

SHOWN = 100  # rows of an answer on its page


class Language(Protocol):
    """What renders pages in one language."""

    @property
    def tag(self) -> str:
        """The language tag."""

    @property
    def rows(self) -> Rows:
        """Makes values of terms."""

    @property
    def first(self) -> bool:
        """Whether files without a language are made beside those of this one."""

    def other(self, kind: PageKind, address: str, shown: Mapping[str, object]) -> tuple[str, bytes]:
        """Render a page."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A change, and what was there before.

    Args:
        changes: what was changed; the store has it.
        looks: IRIs of things whose names or addresses differ.
        before: tells the SHA-256 of a file of the site by its address; empty if there was none.
    """

    changes: Changes
    looks: Collection[str]
    before: Callable[[str], str]


class QuestionPages:
    """Renders the pages of the named questions, and knows which things these show.

    Args:
        plan: the kinds of pages.
        ontology: its questions.
        store: what is asked.
        source: something that has the same data and is asked instead.
    """

    def __init__(self, plan: Plan, ontology: Ontology, store: ox.Store, source: Source | None = None) -> None:
        self._preparing = Preparing(ontology, store, source)
        self.shown: dict[str, list[str]] = {}
        self._whole = [kind for kind in plan.questions if "{id}" not in kind.url]
        self._each = [kind for kind in plan.questions if "{id}" in kind.url]

    def all(self, languages: Sequence[Language], *, keep: bool) -> Iterator[tuple[str, bytes]]:
        """The page of all questions, and the pages of each.

        Args:
            languages: which languages.
            keep: whether the answers are kept for other languages.
        """
        questions = self._preparing.questions
        for language in languages:
            for kind in self._whole:
                spoken = speech(language.tag)
                told = [translated(question, spoken) for question in questions.values()]
                yield language.other(kind, kind.url, {"questions": told})
        for name in questions:
            self.shown[name] = self._preparing[name].things(SHOWN)
            for language in languages:
                yield from self._pages(
                    language, name, [kind for kind in self._each if kind.languages or language.first]
                )
            if not keep:
                self._preparing.forget()

    def renewed(self, languages: Sequence[Language], touch: Touch) -> Iterator[tuple[str, bytes]]:
        """What a change makes different, as far as answers and names can tell; `shown` is what was shown before.

        Args:
            languages: which languages.
            touch: the change.
        """
        touched, looks = self._preparing.touched(touch.changes), set(touch.looks)
        for name in self._preparing.questions:
            differs = not looks.isdisjoint(self.shown.get(name, ()))
            if name in touched:
                files = list(self._pages(languages[0], name, [kind for kind in self._each if not kind.languages]))
                yield from files
                same = all(touch.before(address) == sha256(content).hexdigest() for address, content in files)
                self.shown[name] = self._preparing[name].things(SHOWN)
                differs = not (files and same) or not looks.isdisjoint(self.shown[name])
            if differs:
                for language in languages:
                    yield from self._pages(language, name, [kind for kind in self._each if kind.languages])
            self._preparing.forget()

    def _pages(self, language: Language, name: str, kinds: list[PageKind]) -> Iterator[tuple[str, bytes]]:
        spoken = speech(language.tag)
        for kind in kinds:
            found = self._preparing[name]
            if found.elsewhere and not kind.languages:
                continue
            rows = language.rows.table(found.answer, SHOWN) if found.answer and kind.languages else []
            columns = [spoken.say(in_words(column)) for column in found.answer.columns] if found.answer else []
            told = {"question": translated(found.question, spoken), "columns": columns, "say": spoken.say}
            yield language.other(kind, kind.address(name), {"prepared": found, "table": rows, **told})


def translated(question: Question, spoken: Speech) -> Question:
    """A question in the words of a language."""
    parameters = tuple(replace(one, meaning=spoken.say(one.meaning)) for one in question.parameters)
    return replace(question, sentence=spoken.say(question.sentence), parameters=parameters)
