"""Prepared answers: what the named questions answer, for the pages of these questions.

A question that leaves values open is asked with those that its file names as examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.graph.changes import ByPredicate, Changes
from censorkb.graph.focus import Focus
from censorkb.graph.hand import in_hand
from censorkb.graph.mention import may_mention
from censorkb.graph.pattern import read
from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, Value
from censorkb.query.loaded import Loaded
from censorkb.query.question import Question, read_all
from censorkb.query.source import Source
from censorkb.query.table import write
from censorkb.site.data import CLAIMS, CLAIMS_QUESTION, FOLDER

ROWS = 10_000  # more in a file are for `censorkb query`


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question and its answer.

    Args:
        question: what is asked.
        sparql: the query with the values in it.
        answer: its first rows; None if an example names nothing that these facts have, or the whole answer is elsewhere.
        csv: the same as a table.
        elsewhere: address from the root of the site of a file that has the whole answer.
    """

    question: Question
    sparql: str
    answer: Answer | None
    csv: str
    elsewhere: str = ""

    def things(self, rows: int) -> list[str]:
        """The IRIs of the things that stand in the first so many rows of the answer."""
        found = self.answer.rows[:rows] if self.answer else []
        return sorted({term.value for row in found for term in row if isinstance(term, ox.NamedNode)})


class Preparing:
    """Asks the named questions, each once.

    Args:
        ontology: its questions and prefixes.
        store: what is asked.
        source: something that has the same data and is asked instead.
    """

    def __init__(self, ontology: Ontology, store: ox.Store, source: Source | None = None) -> None:
        self._ontology, self._store, self._source = ontology, store, source or Loaded(ontology, store)
        self._prepared: dict[str, Prepared] = {}
        self.questions = read_all(ontology)

    def __getitem__(self, name: str) -> Prepared:
        """A question with its answer."""
        if name not in self._prepared:
            self._prepared[name] = self._prepare(self.questions[name])
        return self._prepared[name]

    def forget(self) -> None:
        """Let go of all answers."""
        self._prepared.clear()

    def touched(self, changes: Changes) -> set[str]:
        """The questions whose answers a change can touch.

        Args:
            changes: what was changed; the store has it.
        """
        changed = changes.by_predicate()
        found: dict[str, tuple[Focus, set[str]]] = {}
        unsure = set[str]()
        with changes.still_there(self._store):
            for name, focus in self._focused(changed):
                nodes = focus.touched(self._store, changed) if focus.looks_at(changed) else set()
                if nodes is None or any(node[0] != "<" for node in nodes):  # a literal can't be taken in hand
                    unsure.add(name)
                elif nodes:
                    found[name] = focus, nodes
        after = {name: self._about(name, *each) for name, each in found.items()}
        changes.reversed().apply(self._store)
        before = {name: self._about(name, *each) for name, each in found.items()}
        changes.apply(self._store)
        return unsure | {name for name in found if before[name] != after[name]}

    def _about(self, name: str, focus: Focus, nodes: set[str]) -> list[tuple[Value, ...]] | None:
        """The rows of a question about some nodes, and maybe about others; None if an example names nothing."""
        question = self.questions[name]
        if not all(map(self._is_here, question.bind(self._ontology, question.examples).values())):
            return None
        with in_hand(self._store, self._ontology.prefixes, nodes) as only:
            answer = self._source.ask(focus.about(only))
        assert isinstance(answer, Answer), f"{name}.rq must be a SELECT"
        return answer.rows

    def _focused(self, changed: ByPredicate) -> Iterator[tuple[str, Focus]]:
        """The questions that may look at a change, with the values of their examples, about what most of their patterns speak of."""
        prefixes = self._ontology.prefixes
        for name, question in self.questions.items():
            if name != CLAIMS_QUESTION and may_mention(question.sparql, prefixes, changed):
                text = question.with_values(prefixes, question.bind(self._ontology, question.examples))
                body = read(text)
                subjects = [pattern.subject for group in body.walk() for pattern in group.patterns]
                yield name, Focus(text, max(sorted(body.selected), key=subjects.count), prefixes)

    def _is_here(self, value: ox.NamedNode | ox.Literal) -> bool:
        """Whether an example names something that these facts have; texts and days name nothing."""
        return isinstance(value, ox.Literal) or any(self._store.quads_for_pattern(value, None, None, None))

    def _prepare(self, question: Question) -> Prepared:
        bound = question.bind(self._ontology, question.examples)
        sparql = question.with_values(self._ontology.prefixes, bound)
        if question.name == CLAIMS_QUESTION:  # the data set has it, and keeps it up to date with less work
            return Prepared(question, sparql, None, "", f"{FOLDER}/{CLAIMS}")
        if not all(self._is_here(value) for value in bound.values()):
            return Prepared(question, sparql, None, "")
        answer = self._source.ask(question.sparql, bound, ROWS)
        assert isinstance(answer, Answer), f"{question.name}.rq must be a SELECT"
        return Prepared(question, sparql, answer, write(self._ontology, answer, "csv"))
