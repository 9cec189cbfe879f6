"""Held: whether a server says what the data set says, graph by graph, before anybody believes what it answers."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import Refusal, shown, verbatim
from censorkb.query.endpoint.graphs import Graph, counted, plain, sort
from censorkb.query.endpoint.holder import Holder
from censorkb.query.endpoint.note import Note, store_of
from censorkb.query.endpoint.remote import Remote
from censorkb.query.given import given
from censorkb.query.limits import Limits
from censorkb.query.queries import read

_SECONDS = 300.0  # for one question of everything
_NODE = re.compile(rb"<([^>]*)>")
Say = Callable[[str], object]


class NotHeld(Refusal, OSError):
    """A server does not have the data set; the text is a sentence for the user."""


@contextmanager
def holder(ontology: Ontology, endpoint: str, out: Path, quads: Path, say: Say) -> Iterator[Holder]:
    """A server that has the data set, to be asked.

    Args:
        ontology: its terms are a graph of their own.
        endpoint: address for queries.
        out: folder of the build, with the note of what was pushed.
        quads: the data set as N-Quads of record.
        say: told what is being done.

    Raises:
        NotHeld: it has something else.
        EndpointFailed: it can't be used.
    """
    with Remote(ontology, endpoint, Limits(_SECONDS)) as remote:
        nodes = Held(ontology, remote, endpoint, Note(out, store_of(endpoint)), say).nodes(quads)
        yield Holder(ontology, remote, endpoint, nodes)


class Held:
    """Compares a server with a data set.

    Args:
        ontology: its terms are a graph of their own.
        remote: asks the server.
        endpoint: address of its query endpoint, for what is said.
        note: what a push has put there.
        say: told what is being done.
    """

    def __init__(self, ontology: Ontology, remote: Remote, endpoint: str, note: Note, say: Say) -> None:
        self._ontology, self._remote, self._endpoint = ontology, remote, endpoint
        self._note, self._say = note, say

    def nodes(self, quads: Path) -> set[str]:
        """Make sure that the server has all graphs as they are and none else of ours; the IRIs that they name.

        A graph is believed to be the same if the server counts as many statements and the note has the same record of it;
        without a note it is read and compared.

        Args:
            quads: the data set as N-Quads of record.

        Raises:
            NotHeld: it has something else.
            EndpointFailed: it can't be used.
        """
        space = self._ontology.prefixes.names["graph"]
        with tempfile.TemporaryDirectory() as folder, quads.open("rb") as lines:
            self._say("comparing the server with the facts")
            graphs = sort(self._ontology, lines, Path(folder))
            found = {iri: number for iri, number in counted(self._remote).items() if iri.startswith(space)}
            wanted = {graph.iri: graph.lines for graph in graphs}
            for iri in sorted(found.keys() | wanted.keys()):
                if found.get(iri, 0) != wanted.get(iri, 0):
                    raise self._refusal(iri)
            for graph in graphs:
                if self._note.records.get(graph.iri) != graph.record and not self._is_same(graph):
                    raise self._refusal(graph.iri)
            return {node for graph in graphs for node in _nodes(graph)}

    def _is_same(self, graph: Graph) -> bool:
        """Whether the server says what a graph says, read to its end."""
        answer = self._remote.send(given(read("statements"), {ox.Variable("graph"): ox.NamedNode(graph.iri)}))
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in answer.rows)
        try:
            return plain(lines.encode()) == plain(graph.path.read_bytes())
        except (SyntaxError, ValueError):  # a row lacks a value
            return False

    def _refusal(self, graph: str) -> NotHeld:
        name, endpoint = self._ontology.prefixes.curie(graph), shown(self._endpoint)
        return NotHeld("not-held", endpoint=verbatim(endpoint), graph=verbatim(shown(name)))


def _nodes(graph: Graph) -> Iterator[str]:
    """The IRIs in a graph, and its own; what looks like one in a text does no harm."""
    yield graph.iri
    with graph.path.open("rb") as lines:
        for line in lines:
            yield from (found.decode() for found in _NODE.findall(line))
