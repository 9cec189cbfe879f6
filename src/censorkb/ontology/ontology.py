"""The ontology of a knowledge base in one object."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from censorkb.ontology.form import Forms
from censorkb.ontology.vocabulary import Vocabulary
from censorkb.ontology.words import Words


class Ontology:
    """Terms, forms and words of one ontology folder.

    Args:
        folder: the folder `ontology/` of a knowledge base.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vocabulary = Vocabulary(folder)
        self.prefixes = self.vocabulary.prefixes

    @cached_property
    def forms(self) -> Forms:
        """What may be written; made for who asks, since it takes as long as a small question."""
        return Forms(self.vocabulary)

    @cached_property
    def words(self) -> Words:
        """The words of its schemes."""
        return Words(self.vocabulary)
