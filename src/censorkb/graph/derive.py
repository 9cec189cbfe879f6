"""What follows from the facts: the rules in `ontology/rules/`, run in the order of their names."""

from __future__ import annotations

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology


def derive(ontology: Ontology, store: ox.Store) -> list[str]:
    """Run all rules over a store and add what they conclude to the graph `graph:derived`.

    Args:
        ontology: where the rules are, and the prefixes that they use.
        store: facts and terms; the conclusions are added to it.

    Returns:
        The conclusions as lines of N-Quads in code-point order.
    """
    graph = ontology.vocabulary.node("graph:derived")
    for path in sorted((ontology.folder / "rules").glob("*.rq")):
        concluded = store.query(
            path.read_text("utf-8"), prefixes=ontology.prefixes.names, use_default_graph_as_union=True
        )
        assert isinstance(concluded, ox.QueryTriples), f"{path.name} is no CONSTRUCT"
        store.extend([ox.Quad(t.subject, t.predicate, t.object, graph) for t in concluded])
    return sorted(f"{quad} .\n" for quad in store.quads_for_pattern(None, None, None, graph))
