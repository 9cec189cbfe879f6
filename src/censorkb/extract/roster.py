"""The roster: what names stand for, by the labels and aliases of a knowledge base, so that X and Twitter are one."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources

import pyoxigraph as ox

from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

_ENTITIES = "entities/"
INTERNET = "internet"  # what all kinds of internet access, and the internet as a whole, stand for


@dataclass(frozen=True, slots=True)
class Roster:
    """Names of a knowledge base; a name that it does not have stands for itself.

    Args:
        things: what each folded name stands for.
        seats: the country of each authority, by what it is.
    """

    things: dict[str, frozenset[str]] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Root) -> Roster:
        """The names of a knowledge base and of its ontology; files of sources and measures have none and are not read."""
        knowledge = Knowledge(root, Ontology(root.ontology))
        for document in knowledge.folder.documents():
            if document.folder.startswith(_ENTITIES):
                knowledge.take(document)
        things: defaultdict[str, set[str]] = defaultdict(set)
        seats: dict[str, str] = {}
        for thing, name, code, network in _rows(knowledge):
            things[fold(name)].add(INTERNET if network else thing)
            if code:
                seats[thing] = code
        return cls({name: frozenset(found) for name, found in things.items()}, seats)

    @property
    def has_entities(self) -> bool:
        """Whether it knows more than the kinds of internet access."""
        return any(found != {INTERNET} for found in self.things.values())

    def stands_for(self, names: Iterable[str]) -> frozenset[str]:
        """What any of some names stands for."""
        return frozenset(thing for name in names for thing in self._thing(fold(name)))

    def seat(self, name: str) -> str | None:
        """The code of the country that an authority belongs to; None if the knowledge base does not say."""
        return next((self.seats[thing] for thing in sorted(self._thing(fold(name))) if thing in self.seats), None)

    def _thing(self, folded: str) -> frozenset[str]:
        if folded.endswith(INTERNET):
            return frozenset((INTERNET,))
        return self.things.get(folded, frozenset((folded,)))


def fold(name: str) -> str:
    """A name without case, punctuation and article."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _rows(knowledge: Knowledge) -> Iterator[tuple[str, str, str, bool]]:
    sparql = resources.files("censorkb.extract").joinpath("sparql/names.rq").read_text("utf-8")
    store = open_store(knowledge.ontology, knowledge.lines())
    found = store.query(sparql, prefixes=knowledge.ontology.prefixes.names, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    for thing, name, code, network in found:
        assert isinstance(thing, ox.NamedNode)
        assert isinstance(name, ox.Literal)
        assert code is None or isinstance(code, ox.Literal)
        assert isinstance(network, ox.Literal)
        yield thing.value, name.value, code.value if code else "", network.value == "true"
