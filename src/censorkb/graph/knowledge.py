"""A knowledge base, read: its ontology, its documents, and the statements they make."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.facts.document import Document, read_all
from censorkb.graph.builder import build
from censorkb.graph.mapper import Mapper
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem
from censorkb.root import Root


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the files of a knowledge base say.

    Args:
        root: where it is.
        ontology: what may be said.
        documents: the fact files, in order.
        mapper: the statements, their places, and what the text rules found.
        unread: what is wrong with files that could not be read.
    """

    root: Root
    ontology: Ontology
    documents: list[Document]
    mapper: Mapper
    unread: list[Problem]

    @classmethod
    def read(cls, root: Root, ontology: Ontology | None = None) -> Knowledge:
        """Read a knowledge base; faults of the data are kept as problems.

        Args:
            root: where it is.
            ontology: what may be said, if it was read before.
        """
        ontology = ontology or Ontology(root.ontology)
        documents, unread = read_all(root, list(ontology.forms.by_folder))
        return cls(root, ontology, documents, build(ontology, documents), unread)

    @property
    def text_problems(self) -> list[Problem]:
        """What the text rules found."""
        return self.unread + self.mapper.problems

    def lines(self) -> list[str]:
        """What the files say as lines of N-Quads in code-point order."""
        return list(self.mapper.statements.lines())
