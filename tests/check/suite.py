"""The W3C SHACL test suite: where it comes from, its tests, and their shapes in the form that the engine reads.

The suite is not part of the project. pySHACL's source archive carries it; pip gets that once, by the digest in suite.txt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from censorkb.check.compiler import SEVERITIES
from censorkb.check.referee_graph import back, graph
from censorkb.ontology.form import kebab
from censorkb.ontology.vocabulary import Node, Term, Triple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WANTED = HERE / "suite.txt"
INSIDE = "test/resources/sht_tests/"
TEST = "http://www.w3.org/ns/shacl-test#"
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
MADE = "https://made-up.example/"
ITSELF = ox.NamedNode(f"{MADE}itself")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUB = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
CLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")
SHACL = "http://www.w3.org/ns/shacl#"
TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
OF_NODE_SHAPES = {"property", "sparql", "deactivated"}
OF_BOTH = {"severity", "message"}
REPORT = {f"{SHACL}{name}" for name in ("conforms", "resultSeverity")}


def fetch() -> Path:
    """The folder of the suite, which is got from the package index unless an earlier run did.

    Raises:
        RuntimeError: it can't be had.
    """
    name = WANTED.read_text("utf-8").split("\n")[1].split(" ")[0].replace("==", "-")
    kept = ROOT / "build" / f"{name}-suite"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as draft:
            wish = ["--no-deps", "--no-binary", ":all:", "--require-hashes", "--requirement", str(WANTED)]
            pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *wish]
            got = subprocess.run([*pip, "--dest", draft], capture_output=True, text=True, check=False)
            if got.returncode:
                raise RuntimeError(f"the W3C SHACL suite can't be had; is the package index in reach?\n{got.stderr}")
            with tarfile.open(Path(draft, f"{name}.tar.gz")) as archive:
                for member in archive:
                    _, found, file = member.name.partition(INSIDE)
                    if found and member.isfile() and ".." not in file:
                        target = Path(draft, "suite", file)
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(archive.extractfile(member).read())
            try:
                os.replace(Path(draft, "suite"), kept)
            except OSError:
                if not kept.exists():  # else another run was faster
                    raise
    return kept


@dataclass(frozen=True)
class Result:
    """One result of a report; what it does not have is empty.

    Args:
        source: the shape; empty where it has no name.
        message: only where the suite expects one.
    """

    focus: str
    path: str
    value: str
    component: str
    severity: str
    source: str
    message: str


@dataclass(frozen=True)
class Example:
    """A test of the suite: whether a data graph conforms to a shapes graph, and what breaks it."""

    name: str
    data: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    expected: frozenset[Result]
    with_messages: bool


def read(folder: Path) -> list[Example]:
    """The tests of the core of SHACL."""
    tests = []
    for path in sorted(folder.glob("core/**/*.ttl")):
        facts = Facts(_parse(path))
        for test in facts.subjects(TYPE, ox.NamedNode(f"{TEST}Validate")):
            action, result = (facts.one(test, f"{MANIFEST}{name}") for name in ("action", "result"))
            data, shapes = (
                _graph(facts, facts.one(action, f"{TEST}{name}"), path) for name in ("dataGraph", "shapesGraph")
            )
            with_messages = any(facts.all(None, f"{SHACL}resultMessage"))
            tests.append(
                Example(
                    path.relative_to(folder / "core").with_suffix("").as_posix(),
                    data,
                    shapes,
                    frozenset(results(facts, result, with_messages)),
                    with_messages,
                )
            )
    return tests


def results(facts: Facts, report: Term, with_messages: bool) -> Iterator[Result]:
    """The results of a report."""
    for node in facts.objects(report, f"{SHACL}result"):
        said = {
            name: facts.one(node, f"{SHACL}{name}")
            for name in ("focusNode", "resultPath", "value", "sourceShape", "resultMessage")
        }
        component = facts.one(node, f"{SHACL}sourceConstraintComponent").value.removeprefix(SHACL)
        severity = facts.one(node, f"{SHACL}resultSeverity").value.replace(SHACL, "sh:")
        source = said["sourceShape"]
        yield Result(
            key(said["focusNode"]),
            key(said["resultPath"]),
            key(said["value"]),
            kebab(component.removesuffix("ConstraintComponent")),
            SEVERITIES[severity].value if severity in SEVERITIES else severity,
            source.value if isinstance(source, ox.NamedNode) else "",
            said["resultMessage"].value if with_messages and said["resultMessage"] else "",
        )


def pyshacl_says(test: Example) -> set[Result]:
    """What pySHACL reports of a test as the suite has it."""
    import pyshacl

    _, report, text = pyshacl.validate(graph(test.data), shacl_graph=graph(test.shapes), inference="none")
    if isinstance(report, bytes | Exception):
        raise RuntimeError(text)
    facts = Facts([(back(s), ox.NamedNode(str(p)), back(o)) for s, p, o in report])  # type: ignore[misc]  # no literal subjects
    (node,) = facts.subjects(TYPE, ox.NamedNode(f"{SHACL}ValidationReport"))
    return set(results(facts, node, test.with_messages))


class Facts:
    """Triples to look up in."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)

    def all(self, subject: Term | None, predicate: str) -> Iterator[Triple]:
        """The triples with a predicate, of a subject if one is given."""
        return (t for t in self.triples if t[1].value == predicate and subject in (None, t[0]))

    def objects(self, subject: Term | None, predicate: str) -> list[Term]:
        """What a subject has for a predicate."""
        return [triple[2] for triple in self.all(subject, predicate)]

    def one(self, subject: Term | None, predicate: str) -> Term | None:
        """The first of these, if there is one."""
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: ox.NamedNode, object_: Term) -> list[Node]:
        """What has an object for a predicate."""
        return [t[0] for t in self.all(None, predicate.value) if t[2] == object_]

    def above(self, class_: Term) -> set[Term]:
        """A class and all above it."""
        found, queue = set[Term](), [class_]
        while queue:
            each = queue.pop()
            if each not in found:
                found.add(each)
                queue += self.objects(each, SUB.value)
        return found


def key(term: Term | None) -> str:
    """A term as it compares."""
    return "" if term is None else str(term) if isinstance(term, ox.Literal) else term.value


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


def _parse(path: Path) -> list[Triple]:
    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]  # type: ignore[misc]  # no triple terms


def _graph(facts: Facts, name: Term | None, path: Path) -> tuple[Triple, ...]:
    assert name is not None
    return tuple(facts.triples if name.value == path.as_uri() else _parse(path.with_name(Path(name.value).name)))
