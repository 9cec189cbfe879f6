"""The data set as files: N-Quads of record, and TriG, Turtle and JSON-LD made from it.

All bytes follow from the statements alone: lines in code-point order, no blank nodes, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology

STEM = "censorkb"


def files(ontology: Ontology, lines: list[str]) -> Iterator[tuple[str, bytes]]:
    """Write the data set in all formats.

    Args:
        ontology: prefixes, and the terms that are published beside the data.
        lines: facts and conclusions as N-Quads in code-point order.

    Returns:
        File name and content of each file.
    """
    record = "".join(lines).encode()
    quads = list(ox.parse(record, format=ox.RdfFormat.N_QUADS))
    if len(quads) != len(lines):
        raise ValueError("the N-Quads do not hold what was written")  # our escaping is at fault, not the data
    names = dict(sorted(ontology.prefixes.names.items()))
    yield f"{STEM}.nq", record
    by_graph = sorted(quads, key=lambda q: str(q.graph_name))
    yield f"{STEM}.trig", _written(by_graph, ox.RdfFormat.TRIG, names)
    # A statement that two graphs make is one triple here.
    triples = sorted({quad.triple for quad in quads}, key=str)
    yield f"{STEM}.ttl", _written(triples, ox.RdfFormat.TURTLE, names)
    yield f"{STEM}.jsonld", _written(by_graph, ox.RdfFormat.JSON_LD, names)
    vocabulary = ontology.vocabulary
    terms = [ox.Triple(s, p, o) for s, p, o in vocabulary.terms]
    yield "ontology.ttl", _written(sorted(terms, key=str), ox.RdfFormat.TURTLE, names)


def _written(statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, names: dict[str, str]) -> bytes:
    content = ox.serialize(statements, format=form, prefixes=names)
    assert content is not None  # it is None only when an output is given
    return content
