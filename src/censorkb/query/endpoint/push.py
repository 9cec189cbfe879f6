"""Push: the data set into the server of somebody else (SPARQL 1.1 Graph Store HTTP Protocol).

Graphs that the server does not have go together where it takes that, the others one by one, so that each is there as it was or as
it is. A note keeps what was put where, and is written every few graphs: a run that was interrupted goes on there or with what the
server turns out to have, and a later one puts only graphs that have changed. The note is believed only as far as the server counts
the same. All that was put is read back and compared, since Virtuoso answers 201 to half a graph.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from censorkb.graph.export import NAMES
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, grouped, phrase, verbatim
from censorkb.query.dataset import NotBuilt
from censorkb.query.endpoint.client import Client, EndpointFailed, pieces
from censorkb.query.endpoint.graphs import Graph, counted, plain, sort
from censorkb.query.endpoint.note import Note
from censorkb.query.endpoint.remote import Remote
from censorkb.query.endpoint.several import FEWEST, Several
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
        self._several = Several(self._client, store, lambda: counted(self._remote))
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
            unsure = [g for g in graphs.values() if self._known.get(g.iri) != g.record and there.get(g.iri) == g.lines]
            self._know(unsure, sum(there.values()))
            wanted = [g for g in graphs.values() if self._known.get(g.iri) != g.record or there.get(g.iri) != g.lines]
            gone = [iri for iri in self._known if iri not in graphs]
            self._send([graph for graph in wanted if graph.iri not in there], len(wanted), sum(there.values()))
            put = len(wanted)
            for number, graph in enumerate(wanted, 1):
                if self._known.get(graph.iri) == graph.record and graph.iri not in there:
                    continue  # it was sent with others
                self._tell(number, len(wanted), graph)
                if there.get(graph.iri) == graph.lines and self._difference(graph) == (0, 0):
                    self._keep(graph)
                    put -= 1
                else:
                    self._put(graph)
            for iri in gone:
                self._remove(iri)
            self._note.keep()
            self._compare(graphs, counted(self._remote))
        return Pushed(put, len(gone), len(graphs), sum(graph.lines for graph in graphs.values()))

    def _sorted(self, folder: Path) -> list[Graph]:
        try:
            with (self._out / "data" / NAMES[0]).open("rb") as quads:
                return sort(self._ontology, quads, folder)
        except FileNotFoundError:
            raise NotBuilt("not-built", path=verbatim(str(self._out))) from None

    def _tell(self, number: int, of: int, graph: Graph) -> None:
        name = self._ontology.prefixes.local(graph.iri)
        self._say(phrase("putting-graph", number=grouped(number), all=grouped(of), graph=name))

    def _send(self, graphs: list[Graph], of: int, there: int) -> None:
        """Send graphs that the server does not have together, if it takes that; what it keeps of them is known then."""
        for graph in graphs:
            self._known.pop(graph.iri, None)
        if len(graphs) >= FEWEST:
            numbers = {graph.iri: number for number, graph in enumerate(graphs, 1)}
            if self._several.send(graphs, lambda graph: self._tell(numbers[graph.iri], of, graph)):
                self._know(graphs, there + sum(graph.lines for graph in graphs))

    def _know(self, graphs: list[Graph], statements: int) -> None:
        """Note which graphs a server with so many statements has as they are, if they are many; few are read when they are put."""
        if len(graphs) >= FEWEST:
            self._say("comparing-server")
            same = self._several.same(graphs, statements)
            self._known.update((graph.iri, graph.record) for graph in graphs if graph.iri in same)
            self._note.keep()

    def _put(self, graph: Graph) -> None:
        """Put a graph and read it back."""
        self._known.pop(graph.iri, None)
        headers = {"Content-Type": _TRIPLES, "Content-Length": str(graph.path.stat().st_size)}
        self._client.send("PUT", self._store, {"graph": graph.iri}, _File(graph.path), headers)
        missing, added = self._difference(graph)
        if missing or added:
            raise EndpointFailed(
                "keeps-else",
                name=self._client.name,
                graph=graph.iri,
                missing=grouped(missing),
                added=grouped(added),
            )
        self._keep(graph)

    def _difference(self, graph: Graph) -> tuple[int, int]:
        """How many statements of a graph the server lacks, and how many it has beside them."""
        _, content = self._client.send("GET", self._store, {"graph": graph.iri}, headers={"Accept": _TRIPLES})
        text = graph.path.read_bytes()
        if sorted(content.splitlines()) == sorted(text.splitlines()):
            return 0, 0
        try:
            kept = plain(content)
        except (SyntaxError, ValueError):
            raise EndpointFailed("no-triples-back", name=self._client.name) from None
        sent = plain(text)
        return len(sent - kept), len(kept - sent)

    def _keep(self, graph: Graph) -> None:
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
                found=grouped(there.get(first.iri, 0)),
                wanted=grouped(first.lines),
                more=grouped(len(wrong) - 1),
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
