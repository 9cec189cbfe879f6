"""The base IRI and the prefixes of the knowledge base, set once in `ontology/prefixes.ttl`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox


@dataclass(frozen=True, slots=True, eq=False)
class Prefixes:
    """Short names of IRIs.

    Args:
        base: IRI that relative IRIs in the ontology's files are resolved against.
        names: prefix to namespace IRI.
    """

    base: str
    names: dict[str, str]
    _short: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def read(cls, folder: Path) -> Prefixes:
        """Read `prefixes.ttl` of an ontology folder (Turtle 1.1, section 2.4)."""
        parser = ox.parse(folder.joinpath("prefixes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        for _ in parser:  # the parser knows the prefixes only once it has read the file
            pass
        if parser.base_iri is None:
            raise ValueError("ontology/prefixes.ttl sets no @base")
        return cls(parser.base_iri, dict(parser.prefixes))

    def iri(self, curie: str) -> str:
        """Write a CURIE such as `ckb:Claim` in full; KeyError if the prefix is not declared."""
        prefix, _, local = curie.partition(":")
        return self.names[prefix] + local

    def node(self, curie: str) -> ox.NamedNode:
        """Make a term of a CURIE such as `ckb:Claim`; KeyError if the prefix is not declared."""
        return ox.NamedNode(self.iri(curie))

    def curie(self, iri: str) -> str:
        """Shorten an IRI with the longest namespace that fits; the IRI itself if none does."""
        if iri not in self._short:
            fitting = [
                (len(namespace), prefix) for prefix, namespace in self.names.items() if iri.startswith(namespace)
            ]
            length, prefix = max(fitting, default=(0, ""))
            self._short[iri] = f"{prefix}:{iri[length:]}" if fitting else iri
        return self._short[iri]

    def local(self, iri: str) -> str:
        """The part of an IRI after its namespace: the id that contributors write."""
        curie = self.curie(iri)
        return curie if curie == iri else curie.partition(":")[2]
