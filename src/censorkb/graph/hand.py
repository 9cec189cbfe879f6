"""The nodes in hand: those that a query is asked about."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from importlib import resources
from string import Template

import pyoxigraph as ox

from censorkb.ontology.prefixes import Prefixes

FEW = 100
Only = Callable[[str], str]


@functools.cache
def template(name: str) -> Template:
    """A piece of SPARQL with gaps: a file in `sparql/` without `.rq`."""
    return Template(resources.files("censorkb.graph").joinpath("sparql", f"{name}.rq").read_text("utf-8").strip())


@contextmanager
def in_hand(store: ox.Store, prefixes: Prefixes, nodes: Collection[str]) -> Iterator[Only]:
    """Take nodes in hand while a store is asked about them.

    A few are listed in the query. Oxigraph goes through such a list anew for each solution (2,000 nodes took a hundred
    times as long as 200), so many are marked in the default graph for the time being: a mark is a triple like any
    other, found by an index, but the planner does not know how few there are.

    Args:
        store: what is asked.
        prefixes: those of the ontology.
        nodes: terms of N-Triples.

    Yields:
        What makes the part of a query that keeps a variable, given with its question mark, to these nodes.
    """
    if len(nodes) <= FEW:
        listed = " ".join(sorted(nodes))
        yield lambda variable: template("given").substitute(variable=variable, nodes=listed)
        return
    mark = prefixes.node("sh:focusNode")
    quads = [ox.Quad(ox.NamedNode(node[1:-1]), mark, ox.Literal(True)) for node in nodes]
    store.extend(quads)
    try:
        yield lambda variable: template("in-hand").substitute(variable=variable)
    finally:
        for quad in quads:
            store.remove(quad)
