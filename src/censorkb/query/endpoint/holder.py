"""The holder: a server that has the data set, and whose answers name nothing that the data set does not name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import Refusal, shown, verbatim
from censorkb.query.answer import Answer, ask
from censorkb.query.endpoint.remote import Remote
from censorkb.query.identity import Bound, Tell, Value, silence
from censorkb.query.source import Source

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


class Unbelievable(Refusal, OSError):
    """An answer can't be one from the data set; the text is a sentence for the user."""


class Holder(Source):
    """Answers queries as the embedded store would, or not at all.

    Args:
        ontology: its datatypes.
        remote: asks the server.
        endpoint: address of its query endpoint, for what is said.
        nodes: the IRIs that the data set names.
    """

    def __init__(self, ontology: Ontology, remote: Remote, endpoint: str, nodes: Collection[str]) -> None:
        self._remote, self._name, self._nodes = remote, shown(endpoint), nodes
        self._ontology, self._nothing = ontology, ox.Store()
        node = ontology.vocabulary.node
        self._forms: dict[str, Callable[[str], object]] = {
            node("xsd:integer").value: _INTEGER.fullmatch,
            node("xsd:dateTime").value: _is_day,
            node("xsd:date").value: _is_day,
        }

    def close(self) -> None:
        """Let go of the connection."""
        self._remote.close()

    def ask(
        self, sparql: str, bound: Bound | None = None, rows: int | None = None, tell: Tell = silence
    ) -> Answer | list[ox.Triple]:
        """Ask a SELECT with the prefixes of the ontology.

        Args:
            sparql: the query.
            bound: terms for variables that the query selects; the answer has no columns for them.
            rows: how many rows are wanted; None for all.
            tell: told of ids that were given up, and of claims that were withdrawn.

        Raises:
            EndpointFailed: the server can't be used.
            Unbelievable: the answer has other columns than were asked for, or names what the data set does not.
        """
        answer = self._remote.ask(sparql, bound, rows, tell)
        assert isinstance(answer, Answer), "a server is asked for rows only"
        if answer.columns != self._columns(sparql, bound or {}):
            raise Unbelievable("other-columns", endpoint=verbatim(self._name))
        for term in {term for row in answer.rows for term in row}:
            if not self._can_be(term):
                raise Unbelievable("no-such-value", endpoint=verbatim(self._name), value=verbatim(shown(str(term))))
        return answer

    def _columns(self, sparql: str, bound: Bound) -> tuple[str, ...]:
        """The columns that an answer has, by our own engine without data."""
        empty = ask(self._ontology, self._nothing, sparql)
        assert isinstance(empty, Answer), "a server is asked for rows only"
        given = {variable.value for variable in bound}
        return tuple(column for column in empty.columns if column not in given)

    def _can_be(self, term: Value) -> bool:
        if isinstance(term, ox.NamedNode):
            return term.value in self._nodes
        if isinstance(term, ox.Literal):
            form = self._forms.get(term.datatype.value)
            return form is None or bool(form(term.value))
        return term is None


def _is_day(text: str) -> bool:
    """Whether a moment begins with a day."""
    try:
        return bool(dt.date.fromisoformat(text[:10]))
    except ValueError:
        return False
