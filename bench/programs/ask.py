"""Ask questions of a build's data set. usage: ask (censorkb|pyoxigraph|rdflib) ROOT BUILD [QUESTION[:PARAMETER=VALUE]...[@SECONDS]]...

The clock runs from each question to its rows, in the process that answers, too; loading or opening the data set is given as a
part. A question with seconds of CPU is ended after these, which Python code such as rdflib's allows. The store of the build is made before, if it is not there.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from bench.clock import Clock, digest, tell
from bench.programs import LATE
from censorkb.graph.export import STEM
from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.query.dataset import Dataset
from censorkb.query.embedded import Embedded
from censorkb.query.limits import Limits
from censorkb.query.question import read_all
from censorkb.root import Root

Bound = dict[ox.Variable, ox.NamedNode | ox.Literal]
Rows = Iterable[Iterable[object]]
Asker = Callable[[str, Bound], Rows]


def ours(ontology: Ontology, built: Path) -> Asker:
    """The embedded store, as everybody asks it."""
    embedded = Embedded(ontology, built, Limits(seconds=0))
    embedded.ask("ASK {}")

    def answer(query: str, bound: Bound) -> Rows:
        found = embedded.ask(query, bound)
        assert isinstance(found, Answer)
        return found.rows

    return answer


def directly(ontology: Ontology, built: Path) -> Asker:
    """The same store, by pyoxigraph in this process and nothing else."""
    with Dataset(ontology, built).opened() as folder:
        store = ox.Store.read_only(str(folder))

    def answer(query: str, bound: Bound) -> Rows:
        found = store.query(
            query,
            prefixes=ontology.prefixes.names,
            substitutions={**bound},
        )
        assert isinstance(found, ox.QuerySolutions)
        kept = [v.value for v in found.variables if v not in bound]
        return [[row[name] for name in kept] for row in found] if bound else [list(row) for row in found]

    return answer


@contextmanager
def _ended(seconds: float) -> Iterator[None]:
    """End what is done meanwhile after some CPU seconds, with TimeoutError; 0 for never."""

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Both(Clock):
    """A clock that also counts what the processes do that this one has started and that go on."""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is done meanwhile."""
        before = _children()
        with super().running():
            yield
        self.seconds += _children() - before


def _children() -> float:
    """CPU seconds of the processes that go on: nanoseconds of each of their threads, which Linux counts finer than ticks."""
    found = 0
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            for thread in Path(f"/proc/{child}/task").iterdir():
                found += int((thread / "schedstat").read_text("ascii").split()[0])
    return found / 1e9


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
    ontology, loading, asking = Ontology(root.ontology), Both(), Both()
    if engine != "rdflib":
        with Dataset(ontology, built).opened():
            pass
    with loading.running():
        answer = {"censorkb": ours, "pyoxigraph": directly, "rdflib": rdflib_memory}[engine](ontology, built)
    questions, parts, found = read_all(ontology), {"loading": loading.seconds}, {}
    for word in words:
        asked, _, most = word.partition("@")
        name, *pairs = asked.split(":")
        bound = questions[name].bind(ontology, dict(pair.split("=", 1) for pair in pairs))
        before = asking.seconds
        try:
            with asking.running(), _ended(float(most or 0)):
                rows = answer(questions[name].sparql, bound)
        except TimeoutError:
            found[name] = LATE
        else:
            found[name] = digest("\t".join(map(_text, row)) for row in rows)
            del rows  # or the next question would be charged for letting go of them
        parts[name] = asking.seconds - before
    tell(found, asking, **parts)


main(sys.argv[1], Root(Path(sys.argv[2])), Path(sys.argv[3]), sys.argv[4:])
