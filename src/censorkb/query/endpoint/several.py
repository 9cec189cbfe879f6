"""Several graphs at once: sent in one request as N-Quads, and read back in another, where a server does that.

The Graph Store Protocol knows a graph at a time. Some servers, Oxigraph and Fuseki among them, take quads at the address of the
whole store, and give them back from there; Virtuoso says 200 and keeps nothing. So a few graphs go first, and are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from censorkb.query.endpoint.client import Client, EndpointFailed
from censorkb.query.endpoint.graphs import Graph, apart, plain

FEWEST = 4  # graphs; fewer are as quick one by one
_FIRST = 3  # graphs by which a server shows that it takes several
_BATCH = 200_000  # statements of a request
_MOST = 2_000_000  # statements to read back at once, which are held in memory
_END = b" .\n"  # of a line of N-Triples, and nowhere else in it
_QUADS = "application/n-quads"
_UNABLE = range(400, 600)
_KEPT_OUT = (401, 403)
# Oxigraph then loads as its own loader does, and may break off in between; what is there is compared afterwards in any case.
_AT_ONCE = {"no_transaction": ""}
Counted = Callable[[], dict[str, int]]


class Several:
    """The whole graph store of a server.

    Args:
        client: talks to it.
        store: its address.
        counted: how many statements each graph of the server has.
    """

    def __init__(self, client: Client, store: str, counted: Counted) -> None:
        self._client, self._store, self._counted = client, store, counted

    def send(self, graphs: Sequence[Graph], say: Callable[[Graph], object]) -> bool:
        """Send graphs that the server does not have; False if it shows with the first that it can't take several.

        Args:
            graphs: at least so many that it is worth it.
            say: told the last graph of each request.

        Raises:
            EndpointFailed: the server fails or takes too long.
        """
        smallest = sorted(graphs, key=lambda graph: graph.lines)[:_FIRST]
        try:
            self._post(smallest)
        except EndpointFailed as fault:
            if fault.status in _UNABLE and fault.status not in _KEPT_OUT:
                return False
            raise
        there = self._counted()
        if any(there.get(graph.iri) != graph.lines for graph in smallest):
            return False
        first = {graph.iri for graph in smallest}
        rest = iter([graph for graph in graphs if graph.iri not in first])
        while batch := list(_batch(rest)):
            say(batch[-1])
            self._post(batch)
        return True

    def _post(self, graphs: list[Graph]) -> None:
        # Without its length, Virtuoso takes what is sent for other requests.
        length = sum(graph.path.stat().st_size + graph.lines * (len(_end(graph)) - len(_END)) for graph in graphs)
        headers = {"Content-Type": _QUADS, "Content-Length": str(length)}
        self._client.send("POST", self._store, _AT_ONCE, _Quads(graphs), headers)

    def same(self, graphs: Sequence[Graph], statements: int) -> set[str]:
        """Which graphs the server has as they are; none if it does not give all of them at once.

        Args:
            graphs: what it should have.
            statements: how many it has in all of its graphs.
        """
        if statements > _MOST:
            return set()
        try:
            _, content = self._client.send("GET", self._store, {}, headers={"Accept": _QUADS})
        except EndpointFailed as fault:
            if fault.status in _UNABLE or 0 < fault.status < 300:
                return set()
            raise
        wanted = {graph.iri for graph in graphs}
        found: dict[str, list[bytes]] = {}
        try:
            for iri, triple in apart(content.splitlines(keepends=True)):
                if iri in wanted:
                    found.setdefault(iri, []).append(triple)
        except ValueError:  # a line without a graph: no quads, or some of the default graph
            return set()
        return {graph.iri for graph in graphs if _is_same(graph, sorted(found.get(graph.iri, [])))}


def _is_same(graph: Graph, triples: list[bytes]) -> bool:
    """Whether triples are those of a graph, most often to the byte."""
    sent = graph.path.read_bytes()
    if triples == sorted(sent.splitlines(keepends=True)):
        return True
    try:
        return len(triples) == graph.lines and plain(b"".join(triples)) == plain(sent)
    except (SyntaxError, ValueError):
        return False


def _batch(graphs: Iterator[Graph]) -> Iterator[Graph]:
    size = 0
    while size < _BATCH and (more := list(islice(graphs, 1))):
        size += more[0].lines
        yield more[0]


class _Quads:
    """Graphs as N-Quads, as often as they are wanted."""

    def __init__(self, graphs: list[Graph]) -> None:
        self._graphs = graphs

    def __iter__(self) -> Iterator[bytes]:
        for graph in self._graphs:
            yield graph.path.read_bytes().replace(_END, _end(graph))


def _end(graph: Graph) -> bytes:
    return b" <%s> .\n" % graph.iri.encode()
