"""The embedded store: questions to the data set of a build, answered by a process of its own within limits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TypeVar, cast

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import Failure
from censorkb.query.answer import UNBINDABLE, Answer, refuse_service
from censorkb.query.child import Child, EngineFailed, NotSparql, Reply, Request
from censorkb.query.dataset import Dataset, NotBuilt
from censorkb.query.generation import Say
from censorkb.query.given import given, is_one
from censorkb.query.identity import Bound, Identity, Tell, Value, silence
from censorkb.query.limits import Exceeded, Limits
from censorkb.query.question import WrongQuestion
from censorkb.query.source import Source
from censorkb.query.syntax import explain

T = TypeVar("T")


class Embedded(Source):
    """The data set of a build, opened for questions until it is closed.

    Args:
        ontology: its prefixes and terms.
        out: folder of the build.
        limits: what a question may cost.
        say: told what is being done.
    """

    def __init__(self, ontology: Ontology, out: Path, limits: Limits | None = None, say: Say = lambda _: None) -> None:
        self._ontology, self._limits = ontology, limits or Limits()
        self._dataset = Dataset(ontology, out, say)
        self._held = ExitStack()
        self._child: Child | None = None
        self._quads: Path | None = None

    def close(self) -> None:
        """End the process and let go of the store."""
        child, self._child = self._child, None
        if child:
            child.end()
        self._held.close()

    def ask(
        self, sparql: str, bound: Bound | None = None, rows: int | None = None, tell: Tell = silence
    ) -> Answer | list[ox.Triple]:
        """Ask a query with the prefixes of the ontology over the union of all graphs, or over those that it names with FROM.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            bound: terms for variables that the query selects; the answer has no columns for them.
            rows: how many rows are wanted; None for all.
            tell: told of ids that were given up, and of claims that were withdrawn.

        Raises:
            WrongQuestion: the query is not SPARQL or would leave the machine, or a term names nothing.
            NotBuilt: there is no data set yet.
            Exceeded: it took too long or too much memory.
        """
        if not self._limits.network:
            refuse_service(sparql)
        identity = Identity(self._ontology, self._rows, tell)
        settled = identity.settled(bound or {})
        answer = self._given(sparql, settled, rows) if settled and is_one(sparql, settled) else None
        if answer is None:
            request = Request(sparql, self._ontology.prefixes.names, settled, rows=rows)
            answer = self.answer(request, lambda reply: read(reply, [variable.value for variable in settled]))
        identity.look_over(sparql)
        return answer

    def _given(self, sparql: str, bound: Bound, rows: int | None) -> Answer | list[ox.Triple] | None:
        """Ask with terms in the place of variables; None if that is no query, since one of them is assigned to."""
        request = Request(given(sparql, bound), self._ontology.prefixes.names, rows=rows)
        try:
            if not self._limits.network:
                refuse_service(request.sparql)
            return self.answer(request, lambda reply: read(reply, []))
        except WrongQuestion:
            return None

    def answer(self, request: Request, use: Callable[[Reply], T]) -> T:
        """Ask the engine itself, and once more if its store turns out to be damaged.

        Args:
            request: what it is asked; SERVICE was looked for.
            use: reads all of the reply.
        """
        for again in (True, False):
            try:
                with self._opened(request).ask(request) as reply:
                    return use(reply)
            except NotSparql as fault:
                raise WrongQuestion(explain(request.sparql, request.prefixes, str(fault))) from None
            except EngineFailed as fault:
                if "SELECT projection" in str(fault):
                    raise WrongQuestion(UNBINDABLE) from None
                if not (self._has_lost_damaged() and again):
                    raise Failure("engine-failed") from fault
            except Exceeded:
                if not (self._has_lost_damaged() and again):
                    raise
        raise AssertionError("the second time is the last")

    def _opened(self, request: Request) -> Child:
        """A process that has the store of the data set as it is now."""
        if self._child and self._child.is_alive and self._dataset.is_current(self._quads):
            return self._child
        self.close()
        try:
            self._quads = self._held.enter_context(self._dataset.opened())
        except NotBuilt:
            child = Child(None, self._limits)
            try:
                with child.ask(request):  # a wrong query is told so even before the first build
                    pass
            finally:
                child.end()
            raise
        self._child = Child(self._quads, self._limits)
        return self._child

    def _has_lost_damaged(self) -> bool:
        self.close()
        return self._dataset.throw_away_damaged()

    def _rows(self, sparql: str, bound: Bound) -> list[tuple[Value, ...]]:
        request = Request(sparql, self._ontology.prefixes.names, bound)
        answer = self.answer(request, lambda reply: read(reply, [variable.value for variable in bound]))
        assert isinstance(answer, Answer), "it is a SELECT"
        return answer.rows


def read(reply: Reply, given: list[str]) -> Answer | list[ox.Triple]:
    """Read a reply to its end.

    Args:
        reply: of the engine.
        given: columns that are left out, since their values were given.
    """
    if given and reply.kind != "rows":  # Oxigraph answers as if nothing had been given
        raise WrongQuestion(UNBINDABLE)
    if reply.text is None:
        return Answer(reply.columns, [(ox.Literal(reply.truth),)], is_truth=True)
    text = cast("IO[bytes]", reply.text)
    if reply.kind == "triples":
        return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    found = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions), "the text has rows"
    columns = tuple(name for name in reply.columns if name not in given)
    rows = [tuple(row[name] for name in columns) for row in found] if given else [tuple(row) for row in found]
    reply.check()
    return Answer(columns, rows, reply.is_whole)
