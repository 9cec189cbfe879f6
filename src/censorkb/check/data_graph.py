"""The data graph: what the shapes are held against, all of it or some nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pyoxigraph as ox

from censorkb.check.queries import read
from censorkb.graph.focus import Focus
from censorkb.graph.hand import Only
from censorkb.ontology.prefixes import Prefixes
from censorkb.ontology.vocabulary import Term


class DataGraph:
    """Facts and terms.

    Args:
        store: all of them, in whatever named graphs; if some nodes are checked, in the default graph.
        prefixes: prefixes of the queries.
        only: what keeps a query to the nodes that are checked; nothing if these are all.
        classes: terms of the classes that some of these nodes have.
    """

    def __init__(
        self, store: ox.Store, prefixes: Prefixes, only: Only | None = None, classes: Collection[str] = ()
    ) -> None:
        self.store, self.prefixes, self.only = store, prefixes, only
        self._classes = classes

    def has(self, class_: str) -> bool:
        """Whether any node of a class, given as a term, may be among those that are checked."""
        return self.only is None or class_ in self._classes

    def rows(self, query: str) -> Iterator[dict[str, Term]]:
        """Ask a SELECT query.

        Returns:
            The terms of each solution by variable, without those that are unbound.
        """
        answer = self.store.query(query, prefixes=self.prefixes.names, use_default_graph_as_union=self.only is None)
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
        if self.only is None:
            yield from self.rows(query)
        elif self.has(f"<{self.prefixes.iri(class_)}>"):
            yield from self.rows(Focus(query, variable, self.prefixes).about(self.only))
