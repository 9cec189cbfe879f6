"""Records: the rows of a table as an array of JSON objects, one on each line, so that no reader need hold all of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, Value
from censorkb.query.table import cell, exchanged

_HEAD, _BETWEEN, _FOOT = "[\n", ",\n", "\n]\n"
_AT_ONCE = 1000  # records in a piece


def plain(ontology: Ontology, term: Value) -> int | bool | str | None:
    """A term as a value of JSON: a number or a truth as such, all else as a reader writes it."""
    if term is None:
        return None
    if isinstance(term, ox.Literal) and term.datatype == ontology.vocabulary.node("xsd:integer"):
        return int(term.value)
    if isinstance(term, ox.Literal) and term.datatype == ontology.vocabulary.node("xsd:boolean"):
        return term.value in ("true", "1")
    return cell(ontology, term)


def records(ontology: Ontology, answer: Answer) -> Iterator[str]:
    """The rows of an answer as objects with its columns for keys."""
    for row in answer.rows:
        values = (plain(ontology, term) for term in row)
        yield json.dumps(dict(zip(answer.columns, values, strict=True)), ensure_ascii=False)


def array(found: Iterable[str]) -> Iterator[bytes]:
    """The bytes of an array of some records, piece by piece."""
    before, piece = _HEAD, list[str]()
    for record in found:
        piece += (before, record)
        before = _BETWEEN
        if len(piece) >= 2 * _AT_ONCE:
            yield "".join(piece).encode()
            piece.clear()
    yield "".join([*piece, _FOOT if before is _BETWEEN else "[]\n"]).encode()


def read(lines: Iterable[str]) -> Iterator[str]:
    """The records of a file that `array` wrote."""
    return (line.removesuffix("\n").removesuffix(",") for line in lines if line.startswith("{"))


def merged(before: Iterable[str], new: Iterable[str], gone: Collection[str]) -> Iterator[str]:
    """Put records in the place of others; both are in the order of their first values, which are ids.

    Args:
        before: records.
        new: records of the same columns.
        gone: first values of the records that no longer hold.
    """
    fresh: dict[str, list[str]] = {}
    for record in new:
        fresh.setdefault(_first(record), []).append(record)
    return exchanged(list(before), fresh, gone, _first)


def _first(record: str) -> str:
    """The first value of a record: an id, in which JSON escapes nothing."""
    return record.split('"', 4)[3]
