"""Rows: the questions of the site, each asked once for all pages and grouped here by the page that a row belongs to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, ask
from censorkb.site.plan import Section
from censorkb.site.value import Shower, Shown, Thing


class Row:
    """One row of an answer: a value for each column. A row is equal to itself only, so that it can be a key."""

    def __init__(self, **values: Shown) -> None:
        self.__dict__.update(values)

    def __getattr__(self, column: str) -> Any:
        """No such column; the type is for those that there are."""
        raise AttributeError(column)


class Answers:
    """Answers to the questions of the site as terms, each asked once.

    Args:
        ontology: its prefixes.
        store: what to ask.
        folder: where the questions are.
    """

    def __init__(self, ontology: Ontology, store: ox.Store, folder: Path) -> None:
        self._ontology, self._store, self._folder = ontology, store, folder
        self._asked: dict[str, Answer] = {}

    def __getitem__(self, question: str) -> Answer:
        """The answer to a question; FileNotFoundError if there is no such file."""
        if question not in self._asked:
            answer = ask(self._ontology, self._store, (self._folder / f"{question}.rq").read_text("utf-8"))
            assert isinstance(answer, Answer), f"{question}.rq must be a SELECT"
            self._asked[question] = answer
        return self._asked[question]


class Rows:
    """The answers as values in one language.

    Args:
        answers: the answers as terms.
        show: makes values of terms.
    """

    def __init__(self, answers: Answers, show: Shower) -> None:
        self._answers, self._show = answers, show
        self._all: dict[str, list[Row]] = {}
        self._grouped: dict[Section, dict[str, list[Row]]] = {}

    def all(self, question: str) -> list[Row]:
        """All rows of a question, in its order."""
        if question not in self._all:
            answer = self._answers[question]
            shown = ([self._show(term) for term in row] for row in answer.rows)
            self._all[question] = [Row(**dict(zip(answer.columns, row, strict=True))) for row in shown]
        return self._all[question]

    def of(self, section: Section, thing: Thing) -> list[Row]:
        """The rows of a question that belong to a thing, in its order."""
        if section not in self._grouped:
            groups = self._grouped[section] = {}
            for row in self.all(section.question):
                owner = getattr(row, section.by)
                if owner is not None:
                    groups.setdefault(owner.iri, []).append(row)
        return self._grouped[section].get(thing.iri, [])
