"""The engine: each constraint asked once of the whole graph, in the embedded store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from censorkb.check.compiler import read
from censorkb.check.constraint import Constraint
from censorkb.check.finding import Finding
from censorkb.ontology.vocabulary import Term


def run(constraints: Iterable[Constraint], store: ox.Store) -> list[Finding]:
    """Check a graph: facts and terms, in whatever named graphs.

    Returns:
        What breaks a constraint, each once, in an order that depends on the findings alone.

    Raises:
        ValueError: a node lacks a superclass of its class, so that constraints would pass it by.
    """
    constraints = tuple(constraints)
    _refuse_missing_superclasses(constraints, store)
    return sorted({found for each in constraints for found in _findings(each, store)}, key=lambda found: found.key)


def focus_counts(constraints: Iterable[Constraint], store: ox.Store) -> dict[str, int]:
    """Count the nodes that constraints look at, by class; a check of nothing finds nothing.

    Returns:
        For the IRI of each target class how many nodes have it, zero included.
    """
    nodes = {row["class"].value: int(row["nodes"].value) for row in rows(store, "focus-nodes", {})}
    return {target: nodes.get(target, 0) for target in sorted({each.target.value for each in constraints})}


def rows(store: ox.Store, name: str, prefixes: dict[str, str]) -> Iterator[dict[str, Term]]:
    """Ask one of the checker's own queries.

    Args:
        store: facts and terms, in whatever named graphs.
        name: file in `sparql/` without `.rq`.
        prefixes: prefixes of the query.

    Returns:
        The terms of each solution by variable, without those that are unbound.
    """
    return _rows(store.query(read("sparql", name), prefixes=prefixes, use_default_graph_as_union=True))


def _findings(constraint: Constraint, store: ox.Store) -> Iterator[Finding]:
    answer = store.query(constraint.query, prefixes=constraint.prefixes.names, use_default_graph_as_union=True)
    for row in _rows(answer):
        yield constraint.finding(row)


def _rows(answer: object) -> Iterator[dict[str, Term]]:
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: term for name in names if (term := solution[name]) is not None}


def _refuse_missing_superclasses(constraints: tuple[Constraint, ...], store: ox.Store) -> None:
    prefixes = constraints[0].prefixes.names if constraints else {}
    for row in rows(store, "missing-superclass", prefixes):
        raise ValueError(f"{row['node']} is a {row['class']} but not written out as a {row['superclass']}")
