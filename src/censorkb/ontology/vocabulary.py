"""The triples of the ontology folder, indexed for look-ups by CURIE."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from censorkb.ontology.prefixes import Prefixes

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Triple = tuple[Node, ox.NamedNode, Term]

TERMS = ("censorkb.ttl", "schemes/*.ttl")
SHAPES = ("shapes/*.ttl",)


class Vocabulary:
    """Terms, schemes and shapes of one ontology folder.

    Args:
        folder: the folder `ontology/` of a knowledge base.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.prefixes = Prefixes.read(folder)
        self.terms = tuple(self._read(TERMS))

    @cached_property
    def shapes(self) -> tuple[Triple, ...]:
        """The shapes, and the prefixes that their queries use; read for who asks, since questions to the data do not."""
        return (*self._read(SHAPES), *self._declarations())

    @cached_property
    def _by_subject(self) -> dict[Node, dict[str, list[Term]]]:
        found: dict[Node, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object_ in (*self.terms, *self.shapes):
            found[subject][predicate.value].append(object_)
        return found

    @cached_property
    def _by_object(self) -> dict[Term, dict[str, list[Node]]]:
        found: dict[Term, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object_ in (*self.terms, *self.shapes):
            found[object_][predicate.value].append(subject)
        return found

    def _read(self, patterns: tuple[str, ...]) -> Iterator[Triple]:
        for pattern in patterns:
            for path in sorted(self.folder.glob(pattern)):
                # Blank nodes of two files must not meet, so each file gets labels of its own from the parser.
                for quad in ox.parse(
                    path.read_bytes(),
                    format=ox.RdfFormat.TURTLE,
                    base_iri=self.prefixes.base,
                    rename_blank_nodes=True,
                ):
                    yield (quad.subject, quad.predicate, quad.object)

    def _declarations(self) -> Iterator[Triple]:
        """SHACL wants prefixes as triples (SHACL, section 5.2.1): made from the one place where they are set."""
        owner, node = self.node("ckb:prefixes"), self.node
        for prefix, namespace in sorted(self.prefixes.names.items()):
            declaration = ox.NamedNode(f"{owner.value}-{prefix}")
            yield (owner, node("sh:declare"), declaration)
            yield (declaration, node("sh:prefix"), ox.Literal(prefix))
            yield (declaration, node("sh:namespace"), ox.Literal(namespace, datatype=node("xsd:anyURI")))

    def node(self, curie: str) -> ox.NamedNode:
        """Make a term of a CURIE such as `sh:path`."""
        return self.prefixes.node(curie)

    def values(self, subject: Node, predicate: str) -> list[Term]:
        """Objects of a subject and a predicate (a CURIE), in file order."""
        return self._by_subject[subject][self.prefixes.iri(predicate)] if subject in self._by_subject else []

    def value(self, subject: Node, predicate: str) -> Term | None:
        """The first object of a subject and a predicate (a CURIE), if there is one."""
        found = self.values(subject, predicate)
        return found[0] if found else None

    def text(self, subject: Node, predicate: str, language: str = "en") -> str:
        """The text of a literal, in a language if it has one; empty if there is none."""
        literals = [term for term in self.values(subject, predicate) if isinstance(term, ox.Literal)]
        return next((term.value for term in literals if term.language in (None, language)), "")

    def subjects(self, predicate: str, object_: Term) -> list[Node]:
        """Subjects that have this object for a predicate (a CURIE), in file order."""
        return self._by_object[object_][self.prefixes.iri(predicate)] if object_ in self._by_object else []

    def instances(self, class_: str) -> list[Node]:
        """Nodes with a class (a CURIE) as their type, in file order."""
        return self.subjects("rdf:type", self.node(class_))

    def items(self, head: Term) -> Iterator[Term]:
        """Members of an RDF list."""
        nil = self.node("rdf:nil")
        while head != nil and not isinstance(head, ox.Literal):
            first, rest = self.value(head, "rdf:first"), self.value(head, "rdf:rest")
            if first is None or rest is None:
                return
            yield first
            head = rest

    def superclasses(self, class_: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
        """A class and all classes above it that this ontology declares, nearest first."""
        found: dict[ox.NamedNode, None] = {}
        queue: list[Term] = [class_]
        declared = self.node("owl:Class")
        while queue:
            term = queue.pop(0)
            if isinstance(term, ox.NamedNode) and term not in found and declared in self.values(term, "rdf:type"):
                found[term] = None
                queue += self.values(term, "rdfs:subClassOf")
        return tuple(found)
