"""Ask questions of a build's data set. usage: ask (censorkb|rdflib) ROOT BUILD [QUESTION[:PARAMETER=VALUE]...]...

The clock runs from each question to its rows; loading the data set is given as a part.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from bench.clock import Clock, digest, tell
from censorkb.graph.export import STEM
from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, ask
from censorkb.query.dataset import open_built
from censorkb.query.question import read_all
from censorkb.root import Root

Bound = dict[ox.Variable, ox.NamedNode | ox.Literal]
Rows = Iterable[Iterable[object]]
Asker = Callable[[str, Bound], Rows]


def ours(ontology: Ontology, built: Path) -> Asker:
    """The embedded store."""
    store = open_built(ontology, built)

    def answer(query: str, bound: Bound) -> Rows:
        found = ask(ontology, store, query, bound)
        assert isinstance(found, Answer)
        return found.rows

    return answer


def rdflib_memory(ontology: Ontology, built: Path) -> Asker:
    """rdflib's own store, in memory, asked over all graphs together."""
    import rdflib

    graph = rdflib.Dataset(default_union=True)
    graph.parse(built / "data" / f"{STEM}.nq", format="nquads")
    graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in ontology.vocabulary.terms), format="nquads")

    def term(of: ox.NamedNode | ox.Literal) -> rdflib.term.Identifier:
        if isinstance(of, ox.NamedNode):
            return rdflib.URIRef(of.value)
        return rdflib.Literal(of.value, datatype=rdflib.URIRef(of.datatype.value))

    def answer(query: str, bound: Bound) -> Rows:
        terms = {name.value: term(value) for name, value in bound.items()}
        found = graph.query(query, initNs=ontology.prefixes.names, initBindings=terms)
        columns = [column for column in found.vars or () if str(column) not in terms]
        return [[row.get(column) for column in columns] for row in found.bindings]

    return answer


def _text(value: object) -> str:
    """A term without its type; rdflib writes moments in time another way."""
    plain = value.value if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal) else value
    return "" if plain is None else str(plain).replace("+00:00", "Z")


def main(engine: str, root: Root, built: Path, words: list[str]) -> None:
    """Ask each question, and tell what it took and what came of it."""
    ontology, loading, asking = Ontology(root.ontology), Clock(), Clock()
    with loading.running():
        answer = (ours if engine == "censorkb" else rdflib_memory)(ontology, built)
    questions, parts, found = read_all(ontology), {"loading": loading.seconds}, {}
    for word in words:
        name, *pairs = word.split(":")
        bound = questions[name].bind(ontology, dict(pair.split("=", 1) for pair in pairs))
        before = asking.seconds
        with asking.running():
            rows = answer(questions[name].sparql, bound)
        parts[name] = asking.seconds - before
        found[name] = digest("\t".join(map(_text, row)) for row in rows)
    tell(found, asking, **parts)


main(sys.argv[1], Root(Path(sys.argv[2])), Path(sys.argv[3]), sys.argv[4:])
