"""Asking: what stands on the command line to an answer in text."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, Translate, both, did_you_mean, phrase
from censorkb.query.answer import Answer
from censorkb.query.asked import source
from censorkb.query.generation import Say
from censorkb.query.identity import Bound
from censorkb.query.limits import Limits
from censorkb.query.question import Question, WrongQuestion, read_all
from censorkb.query.table import write
from censorkb.root import Root


class Asking:
    """Answers questions from the data set of a build.

    Args:
        root: the knowledge base, for its questions and prefixes.
        out: folder of the build.
        limits: what a question may cost.
        say: told what is being done.
        endpoint: address of a server that is asked instead; empty for none.
        parquet: folder of an export that is asked instead.
    """

    def __init__(
        self,
        root: Root,
        out: Path,
        limits: Limits | None = None,
        say: Say = lambda _: None,
        endpoint: str = "",
        parquet: Path | None = None,
    ) -> None:
        self.ontology = Ontology(root.ontology)
        self._parquet, self._limits = parquet, limits or Limits()
        self._source = source(self.ontology, out, self._limits, endpoint, say)
        self.is_whole = True  # whether the last answer had all rows
        self.notices: list[Phrase] = []  # what its asker should know of ids that were given up, and of withdrawn claims

    def answer(self, words: tuple[str, ...], sparql: str | None, form: str, rows: int | None = None) -> str:
        """Answer a named question, a file or a query.

        Args:
            words: question or file, then `--parameter value` pairs.
            sparql: a query instead.
            form: format of the answer.
            rows: how many are wanted; None for all.

        Raises:
            WrongQuestion: the asker must write something else.
            NotBuilt: there is no data set yet.
            Exceeded: the question costs more than is allowed.
        """
        question, values = self._question(words, sparql)
        bound = question.bind(self.ontology, values)
        answer = self._asked(question, bound, rows)
        self.is_whole = not isinstance(answer, Answer) or answer.is_whole
        return write(self.ontology, answer, form)

    def _asked(self, question: Question, bound: Bound, rows: int | None) -> Answer | list[ox.Triple]:
        if self._parquet is not None:
            from censorkb.query.parquet.tables import Tables

            return Tables(self.ontology, self._parquet, self._limits).ask(question, bound, rows)
        with self._source as asked:
            return asked.ask(question.sparql, bound, rows, self.notices.append)

    def _question(self, words: tuple[str, ...], sparql: str | None) -> tuple[Question, dict[str, str]]:
        if self._parquet is not None and (sparql is not None or (words[:1] and words[0].endswith(".rq"))):
            raise WrongQuestion("by-name-alone")
        if sparql is not None:
            if words:
                raise WrongQuestion("one-query")
            return Question("query", "", (), sparql), {}
        if not words or words[0].startswith("--"):
            raise WrongQuestion("name-a-question")
        known = read_all(self.ontology)
        if words[0] in known:
            return known[words[0]], _pairs(words[1:])
        path = Path(words[0])
        if path.suffix == ".rq" and path.is_file():
            return Question.read(path), _pairs(words[1:])
        hint = did_you_mean(words[0], known) or phrase("list-shows")
        raise WrongQuestion(both(phrase("no-question", name=words[0]), hint))


def _pairs(words: tuple[str, ...]) -> dict[str, str]:
    """Read `--name value` and `--name=value`."""
    values: dict[str, str] = {}
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if not word.startswith("--"):
            raise WrongQuestion("stands-alone", word=word)
        name, equals, value = word.removeprefix("--").partition("=")
        if not equals and (not queue or queue[0].startswith("--")):
            raise WrongQuestion("needs-value", name=name)
        values[name] = value if equals else queue.pop(0)
    return values


def list_questions(root: Root, say: Translate = str) -> str:
    """All named questions with their sentences and parameters.

    Args:
        root: the knowledge base.
        say: gives the words of a language for English ones.
    """
    lines = []
    for question in read_all(Ontology(root.ontology)).values():
        options = " ".join(
            f"--{p.name} {say(p.type.upper())}" if not p.default else f"[--{p.name} {say(p.type.upper())}]"
            for p in question.parameters
        )
        lines.append(f"{question.name} {options}".rstrip() + f"\n    {say(question.sentence)}\n")
    return "".join(lines)
