"""Chunks: a portion of the data set in each of its formats, made of nothing but the portion's statements and the prefixes.

The files of the data set are chunks one after the other, so that no more than a portion need be in memory, and a chunk
whose portion has not changed need not be made again.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology

# Endings of the files: N-Quads of record, TriG, Turtle, JSON-LD, and N-Triples, packed since they say again what is in others.
FORMS = ("nq", "trig", "ttl", "jsonld", "nt.gz")
Parts = tuple[bytes, bytes, bytes, bytes, bytes]
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Chunk:
    """A portion of the data set in each format.

    Args:
        parts: the lines of N-Quads; TriG without prefixes; Turtle without prefixes and graphs; members of a JSON-LD array;
            N-Triples as a member of a gzip file (RFC 1952, section 2.2: members stand one after the other).
        record: SHA-256 of the lines of N-Quads.
    """

    parts: Parts
    record: str

    @classmethod
    def of(cls, parts: Parts) -> Chunk:
        """Take parts for what they are."""
        return cls(parts, hashlib.sha256(parts[0]).hexdigest())


class Chunker:
    """Makes chunks, and knows the `head` that stands before them in each format.

    Args:
        ontology: its prefixes.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._names = dict(sorted(ontology.prefixes.names.items()))
        # Oxigraph writes the prefixes at the head of every text, but for one without statements.
        triple = ox.Triple(*ontology.vocabulary.terms[0])
        trig, ttl = (self._written([triple], form) for form in (ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE))
        self.head: Parts = (b"", self._prefixes(trig), self._prefixes(ttl), b"[\n", b"")

    def chunk(self, lines: list[str]) -> Chunk:
        """Write a portion in all formats.

        Args:
            lines: its statements as N-Quads, in any order.

        Raises:
            ValueError: the lines are no N-Quads, or not one statement each.
        """
        record = sorted(set(lines))
        text = "".join(record).encode()
        quads = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
        if len(quads) != len(record):
            raise ValueError("the N-Quads do not hold what was written")  # our escaping is at fault, not the data
        graphs = [line[line.rindex(" <") :] for line in record]
        by_graph = [quads[i] for i in sorted(range(len(quads)), key=graphs.__getitem__)]
        triples = dict.fromkeys(quad.triple for quad in quads)  # two graphs may make a statement: it is one triple
        plain = "".join(dict.fromkeys(f"{line[: line.rindex(' <')]} .\n" for line in record))
        _, trig, ttl, *_ = self.head
        return Chunk.of(
            (
                text,
                self._bare(self._written(by_graph, ox.RdfFormat.TRIG), trig),
                self._bare(self._written(triples, ox.RdfFormat.TURTLE), ttl),
                self._written(by_graph, ox.RdfFormat.JSON_LD)[1:-1],
                gzip.compress(plain.encode(), _LEVEL, mtime=0) if plain else b"",
            )
        )

    def whole(self, triples: list[ox.Triple]) -> bytes:
        """Write triples as a Turtle file of their own."""
        return self._written(sorted(triples, key=str), ox.RdfFormat.TURTLE)

    def _written(
        self, statements: list[ox.Quad] | list[ox.Triple] | dict[ox.Triple, None], form: ox.RdfFormat
    ) -> bytes:
        content = ox.serialize(statements, format=form, prefixes=self._names)
        assert content is not None  # it is None only when an output is given
        return content

    def _prefixes(self, text: bytes) -> bytes:
        """The lines at the head of a text that declare the prefixes."""
        lines = text.splitlines(keepends=True)[: len(self._names)]
        assert all(line.startswith(b"@prefix ") for line in lines)
        return b"".join(lines)

    @staticmethod
    def _bare(text: bytes, head: bytes) -> bytes:
        assert text.startswith(head) or not text
        return text.removeprefix(head)
