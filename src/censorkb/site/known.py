"""What is known of the answers: rows by the things that questions were asked about, from run to run.

A change touches few things. What was answered about the others holds as before, and need not be asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import msgspec
import pyoxigraph as ox

from censorkb.query.answer import Answer, Value
from censorkb.site.plan import Section

MOST = 50_000  # rows that are worth reading again by the next run
EVERYTHING = ""  # the thing whose rows are those of the whole answer
_UNBOUND = -1
Touched = Mapping[Section, Collection[str] | None]
Lines = list[tuple[Value, ...]]
_Written = tuple[list[str], dict[str, tuple[list[str], dict[str, list[list[int]]]]]]  # terms; their numbers by section


@dataclass(slots=True)
class Known:
    """The rows of a question by what they have in a column, of the things that it was asked about.

    Args:
        columns: names of the variables, in order; none before the first answer.
        rows: by IRI of a thing; an empty list says that there are none.
    """

    columns: tuple[str, ...] = ()
    rows: dict[str, Lines] = field(default_factory=dict)

    def take(self, things: Collection[str], answer: Answer, column: str) -> None:
        """Take the rows of some things from an answer that may have others as well."""
        self.columns = answer.columns
        found: dict[str, Lines] = {thing: [] for thing in things}
        at = answer.columns.index(column)
        for row in answer.rows:
            term = row[at]
            if term is not None and (rows := found.get(term.value)) is not None:
                rows.append(row)
        self.rows |= found

    def without(self, things: Collection[str] | None) -> Known:
        """The same without some things, given as terms of N-Triples; without all of them if that is None."""
        if things is None:
            return Known()
        gone = {thing[1:-1] for thing in things}
        return Known(self.columns, {thing: rows for thing, rows in self.rows.items() if thing not in gone})


KnownBySection = dict[Section, Known]


def whole(question: str) -> Section:
    """What the whole answer to a question is known by."""
    return Section(question, EVERYTHING)


def untouched(known: KnownBySection, touched: Touched) -> KnownBySection:
    """What still holds after a change.

    Args:
        known: what was known before.
        touched: the things of which a question may say something else now, as terms of N-Triples; None if of any.
    """
    asked = {section.question for section in touched}
    moved = {section.question for section, things in touched.items() if things is None or things}
    return {
        section: each.without(touched.get(section, ()))
        for section, each in known.items()
        if section in touched or (section == whole(section.question) and section.question in asked - moved)
    }


def write(known: KnownBySection) -> str:
    """Write what is known for the next run; nothing if it is too much to be read again at little cost."""
    if sum(len(rows) for each in known.values() for rows in each.rows.values()) > MOST:
        return ""
    terms: dict[Value, int] = {None: _UNBOUND}
    numbers = {
        f"{section.question} {section.by}": [
            each.columns,
            {
                thing: [[terms.setdefault(term, len(terms) - 1) for term in row] for row in rows]
                for thing, rows in each.rows.items()
            },
        ]
        for section, each in known.items()
    }
    return msgspec.json.encode([[str(term) for term in terms if term is not None], numbers]).decode()


def read(text: str) -> KnownBySection:
    """Read what `write` wrote; nothing if it is empty."""
    if not text:
        return {}
    written, numbers = msgspec.json.decode(text, type=_Written)
    terms: list[Value] = [*_terms(written), None]  # the last one is that of unbound variables, at -1
    return {
        Section(*section.split(" ")): Known(
            tuple(columns),
            {thing: [tuple([terms[i] for i in row]) for row in rows] for thing, rows in found.items()},
        )
        for section, (columns, found) in numbers.items()
    }


def _terms(written: list[str]) -> list[Value]:
    """Terms of N-Triples, read as the objects of statements."""
    start = str(ox.NamedNode("x:"))
    text = "".join(f"{start} {start} {term} .\n" for term in written)
    return [quad.object for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES)]
