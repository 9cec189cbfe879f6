"""Tables: the main things of a knowledge base as a database for those who ask in SQL.

Each question in `site_templates/tables/` is a table of its name, and its columns are the table's. The same facts give the
same bytes under the same edition of SQLite, whose number stands in the file.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, Value
from censorkb.site.answers import Answers
from censorkb.site.records import plain

FOLDER, FILE = "tables", "censorkb.sqlite.gz"
KEY = "id"
_PIECE = 1 << 20


def write(ontology: Ontology, store: ox.Store, templates: Path, aside: Path, output: Callable[[bytes], object]) -> None:
    """Write the database.

    Args:
        ontology: its prefixes.
        store: facts and what follows from them.
        templates: folder of the site's templates, with the questions.
        aside: where to write the database before it is compressed; there must be nothing.
        output: what takes the compressed bytes.
    """
    import sqlite_utils

    answers = Answers(ontology, store, templates / FOLDER)
    database = sqlite_utils.Database(str(aside))
    for name in sorted(path.stem for path in (templates / FOLDER).glob("*.rq")):
        answer = answers[name]
        rows = _Rows(ontology, answer)
        table = database.table(name)
        table.create({column: rows.type_of(column) for column in answer.columns}, pk=KEY if rows.is_keyed else None)
        table.insert_all(rows.records(), batch_size=1000)
        answers.forget()
    database.vacuum()
    database.close()
    with gzip.GzipFile(filename="", mode="wb", fileobj=_Sink(output), mtime=0) as packed, aside.open("rb") as plain:
        while piece := plain.read(_PIECE):
            packed.write(piece)
    aside.unlink()


class _Sink:
    """A file that hands on what is written to it."""

    def __init__(self, output: Callable[[bytes], object]) -> None:
        self._output = output

    def write(self, content: bytes) -> int:
        self._output(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""


class _Rows:
    """The rows of a table.

    Args:
        ontology: its prefixes and datatypes.
        answer: the rows as terms.
    """

    def __init__(self, ontology: Ontology, answer: Answer) -> None:
        self._ontology, self._answer = ontology, answer

    @property
    def is_keyed(self) -> bool:
        """Whether no two rows have the same id."""
        columns = self._answer.columns
        ids = [row[0] for row in self._answer.rows]
        return columns[0] == KEY and len(set(ids)) == len(ids)

    def type_of(self, column: str) -> type:
        """The type of a column: a number if all that is in it are numbers."""
        at = self._answer.columns.index(column)
        values = {type(self._value(row[at])) for row in self._answer.rows} - {type(None)}
        return int if values == {int} else str

    def records(self) -> list[dict[str, int | str | None]]:
        """The rows as a database takes them."""
        columns = self._answer.columns
        return [
            {column: self._value(term) for column, term in zip(columns, row, strict=True)} for row in self._answer.rows
        ]

    def _value(self, term: Value) -> int | str | None:
        value = plain(self._ontology, term)
        return int(value) if isinstance(value, bool) else value
