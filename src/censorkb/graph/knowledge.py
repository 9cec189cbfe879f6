"""A knowledge base, read: its ontology, its documents, and the statements they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from censorkb.facts.document import Document, Folder
from censorkb.facts.node import Mapping
from censorkb.graph.builder import add, build
from censorkb.graph.mapper import Mapper
from censorkb.graph.statements import Statements
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, Problem
from censorkb.root import Root

MOST_REREAD = 16  # findings come by file, so a few are enough


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the files of a knowledge base say.

    Args:
        root: where it is.
        ontology: what may be said.
        documents: the fact files by name, in order.
        mapper: the statements, and what the text rules found.
        unread: what is wrong with files that could not be read.
    """

    root: Root
    ontology: Ontology
    documents: dict[str, Document]
    mapper: Mapper
    unread: list[Problem]
    _reread: dict[str, Statements] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, root: Root, ontology: Ontology | None = None) -> Knowledge:
        """Read a knowledge base; faults of the data are kept as problems.

        Args:
            root: where it is.
            ontology: what may be said, if it was read before.
        """
        ontology = ontology or Ontology(root.ontology)
        folder = Folder(root, list(ontology.forms.by_folder))
        documents: dict[str, Document] = {}

        def kept() -> Iterator[tuple[Document, Mapping | None]]:
            for document, node in folder:
                documents[document.name] = document
                yield document, node

        return cls(root, ontology, documents, build(ontology, kept()), folder.problems)

    @property
    def text_problems(self) -> list[Problem]:
        """What the text rules found."""
        return self.unread + self.mapper.problems

    def lines(self) -> Iterator[str]:
        """What the files say as lines of N-Quads, by graph and in code-point order."""
        return self.mapper.statements.lines()

    def place(self, subject: str, predicate: str = "", object_: str = "") -> Place:
        """Where a statement stands: the nearest known place of its value, its key, or its subject, all terms.

        The file is read and mapped again, since the places of all statements together would take too much room.
        """
        whole = subject.partition("#")[0].removesuffix(">") + ">"
        owner = self.mapper.owners.get(whole)
        if owner is None or owner.file not in self.documents:
            return owner or Place("facts")
        return self._statements(owner.file).place(subject, predicate, object_) or owner

    def _statements(self, name: str) -> Statements:
        """The statements of one document, with their places."""
        if name not in self._reread:
            mapper, document = Mapper(self.ontology), self.documents[name]
            add(mapper, document, Folder(self.root, []).read(document))
            if len(self._reread) == MOST_REREAD:
                del self._reread[next(iter(self._reread))]
            self._reread[name] = mapper.statements
        return self._reread[name]
