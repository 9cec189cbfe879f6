"""Linked data: what the data set says of each thing, as Turtle and JSON-LD at the place that the thing's name has on the site.

`<base>claim/x` is told of in `claim/x.ttl` and `claim/x.jsonld`. They are made of the lines of a portion of the data set, so
that they are renewed with it and no question need be asked for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from censorkb.graph.knowledge import whole
from censorkb.ontology.ontology import Ontology

FORMS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}


class Linked:
    """Makes the files of things.

    Args:
        ontology: its prefixes; things are what has a name below its base and no `#` in it.
    """

    def __init__(self, ontology: Ontology) -> None:
        self._base = ontology.prefixes.base
        self._names = sorted(ontology.prefixes.names.items())
        self._terms = ontology.vocabulary.terms

    def files(self, lines: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The files of the things that some statements are about.

        Args:
            lines: N-Quads; all that the data set says of these things and of their parts.

        Yields:
            The address of each file from the root of the site, and its bytes.
        """
        about: dict[str, dict[ox.Triple, None]] = {}
        for quad in ox.parse("".join(sorted(lines)).encode(), format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.NamedNode):
                about.setdefault(whole(str(quad.subject)), {})[quad.triple] = None
        yield from self._of(about)

    def words(self) -> Iterator[tuple[str, bytes]]:
        """The files of the words that facts are made of: concepts and their schemes."""
        about: dict[str, dict[ox.Triple, None]] = {}
        for triple in sorted((ox.Triple(*terms) for terms in self._terms), key=str):
            if (name := str(triple.subject)) == whole(name):
                about.setdefault(name, {})[triple] = None
        yield from self._of(about)

    def _of(self, about: dict[str, dict[ox.Triple, None]]) -> Iterator[tuple[str, bytes]]:
        for term, triples in about.items():
            if term[1:-1].startswith(self._base):
                path = term[1:-1].removeprefix(self._base)
                for ending, form in FORMS.items():
                    yield f"{path}.{ending}", self._written(triples, form)

    def _written(self, triples: Iterable[ox.Triple], form: ox.RdfFormat) -> bytes:
        used = {}
        if form == ox.RdfFormat.TURTLE:  # JSON-LD is written without prefixes
            text = " ".join(map(str, triples))
            used = {prefix: name for prefix, name in self._names if f"<{name}" in text}
        return ox.serialize(triples, format=form, prefixes=used) or b""
