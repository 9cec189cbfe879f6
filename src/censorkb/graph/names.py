"""Names: the IRIs of everything in a knowledge base, minted from checked ids and never from free text."""

from __future__ import annotations

from censorkb.graph import term
from censorkb.ontology.prefixes import Prefixes


class Names:
    """Mints terms under the base IRI.

    Args:
        prefixes: the prefixes of the ontology.
    """

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = prefixes
        self._known: dict[str, str] = {}

    def __call__(self, curie: str) -> str:
        """The term of a CURIE such as `ckb:Claim`."""
        if curie not in self._known:
            self._known[curie] = term.iri(self._prefixes.iri(curie))
        return self._known[curie]

    def part(self, whole: str, fragment: str) -> str:
        """The term of a part that lives on the page of its whole: a copy, a quote, a date."""
        return f"{whole[:-1]}{'-' if '#' in whole else '#'}{fragment}>"

    def id_of(self, known: str) -> str:
        """The id that contributors write for a term."""
        return self._prefixes.local(known[1:-1])
