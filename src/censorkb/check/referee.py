"""The referee: what the shapes mean according to pySHACL, as findings that can be compared with the engine's.

pySHACL is one to three orders of magnitude slower, so it judges tests and whatever is in doubt (`check --referee`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from censorkb.check.compiler import SEVERITIES, compile_shapes
from censorkb.check.constraint import PLACEHOLDER, Constraint
from censorkb.check.finding import Finding
from censorkb.ontology.form import kebab
from censorkb.ontology.vocabulary import Node, Term, Triple, Vocabulary

if TYPE_CHECKING:
    from censorkb.check.referee_graph import RdfGraph

# A dollar sign that anchors: neither escaped nor in a character class.
END_OF_TEXT = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", re.DOTALL)


def judge(vocabulary: Vocabulary, store: ox.Store) -> list[Finding]:
    """Check a graph with pySHACL.

    Args:
        vocabulary: the shapes, with their messages and prefixes.
        store: facts and terms, in whatever named graphs.

    Returns:
        The same findings in the same order as the engine's.

    Raises:
        RuntimeError: pySHACL has refused the shapes or failed.
    """
    from censorkb.check import referee_graph  # here, since rdflib and pySHACL take half a second to import

    with referee_graph.at_work():
        return _Referee(vocabulary, store).findings()


class _Referee:
    def __init__(self, vocabulary: Vocabulary, store: ox.Store) -> None:
        from censorkb.check import referee_graph

        self._rdf = referee_graph
        self._v = vocabulary
        self._data = referee_graph.graph((q.subject, q.predicate, q.object) for q in store)
        self._constraints = {(each.source, each.component): each for each in compile_shapes(vocabulary)}

    def findings(self) -> list[Finding]:
        report = self._report()
        results = [self._rdf.back(term) for term in report.objects(None, self._rdf.term(self._v.node("sh:result")))]
        said = {result: self._said(report, result) for result in results if not isinstance(result, ox.Literal)}
        found = {finding for result in said.values() for finding in self._findings(result)}
        return sorted(found, key=lambda finding: finding.key)

    def _report(self) -> RdfGraph:
        import pyshacl

        from censorkb.check.referee_graph import RdfGraph

        shapes = self._rdf.graph(map(self._for_python, filter(self._is_wanted, self._v.shapes)))
        _, report, text = pyshacl.validate(self._data, shacl_graph=shapes, inference="none", advanced=False)
        if not isinstance(report, RdfGraph):
            raise RuntimeError(f"pySHACL: {text}")
        return report

    def _is_wanted(self, triple: Triple) -> bool:
        """Whether pySHACL is to see a triple: it fills messages in its own way and fails on some, so it sees none."""
        return triple[1] != self._v.node("sh:message")

    def _for_python(self, triple: Triple) -> Triple:
        """A triple of the shapes in pySHACL's dialect: Python's `$` also matches before a line break at the end."""
        subject, predicate, object_ = triple
        if predicate == self._v.node("sh:pattern") and isinstance(object_, ox.Literal):
            object_ = ox.Literal(END_OF_TEXT.sub(lambda found: found[1] or r"\Z", object_.value))
        return subject, predicate, object_

    def _said(self, report: RdfGraph, result: Node) -> dict[str, Term]:
        """What the report says of one result, by CURIE."""
        pairs = report.predicate_objects(self._rdf.term(result))
        return {self._v.prefixes.curie(str(predicate)): self._rdf.back(object_) for predicate, object_ in pairs}

    def _findings(self, said: dict[str, Term]) -> Iterator[Finding]:
        source, component = said["sh:sourceShape"], "sparql"
        if "sh:sourceConstraint" in said:
            source = said["sh:sourceConstraint"]
        else:
            name = self._v.prefixes.local(said["sh:sourceConstraintComponent"].value)
            component = kebab(name.removesuffix("ConstraintComponent"))
        constraint = self._constraints[source.value, component]
        severity = SEVERITIES[self._v.prefixes.curie(said["sh:resultSeverity"].value)]
        names = {"this": "sh:focusNode", "path": "sh:resultPath", "value": "sh:value"}
        bindings = {name: said[property_] for name, property_ in names.items() if property_ in said}
        for more in self._bindings(constraint, bindings):
            found = constraint.finding(bindings | more)
            yield Finding(found.focus, found.path, found.value, component, found.rule, severity, found.words)

    def _bindings(self, constraint: Constraint, known: dict[str, Term]) -> Iterator[dict[str, Term]]:
        """What else a query has bound for a result, if the message needs it: the report does not keep it as terms."""
        if constraint.path is not None or set(PLACEHOLDER.findall(constraint.message)) <= known.keys():
            yield {}
            return
        query = self._v.text(ox.NamedNode(constraint.source), "sh:select")
        for row in self._rdf.rows(self._data, query, self._v.prefixes.names, known["this"]):
            if all(row.get(name, known["this"]) == term for name, term in known.items()):
                yield row
