"""Formats: media types of answers, and which of them a client wants (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable

_ROWS = ox.QueryResultsFormat
_GRAPH = ox.RdfFormat
# The first is for a client that takes anything. Names that are in use though no standard has them stand last.
ROWS: Mapping[str, ox.QueryResultsFormat] = {
    **{form.media_type.partition(";")[0]: form for form in (_ROWS.JSON, _ROWS.XML, _ROWS.CSV, _ROWS.TSV)},
    "application/json": _ROWS.JSON,
    "application/xml": _ROWS.XML,
    "text/xml": _ROWS.XML,
}
GRAPHS: Mapping[str, ox.RdfFormat] = {
    **{
        form.media_type: form
        for form in (
            _GRAPH.TURTLE,
            _GRAPH.N_TRIPLES,
            _GRAPH.TRIG,
            _GRAPH.N_QUADS,
            _GRAPH.JSON_LD,
            _GRAPH.RDF_XML,
        )
    },
    "application/json": _GRAPH.JSON_LD,
    "application/xml": _GRAPH.RDF_XML,
    "text/plain": _GRAPH.N_TRIPLES,
}


def chosen(accept: MIMEAccept, offered: Mapping[str, object]) -> str:
    """The media type that a client likes best.

    Args:
        accept: what it takes.
        offered: media types, the best first.

    Raises:
        NotAcceptable: none of them.
    """
    if not accept:
        return next(iter(offered))
    found = accept.best_match(offered)
    if found is None:
        raise NotAcceptable(f"this can be had as {', '.join(offered)}")
    return found
