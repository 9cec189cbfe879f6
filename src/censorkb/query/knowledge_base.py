"""A knowledge base for analysts: questions from Python, with the same limits and checks as on the command line."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, both, did_you_mean, phrase
from censorkb.query.answer import Answer
from censorkb.query.asked import source
from censorkb.query.limits import Limits
from censorkb.query.question import Question, WrongQuestion, read_all
from censorkb.query.rows import Rows
from censorkb.root import Root


class Notice(UserWarning):
    """Something to know of an answer: an id in the question was given up, or a claim was withdrawn."""


class KnowledgeBase:
    """The data set of the last build, open for questions; `censorkb.open` makes one.

    Use it in a `with` statement, or call `close` when done. It follows later builds by itself.

    Args:
        root: the knowledge base, for its questions and prefixes.
        out: folder of the build.
        limits: what a question may cost.
        endpoint: address of a server that has the data set, to be asked instead.
    """

    def __init__(self, root: Root, out: Path, limits: Limits, endpoint: str = "") -> None:
        self._ontology = Ontology(root.ontology)
        self._source = source(self._ontology, out, limits, endpoint)
        self._questions = read_all(self._ontology)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; another question opens it again."""
        self._source.close()

    @property
    def questions(self) -> Mapping[str, Question]:
        """What can be asked by name: each has a `sentence` and `parameters` with name, type and meaning."""
        return self._questions

    def ask(self, question: str, /, *, limit: int | None = None, **parameters: str | dt.date) -> Rows:
        """Ask a named question; an id that was given up is taken for the present one, with a `Notice`.

        Args:
            question: its name, such as `status-on`.
            limit: most rows; all without it.
            parameters: what it leaves open, by name with `_` for `-`: ids as in the fact files, days as `datetime.date` or
                `"2026-02-12"`.

        Raises:
            WrongQuestion: there is no such question, or a parameter is missing, unknown or not what it must be.
            Exceeded: it took too long or too much memory.
            NotBuilt: run `censorkb build` first.
        """
        if question not in self._questions:
            hint = did_you_mean(question, self._questions) or phrase("see-questions")
            raise WrongQuestion(both(phrase("no-question", name=question), hint))
        known = self._questions[question]
        values = {name.replace("_", "-"): str(value) for name, value in parameters.items()}
        notices: list[Phrase] = []
        answer = self._source.ask(known.sparql, known.bind(self._ontology, values), limit, notices.append)
        assert isinstance(answer, Answer), "questions are SELECTs"
        return Rows(self._ontology, answer, _warned(notices))

    def sparql(self, query: str, /, *, limit: int | None = None) -> Rows | bool | list[ox.Triple]:
        """Ask a query of your own; the prefixes of the ontology are known.

        It is asked as it stands; a `Notice` tells which ids in it were given up.

        Args:
            query: SPARQL 1.1.
            limit: most rows; all without it.

        Returns:
            Rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE.

        Raises:
            WrongQuestion: it is not SPARQL; the text says where and what was expected.
            Exceeded: it took too long or too much memory.
            NotBuilt: run `censorkb build` first.
        """
        notices: list[Phrase] = []
        answer = self._source.ask(query, None, limit, notices.append)
        warned = _warned(notices)
        if isinstance(answer, list):
            return answer
        rows = Rows(self._ontology, answer, warned)
        return bool(rows[0][0]) if answer.is_truth else rows


def _warned(notices: list[Phrase]) -> list[str]:
    """Warn whoever called the method that calls this, and return the words."""
    said = [str(notice) for notice in notices]
    for words in said:
        warnings.warn(words, Notice, stacklevel=3)
    return said


def open_knowledge_base(
    path: str | os.PathLike[str], out: str | os.PathLike[str] | None, timeout: float, memory: int, endpoint: str
) -> KnowledgeBase:
    """Open the knowledge base in a folder; `censorkb.open` says what the arguments are.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    root = Path(path)
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is no folder of a knowledge base")
    return KnowledgeBase(
        Root(root), Path(out) if out is not None else root / "build", Limits(timeout, memory), endpoint
    )
