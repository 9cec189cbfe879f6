"""The data graph: what the shapes are held against, all of it or some nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from censorkb.check.queries import read
from censorkb.graph.focus import Focus
from censorkb.ontology.prefixes import Prefixes
from censorkb.ontology.vocabulary import Term

Nodes = Mapping[str, list[str]]


class DataGraph:
    """Facts and terms.

    Args:
        store: all of them, in whatever named graphs; if some nodes are checked, in the default graph.
        prefixes: prefixes of the queries.
        nodes: the nodes that are checked, by the term of their class; all if none are given.
    """

    def __init__(self, store: ox.Store, prefixes: Prefixes, nodes: Nodes | None = None) -> None:
        self.store, self.prefixes, self.nodes = store, prefixes, nodes

    def rows(self, query: str) -> Iterator[dict[str, Term]]:
        """Ask a SELECT query.

        Returns:
            The terms of each solution by variable, without those that are unbound.
        """
        whole = self.nodes is None
        answer = self.store.query(query, prefixes=self.prefixes.names, use_default_graph_as_union=whole)
        assert isinstance(answer, ox.QuerySolutions)
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            yield {name: term for name in names if (term := solution[name]) is not None}

    def told(self, name: str, variable: str = "", class_: str = "") -> Iterator[dict[str, Term]]:
        """Ask one of the checker's own queries.

        Args:
            name: file in `sparql/` without `.rq`.
            variable: the variable that it is about, if it can be asked about some nodes.
            class_: the class of these nodes as a CURIE.
        """
        query = read("sparql", name)
        if self.nodes is not None:
            nodes = self.nodes.get(f"<{self.prefixes.iri(class_)}>", [])
            if not nodes:
                return
            query = Focus(query, variable, self.prefixes).about(nodes)
        yield from self.rows(query)
