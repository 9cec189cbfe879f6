"""Answers: a query asked of the store, as rows or as triples, read-only and without the network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.identity import Bound, Identity, Tell, Value, silence
from censorkb.query.question import WrongQuestion
from censorkb.query.syntax import explain

__all__ = ["Answer", "Bound", "Value", "ask"]
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
UNBINDABLE = "unbindable"  # why Oxigraph can't bind the parameters of a query


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a SELECT or ASK.

    Args:
        columns: names of the variables, in order.
        rows: terms; None where a variable is unbound.
        is_whole: whether no row is missing because only so many were wanted.
        is_truth: whether it is the answer to an ASK: one row with one truth value.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    is_whole: bool = True
    is_truth: bool = False


def ask(
    ontology: Ontology,
    store: ox.Store,
    sparql: str,
    bound: Bound | None = None,
    tell: Tell = silence,
    most: int | None = None,
) -> Answer | list[ox.Triple]:
    """Ask a query with the prefixes of the ontology over the union of all graphs, or over those that it names with FROM.

    Args:
        ontology: its prefixes.
        store: what to ask.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        bound: terms for variables that the query selects; the answer has no columns for them.
        tell: told of ids that were given up, and of claims that were withdrawn.
        most: how many rows are wanted; None for all.

    Raises:
        WrongQuestion: the query is not SPARQL or would leave the machine, or a term names nothing.
    """
    refuse_service(sparql)

    def rows(query: str, terms: Bound) -> list[tuple[Value, ...]]:
        found = store.query(
            query, prefixes=ontology.prefixes.names, use_default_graph_as_union=True, substitutions={**terms}
        )
        assert isinstance(found, ox.QuerySolutions), "it is a SELECT"
        return _rows(found, [variable.value for variable in terms]).rows

    identity = Identity(ontology, rows, tell)
    given: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {**identity.settled(bound or {})}
    try:
        found = store.query(
            sparql,
            prefixes=ontology.prefixes.names,
            use_default_graph_as_union=not names_graphs(sparql),
            substitutions=given,
        )
    except SyntaxError as fault:
        raise WrongQuestion(explain(sparql, ontology.prefixes.names, str(fault))) from None
    except RuntimeError as fault:
        if "SELECT projection" not in str(fault):
            raise
        raise WrongQuestion(UNBINDABLE) from None
    if given and not isinstance(found, ox.QuerySolutions):  # Oxigraph would answer as if nothing had been given
        raise WrongQuestion(UNBINDABLE)
    identity.look_over(sparql)
    if isinstance(found, ox.QueryBoolean):
        return Answer(("answer",), [(ox.Literal(bool(found)),)], is_truth=True)
    if isinstance(found, ox.QueryTriples):
        return list(found)
    return _rows(found, [variable.value for variable in given], most)


def _rows(found: ox.QuerySolutions, given: list[str], most: int | None = None) -> Answer:
    """The first solutions without the columns that were given."""
    names = [variable.value for variable in found.variables]
    columns = tuple(name for name in names if name not in given)
    some = found if most is None else islice(found, most)
    # Looking up every column takes half as long again, and mostly nothing was given.
    rows = [tuple(row[column] for column in columns) for row in some] if given else [tuple(row) for row in some]
    return Answer(columns, rows, is_whole=most is None or next(iter(found), None) is None)


def refuse_service(sparql: str) -> None:
    """Refuse a query that would leave the machine: WrongQuestion."""
    if _SERVICE.search(sparql):
        raise WrongQuestion("no-service")


def names_graphs(sparql: str) -> bool:
    """Whether a query says with FROM which graphs it asks."""
    return bool(_FROM.search(_NO_KEYWORD.sub(r"\1 ", sparql)))
