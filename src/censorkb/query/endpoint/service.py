"""The service: a SPARQL 1.1 endpoint on this machine for the data set of a build, for queries only.

Werkzeug reads requests and chooses formats, Waitress serves: both are small, pure Python and well kept, and Python's own
http.server is not for anything that strangers' pages can reach. An answer is complete before its status is sent, so that no
client takes a part for the whole.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    InternalServerError,
    NotFound,
    ServiceUnavailable,
)
from werkzeug.wrappers import Request, Response

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import refuse_service
from censorkb.query.child import Reply
from censorkb.query.child import Request as Question
from censorkb.query.dataset import NotBuilt
from censorkb.query.embedded import Embedded
from censorkb.query.endpoint.formats import GRAPHS, ROWS, chosen
from censorkb.query.endpoint.host import names
from censorkb.query.endpoint.protocol import METHODS, Asked, read
from censorkb.query.limits import Exceeded, Limits
from censorkb.query.question import WrongQuestion

PATH = "/sparql"
_PATIENCE = 2.0  # seconds to wait for an engine that is free
_BUSY = 1  # seconds after which a client may try again
Environment = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Policy:
    """What the service lets its clients do.

    Args:
        limits: of time and memory for a question.
        rows: most rows or triples of an answer.
        body: most bytes of a request.
        engines: how many questions are answered at once.
        origins: web sites whose pages may ask, such as the one that shows the facts; `*` for all.
    """

    limits: Limits
    rows: int = 100_000
    body: int = 1 << 20
    engines: int = 2
    origins: tuple[str, ...] = ()


class Service:
    """Answers requests: a WSGI application.

    Args:
        ontology: its prefixes are known to every query.
        out: folder of the build.
        policy: what clients may do.
        port: at which it is served.
    """

    def __init__(self, ontology: Ontology, out: Path, policy: Policy, port: int) -> None:
        self._prefixes, self._policy = ontology.prefixes.names, policy
        self._hosts = names(port)
        self._engines: queue.LifoQueue[Embedded] = queue.LifoQueue()
        self._closing = ExitStack()
        for _ in range(policy.engines):
            self._engines.put(self._closing.enter_context(Embedded(ontology, out, policy.limits)))

    def close(self) -> None:
        """End all engines."""
        self._closing.close()

    def __call__(self, environment: Environment, start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        request = Request(environment)
        request.max_content_length = self._policy.body
        try:
            response = self._response(request)
        except HTTPException as fault:
            response = _refusal(fault)
        origin = request.headers.get("Origin", "")
        if origin and self._may_ask(origin, request):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Vary"] = "Accept, Origin"
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response(environment, start)

    def _response(self, request: Request) -> Response:
        if request.host not in self._hosts:  # the page of a stranger who has given his name our address
            raise Forbidden(f"this service answers to {', '.join(sorted(self._hosts))} only")
        origin = request.headers.get("Origin", "")
        if origin and not self._may_ask(origin, request):
            raise Forbidden("pages of other sites may not ask; --allow-origin lets them")
        if request.path != PATH:
            raise NotFound(f"the endpoint is at {PATH}")
        if request.method == "OPTIONS":
            return Response(status=204, headers={"Allow": ", ".join(METHODS)})
        asked = read(request)
        return self._description(request) if asked is None else self._answer(request, asked)

    def _may_ask(self, origin: str, request: Request) -> bool:
        return origin in self._policy.origins or "*" in self._policy.origins or origin == request.host_url.rstrip("/")

    def _description(self, request: Request) -> Response:
        """What the service is (SPARQL 1.1 Service Description)."""
        text = resources.files("censorkb.query.endpoint").joinpath("service.ttl").read_bytes()
        parser = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=request.base_url)
        triples = [quad.triple for quad in parser]
        return _graph(request, triples, parser.prefixes)

    def _answer(self, request: Request, asked: Asked) -> Response:
        try:
            if not self._policy.limits.network:
                refuse_service(asked.sparql)
            question = Question(
                asked.sparql,
                self._prefixes,
                default_graph=_named(asked.default_graph) if asked.names_graphs else None,
                named_graphs=_named(asked.named_graphs) if asked.names_graphs else None,
                rows=self._policy.rows or None,
            )
            engine = self._engines.get(timeout=_PATIENCE)
        except queue.Empty:
            raise ServiceUnavailable("all engines are at work; ask again later", retry_after=_BUSY) from None
        except WrongQuestion as fault:
            raise BadRequest(str(fault)) from None
        try:
            return engine.answer(question, lambda reply: self._written(request, reply))
        except WrongQuestion as fault:
            raise BadRequest(str(fault)) from None
        except Exceeded as fault:
            raise ServiceUnavailable(str(fault)) from None
        except NotBuilt as fault:
            raise ServiceUnavailable(str(fault)) from None
        except OSError:
            raise InternalServerError("the engine failed; the service goes on") from None
        finally:
            self._engines.put(engine)

    def _written(self, request: Request, reply: Reply) -> Response:
        """All of a reply in the format that the client likes best."""
        kind = chosen(request.accept_mimetypes, GRAPHS if reply.kind == "triples" else ROWS)
        text = reply.text.readall() if reply.text else b""
        reply.check()
        if not reply.is_whole:
            raise InternalServerError(
                f"the answer has more than {self._policy.rows:,} rows; ask for less, for instance with LIMIT"
            )
        if reply.kind == "triples":
            return _graph(
                request, [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)], self._prefixes
            )
        if reply.text is None:
            text = b'{"head":{},"boolean":%s}' % (b"true" if reply.truth else b"false")
        form = ox.QueryResultsFormat.TSV if reply.text else ox.QueryResultsFormat.JSON
        return Response(
            ox.parse_query_results(text, format=form).serialize(format=ROWS[kind]), content_type=_typed(kind)
        )


def _named(iris: Iterable[str]) -> list[str]:
    """IRIs of graphs, each looked at."""
    found = []
    for iri in iris:
        try:
            found.append(ox.NamedNode(iri).value)
        except ValueError:
            raise BadRequest("the name of a graph must be an absolute IRI") from None
    return found


def _graph(request: Request, triples: list[ox.Triple], prefixes: dict[str, str]) -> Response:
    kind = chosen(request.accept_mimetypes, GRAPHS)
    made = ox.serialize(triples, format=GRAPHS[kind], prefixes=prefixes)
    return Response(made or b"", content_type=_typed(kind))


def _typed(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _refusal(fault: HTTPException) -> Response:
    """A fault as a line of plain text."""
    headers = [(name, value) for name, value in fault.get_headers() if name != "Content-Type"]
    return Response(f"{fault.description}\n", fault.code, headers, content_type=_typed("text/plain"))
