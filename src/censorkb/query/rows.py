"""Rows: an answer as Python values, for a notebook or a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, overload

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, Value
from censorkb.query.table import write

if TYPE_CHECKING:
    import pandas

Cell = str | int | float | bool | Decimal | dt.date | dt.datetime | None
_MIDNIGHT = "T00:00:00Z"
_SHOWN = 20


class Row(tuple[Cell, ...]):
    """A row: a tuple whose values are also attributes and items by the name of their column."""

    columns: tuple[str, ...]

    @classmethod
    def of(cls, columns: tuple[str, ...], cells: Sequence[Cell]) -> Row:
        """Make a row of as many cells as there are columns."""
        row = cls(cells)
        row.columns = columns
        return row

    def __getattr__(self, name: str) -> Cell:
        try:
            return self[self.columns.index(name)]
        except ValueError:
            raise AttributeError(f"no column {name}; there are {', '.join(self.columns)}") from None

    def asdict(self) -> dict[str, Cell]:
        """The values by column."""
        return dict(zip(self.columns, self, strict=True))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={cell!r}' for name, cell in self.asdict().items())})"


class Rows(Sequence[Row]):
    """The rows of an answer, in the order of the question.

    Things are their short ids, concepts their words, days `datetime.date`, moments `datetime.datetime`, numbers `int`, `Decimal`
    or `float`, texts `str`, and what is not known None. `terms` has the same rows as RDF terms.

    Args:
        ontology: its prefixes.
        answer: what came back.
        notices: what its asker should know of ids that were given up, and of withdrawn claims.
    """

    def __init__(self, ontology: Ontology, answer: Answer, notices: Sequence[str] = ()) -> None:
        self._ontology, self._answer = ontology, answer
        self.notices = tuple(notices)
        self._rows = [Row.of(answer.columns, [self._cell(value) for value in row]) for row in answer.rows]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self._answer.columns

    @property
    def terms(self) -> list[tuple[Value, ...]]:
        """The rows as terms of pyoxigraph, IRIs in full."""
        return self._answer.rows

    @property
    def is_whole(self) -> bool:
        """Whether no row is missing because only so many were wanted."""
        return self._answer.is_whole

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __repr__(self) -> str:
        """The first rows as a table."""
        some = Answer(self.columns, self._answer.rows[:_SHOWN])
        more = len(self) - _SHOWN
        table = write(self._ontology, some, "table").rstrip("\n")
        return f"{table}\n… {more} more" if more > 0 else table

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries."""
        return [row.asdict() for row in self]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table of pandas.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas

        return pandas.DataFrame(list(self._rows), columns=list(self.columns))

    def _cell(self, value: Value) -> Cell:
        if value is None:
            return None
        if isinstance(value, ox.NamedNode):
            return self._ontology.prefixes.local(value.value)
        if not isinstance(value, ox.Literal) or value.language:
            return value.value
        try:
            return self._read(value)
        except (ValueError, ArithmeticError):
            return value.value  # written otherwise than its type says

    def _read(self, value: ox.Literal) -> Cell:
        text = value.value
        match self._ontology.prefixes.curie(value.datatype.value):
            case "xsd:dateTime" if text.endswith(_MIDNIGHT):
                return dt.date.fromisoformat(text.removesuffix(_MIDNIGHT))
            case "xsd:dateTime":
                return dt.datetime.fromisoformat(text)
            case "xsd:date":
                return dt.date.fromisoformat(text)
            case "xsd:integer":
                return int(text)
            case "xsd:decimal":
                return Decimal(text)
            case "xsd:double" | "xsd:float":
                return float(text)
            case "xsd:boolean":
                return text in ("true", "1")
            case _:
                return text
