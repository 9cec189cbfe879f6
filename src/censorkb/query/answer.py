"""Answers: a query asked of the store, as rows or as triples, read-only and without the network."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.question import WrongQuestion

Value = ox.NamedNode | ox.BlankNode | ox.Literal | None

# What is not a keyword: IRIs, strings and comments. Oxigraph fetches SERVICE over the network and has no switch for it.
_NO_KEYWORD = re.compile(r"<[^<>\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a SELECT or ASK.

    Args:
        columns: names of the variables, in order.
        rows: terms; None where a variable is unbound.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


def ask(
    ontology: Ontology,
    store: ox.Store,
    sparql: str,
    bound: dict[ox.Variable, ox.NamedNode | ox.Literal] | None = None,
) -> Answer | list[ox.Triple]:
    """Ask a query with the prefixes of the ontology over the union of all graphs.

    Args:
        ontology: its prefixes.
        store: what to ask.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bound: terms for variables of the query.

    Raises:
        WrongQuestion: the query is not SPARQL, or would leave the machine.
    """
    if re.search(r"\bSERVICE\b", _NO_KEYWORD.sub(" ", sparql), re.IGNORECASE):
        raise WrongQuestion("SERVICE would ask another server; queries stay on this machine")
    try:
        found = store.query(
            sparql, prefixes=ontology.prefixes.names, use_default_graph_as_union=True, substitutions=dict(bound or {})
        )
    except SyntaxError as fault:
        place = f" at line {fault.lineno}, column {fault.offset}" if fault.lineno else ""
        raise WrongQuestion(f"this is not SPARQL{place}") from None
    if isinstance(found, ox.QueryBoolean):
        return Answer(("answer",), [(ox.Literal(bool(found)),)])
    if isinstance(found, ox.QueryTriples):
        return list(found)
    columns = tuple(variable.value for variable in found.variables)
    return Answer(columns, [tuple(row[column] for column in columns) for row in found])  # type: ignore[misc]  # no triple terms
