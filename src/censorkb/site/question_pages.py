"""Question pages: each named question with its answer and its query, for readers without script."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import pyoxigraph as ox

from censorkb.graph.changes import Changes
from censorkb.ontology.ontology import Ontology
from censorkb.site.plan import PageKind, Plan
from censorkb.site.prepared import Preparing
from censorkb.site.rows import Rows

SHOWN = 100  # rows of an answer on its page


class Language(Protocol):
    """What renders pages in one language."""

    @property
    def rows(self) -> Rows:
        """Makes values of terms."""

    @property
    def first(self) -> bool:
        """Whether files without a language are made beside those of this one."""

    def other(self, kind: PageKind, address: str, shown: Mapping[str, object]) -> tuple[str, bytes]:
        """Render a page."""


class QuestionPages:
    """Renders the pages of the named questions.

    Args:
        plan: the kinds of pages.
        ontology: its questions.
        store: what is asked.
    """

    def __init__(self, plan: Plan, ontology: Ontology, store: ox.Store) -> None:
        self._preparing = Preparing(ontology, store)
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
                yield language.other(kind, kind.url, {"questions": list(questions.values())})
        yield from self.some(languages, questions, keep=keep)

    def some(
        self, languages: Sequence[Language], names: Iterable[str], *, keep: bool = False
    ) -> Iterator[tuple[str, bytes]]:
        """The pages of some questions, and their answers as files.

        Args:
            languages: which languages.
            names: which questions.
            keep: whether the answers are kept for other languages.
        """
        for name in names:
            for language in languages:
                for kind in self._each:
                    if kind.languages or language.first:
                        yield self._page(language, kind, name)
            if not keep:
                self._preparing.forget()

    def stale(self, changes: Changes, looks: Collection[str]) -> list[str]:
        """The questions whose pages a change can touch.

        Args:
            changes: what was changed; the store has it.
            looks: IRIs of things whose names or addresses differ.
        """
        return self._preparing.stale(changes, looks)

    def _page(self, language: Language, kind: PageKind, name: str) -> tuple[str, bytes]:
        found = self._preparing[name]
        rows = language.rows.table(found.answer, SHOWN) if found.answer and kind.languages else []
        return language.other(kind, kind.address(name), {"prepared": found, "table": rows})
