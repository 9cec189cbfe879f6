"""Names: the IRIs of everything in a knowledge base, minted from checked ids and never from free text."""

from __future__ import annotations

from censorkb.graph import term
from censorkb.ontology.prefixes import Prefixes
from censorkb.ontology.vocabulary import Vocabulary


class Names:
    """Mints terms under the base IRI.

    Args:
        prefixes: the prefixes of the ontology.
    """

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = prefixes
        self._known: dict[str, str] = {}
        self._supers: dict[str, tuple[str, ...]] = {}

    def __call__(self, curie: str) -> str:
        """The term of a CURIE such as `ckb:Claim`."""
        if curie not in self._known:
            self._known[curie] = term.iri(self._prefixes.iri(curie))
        return self._known[curie]

    def part(self, whole: str, fragment: str) -> str:
        """The term of a part that lives on the page of its whole: a copy, a quote, a date."""
        return f"{whole[:-1]}{'-' if '#' in whole else '#'}{fragment}>"

    def supers(self, class_: str, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The terms of a class (a CURIE) and all classes above it, nearest first."""
        if class_ not in self._supers:
            above = vocabulary.superclasses(vocabulary.node(class_))
            self._supers[class_] = tuple(f"<{c.value}>" for c in above) or (self(class_),)
        return self._supers[class_]

    def id_of(self, known: str) -> str:
        """The id that contributors write for a term."""
        return self._prefixes.local(known[1:-1])
