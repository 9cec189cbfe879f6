"""Push: the data set into the server of somebody else (SPARQL 1.1 Graph Store HTTP Protocol), a graph at a time.

A note beside the store keeps what was put where, and is written after each graph: a run that was interrupted goes on there, and a
later one puts only graphs that have changed. It is believed only as far as the server counts the same. Each graph that was put
is read back and compared statement by statement, since Virtuoso answers 201 to half a graph.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.export import NAMES
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, phrase, verbatim
from censorkb.query import STORE
from censorkb.query.dataset import NotBuilt
from censorkb.query.endpoint.client import Client, EndpointFailed, pieces
from censorkb.query.endpoint.graphs import Graph, Sheets
from censorkb.query.endpoint.remote import Remote
from censorkb.query.limits import Limits
from censorkb.query.queries import read

_TRIPLES = "application/n-triples"
_GONE = 404
_SEVERAL = 25  # graphs between two notes
Say = Callable[[str | Phrase], object]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did.

    Args:
        put: graphs that were sent.
        removed: graphs that the data set no longer has.
        graphs: all graphs that the server has now.
        statements: in these.
    """

    put: int
    removed: int
    graphs: int
    statements: int


class Push:
    """Brings a server to the state of the data set.

    Args:
        ontology: its terms are a graph of their own.
        out: folder of the build.
        endpoint: address for queries.
        store: address of the graph store.
        limits: for each request.
        say: told what is being done.
    """

    def __init__(self, ontology: Ontology, out: Path, endpoint: str, store: str, limits: Limits, say: Say) -> None:
        self._ontology, self._out, self._store, self._say = ontology, out, store, say
        self._client, self._remote = Client(store, limits.seconds), Remote(ontology, endpoint, limits)
        name = hashlib.sha256(store.encode()).hexdigest()[:16]
        self._note = out / STORE / f"pushed-{name}.json"
        self._known: dict[str, str] = self._read_note()

    def run(self) -> Pushed:
        """Put what has changed, remove what is gone, and count.

        Raises:
            NotBuilt: there is no data set yet.
            EndpointFailed: the server can't be used, or does not keep what it is given.
        """
        with self._client, self._remote, tempfile.TemporaryDirectory() as folder:
            self._say("sorting-graphs")
            graphs = {graph.iri: graph for graph in self._sorted(Path(folder))}
            counted = self._counted()
            wanted = [g for g in graphs.values() if self._known.get(g.iri) != g.record or counted.get(g.iri) != g.lines]
            gone = [iri for iri in self._known if iri not in graphs]
            for number, graph in enumerate(wanted, 1):
                self._say(
                    phrase(
                        "putting-graph",
                        number=f"{number:,}",
                        all=f"{len(wanted):,}",
                        graph=self._ontology.prefixes.local(graph.iri),
                    )
                )
                self._put(graph)
            for iri in gone:
                self._remove(iri)
            self._keep()
            self._compare(graphs, self._counted())
        return Pushed(len(wanted), len(gone), len(graphs), sum(graph.lines for graph in graphs.values()))

    def _sorted(self, folder: Path) -> list[Graph]:
        sheets, node = Sheets(folder), self._ontology.vocabulary.node("graph:ontology")
        try:
            with (self._out / "data" / NAMES[0]).open("rb") as quads:
                sheets.sort(quads)
        except FileNotFoundError:
            raise NotBuilt("not-built", path=verbatim(str(self._out))) from None
        terms = sorted({f"{s} {p} {o} {node} .\n" for s, p, o in self._ontology.vocabulary.terms})
        path = folder / "terms"
        path.write_text("".join(terms), "utf-8")
        with path.open("rb") as quads:
            return sheets.sort(quads)

    def _put(self, graph: Graph) -> None:
        """Put a graph and read it back."""
        self._known.pop(graph.iri, None)
        headers = {"Content-Type": _TRIPLES, "Content-Length": str(graph.path.stat().st_size)}
        where = {"graph": graph.iri}
        self._client.send("PUT", self._store, where, _File(graph.path), headers)
        _, content = self._client.send("GET", self._store, where, headers={"Accept": _TRIPLES})
        try:
            kept = _plain(content)
        except (SyntaxError, ValueError):
            raise EndpointFailed("no-triples-back", name=self._client.name) from None
        sent = _plain(graph.path.read_bytes())
        if kept != sent:
            raise EndpointFailed(
                "keeps-else",
                name=self._client.name,
                graph=graph.iri,
                missing=f"{len(sent - kept):,}",
                added=f"{len(kept - sent):,}",
            )
        self._known[graph.iri] = graph.record
        if len(self._known) % _SEVERAL == 0:
            self._keep()

    def _remove(self, iri: str) -> None:
        self._client.send("DELETE", self._store, {"graph": iri}, also=(_GONE,))
        self._known.pop(iri, None)

    def _counted(self) -> dict[str, int]:
        """How many statements each graph of the server has."""
        text = read("graphs")
        answer = self._remote.send(text)
        counted = {}
        for row in answer.rows:
            match row:
                case (ox.NamedNode() as graph, ox.Literal() as number) if number.value.isdecimal():
                    counted[graph.value] = int(number.value)
        return counted

    def _compare(self, graphs: dict[str, Graph], counted: dict[str, int]) -> None:
        wrong = [graph for graph in graphs.values() if counted.get(graph.iri) != graph.lines]
        if wrong:
            first = wrong[0]
            raise EndpointFailed(
                "counts-else" if len(wrong) == 1 else "counts-else-more",
                name=self._client.name,
                graph=first.iri,
                found=f"{counted.get(first.iri, 0):,}",
                wanted=f"{first.lines:,}",
                more=f"{len(wrong) - 1:,}",
            )

    def _read_note(self) -> dict[str, str]:
        try:
            found = json.loads(self._note.read_bytes())
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def _keep(self) -> None:
        self._note.parent.mkdir(exist_ok=True)
        draft = self._note.with_suffix(".draft")
        draft.write_text(json.dumps(self._known, indent=0), "utf-8")
        draft.rename(self._note)

    def stop(self) -> None:
        """Keep what was done so far."""
        if self._known:
            self._keep()


class _File:
    """The bytes of a file, as often as they are wanted."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        return pieces(self._path)


def _plain(text: bytes) -> set[ox.Quad]:
    """Statements with numbers and moments in one way of writing, which servers choose for themselves."""
    store = ox.Store()
    store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES)
    return set(store)


def store_of(endpoint: str) -> str:
    """The address of the graph store that goes with a query endpoint, by the habits of Oxigraph and Virtuoso."""
    head, _, last = endpoint.rstrip("/").rpartition("/")
    return f"{head}/{'sparql-graph-crud-auth' if last == 'sparql' else 'store'}"
