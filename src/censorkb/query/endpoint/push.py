"""Push: the data set into the server of somebody else (SPARQL 1.1 Graph Store HTTP Protocol), a graph at a time.

A note keeps what was put where, and is written every few graphs: a run that was interrupted goes on there, and a
later one puts only graphs that have changed. It is believed only as far as the server counts the same. Each graph that was put
is read back and compared statement by statement, since Virtuoso answers 201 to half a graph.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from censorkb.graph.export import NAMES
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, phrase, verbatim
from censorkb.query.dataset import NotBuilt
from censorkb.query.endpoint.client import Client, EndpointFailed, pieces
from censorkb.query.endpoint.graphs import Graph, counted, plain, sort
from censorkb.query.endpoint.note import Note
from censorkb.query.endpoint.remote import Remote
from censorkb.query.limits import Limits

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
        self._note = Note(out, store)
        self._known = self._note.records

    def run(self) -> Pushed:
        """Put what has changed, remove what is gone, and count.

        Raises:
            NotBuilt: there is no data set yet.
            EndpointFailed: the server can't be used, or does not keep what it is given.
        """
        with self._client, self._remote, tempfile.TemporaryDirectory() as folder:
            self._say("sorting-graphs")
            graphs = {graph.iri: graph for graph in self._sorted(Path(folder))}
            there = counted(self._remote)
            wanted = [g for g in graphs.values() if self._known.get(g.iri) != g.record or there.get(g.iri) != g.lines]
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
            self._note.keep()
            self._compare(graphs, counted(self._remote))
        return Pushed(len(wanted), len(gone), len(graphs), sum(graph.lines for graph in graphs.values()))

    def _sorted(self, folder: Path) -> list[Graph]:
        try:
            with (self._out / "data" / NAMES[0]).open("rb") as quads:
                return sort(self._ontology, quads, folder)
        except FileNotFoundError:
            raise NotBuilt("not-built", path=verbatim(str(self._out))) from None

    def _put(self, graph: Graph) -> None:
        """Put a graph and read it back."""
        self._known.pop(graph.iri, None)
        headers = {"Content-Type": _TRIPLES, "Content-Length": str(graph.path.stat().st_size)}
        where = {"graph": graph.iri}
        self._client.send("PUT", self._store, where, _File(graph.path), headers)
        _, content = self._client.send("GET", self._store, where, headers={"Accept": _TRIPLES})
        try:
            kept = plain(content)
        except (SyntaxError, ValueError):
            raise EndpointFailed("no-triples-back", name=self._client.name) from None
        sent = plain(graph.path.read_bytes())
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
            self._note.keep()

    def _remove(self, iri: str) -> None:
        self._client.send("DELETE", self._store, {"graph": iri}, also=(_GONE,))
        self._known.pop(iri, None)

    def _compare(self, graphs: dict[str, Graph], there: dict[str, int]) -> None:
        wrong = [graph for graph in graphs.values() if there.get(graph.iri) != graph.lines]
        if wrong:
            first = wrong[0]
            raise EndpointFailed(
                "counts-else" if len(wrong) == 1 else "counts-else-more",
                name=self._client.name,
                graph=first.iri,
                found=f"{there.get(first.iri, 0):,}",
                wanted=f"{first.lines:,}",
                more=f"{len(wrong) - 1:,}",
            )

    def stop(self) -> None:
        """Keep what was done so far."""
        if self._known:
            self._note.keep()


class _File:
    """The bytes of a file, as often as they are wanted."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        return pieces(self._path)
