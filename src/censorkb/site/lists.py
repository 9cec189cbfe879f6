"""Lists of rows as templates take them apart, by a column or by something of what is in it: `why.iri`.

Jinja's own filters for this ignore case, and ask the environment for each value: ten times as slow.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from censorkb.site.catalogue import Catalogue
from censorkb.site.tongues import Each, Order

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 12


def values(rows: Iterable[Any], column: str) -> list[Any]:
    """What rows have in a column, in their order."""
    return list(map(attrgetter(column), rows))


def distinct(rows: Iterable[Any], column: str) -> list[Any]:
    """What rows have in a column, each thing once, in the order in which they come first."""
    return list(dict.fromkeys(map(attrgetter(column), rows)))


def groups(rows: Iterable[Any], column: str) -> list[tuple[Any, list[Any]]]:
    """Rows by what they have in a column, in its order."""
    of = attrgetter(column)
    return [(value, list(found)) for value, found in groupby(sorted(rows, key=of), of)]


def together(rows: Iterable[Any], column: str) -> list[tuple[Any, list[Any]]]:
    """Rows by the thing that they have in a column, in the order in which the things come first."""
    of = attrgetter(column)
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(of(row), []).append(row)
    return list(found.items())


def other_names(rows: Iterable[Any], label: str, catalogues: Iterable[Catalogue] = (), country: str = "") -> str:
    """The names that a thing has beside its label, each once; those of a country in other languages as well, by its code."""
    names = [*(str(row.name) for row in rows), *(catalogue.country(country) for catalogue in catalogues)]
    return ", ".join(name for name in dict.fromkeys(names) if name and name != label)


def having(rows: Iterable[Any], column: str, value: object) -> list[Any]:
    """The rows that have a value in a column."""
    of = attrgetter(column)
    return [row for row in rows if of(row) == value]


def among(rows: Iterable[Any], column: str, values: Iterable[object]) -> list[Any]:
    """The rows that have one of some values in a column."""
    of, wanted = attrgetter(column), set(values)
    return [row for row in rows if of(row) in wanted]


def lacking(rows: Iterable[Any], column: str, value: object) -> list[Any]:
    """The rows that have something else in a column."""
    of = attrgetter(column)
    return [row for row in rows if of(row) != value]


def having_some(rows: Iterable[Any], column: str) -> list[Any]:
    """The rows that have something in a column: a thing, a word, a number other than nought."""
    of = attrgetter(column)
    return [row for row in rows if of(row)]


def newest(rows: Iterable[Any], most: int, *columns: str) -> list[Any]:
    """So many rows, those with the last day first; a day is that of the first of some columns that has one."""
    return sorted(rows, key=lambda row: _day(row, columns), reverse=True)[:most]


def last_day(rows: Iterable[Any], otherwise: dt.date, *columns: str) -> dt.date:
    """The last day of rows, by the first of some columns that has one; another day if none has any."""
    return max((day for row in rows if (day := _day(row, columns)) != dt.date.min), default=otherwise)


def _day(row: Any, columns: tuple[str, ...]) -> dt.date:
    return next((day for column in columns if (day := getattr(row, column))), dt.date.min)


def alphabetical(rows: Iterable[Any], column: str) -> list[Any]:
    """Rows by the words in a column, as `in_order` has them."""
    of = attrgetter(column)
    return sorted(rows, key=lambda row: in_order(of(row)))


def in_order(words: str) -> Any:
    """What names are sorted by: accents and case aside, and numbers by how large they are.

    États-Unis before Finlande, ё beside е, channel 2 before channel 10. Those of all languages are in order if they are
    so in each of them.
    """
    return Order([*map(_in_order, words.said)]) if isinstance(words, Each) else _in_order(words)


@lru_cache(maxsize=1 << 16)
def _in_order(words: str) -> tuple[str, str]:
    # The short i is a letter of its own in Russian, and no accent.
    apart = unicodedata.normalize("NFD", words.casefold()).replace("\u0438\u0306", "\u0439")
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _NUMBER.sub(lambda number: number[0].zfill(_DIGITS), letters), words


def initials(rows: Iterable[Any], column: str) -> list[tuple[str, list[Any]]]:
    """Rows by the first letter of the words in a column, in order; what begins with no letter comes first, under #."""
    found: dict[str, list[Any]] = {}
    for row in alphabetical(rows, column):
        first = _in_order(attrgetter(column)(row))[0][:1].upper()
        found.setdefault(first if first.isalpha() else "#", []).append(row)
    return sorted(found.items(), key=lambda letter: letter[0] != "#")


FOR_TEMPLATES = (
    alphabetical, initials, values, distinct, groups, together, other_names, having, among, lacking, having_some, newest, last_day,
)  # fmt: skip
