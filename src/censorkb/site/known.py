"""What is known of the answers: rows by the things that questions were asked about, from run to run.

A change touches few things. What was answered about the others holds as before, and need not be asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
import pyoxigraph as ox

from censorkb.graph.ledger import Ledger
from censorkb.query.answer import Answer, Value
from censorkb.site.plan import Section

MOST = 200_000  # values that are worth their room in the ledger
EVERYTHING = ""  # the thing whose rows are those of the whole answer
Touched = Mapping[Section, Collection[str] | None]
Lines = list[tuple[Value, ...]]
_Written = list[list[str | None]]


@dataclass(slots=True)
class Known:
    """The rows of a question by what they have in a column, of the things that it was asked about.

    Args:
        columns: names of the variables, in order; none before the first answer.
        rows: by IRI of a thing; an empty list says that there are none.
        recalled: the things whose rows an earlier run was given.
    """

    columns: tuple[str, ...] = ()
    rows: dict[str, Lines] = field(default_factory=dict)
    recalled: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, answer: Answer, column: str) -> Known:
        """A whole answer; what it has no rows of is not in it."""
        found: dict[str, Lines] = {}
        at = answer.columns.index(column)
        for row in answer.rows:
            if (term := row[at]) is not None:
                found.setdefault(term.value, []).append(row)
        return cls(answer.columns, found)

    def take(self, things: Collection[str], answer: Answer, column: str) -> None:
        """Take the rows of some things from an answer that may have others as well."""
        found = Known.of(answer, column)
        self.columns = found.columns
        self.rows |= {thing: found.rows.get(thing, []) for thing in things}

    def recall(self, earlier: Earlier, section: Section, things: Collection[str]) -> None:
        """Take the rows of some things from what an earlier run was answered, as far as that holds."""
        found = earlier.rows(section, things)
        if found:
            self.columns = self.columns or earlier.columns(section)
            self.rows |= found
            self.recalled |= found.keys()


KnownBySection = dict[Section, Known]


def whole(question: str) -> Section:
    """What the whole answer to a question is known by."""
    return Section(question, EVERYTHING)


def untouched(sections: Collection[Section], touched: Touched) -> dict[Section, Collection[str]]:
    """What still holds after a change.

    Args:
        sections: of what was known before.
        touched: the things of which a question may say something else now, as terms of N-Triples; None if of any.

    Returns:
        The sections that hold, with the things of each that do not.
    """
    asked = {section.question for section in touched}
    moved = {section.question for section, things in touched.items() if things is None or things}
    holds: dict[Section, Collection[str]] = {}
    for section in sections:
        things = touched.get(section, ())
        is_left = section == whole(section.question) and section.question in asked - moved
        if things is not None and (section in touched or is_left):
            holds[section] = {thing[1:-1] for thing in things}
    return holds


@dataclass(frozen=True, slots=True)
class Shelving:
    """What one run leaves to the next on the shelves of the ledger.

    Args:
        columns: those of each section that is known, by the name of its shelf.
        count: how many values there are, at most.
        gone: what `Ledger.exchange` is to take away.
        kept: what it is to put there.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0
    gone: list[tuple[str, str | None]] | None = None
    kept: list[tuple[str, str, str]] = field(default_factory=list)


class Earlier:
    """What earlier runs were answered and have left in the ledger of a cache, each row there to be read when it is wanted.

    Args:
        ledger: of the cache.
        columns: those of each section that is known, by the name of its shelf.
        touched: what a change has made different since.
    """

    def __init__(self, ledger: Ledger, columns: Mapping[str, list[str]], touched: Touched) -> None:
        self._ledger = ledger
        sections = {_section(shelf): found for shelf, found in columns.items()}
        self._without = untouched(sections, touched)
        self._columns = {section: tuple(found) for section, found in sections.items() if section in self._without}
        self._lost = sections.keys() - self._without.keys()

    def columns(self, section: Section) -> tuple[str, ...]:
        """The columns of a section; none if nothing is known of it."""
        return self._columns.get(section, ())

    def rows(self, section: Section, things: Collection[str]) -> dict[str, Lines]:
        """The rows of some things in a section, of those of which they are known."""
        if section not in self._columns:
            return {}
        without = self._without[section]
        found = dict(self._ledger.records(_shelf(section), (thing for thing in things if thing not in without)))
        return dict(zip(found, _lines(found.values()), strict=True))

    def leave(self, known: KnownBySection, before: int) -> Shelving:
        """Leave what is known now to the next run, with what it was before; only the former if that is too much.

        Args:
            known: what this run was answered or recalled.
            before: how many values there were before, at most.
        """
        new = list(_records(known))
        columns = {_shelf(section): list(each.columns) for section, each in known.items() if each.columns}
        if before + len(new) > MOST:
            return Shelving(columns, len(new), None, new)
        columns |= {_shelf(section): list(found) for section, found in self._columns.items()}
        lost = [(_shelf(section), None) for section in self._lost]
        without = [(_shelf(section), thing) for section, things in self._without.items() for thing in sorted(things)]
        return Shelving(columns, before + len(new), [*lost, *without], new)


def _records(known: KnownBySection) -> Iterator[tuple[str, str, str]]:
    """What this run was answered, as the ledger keeps it: shelf, key and value."""
    for section, each in known.items():
        for thing, rows in each.rows.items():
            if thing not in each.recalled:
                written = [[None if term is None else str(term) for term in row] for row in rows]
                yield _shelf(section), thing, msgspec.json.encode(written).decode()


def _shelf(section: Section) -> str:
    return f"{section.question} {section.by}"


def _section(shelf: str) -> Section:
    question, _, by = shelf.partition(" ")
    return Section(question, by)


def _lines(values: Collection[str]) -> Iterator[Lines]:
    """Rows out of what `_records` wrote."""
    written = msgspec.json.decode(f"[{','.join(values)}]", type=list[_Written])
    names = {term for rows in written for row in rows for term in row if term is not None}
    terms: dict[str | None, Value] = {None: None, **dict(zip(names, _terms(names) if names else (), strict=True))}
    return ([tuple([terms[term] for term in row]) for row in rows] for rows in written)


def _terms(written: Collection[str]) -> list[Value]:
    """Terms of N-Triples, read as the objects of statements."""
    start = str(ox.NamedNode("x:"))
    text = "".join(f"{start} {start} {term} .\n" for term in written)
    return [quad.object for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES)]
