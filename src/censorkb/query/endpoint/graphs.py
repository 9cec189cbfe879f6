"""Graphs: the data set of a build sorted into its named graphs, each as N-Triples, to be sent or compared one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.endpoint.remote import Remote
from censorkb.query.queries import read

_HELD = 50_000  # statements in memory


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of the data set.

    Args:
        iri: its name.
        record: SHA-256 of its lines.
        lines: how many statements it has.
        path: file with its N-Triples.
    """

    iri: str
    record: str
    lines: int
    path: Path


@dataclass(slots=True)
class _Sheet:
    path: Path
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    lines: int = 0
    waiting: list[bytes] = field(default_factory=list)

    def write(self) -> None:
        text = b"".join(self.waiting)
        with self.path.open("ab") as file:
            file.write(text)
        self.digest.update(text)
        self.lines += len(self.waiting)
        self.waiting.clear()


class Sheets:
    """Sorts lines of N-Quads into a file for each graph.

    Args:
        folder: where the files are written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sheets: dict[str, _Sheet] = {}

    def sort(self, quads: BinaryIO) -> list[Graph]:
        """Read N-Quads of record: a statement a line, with single blanks.

        Args:
            quads: of the data set, and of the terms.
        """
        parted = apart(quads)
        while some := list(islice(parted, _HELD)):
            touched: dict[str, _Sheet] = {}
            for graph, triple in some:
                sheet = touched.get(graph)
                if sheet is None:
                    sheet = self._sheets.setdefault(graph, _Sheet(self._folder / f"{len(self._sheets)}.nt"))
                    touched[graph] = sheet
                sheet.waiting.append(triple)
            for sheet in touched.values():
                sheet.write()
        return [
            Graph(iri, each.digest.hexdigest(), each.lines, each.path) for iri, each in sorted(self._sheets.items())
        ]


def apart(quads: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """The graph of each statement, and the statement without it.

    Args:
        quads: lines of N-Quads.

    Raises:
        ValueError: a line names no graph.
    """
    for line in quads:
        start = line.rindex(b" <")
        yield line[start + 2 : line.rindex(b">")].decode(), line[:start] + b" .\n"


def sort(ontology: Ontology, quads: BinaryIO, folder: Path) -> list[Graph]:
    """The graphs of a data set, that of the ontology's terms among them.

    Args:
        ontology: has the terms.
        quads: the data set as N-Quads of record.
        folder: where a file for each graph is written.
    """
    sheets, node = Sheets(folder), ontology.vocabulary.node("graph:ontology")
    sheets.sort(quads)
    terms = sorted({f"{s} {p} {o} {node} .\n" for s, p, o in ontology.vocabulary.terms})
    path = folder / "terms"
    path.write_text("".join(terms), "utf-8")
    with path.open("rb") as lines:
        return sheets.sort(lines)


def counted(remote: Remote) -> dict[str, int]:
    """How many statements each graph of a server has, by its IRI."""
    answer = remote.send(read("graphs"))
    found = {}
    for row in answer.rows:
        match row:
            case (ox.NamedNode() as graph, ox.Literal() as number) if number.value.isdecimal():
                found[graph.value] = int(number.value)
    return found


def plain(text: bytes) -> set[ox.Quad]:
    """Statements with numbers and moments in one way of writing, which servers choose for themselves.

    Args:
        text: N-Triples.
    """
    store = ox.Store()
    store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES)
    return set(store)
