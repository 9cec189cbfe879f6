"""Answers: the questions of the site as terms, asked of everything at once or about some things only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.focus import Focus
from censorkb.graph.hand import FEW, in_hand
from censorkb.graph.pattern import read
from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, Value
from censorkb.query.loaded import Loaded
from censorkb.query.source import Source
from censorkb.site.known import EVERYTHING, Earlier, Known, KnownBySection, whole
from censorkb.site.plan import Section
from censorkb.site.scale import EARLIEST

# Oxigraph starts from a single node that it is given, but joins a list of nodes to everything that the patterns find.
ONE_BY_ONE = 16


class Answers:
    """Answers to the questions in a folder; `known` are those so far, `earlier` what may be known beside them.

    Args:
        ontology: its prefixes.
        store: what to ask.
        folder: where the questions are.
        source: something that has the same data and is asked instead.
    """

    def __init__(self, ontology: Ontology, store: ox.Store, folder: Path, source: Source | None = None) -> None:
        self._ontology, self._store, self._folder = ontology, store, folder
        self._source, self._is_elsewhere = source or Loaded(ontology, store), source is not None
        self.known: KnownBySection = {}
        self.earlier: Earlier | None = None
        self._grouped: KnownBySection = {}
        self._columns: dict[str, frozenset[str]] = {}
        self.focus = cache(self._focus)

    def __getitem__(self, question: str) -> Answer:
        """The whole answer to a question, asked once; FileNotFoundError if there is no such file."""
        known = self._known(whole(question), [EVERYTHING])
        if not known.columns:
            answer = self._asked(question)
            known.columns, known.rows = answer.columns, {EVERYTHING: answer.rows}
        return Answer(known.columns, known.rows[EVERYTHING])

    @contextmanager
    def asking(self, sections: Collection[Section], at_once: int) -> Iterator[None]:
        """Ask and group what will be asked of everything, several questions at once, beside what the caller does meanwhile.

        Args:
            sections: what will be asked.
            at_once: how many questions; Oxigraph answers them without Python.
        """
        from concurrent.futures import ThreadPoolExecutor  # brings logging, and few builds ask so much

        questions = [one for one in dict.fromkeys(each.question for each in sections) if whole(one) not in self.known]
        with ThreadPoolExecutor(at_once) as pool:
            answers = pool.map(self._asked, questions)
            yield
            for question, answer in zip(questions, answers, strict=True):
                self.known[whole(question)] = Known(answer.columns, {EVERYTHING: answer.rows})
        for section in sections:
            self.grouped(section)

    def grouped(self, section: Section) -> Known:
        """The whole answer to a question by what its rows have in a column, asked and grouped once."""
        found = self._grouped.get(section)
        if found is None:
            found = self._grouped[section] = Known.of(self[section.question], section.by)
        return found

    def cutoff(self, question: str) -> dt.date:
        """The last day that the data know of, by a question with one row of figures."""
        answer = self[question]
        last = answer.rows[0][answer.columns.index("cutoff")]
        return dt.date.fromisoformat(last.value[:10]) if isinstance(last, ox.Literal) else dt.date(EARLIEST, 1, 1)

    def claims(self, question: str) -> int:
        """How many claims there are, by a question with one row of figures."""
        answer = self[question]
        claims = answer.rows[0][answer.columns.index("claims")]
        assert isinstance(claims, ox.Literal), f"{question}.rq: ?claims must be a number"
        return int(claims.value)

    def forget(self) -> None:
        """Let go of all answers."""
        self.known.clear()
        self._grouped.clear()

    def _known(self, section: Section, things: Collection[str]) -> Known:
        """What is known of some things, be it from this run or an earlier one."""
        known = self.known.setdefault(section, Known())
        new = [thing for thing in things if thing not in known.rows]
        if self.earlier and new:
            known.recall(self.earlier, section, new)
        return known

    def about(self, question: str, column: str, things: Collection[str]) -> Answer:
        """The rows of a question that have one of some things in a column, those of each thing in its order.

        It is asked about each thing once, whatever the languages that show the answer.

        Args:
            question: its name.
            column: a variable of the question, without its question mark.
            things: IRIs.
        """
        wanted = sorted(things)
        known = self._known(Section(question, column), wanted)
        new = [thing for thing in wanted if thing not in known.rows]
        size = FEW if self._is_elsewhere else len(new) if len(new) > ONE_BY_ONE else 1  # only our own store takes marks
        for portion in (new[start : start + size] for start in range(0, len(new), size)):
            known.take(portion, self._about(question, column, portion), column)
        return Answer(known.columns, [row for thing in wanted for row in known.rows[thing]])

    def _about(self, question: str, column: str, things: Collection[str]) -> Answer:
        with in_hand(self._store, self._ontology.prefixes, [f"<{thing}>" for thing in things]) as only:
            return self._ask(self.focus(question, column).about(only), question)

    def holding(self, question: str, column: str, things: Collection[str]) -> set[str]:
        """The things in a column of a question whose rows hold some things in another column, and maybe more.

        Args:
            question: its name.
            column: a variable of the question, without its question mark.
            things: IRIs.
        """
        terms = {f"<{thing}>" for thing in things}
        focus = self.focus(question, column)
        found: set[str] = set()
        for source in sorted({s for other in focus.columns - {f"?{column}"} for s in focus.sources(other)}):
            held = focus.holding(self._store, source, terms)
            if held is None:
                return self._all(question, column)
            found |= held
        return {term[1:-1] for term in found}

    def _all(self, question: str, column: str) -> set[str]:
        answer = self[question]
        at = answer.columns.index(column)
        return {_value(row[at]) for row in answer.rows} - {""}

    def has(self, question: str, things: Collection[str]) -> bool:
        """Whether a row of a question may hold one of some things."""
        focus = self.focus(question, min(self.columns(question)))
        return focus.mentions(self._store, {f"<{thing}>" for thing in things})

    def columns(self, question: str) -> frozenset[str]:
        """The variables that a question selects, without their question marks."""
        if question not in self._columns:
            self._columns[question] = frozenset(name[1:] for name in read(self._text(question)).selected)
        return self._columns[question]

    def _focus(self, question: str, column: str) -> Focus:
        return Focus(self._text(question), f"?{column}", self._ontology.prefixes)

    def _text(self, question: str) -> str:
        return (self._folder / f"{question}.rq").read_text("utf-8")

    def _asked(self, question: str) -> Answer:
        return self._ask(self._text(question), question)

    def _ask(self, text: str, question: str) -> Answer:
        answer = self._source.ask(text)
        assert isinstance(answer, Answer), f"{question}.rq must be a SELECT"
        return answer


def _value(term: Value) -> str:
    return term.value if term is not None else ""
