"""The remote store: questions to the server of somebody else, with the same checks as those to the embedded one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pyoxigraph as ox

from censorkb.graph.pattern import is_word, pieces
from censorkb.ontology.ontology import Ontology
from censorkb.problem import grouped
from censorkb.query.answer import Answer, names_graphs, refuse_service
from censorkb.query.child import Child, NotSparql, Request
from censorkb.query.endpoint.client import Client, EndpointFailed, Refused
from censorkb.query.endpoint.results import MEDIA_TYPE, WrongResults, read
from censorkb.query.given import given, prologue
from censorkb.query.identity import Bound, Identity, Tell, Value, silence
from censorkb.query.limits import Limits
from censorkb.query.queries import read as own_query
from censorkb.query.question import WrongQuestion
from censorkb.query.source import Source
from censorkb.query.syntax import explain

_FEW = 500  # rows; servers cut at round numbers above this
# How Virtuoso says that it has cut an answer, with status 200 (X-SQL-State only where time was short).
_CUT = ("X-SPARQL-MaxRows", "X-SQL-State", "X-Exec-Milliseconds-Exceeded")
# Oxigraph's default graph is empty without it; others pass over what they do not know.
_UNION = {"union-default-graph": ""}


class Remote(Source):
    """A server that has the data set, for questions.

    Args:
        ontology: its prefixes.
        address: of its query endpoint.
        limits: what a question may cost.
    """

    def __init__(self, ontology: Ontology, address: str, limits: Limits | None = None) -> None:
        self._ontology, self._limits = ontology, limits or Limits()
        self._client, self._address = Client(address, self._limits.seconds), address

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def ask(
        self, sparql: str, bound: Bound | None = None, rows: int | None = None, tell: Tell = silence
    ) -> Answer | list[ox.Triple]:
        """Ask a query with the prefixes of the ontology.

        Args:
            sparql: SELECT or ASK.
            bound: terms for variables that the query selects; the answer has no columns for them.
            rows: how many rows are wanted; None for all.
            tell: told of ids that were given up, and of claims that were withdrawn.

        Raises:
            WrongQuestion: it is not SPARQL, neither of these, or would ask a third server, or a term names nothing.
            EndpointFailed: the server can't be used, or its answer not be believed.
        """
        if not self._limits.network:
            refuse_service(sparql)
        if _form(sparql) in ("CONSTRUCT", "DESCRIBE"):
            raise WrongQuestion("select-only")
        identity = Identity(self._ontology, self._rows, tell)
        answer = self._asked(sparql, identity.settled(bound or {}))
        identity.look_over(sparql)
        if rows is not None and len(answer.rows) > rows:
            return Answer(answer.columns, answer.rows[:rows], is_whole=False)
        return answer

    def _asked(self, sparql: str, bound: Bound) -> Answer:
        text = given(sparql, bound)
        answer = self.send(prologue(text, self._ontology.prefixes.names) + text, sparql)
        if len(answer.rows) >= _FEW and not names_graphs(sparql):
            self._count(text, len(answer.rows))
        return answer

    def _count(self, text: str, rows: int) -> None:
        """Hold the rows to the number that the server itself gives."""
        words = pieces(text)
        start = next(i for i, word in enumerate(words) if word.upper() == "SELECT")
        head, body = "".join(words[:start]), "".join(words[start:])
        counting = own_query("count").replace("{}", f"{{\n{body}\n}}")
        answer = self.send(head + prologue(body, self._ontology.prefixes.names) + counting, text)
        match answer.rows:
            case [(ox.Literal() as number,)] if number.value == str(rows):
                return
        raise EndpointFailed("other-number", name=self._client.name, rows=grouped(rows))

    def send(self, text: str, written: str = "") -> Answer:
        """Send a query as it stands.

        Args:
            text: with all prefixes.
            written: what the asker wrote, for places in it.

        Raises:
            WrongQuestion: it is not SPARQL.
            EndpointFailed: the server can't be used, or its answer not be believed.
        """
        headers = {"Accept": MEDIA_TYPE, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            got, content = self._client.send(
                "POST",
                self._address,
                {} if names_graphs(text) else _UNION,
                urlencode({"query": text}).encode(),
                headers,
            )
        except Refused:
            self._explain(text, written)
            raise
        kind = got.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != MEDIA_TYPE:
            raise EndpointFailed("other-type" if kind else "no-type", name=self._client.name, kind=kind)
        self._refuse_cut(got)
        try:
            return read(content)
        except WrongResults as fault:
            raise EndpointFailed("unbelievable", name=self._client.name, why=fault.why) from None

    def _refuse_cut(self, headers: Mapping[str, str]) -> None:
        if any(name in headers for name in _CUT):
            raise EndpointFailed("cut", name=self._client.name)

    def _explain(self, text: str, written: str) -> None:
        """Say in our own words what is wrong with a query, if it is the query."""
        child = Child(None, self._limits)
        try:
            with child.ask(Request(text, {})):
                return
        except NotSparql as fault:
            prefixes = self._ontology.prefixes.names
            raise WrongQuestion(explain(written or text, prefixes, str(fault))) from None
        finally:
            child.end()

    def _rows(self, sparql: str, bound: Bound) -> list[tuple[Value, ...]]:
        return self._asked(sparql, bound).rows


def _form(sparql: str) -> str:
    words = (word.upper() for word in pieces(sparql) if is_word(word))
    return next((word for word in words if word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), "")
