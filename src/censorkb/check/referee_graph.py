"""Graphs as pySHACL wants them: rdflib's, with terms that mean what they mean in the embedded store.

This module imports rdflib, which is slow to start: only the referee imports it, and only when it is called.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import CUSTOM_EVALS, prepareQuery
from rdflib.plugins.sparql.evaluate import evalBGP, evalQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.processor import SPARQLResult
from rdflib.plugins.sparql.sparql import FrozenBindings, Query, QueryContext
from rdflib.query import Result

from censorkb.ontology.vocabulary import Node, Term, Triple

# Lexical spaces (XML Schema 1.1, part 2) of the datatypes that rdflib reads with Python's own parsers, which take more:
# int("1_000") is a number to Python, and 2026-W07 a date.
_DAY, _ZONE = r"-?\d{4,}-\d\d-\d\d", r"(Z|[+-]\d\d:\d\d)?"
LEXICAL = {
    rdflib.XSD.integer: r"[+-]?\d+",
    rdflib.XSD.decimal: r"[+-]?(\d+(\.\d*)?|\.\d+)",
    rdflib.XSD.date: _DAY + _ZONE,
    rdflib.XSD.dateTime: _DAY + r"T\d\d:\d\d:\d\d(\.\d+)?" + _ZONE,
}


NUMBERS = {rdflib.XSD.integer, rdflib.XSD.decimal, rdflib.XSD.double, rdflib.XSD.float}
RdfGraph = rdflib.Graph


class Literal(rdflib.Literal):
    """A literal that is ill-typed by the rules of XML Schema and compares by those of SPARQL (section 17.3).

    rdflib believes Python's parsers, and has an order for any two literals even if SPARQL has none.
    """

    well_formed = True

    @property
    def ill_typed(self) -> bool | None:
        """Whether the text is not in the lexical space of the datatype."""
        return super().ill_typed if self.well_formed else True

    @property
    def value(self) -> Any:
        """The value as Python has it; none if the text has no value."""
        return super().value if self.well_formed else None

    def compares(self, other: object) -> bool:
        """Whether SPARQL has an order for two literals: two numbers, or two values of one datatype."""
        if not isinstance(other, rdflib.Literal) or self.value is None or other.value is None:
            return False
        if {self.datatype, other.datatype} <= NUMBERS:
            return True
        return (self.datatype, self.language) == (other.datatype, other.language)

    def __gt__(self, other: object) -> bool:
        return super().__gt__(other) if self.compares(other) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return super().__lt__(other) if self.compares(other) else NotImplemented

    # pySHACL takes an exception for a crash and what is not less or equal for a violation, so these two say no.
    def __le__(self, other: object) -> bool:
        return self.compares(other) and super().__le__(other)

    def __ge__(self, other: object) -> bool:
        return self.compares(other) and super().__ge__(other)


class Graph(rdflib.Graph):
    """A graph that keeps parsed queries.

    pySHACL has each SPARQL constraint parsed anew for every node; parsing once makes it 6 to 10 times faster.
    """

    def query(  # type: ignore[override]  # the same places as rdflib's, since pySHACL passes by place
        self,
        query_object: str | Query,
        processor: object = None,  # noqa: ARG002
        result: object = None,  # noqa: ARG002
        initNs: object = None,  # noqa: ARG002, N803
        initBindings: Mapping[str, rdflib.term.Identifier] | None = None,  # noqa: N803
        *_: object,
    ) -> Result:
        """Run a query over this graph, with variables bound beforehand."""
        query = prepared(query_object) if isinstance(query_object, str) else query_object
        return SPARQLResult(evalQuery(self, query, initBindings or {}))


@functools.lru_cache(maxsize=1024)
def prepared(query: str) -> Query:
    """Parse a query once."""
    return prepareQuery(query)


@contextlib.contextmanager
def at_work() -> Iterator[None]:
    """Have rdflib join patterns in a sensible order, and not log ill-typed literals: that is for a finding to say."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    CUSTOM_EVALS["linked"] = _join_linked
    try:
        yield
    finally:
        del CUSTOM_EVALS["linked"]
        logger.setLevel(level)


def _join_linked(context: QueryContext, part: CompValue) -> Iterator[FrozenBindings]:
    """Join first what is linked to what is known; rdflib makes a product of all patterns that have one open variable.

    Raises:
        NotImplementedError: the part is no basic graph pattern, so that rdflib is to evaluate it itself.
    """
    if part.name != "BGP":
        raise NotImplementedError
    waiting, known, ordered = list(part.triples), set[object](), []
    while waiting:
        first = min(waiting, key=functools.partial(_distance, context, known))
        waiting.remove(first)
        ordered.append(first)
        known.update(first)
    return evalBGP(context, ordered)


def _distance(context: QueryContext, known: set[object], pattern: tuple[Any, Any, Any]) -> tuple[bool, int]:
    variables = [node for node in pattern if isinstance(node, rdflib.Variable | rdflib.BNode)]
    unknown = sum(node not in known and context[node] is None for node in variables)
    return unknown == len(variables), unknown


def rows(over: Graph, query: str, prefixes: Mapping[str, str], this: Term) -> Iterator[dict[str, Term]]:
    """Run a SELECT for one node and give the terms of each solution by variable name."""
    for solution in evalQuery(over, prepareQuery(query, initNs=prefixes), {"this": term(this)})["bindings"]:
        yield {str(name): back(bound) for name, bound in solution.items()}


def graph(triples: Iterable[Triple]) -> Graph:
    """Copy triples into a graph."""
    made = Graph(bind_namespaces="none")
    for subject, predicate, object_ in triples:
        made.add((_node(subject), rdflib.URIRef(predicate.value), term(object_)))
    return made


def term(of: Term) -> rdflib.term.Identifier:
    """A term of the embedded store as one of rdflib's."""
    if not isinstance(of, ox.Literal):
        return _node(of)
    if of.language:
        return Literal(of.value, lang=of.language)
    datatype = rdflib.URIRef(of.datatype.value)
    if datatype == rdflib.XSD.string:  # rdflib tells "x" from "x"^^xsd:string; queries have the short form
        return Literal(of.value)
    made = Literal(of.value, datatype=datatype, normalize=False)
    made.well_formed = datatype not in LEXICAL or bool(re.fullmatch(LEXICAL[datatype], of.value, re.ASCII))
    return made


def back(of: rdflib.term.Node) -> Term:
    """One of rdflib's terms as a term of the embedded store."""
    if isinstance(of, rdflib.Literal):
        if of.language:
            return ox.Literal(str(of), language=of.language)
        return ox.Literal(str(of), datatype=ox.NamedNode(of.datatype) if of.datatype else None)
    return ox.BlankNode(str(of)) if isinstance(of, rdflib.BNode) else ox.NamedNode(str(of))


def _node(of: Node) -> rdflib.URIRef | rdflib.BNode:
    return rdflib.BNode(of.value) if isinstance(of, ox.BlankNode) else rdflib.URIRef(of.value)
