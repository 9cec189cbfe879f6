"""Rows: answers as values in one language, grouped by the thing that a row belongs to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from censorkb.query.answer import Answer
from censorkb.site.answers import Answers
from censorkb.site.directory import Directory
from censorkb.site.plan import PageKind, Section
from censorkb.site.value import Shower, Shown, Thing

FASTER = 4  # times as many things are asked about each time

Groups = dict[str, list["Row"]]
_NOTHING: list[Row] = []  # for all things without rows; nobody changes what is found


class Row:
    """One row of an answer: a value for each column. A row is equal to itself only, so that it can be a key."""

    if TYPE_CHECKING:  # a method would keep Python from finding attributes fast

        def __getattr__(self, column: str) -> Any:
            """The value of a column."""


class Rows:
    """The answers as values in one language: each question is asked once, of everything.

    Args:
        answers: the answers as terms.
        shower: makes what makes values of terms.
    """

    def __init__(self, answers: Answers, shower: Callable[[], Shower]) -> None:
        self._answers, self._shower = answers, shower
        self._show = shower()
        self._all: Groups = {}
        self._groups: dict[Section, Groups] = {}
        self._met: set[str] | None = None
        self._through: Collection[Section] = ()

    def all(self, question: str) -> list[Row]:
        """All rows of a question, in its order."""
        if question not in self._all:
            self._all[question] = self._made(self._answers[question])
        return self._all[question]

    def table(self, answer: Answer, most: int) -> list[list[Shown]]:
        """The first rows of an answer to a question that is none of the plan."""
        return [[*row.__dict__.values()] for row in self._made(Answer(answer.columns, answer.rows[:most]))]

    def of(self, section: Section, thing: Thing) -> list[Row]:
        """The rows of a question that belong to a thing, in its order."""
        groups = self._groups.setdefault(section, {})
        found = groups.get(thing.iri)
        if found is None:
            found = self._find(section, thing.iri, groups)
        if self._met is not None:
            self._met.add(thing.iri)
            self._met.update(value.iri for row in found for value in row.__dict__.values() if isinstance(value, Thing))
        return found

    @contextmanager
    def meeting(self, met: set[str], through: Collection[Section]) -> Iterator[None]:
        """Note the things whose rows are asked for, and those in these rows.

        Args:
            met: where they are noted.
            through: what is asked until enough is shown, maybe of a few of all things only.
        """
        self._met, self._through = met, through
        try:
            yield
        finally:
            self._met, self._through = None, ()

    def batch(self, kind: PageKind, things: list[str]) -> Iterable[Row]:
        """The rows of the pages of some things."""
        section = Section(kind.question, "page")
        groups = self._groups.setdefault(section, {})
        return (row for thing in things for row in self._find(section, thing, groups))

    def forget(self) -> bool:
        """Let go of what the next pages will not need; whether that was anything."""
        return False

    def _find(self, section: Section, thing: str, groups: Groups) -> list[Row]:
        """Make the rows of a thing of which there are none in the groups of a section yet, and put them there."""
        known = self._answers.grouped(section)
        terms = known.rows.get(thing)
        if terms is None:
            return _NOTHING
        found = groups[thing] = self._made(Answer(known.columns, terms))
        return found

    def _made(self, answer: Answer) -> list[Row]:
        columns, show, made = answer.columns, self._show.__getitem__, []
        for terms in answer.rows:
            row = Row()
            row.__dict__ = dict(zip(columns, map(show, terms), strict=True))
            made.append(row)
        return made


class SomeRows(Rows):
    """The same for some pages of many: each question is asked about the things in hand, about all of these at once.

    Args:
        answers: the answers as terms.
        shower: makes what makes values of terms.
        directory: names and addresses, which the shower uses.
    """

    def __init__(self, answers: Answers, shower: Callable[[], Shower], directory: Directory) -> None:
        super().__init__(answers, shower)
        self._directory = directory
        self._seen: dict[str, None] = {}
        self._asked: dict[Section, set[str]] = {}
        self._at_once: dict[Section, int] = {}

    def batch(self, kind: PageKind, things: list[str]) -> Iterable[Row]:
        """The rows of the pages of some things, of whose sections all are asked at once."""
        rows = self._made(self._answers.about(kind.question, "page", things))
        for section in kind.sections.values():
            self._ask(section, set(things))
        return rows

    def forget(self) -> bool:
        """Let go of what the next pages will not need; whether that was anything."""
        for kept in (self._all, self._groups, self._seen, self._asked, self._at_once):
            kept.clear()
        self._show = self._shower()
        return True

    def _find(self, section: Section, thing: str, groups: Groups) -> list[Row]:
        """Ask for the rows of a thing of which there are none in the groups of a section yet, and put them there."""
        if thing not in self._asked.setdefault(section, set()):
            self._ask(section, {thing, *self._beside(section)})
        return groups.get(thing, _NOTHING)

    def _beside(self, section: Section) -> Iterable[str]:
        """What is asked about at the same time: all that was seen, or ever more of it if the first may be enough."""
        if section not in self._through:
            return self._seen
        number = self._at_once.get(section, 0)
        self._at_once[section] = FASTER * number or FASTER
        return islice((thing for thing in self._seen if thing not in self._asked[section]), number)

    def _ask(self, section: Section, things: set[str]) -> None:
        asked = self._asked.setdefault(section, set())
        new = things - asked
        asked |= new
        groups = self._groups.setdefault(section, {})
        for row in self._made(self._answers.about(section.question, section.by, new)):
            groups.setdefault(getattr(row, section.by).iri, []).append(row)

    def _made(self, answer: Answer) -> list[Row]:
        things = {term.value: None for row in answer.rows for term in row if isinstance(term, ox.NamedNode)}
        self._seen |= things
        self._directory.meet(things)
        return super()._made(answer)
