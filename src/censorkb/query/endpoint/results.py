"""Results: SPARQL 1.1 Query Results in JSON, read strictly. Whatever is not exactly that is refused."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import pyoxigraph as ox

from censorkb.problem import Refusal
from censorkb.query.answer import Answer
from censorkb.query.identity import Value

MEDIA_TYPE = "application/sparql-results+json"


class WrongResults(Refusal, ValueError):
    """The bytes are no SPARQL results; the words say where."""


def read(content: bytes) -> Answer:
    """Read rows, or the truth of an ASK.

    Args:
        content: all bytes.

    Raises:
        WrongResults: they are something else, or not all of it.
    """
    try:
        found = json.loads(content.decode("utf-8"), parse_constant=_refused, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise WrongResults("not-json") from None
    match found:
        case {"head": dict(), "boolean": bool(truth)} if set(found) <= {"head", "boolean"}:
            return Answer(("answer",), [(ox.Literal(truth),)], is_truth=True)
        case {"head": {"vars": list(names)}, "results": {"bindings": list(rows)}} if set(found) <= {"head", "results"}:
            if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
                raise WrongResults("columns-no-names")
            return Answer(tuple(names), [_row(names, row, number) for number, row in enumerate(rows, 1)])
    raise WrongResults("neither-rows-nor-truth")


def _row(names: list[str], row: object, number: int) -> tuple[Value, ...]:
    if not isinstance(row, dict) or not set(row) <= set(names):
        raise WrongResults("row-other-columns", number=number)
    try:
        return tuple(_term(row[name]) if name in row else None for name in names)
    except (ValueError, TypeError, KeyError):
        raise WrongResults("no-value", number=number) from None


def _term(value: dict[str, Any]) -> Value:
    match value:
        case {"type": "uri", "value": str(iri), **rest} if not rest:
            return ox.NamedNode(iri)
        case {"type": "bnode", "value": str(label), **rest} if not rest:
            return ox.BlankNode(label)
        # Virtuoso still says typed-literal, as a draft of 2006 did.
        case {"type": "literal" | "typed-literal", "value": str(text), "datatype": str(datatype), **rest} if not rest:
            return ox.Literal(text, datatype=ox.NamedNode(datatype))
        case {"type": "literal", "value": str(text), "xml:lang": str(language), **rest} if not rest:
            return ox.Literal(text, language=language)
        case {"type": "literal", "value": str(text), **rest} if not rest:
            return ox.Literal(text)
    raise ValueError


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _refused(_: str) -> NoReturn:
    raise ValueError
