"""The engine: each constraint asked once of the whole graph, in the embedded store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from censorkb.check.constraint import Constraint
from censorkb.check.data_graph import DataGraph
from censorkb.check.finding import Finding


def run(constraints: Iterable[Constraint], graph: DataGraph) -> list[Finding]:
    """Check a graph.

    Returns:
        What breaks a constraint, each once, in an order that depends on the findings alone.

    Raises:
        ValueError: a node lacks a superclass of its class, so that constraints would pass it by.
    """
    if not graph.only:
        _refuse_missing_superclasses(graph)
    return sorted({found for each in constraints for found in _findings(each, graph)}, key=lambda found: found.key)


def focus_counts(constraints: Iterable[Constraint], graph: DataGraph) -> dict[str, int]:
    """Count the nodes that constraints look at, by class; a check of nothing finds nothing.

    Returns:
        For the IRI of each target class how many nodes have it, zero included.
    """
    nodes = {row["class"].value: int(row["nodes"].value) for row in graph.told("focus-nodes")}
    return {target: nodes.get(target, 0) for target in sorted({each.target.value for each in constraints})}


def _findings(constraint: Constraint, graph: DataGraph) -> Iterator[Finding]:
    if not graph.has(str(constraint.target)):
        return
    query = constraint.about(graph.only) if graph.only else constraint.query
    for row in graph.rows(query):
        yield constraint.finding(row)


def _refuse_missing_superclasses(graph: DataGraph) -> None:
    for row in graph.told("missing-superclass"):
        raise ValueError(f"{row['node']} is a {row['class']} but not written out as a {row['superclass']}")
