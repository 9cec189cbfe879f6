"""The W3C SHACL test suite: where it comes from, and its tests.

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
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUB = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
SHACL = "http://www.w3.org/ns/shacl#"


def fetch() -> Path:
    """The folder of the suite, which is got from the package index unless an earlier run did.

    Raises:
        RuntimeError: it can't be had.
    """
    name = WANTED.read_text("utf-8").split("\n")[1].split(" ")[0].replace("==", "-")
    kept = ROOT / ".venv" / f"{name}-suite"
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
                queue += self.objects(each, SUB)
        return found


def key(term: Term | None) -> str:
    """A term as it compares."""
    return "" if term is None else str(term) if isinstance(term, ox.Literal) else term.value


def _parse(path: Path) -> list[Triple]:
    quads = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]  # type: ignore[misc]  # no triple terms


def _graph(facts: Facts, name: Term | None, path: Path) -> tuple[Triple, ...]:
    assert name is not None
    return tuple(facts.triples if name.value == path.as_uri() else _parse(path.with_name(Path(name.value).name)))
