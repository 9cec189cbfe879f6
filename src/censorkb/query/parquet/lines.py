"""Lines: statements as rows of columns, one JSON object a line, with the short names of the ontology."""

from __future__ import annotations

import dataclasses

import msgspec
import pyoxigraph as ox

from censorkb.ontology.prefixes import Prefixes

COLUMNS = dict.fromkeys(("graph", "subject", "predicate", "object", "kind", "datatype", "language"), "VARCHAR")
IRI, LITERAL = "iri", "literal"
_ENCODER = msgspec.json.Encoder()


class _Row(msgspec.Struct, omit_defaults=True):
    graph: str
    subject: str
    predicate: str
    object: str
    kind: str
    datatype: str | None = None
    language: str | None = None


def lines(prefixes: Prefixes, quads: bytes) -> bytes:
    """Write statements as rows.

    Args:
        prefixes: for the short names; IRIs outside all namespaces stay as they are.
        quads: N-Quads without blank nodes.
    """
    short = dataclasses.replace(prefixes)  # it remembers all names that it was asked for, and there are millions
    return _ENCODER.encode_lines([_row(short, quad) for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)])


def _row(short: Prefixes, quad: ox.Quad) -> _Row:
    graph, subject, value = quad.graph_name, quad.subject, quad.object
    assert isinstance(graph, ox.NamedNode), "every statement stands in a graph"
    assert isinstance(subject, ox.NamedNode), "the data set has no blank nodes"
    place = (short.curie(graph.value), short.curie(subject.value), short.curie(quad.predicate.value))
    if isinstance(value, ox.Literal):
        return _Row(*place, value.value, LITERAL, short.curie(value.datatype.value), value.language)
    assert isinstance(value, ox.NamedNode), "the data set has no blank nodes"
    return _Row(*place, short.curie(value.value), IRI)
