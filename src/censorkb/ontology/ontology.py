"""The ontology of a knowledge base in one object."""

from __future__ import annotations

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
        self.forms = Forms(self.vocabulary)
        self.words = Words(self.vocabulary)
