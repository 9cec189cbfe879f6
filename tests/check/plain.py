"""Tests of the W3C SHACL suite in the form that the engine reads."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from check.suite import MANIFEST, ROOT, SHACL, TEST, TYPE, Example, Facts, Result, key

from censorkb.ontology.vocabulary import Node, Term, Triple

MADE = "https://made-up.example/"
ITSELF = ox.NamedNode(f"{MADE}itself")
CLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")
TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
OF_NODE_SHAPES = {"property", "sparql", "deactivated"}
OF_BOTH = {"severity", "message"}
REPORT = {f"{SHACL}{name}" for name in ("conforms", "resultSeverity")}


class Plain:
    """A test in the form that the engine reads, which means the same.

    The engine knows the targets that our shapes use, classes whose superclasses are written out, and constraints on the
    values of properties. So each shape gets a made-up class, which its focus nodes have by SHACL, section 2.1.3; what it
    asks of the focus nodes themselves it asks of a made-up property that leads from each to itself; and a literal in
    focus gets a made-up node to stand for it.
    """

    def __init__(self, test: Example) -> None:
        self.triples: list[Triple] = [*test.data]
        self._test, self._data, self._shapes = test, Facts(test.data), Facts(test.shapes)
        self._written: list[Triple] = []  # shapes
        self._standing: dict[str, Term] = {}  # literals by what stands for them
        self._sources: dict[str, str] = {}  # shapes by what was made of them
        for node, _, class_ in self._data.all(None, TYPE.value):
            self.triples += [(node, TYPE, above) for above in self._data.above(class_)]  # type: ignore[misc]
        targeted = sorted({t[0] for t in test.shapes if self._is_targeted(t)}, key=str)
        for number, shape in enumerate(targeted):
            self._add(shape, number)
        told = {node for node, predicate, _ in test.shapes if predicate.value.startswith((MANIFEST, TEST))}
        reports = {node for node, predicate, _ in test.shapes if predicate.value in REPORT}
        self._written += [
            triple for triple in test.shapes if triple[0] not in {*told, *reports} and triple[0] not in targeted
        ]

    def write(self, folder: Path) -> None:
        """Write the shapes into a folder as an ontology of nothing else."""
        (folder / "shapes").mkdir(parents=True)
        (folder / "prefixes.ttl").write_text((ROOT / "ontology/prefixes.ttl").read_text("utf-8"), "utf-8")
        lines = (f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in self._written)
        (folder / "shapes/suite.ttl").write_text("".join(lines), "utf-8")

    def result(self, found: Result) -> Result:
        """A result of the engine as the suite has it."""
        return Result(
            key(self._standing[found.focus]) if found.focus in self._standing else found.focus,
            "" if found.path == ITSELF.value else found.path,
            found.value,
            found.component,
            found.severity,
            self._sources.get(found.source, found.source),
            found.message if self._test.with_messages else "",
        )

    def _is_targeted(self, triple: Triple) -> bool:
        if triple[1].value in {f"{SHACL}{name}" for name in TARGETS}:
            return True
        shape = triple[1] == TYPE and triple[2].value in (f"{SHACL}NodeShape", f"{SHACL}PropertyShape")
        return shape and CLASS in self._shapes.objects(triple[0], TYPE.value)

    def _focus(self, shape: Node) -> set[Term]:
        """The focus nodes of a shape."""
        found = set(self._shapes.objects(shape, f"{SHACL}targetNode"))
        classes = self._shapes.objects(shape, f"{SHACL}targetClass")
        if CLASS in self._shapes.objects(shape, TYPE.value):
            classes.append(shape)
        for node, _, class_ in self._data.all(None, TYPE.value):
            if not self._data.above(class_).isdisjoint(classes):
                found.add(node)
        for name, end in (("targetSubjectsOf", 0), ("targetObjectsOf", 2)):
            for predicate in self._shapes.objects(shape, f"{SHACL}{name}"):
                found |= {triple[end] for triple in self._data.all(None, predicate.value)}
        return found

    def _add(self, shape: Node, number: int) -> None:
        """Add a shape that has a target."""
        made, itself = (ox.NamedNode(f"{MADE}{name}{number}") for name in ("Shape", "itself-of-"))
        class_ = ox.NamedNode(f"{MADE}Class{number}")
        self._sources[itself.value] = shape.value if isinstance(shape, ox.NamedNode) else ""
        for count, node in enumerate(sorted(self._focus(shape), key=str)):
            focus = node
            if isinstance(focus, ox.Literal):
                focus = ox.NamedNode(f"{MADE}literal-{number}-{count}")
                self._standing[focus.value] = node
            self.triples += [(focus, TYPE, class_), (focus, ITSELF, node)]
        said = [(predicate, object_) for node, predicate, object_ in self._shapes.triples if node == shape]
        self._written += [
            (made, TYPE, ox.NamedNode(f"{SHACL}NodeShape")),
            (made, ox.NamedNode(f"{SHACL}targetClass"), class_),
        ]
        if any(predicate.value == f"{SHACL}path" for predicate, _ in said):
            self._written.append((made, ox.NamedNode(f"{SHACL}property"), shape))
            self._written += [
                (shape, p, o) for p, o in said if p.value.removeprefix(SHACL) not in TARGETS and p != TYPE
            ]
            return
        asked = False
        for predicate, object_ in said:
            name = predicate.value.removeprefix(SHACL)
            if name == predicate.value or name in TARGETS:
                continue
            if name in OF_NODE_SHAPES | OF_BOTH:
                self._written.append((made, predicate, object_))
            if name not in OF_NODE_SHAPES:
                self._written.append((itself, predicate, object_))
                asked = asked or name not in OF_BOTH
        if asked:
            self._written += [
                (made, ox.NamedNode(f"{SHACL}property"), itself),
                (itself, ox.NamedNode(f"{SHACL}path"), ITSELF),
            ]
