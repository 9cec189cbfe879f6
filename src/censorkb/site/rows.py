"""Rows: answers as values in one language, grouped by the thing that a row belongs to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice, starmap
from typing import TYPE_CHECKING, Any

import msgspec
import pyoxigraph as ox
from msgspec.structs import astuple

from censorkb.query.answer import Answer
from censorkb.site.answers import Answers
from censorkb.site.directory import Directory
from censorkb.site.known import Lines
from censorkb.site.plan import PageKind, Section
from censorkb.site.value import Shower, Shown, Thing

FASTER = 4  # times as many things are asked about each time


class Row(msgspec.Struct, eq=False):
    """One row of an answer: a value for each column. A row is equal to itself only, so that it can be a key."""

    if TYPE_CHECKING:  # a method would keep Python from finding attributes fast

        def __getattr__(self, column: str) -> Any:
            """The value of a column."""


@cache
def rows_with(columns: tuple[str, ...]) -> type[Any]:
    """The class of the rows with some columns, whose values have places: that takes a third of the time of a table each."""
    return msgspec.defstruct(Row.__name__, columns, bases=(Row,), eq=False)


_NOTHING: list[Row] = []  # for all things without rows; nobody changes what is found


class Groups(dict[str, list[Row]]):
    """The rows of a question by the IRI of what they belong to, made when a page first asks for them.

    Args:
        find: makes those of a thing.
    """

    def __init__(self, find: Callable[[str], list[Row]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, thing: str) -> list[Row]:
        found = self[thing] = self._find(thing)
        return found


class Rows:
    """The answers as values in one language: each question is asked once, of everything.

    `keeps` says whether the pages of the next kind can do with the same rows.

    Args:
        answers: the answers as terms.
        shower: makes what makes values of terms.
    """

    keeps = True

    def __init__(self, answers: Answers, shower: Callable[[], Shower]) -> None:
        self._answers, self._shower = answers, shower
        self._show = shower()
        self._all: dict[str, list[Row]] = {}
        self._groups: dict[Section, Groups] = {}
        self._met: set[str] | None = None
        self._through: Collection[Section] = ()

    def all(self, question: str) -> list[Row]:
        """All rows of a question, in its order."""
        if question not in self._all:
            answer = self._answers[question]
            self._all[question] = self._made(answer.columns, answer.rows)
        return self._all[question]

    def table(self, answer: Answer, most: int) -> list[list[Shown]]:
        """The first rows of an answer to a question that is none of the plan."""
        return [[*values] for values in self._values(answer.rows[:most])]

    def of(self, section: Section, thing: Thing) -> list[Row]:
        """The rows of a question that belong to a thing, in its order."""
        groups = self._groups.get(section)
        found = groups[thing.iri] if groups is not None else self._in(section)[thing.iri]
        if self._met is not None:
            self._met.add(thing.iri)
            self._met.update(value.iri for row in found for value in astuple(row) if isinstance(value, Thing))
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
        """The rows of the pages of some things, of whose sections all are made at once."""
        page, wanted = Section(kind.question, "page"), set(things)
        for section in (page, *kind.sections.values()):
            self._make(section, wanted)
        groups = self._in(page)
        return (row for thing in things for row in groups[thing])

    def clear(self) -> None:
        """Let go of all rows; those that are asked for again are made again."""
        self._all.clear()
        self._groups.clear()
        self._show = self._shower()

    def move_on(self) -> None:
        """Nothing: pages of another kind are made next."""

    def _in(self, section: Section) -> Groups:
        groups = self._groups.get(section)
        if groups is None:
            groups = self._groups[section] = Groups(partial(self._find, section))
        return groups

    def _find(self, section: Section, thing: str) -> list[Row]:
        """Make the rows of a thing, and those of all others at the same time."""
        known = self._answers.grouped(section).rows
        if thing not in known:
            return _NOTHING
        self._make(section, set(known))
        return self._in(section)[thing]

    def _make(self, section: Section, things: set[str]) -> None:
        """Make the rows of some things, if they were not made before."""
        groups = self._in(section)
        # To subtract all that are known would take the longer the more these are.
        new = {thing for thing in things if thing not in groups}
        groups |= dict.fromkeys(new, _NOTHING)
        for row in self._made(*self._answer(section, new)):
            thing = getattr(row, section.by).iri
            if (found := groups[thing]) is _NOTHING:
                groups[thing] = [row]
            else:
                found.append(row)

    def _answer(self, section: Section, things: set[str]) -> tuple[tuple[str, ...], Lines]:
        """The columns of a question, and the lines of its answer that belong to some things."""
        known = self._answers.grouped(section)
        return known.columns, [terms for thing in things for terms in known.rows.get(thing, ())]

    def _made(self, columns: tuple[str, ...], rows: Lines) -> list[Row]:
        return [*starmap(rows_with(columns), self._values(rows))]

    def _values(self, rows: Lines) -> Iterator[Iterator[Shown]]:
        """The values of the terms of each row."""
        show = self._show.__getitem__
        return (map(show, terms) for terms in rows)


class SomeRows(Rows):
    """The same for some pages of many: each question is asked about the things in hand, about all of these at once.

    Args:
        answers: the answers as terms.
        shower: makes what makes values of terms.
        directory: names and addresses, which the shower uses.
        keeps: whether the memory has room for the rows of all these pages.
    """

    def __init__(
        self, answers: Answers, shower: Callable[[], Shower], directory: Directory, *, keeps: bool = False
    ) -> None:
        super().__init__(answers, shower)
        self._directory, self.keeps = directory, keeps
        self._seen: dict[str, None] = {}
        self._at_once: dict[Section, int] = {}

    def clear(self) -> None:
        """Let go of all rows; those that are asked for again are asked and made again."""
        super().clear()
        self.move_on()

    def move_on(self) -> None:
        """Let go of what was seen on the pages of a kind, which tells nothing of what those of another will show."""
        self._seen.clear()
        self._at_once.clear()

    def _find(self, section: Section, thing: str) -> list[Row]:
        """Ask for the rows of a thing, and for those of what is likely to be shown beside it."""
        self._make(section, {thing, *self._beside(section)})
        return self._in(section)[thing]

    def _beside(self, section: Section) -> Iterable[str]:
        """What is asked about at the same time: all that was seen, or ever more of it if the first may be enough."""
        if section not in self._through:
            return self._seen
        number, groups = self._at_once.get(section, 0), self._in(section)
        self._at_once[section] = FASTER * number or FASTER
        return islice((thing for thing in self._seen if thing not in groups), number)

    def _answer(self, section: Section, things: set[str]) -> tuple[tuple[str, ...], Lines]:
        answer = self._answers.about(section.question, section.by, things)
        return answer.columns, answer.rows

    def _values(self, rows: Lines) -> Iterator[Iterator[Shown]]:
        things = {term.value: None for terms in rows for term in terms if isinstance(term, ox.NamedNode)}
        self._seen |= things
        self._directory.meet(things)
        return super()._values(rows)
