"""Words: the concepts that a contributor may write, by class and notation."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from censorkb.ontology.vocabulary import Vocabulary


class Words:
    """Concepts of all schemes by the word that stands for them in a fact file (`skos:notation`)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._v = vocabulary
        self._by_class: dict[ox.NamedNode, dict[str, ox.NamedNode]] = defaultdict(dict)
        generic = vocabulary.node("skos:Concept")
        for concept in vocabulary.instances("skos:Concept"):
            for class_ in vocabulary.values(concept, "rdf:type"):
                if isinstance(class_, ox.NamedNode) and isinstance(concept, ox.NamedNode) and class_ != generic:
                    self._by_class[class_][vocabulary.text(concept, "skos:notation")] = concept

    def of(self, class_: ox.NamedNode) -> dict[str, ox.NamedNode]:
        """Concepts of a class by their word."""
        return self._by_class[class_]

    def labels(self, concept: ox.NamedNode) -> list[str]:
        """All names of a concept, in all languages."""
        terms = self._v.values(concept, "skos:prefLabel") + self._v.values(concept, "skos:altLabel")
        return [term.value for term in terms]
