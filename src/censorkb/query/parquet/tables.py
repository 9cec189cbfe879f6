"""Tables: questions to an export, asked in SQL with DuckDB."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import Failure, Refusal, both, did_you_mean, listed, phrase, verbatim
from censorkb.query.answer import Answer
from censorkb.query.identity import Bound, Value
from censorkb.query.limits import Limits
from censorkb.query.parquet import QUADS, duck, texts
from censorkb.query.question import Question, WrongQuestion

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Cell = str | int | None
_MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_NAME = re.compile(r"([a-z]+):\S*")


class NotExported(Refusal, FileNotFoundError):
    """There is no export in a folder; the text is a sentence for the asker."""


def files(folder: Path) -> list[str]:
    """The Parquet files of an export.

    Raises:
        NotExported: there are none.
    """
    found = sorted(str(path) for path in (folder / QUADS).rglob("*.parquet"))
    if not found:
        raise NotExported("no-export", path=verbatim(str(folder)))
    return found


def asked(ontology: Ontology, bound: Bound) -> dict[str, str]:
    """What the asker has given, as the statements have it, by column.

    Args:
        ontology: its prefixes.
        bound: the terms.
    """
    prefixes = ontology.prefixes
    return {
        variable.value: prefixes.curie(term.value) if isinstance(term, ox.NamedNode) else term.value
        for variable, term in bound.items()
    }


def answer(ontology: Ontology, columns: list[str], rows: list[tuple[Cell, ...]]) -> Answer:
    """Rows of SQL as terms: what reads as a short name is a thing, the rest are moments, numbers and words.

    Args:
        ontology: its prefixes.
        columns: their names.
        rows: cells in the order of the columns.
    """
    return Answer(
        tuple(name.removesuffix("_") for name in columns),
        [tuple(_term(ontology, cell) for cell in row) for row in rows],
    )


def _term(ontology: Ontology, cell: Cell) -> Value:
    if cell is None:
        return None
    if isinstance(cell, int):
        return ox.Literal(cell)
    if _MOMENT.fullmatch(cell):
        return ox.Literal(cell, datatype=ontology.vocabulary.node("xsd:dateTime"))
    name = _NAME.fullmatch(cell)
    return ontology.vocabulary.node(cell) if name and name[1] in ontology.prefixes.names else ox.Literal(cell)


class Tables:
    """An export, for questions in SQL.

    Args:
        ontology: its prefixes.
        folder: where the export is.
        limits: what a question may cost.
    """

    def __init__(self, ontology: Ontology, folder: Path, limits: Limits | None = None) -> None:
        self._ontology, self._folder, self._limits = ontology, folder, limits or Limits()

    def ask(self, question: Question, bound: Bound, rows: int | None = None) -> Answer:
        """Ask a named question.

        Args:
            question: one of those that have an SQL text.
            bound: terms for its parameters.
            rows: how many rows are wanted; None for all.

        Raises:
            WrongQuestion: it can't be asked in SQL, or a term names nothing.
            NotExported: there is no export.
            NotInstalled: there is no DuckDB.
            Exceeded: it took too long or too much memory.
        """
        if question.name not in texts.questions():
            raise WrongQuestion("not-in-sql", question=question.name, known=listed(texts.questions()))
        given = asked(self._ontology, bound)
        with self._opened(given) as database:
            for variable, term in bound.items():
                if isinstance(term, ox.NamedNode):
                    self._refuse_unknown(database, variable.value, term)
            found = database.sql(texts.question(question.name))
            columns = found.columns
            cells = (found if rows is None else found.limit(rows + 1)).fetchall()
        made = answer(self._ontology, columns, cells)
        return made if rows is None else Answer(made.columns, made.rows[:rows], len(made.rows) <= rows)

    @contextmanager
    def _opened(self, given: dict[str, str]) -> Iterator[DuckDBPyConnection]:
        """A database with the views, ended when the time or the memory is used up."""
        with duck.connect(megabytes=self._limits.megabytes) as database:
            import duckdb  # it is there

            found = files(self._folder)
            timer = threading.Timer(self._limits.seconds or threading.TIMEOUT_MAX, database.interrupt)
            timer.daemon = True
            timer.start()
            try:
                database.read_parquet(found, hive_partitioning=True).create_view("quads")
                self._give(database, given)
                for name in texts.VIEWS:
                    database.sql(texts.read(name)).create_view(name)
                yield database
            except duckdb.InterruptException:
                raise self._limits.too_long() from None
            except duckdb.OutOfMemoryException:
                raise self._limits.too_large() from None
            except duckdb.Error:
                raise Failure("export-not-whole", path=verbatim(str(self._folder))) from None
            finally:
                timer.cancel()

    @staticmethod
    def _give(database: DuckDBPyConnection, given: dict[str, str]) -> None:
        if given:
            from duckdb import ColumnExpression, ConstantExpression

            row = database.values(tuple(map(ConstantExpression, given.values())))
            named = [ColumnExpression(old).alias(new) for old, new in zip(row.columns, given, strict=True)]
            row.select(*named).create("asked")

    def _refuse_unknown(self, database: DuckDBPyConnection, name: str, term: ox.NamedNode) -> None:
        prefix, _, word = self._ontology.prefixes.curie(term.value).partition(":")
        found = database.execute(texts.read("known"), [prefix]).fetchall()
        known = [str(subject).partition(":")[2] for (subject,) in found]
        if word not in known:
            hint = did_you_mean(word, known) or phrase("id-is-file")
            wrong = phrase("not-exported", option=f"--{name.replace('_', '-')}", id=word)
            raise WrongQuestion(both(wrong, hint))
