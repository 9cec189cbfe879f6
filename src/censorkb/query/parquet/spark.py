"""Spark: the same questions to an export, on as many machines as a Spark session has.

Spark is not imported here: who has a session has it. `Cluster(session, ontology, folder).ask(question, bound)` gives the
rows that `Tables` gives with DuckDB.
"""

from __future__ import annotations

from typing import Any

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.query.identity import Bound
from censorkb.query.parquet import QUADS, texts
from censorkb.query.parquet.tables import answer, asked
from censorkb.query.question import Question


class Cluster:
    """An export as views of a Spark session.

    Args:
        session: a `pyspark.sql.SparkSession`.
        ontology: its prefixes.
        folder: where the export is, as the session reaches it: a path or an address of its file system.
    """

    def __init__(self, session: Any, ontology: Ontology, folder: str) -> None:
        self._session, self._ontology = session, ontology
        session.read.parquet(f"{folder.rstrip('/')}/{QUADS}").createOrReplaceTempView("quads")
        for name in texts.VIEWS:
            session.sql(texts.read(name)).createOrReplaceTempView(name)
            session.catalog.cacheTable(name)  # a question asks them many times

    def ask(self, question: Question, bound: Bound) -> Answer:
        """Ask a named question.

        Args:
            question: one of `texts.questions()`.
            bound: terms for its parameters.
        """
        given = asked(self._ontology, bound)
        if given:
            self._session.createDataFrame([tuple(given.values())], list(given)).createOrReplaceTempView("asked")
        found = self._session.sql(texts.question(question.name))
        return answer(self._ontology, found.columns, [tuple(row) for row in found.collect()])
