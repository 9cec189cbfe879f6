"""The protocol: what an HTTP request asks (SPARQL 1.1 Protocol, section 2.1; queries only)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from werkzeug.exceptions import BadRequest, MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Request

from censorkb.problem import shown

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_QUERY, _FORM = "application/sparql-query", "application/x-www-form-urlencoded"
_MOST = 1000  # parameters; each may name a graph


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks.

    Args:
        sparql: the query.
        default_graph: IRIs of graphs that make the default graph.
        named_graphs: IRIs of graphs that GRAPH finds. Without any of either, the query says.
    """

    sparql: str
    default_graph: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    @property
    def names_graphs(self) -> bool:
        """Whether the request says which graphs are asked, whatever the query says."""
        return bool(self.default_graph or self.named_graphs)


def read(request: Request) -> Asked | None:
    """Read a request; None if it asks nothing, which is to ask what the service is.

    Raises:
        HTTPException: it is none of this protocol.
    """
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS, "ask with GET or POST; the data can only be read")
    address = _pairs(request.query_string, "the address")
    if request.method != "POST":
        return _of(address) if address else None
    if request.mimetype == _QUERY:
        _refuse_charset(request)
        if "query" in address:
            raise BadRequest("a query stands in the address and another in the body; send one of them")
        return _of({**address, "query": [_utf8(request.get_data())]})
    if request.mimetype == _FORM:
        _refuse_charset(request)
        if address:
            raise BadRequest("parameters stand in the address and in the form; send all of them in the form")
        return _of(_pairs(request.get_data(), "the form"))
    raise UnsupportedMediaType(
        f"send a query as {_QUERY}, or a form as {_FORM}, not {shown(request.mimetype) or 'nothing'}"
    )


def _of(values: dict[str, list[str]]) -> Asked:
    # Other parameters are let be: SPARQLWrapper sends three names of the format that some server or other knows.
    if "update" in values:
        raise BadRequest("the data can only be read; an update is refused")
    queries = values.get("query", [])
    if len(queries) != 1:
        raise BadRequest(f"send one parameter query, not {len(queries)}")
    return Asked(queries[0], tuple(values.get("default-graph-uri", ())), tuple(values.get("named-graph-uri", ())))


def _pairs(text: bytes, where: str) -> dict[str, list[str]]:
    """The parameters of an address or a form."""
    try:
        return parse_qs(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    except UnicodeError:
        raise BadRequest(f"{where} is not UTF-8 in percent signs") from None
    except ValueError:
        raise BadRequest(f"{where} has more than {_MOST} parameters") from None


def _refuse_charset(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"send it as UTF-8, not {shown(charset)}")


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("the body is not UTF-8") from None
