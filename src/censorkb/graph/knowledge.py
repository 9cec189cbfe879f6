"""A knowledge base, read: its ontology, its documents, and the statements they make."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from censorkb.facts.document import Document, Folder
from censorkb.graph import references
from censorkb.graph.builder import build
from censorkb.graph.mapped import Mapped
from censorkb.graph.mapper import Mapper
from censorkb.graph.names import Names
from censorkb.graph.register import Elsewhere, Register
from censorkb.graph.statements import unpack
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, Problem
from censorkb.root import Root

MOST_DETAILS = 16  # problems come by file, so a few are enough


@dataclass(frozen=True, slots=True)
class Detail:
    """A document mapped again.

    Args:
        mapper: what it says, with the places.
        unresolved: what is wrong with its references.
    """

    mapper: Mapper
    unresolved: list[Problem]


class Knowledge:
    """What the files of a knowledge base say.

    Args:
        root: where it is.
        ontology: what may be said.
        elsewhere: what is known of documents that need not be read.
    """

    def __init__(self, root: Root, ontology: Ontology, elsewhere: Elsewhere | None = None) -> None:
        self.root, self.ontology = root, ontology
        self.names = Names(ontology.prefixes)
        self.folder = Folder(root, list(ontology.forms.by_folder))
        self.documents: dict[str, Document] = {}
        self.mapped: dict[str, Mapped] = {}
        self.register = Register(elsewhere)
        self._elsewhere = elsewhere
        self._details: dict[str, Detail] = {}

    @classmethod
    def read(cls, root: Root, ontology: Ontology | None = None) -> Knowledge:
        """Read a knowledge base; faults of the data are kept as problems.

        Args:
            root: where it is.
            ontology: what may be said, if it was read before.
        """
        knowledge = cls(root, ontology or Ontology(root.ontology))
        for document in knowledge.folder.documents():
            knowledge.take(document)
        return knowledge

    def take(self, document: Document) -> Mapped:
        """Read and map a document."""
        mapper = Mapper(self.ontology, self.names, self._taken_from(document.name))
        before = len(self.folder.problems)
        node = self.folder.read(document)
        faults, self.folder.problems[before:] = self.folder.problems[before:], []
        build(mapper, document, node)
        lost = node is None and self.ontology.forms.by_folder[document.folder].several
        mapped = Mapped.of(document.name, mapper, faults, lost)
        self.keep(document, mapped)
        return mapped

    def keep(self, document: Document, mapped: Mapped) -> None:
        """Take a document with what is known of it."""
        document.claims = mapped.claims
        self.documents[document.name] = document
        self.mapped[document.name] = mapped
        self.register.add(mapped)

    def forget(self) -> None:
        """Let go of what the documents say, once it is all written: a tenth of the memory of a large build."""
        self.mapped.clear()
        self.register = Register()

    @property
    def text_problems(self) -> list[Problem]:
        """What the text rules found in the documents that were mapped, and in the names of all files."""
        return [*self.folder.problems, *chain.from_iterable(map(self.problems, self.mapped))]

    def problems(self, name: str) -> list[Problem]:
        """What the text rules found in a document."""
        unresolved = self.detail(name).unresolved if self.is_loose(name) else []
        return [*self.mapped[name].problems, *unresolved]

    def is_loose(self, name: str) -> bool:
        """Whether there is something to say of a reference in a document."""
        return not all(self.register.is_good(*want) for want in self.mapped[name].wants)

    def lines(self) -> Iterator[str]:
        """What the files say as lines of N-Quads, by document and in code-point order, each once."""
        return (line for mapped in self.portions() for line in self.lines_of(mapped))

    def portions(self) -> Iterator[Mapped]:
        """What each document says, in the order of their names."""
        others = self._elsewhere.others() if self._elsewhere else ()
        near = (self.mapped[name] for name in sorted(self.mapped))
        return heapq.merge(near, others, key=attrgetter("name"))

    def lines_of(self, mapped: Mapped) -> list[str]:
        """What a document says as lines of N-Quads in code-point order."""
        former = self.register.former
        found = {f"{line[:-1]}{graph} .\n" for graph, pack in mapped.packs.items() for line in unpack((pack,), former)}
        return sorted(found)

    def said_by(self, name: str) -> Mapped:
        """What a document says; KeyError if there is none of this name."""
        if self._elsewhere and name not in self.mapped:
            return self._elsewhere.mapped(name)
        return self.mapped[name]

    def place(self, subject: str, predicate: str = "", object_: str = "") -> Place:
        """Where a statement stands: the nearest known place of its value, its key, or its subject, all terms."""
        owner = self.register.place(whole(subject))
        if owner is None or owner.file not in self.mapped:
            return owner or Place("facts")
        return self.detail(owner.file).mapper.statements.place(subject, predicate, object_) or owner

    def detail(self, name: str) -> Detail:
        """A document mapped again, with the places of its statements and its references looked up.

        The places of all statements together would take too much room, and a file takes milliseconds.
        """
        if name not in self._details:
            mapper = Mapper(self.ontology, self.names, self._taken_from(name))
            build(mapper, self.documents[name], Folder(self.root, []).read(self.documents[name]))
            before = len(mapper.problems)
            references.resolve(mapper, self.register)
            if len(self._details) == MOST_DETAILS:
                del self._details[next(iter(self._details))]
            self._details[name] = Detail(mapper, mapper.problems[before:])
        return self._details[name]

    def _taken_from(self, name: str) -> Callable[[str], Place | None]:
        """Where an id stands in another document than this one."""

        def taken(term: str) -> Place | None:
            place = self.register.place(term)
            return place if place and place.file != name else None

        return taken


def whole(term: str) -> str:
    """The term of the thing that a part belongs to: a copy, a quote, a date."""
    return term.partition("#")[0].removesuffix(">") + ">"
