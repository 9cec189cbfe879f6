"""Answers: a query asked of the store, as rows or as triples, read-only and without the network."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import shown
from censorkb.query.question import WrongQuestion, refuse_unknown

Value = ox.NamedNode | ox.BlankNode | ox.Literal | None

# Oxigraph fetches SERVICE over the network, has no switch for it, and reads `5SERVICE` as two words. No lexer of ours
# can tell strings, comments and IRIs apart exactly as its parser does (`?a<'>'`), so anything that reads as the head
# of a SERVICE clause is refused, wherever it stands; the word alone is not.
_GAP = r"(?:\s|#[^\n\r]*[\n\r])*"
_PLACE = r"(?:<[^<>]*>|[?$][^\s{}<>#]+|[^\s{}<>#\\:]*:(?:[^\s{}<>#\\]|\\.)*)"
_SERVICE = re.compile(rf"SERVICE{_GAP}(?:SILENT{_GAP})?{_PLACE}{_GAP}\{{", re.IGNORECASE)
# Told to take the union of all graphs, Oxigraph passes over FROM; strings, comments and IRIs can't be taken for it.
_NO_KEYWORD = re.compile(
    r"(<)[^<>\"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*", re.DOTALL
)
_FROM = re.compile(r"(?<![?$:\w-])FROM\s*(?:NAMED\s*)?(?:<|[\w.-]*:)", re.IGNORECASE)
_UNBINDABLE = "a query with parameters must be a SELECT that selects each of them"
_PLACE_OF_FAULT = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<why>.+)", re.DOTALL)


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
    """Ask a query with the prefixes of the ontology over the union of all graphs, or over those that it names with FROM.

    Args:
        ontology: its prefixes.
        store: what to ask.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bound: terms for variables that the query selects; the answer has no columns for them.

    Raises:
        WrongQuestion: the query is not SPARQL or would leave the machine, or a term names nothing.
    """
    if _SERVICE.search(sparql):
        raise WrongQuestion("SERVICE would ask another server; queries stay on this machine")
    given: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {**(bound or {})}
    for variable, term in given.items():
        if isinstance(term, ox.NamedNode):
            refuse_unknown(ontology, store, variable.value, term)
    try:
        found = store.query(
            sparql,
            prefixes=ontology.prefixes.names,
            use_default_graph_as_union=not _names_graphs(sparql),
            substitutions=given,
        )
    except SyntaxError as fault:
        raise WrongQuestion(_not_sparql(fault)) from None
    except RuntimeError as fault:
        if "SELECT projection" not in str(fault):
            raise
        raise WrongQuestion(_UNBINDABLE) from None
    if given and not isinstance(found, ox.QuerySolutions):  # Oxigraph would answer as if nothing had been given
        raise WrongQuestion(_UNBINDABLE)
    if isinstance(found, ox.QueryBoolean):
        return Answer(("answer",), [(ox.Literal(bool(found)),)])
    if isinstance(found, ox.QueryTriples):
        return list(found)
    return _rows(found, [variable.value for variable in given])


def _rows(found: ox.QuerySolutions, given: list[str]) -> Answer:
    """The solutions without the columns that were given."""
    names = [variable.value for variable in found.variables]
    if not given:  # the common case, and looking up every column takes half as long again
        return Answer(tuple(names), [tuple(row) for row in found])
    columns = tuple(name for name in names if name not in given)
    return Answer(columns, [tuple(row[column] for column in columns) for row in found])


def _names_graphs(sparql: str) -> bool:
    return bool(_FROM.search(_NO_KEYWORD.sub(r"\1 ", sparql)))


def _not_sparql(fault: SyntaxError) -> str:
    """What the parser's message says of the place, in words."""
    found = _PLACE_OF_FAULT.match(str(fault))
    if not found:
        return "this is not SPARQL"
    return f"this is not SPARQL: line {found['line']}, column {found['column']}: {shown(found['why'])}"
