"""Shapes to constraints: each SHACL component becomes one query over the whole graph.

The patterns of the queries are the files in `components/`; a component without a file is not understood.
Whatever is in the shapes is either compiled or refused: a constraint that is skipped in silence always holds.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from string import Template

import pyoxigraph as ox

from censorkb.check.constraint import PLACEHOLDER, Constraint
from censorkb.check.queries import has, read
from censorkb.check.select import Select
from censorkb.ontology.form import kebab, shape_name
from censorkb.ontology.vocabulary import Node, Term, Vocabulary
from censorkb.problem import Severity

SEVERITIES = {"sh:Violation": Severity.ERROR, "sh:Warning": Severity.WARNING, "sh:Info": Severity.NOTE}
# What SHACL lets a shape say that asks for nothing.
REMARKS = frozenset(
    {"sh:name", "sh:description", "sh:message", "sh:order", "sh:group", "sh:defaultValue", "sh:severity"}
)
OF_NODE_SHAPES = frozenset({"sh:targetClass", "sh:property", "sh:sparql"})
OF_SPARQL = frozenset({"sh:select", "sh:prefixes", "sh:message"})
OF_PREFIXES = frozenset({"sh:declare", "sh:prefix", "sh:namespace"})
# Components of which one value is understood; any other value is another query.
ONLY = {
    "sh:minCount": "1",
    "sh:maxCount": "1",
    "sh:uniqueLang": "true",
    "sh:nodeKind": "sh:IRI",
}
CASTS = frozenset(
    {"xsd:boolean", "xsd:date", "xsd:dateTime", "xsd:decimal", "xsd:double", "xsd:float", "xsd:integer", "xsd:string"}
)
UNCHECKED = frozenset({"xsd:anyURI", "rdf:langString"})


@functools.lru_cache(maxsize=1)  # the shapes of one run do not change
def compile_shapes(vocabulary: Vocabulary, *, tried: bool = False) -> tuple[Constraint, ...]:
    """Make a constraint of everything that the shapes ask for.

    Args:
        vocabulary: the shapes.
        tried: whether they have been compiled before, so that the engine is known to read the queries.

    Raises:
        NotImplementedError: the shapes use what this compiler does not understand.
        ValueError: the shapes contradict themselves, as with a message about a variable that no query binds.
    """
    return tuple(_Compiler(vocabulary, tried).constraints())


class _Compiler:
    def __init__(self, vocabulary: Vocabulary, tried: bool) -> None:
        self._v, self._tried = vocabulary, tried
        for shape in vocabulary.instances("sh:NodeShape"):
            if not isinstance(vocabulary.value(shape, "sh:targetClass"), ox.NamedNode):
                raise NotImplementedError(f"{shape}: a node shape without sh:targetClass")
        self._says: dict[Node, list[tuple[str, Term]]] = defaultdict(list)
        curie = functools.cache(vocabulary.prefixes.curie)  # a few dozen predicates, thousands of triples
        for subject, predicate, object_ in vocabulary.shapes:
            self._says[subject].append((curie(predicate.value), object_))
        self._understood: set[Node] = set()
        self._empty = ox.Store()  # to see whether the engine can read a query

    def constraints(self) -> Iterator[Constraint]:
        for shape in self._v.instances("sh:NodeShape"):
            for target in self._v.values(shape, "sh:targetClass"):
                assert isinstance(target, ox.NamedNode), f"{shape} has a target that is no IRI"
                yield from self._of_shape(shape, target)
        for subject, said in self._says.items():
            shacl = {name for name, _ in said if name.startswith("sh:")} - OF_PREFIXES
            if shacl and subject not in self._understood:
                raise NotImplementedError(f"{subject}: no node shape leads to its {', '.join(sorted(shacl))}")

    def _of_shape(self, shape: Node, target: ox.NamedNode) -> Iterator[Constraint]:
        self._refuse_others(shape, OF_NODE_SHAPES)
        if self._v.values(shape, "rdf:type") != [self._v.node("sh:NodeShape")]:
            raise NotImplementedError(f"{shape}: a shape that is also a class")
        for node in self._v.values(shape, "sh:property"):
            yield from self._of_property(shape, _node(node), target)
        for node in self._v.values(shape, "sh:sparql"):
            yield self._of_sparql(shape, _node(node), target)

    def _of_property(self, shape: Node, node: Node, target: ox.NamedNode) -> Iterator[Constraint]:
        paths = self._v.values(node, "sh:path")
        if len(paths) != 1 or not isinstance(paths[0], ox.NamedNode):
            raise NotImplementedError(f"{node}: sh:path is one property")
        path = paths[0]
        key = self._v.text(node, "ckb:key") or self._v.prefixes.local(path.value)
        draft = Constraint(
            component="",
            rule=f"{shape_name(self._v, shape)}.{key}",
            severity=self._severity(node),
            target=target,
            path=path,
            message=self._v.text(node, "sh:message"),
            query="",
            source=node.value,
            prefixes=self._v.prefixes,
        )
        components = self._refuse_others(node, frozenset({"sh:path"}))
        for name, parameter in components:
            component = kebab(name.partition(":")[2])
            text = read("components", self._pattern(node, name, parameter))
            query = Template(text).substitute(target=target, path=path, parameter=parameter)
            yield self._readable(replace(draft, component=component, query=query))

    def _pattern(self, node: Node, component: str, parameter: Term) -> str:
        """Name of the query pattern of a component, if its value is one that we understand."""
        value = "" if isinstance(parameter, ox.BlankNode) else self._v.prefixes.curie(parameter.value)
        known, name = ONLY.get(component, value) == value, kebab(component.partition(":")[2])
        if component == "sh:datatype":
            known = value in CASTS | UNCHECKED or not value.startswith(("xsd:", "rdf:", "rdfs:"))
            name = name if value in CASTS else "datatype-name"
        if component == "sh:pattern" and not self._tried:
            known = bool(self._empty.query(Template(read("sparql", "valid-pattern")).substitute(parameter=parameter)))
        if not known:
            raise NotImplementedError(f"{node}: {component} {parameter}")
        return name

    def _of_sparql(self, shape: Node, node: Node, target: ox.NamedNode) -> Constraint:
        self._refuse_others(node, OF_SPARQL)
        if not isinstance(node, ox.NamedNode) or self._v.values(node, "sh:prefixes") != [self._v.node("ckb:prefixes")]:
            raise NotImplementedError(f"{node}: a SPARQL constraint has a name and sh:prefixes ckb:prefixes")
        select, message = Select(self._v.text(node, "sh:select")), self._v.text(node, "sh:message")
        unbound = set(PLACEHOLDER.findall(message)) - select.variables
        if unbound or "this" not in select.variables:
            raise ValueError(f"{node}: the query does not select {', '.join(sorted(unbound or {'this'}))}")
        draft = Constraint(
            component="sparql",
            rule=self._v.prefixes.local(node.value),
            severity=self._severity(shape),
            target=target,
            path=None,
            message=message,
            query=select.of(Template(read("sparql", "target")).substitute(target=target).strip()),
            source=node.value,
            prefixes=self._v.prefixes,
        )
        return self._readable(draft)

    def _refuse_others(self, node: Node, known: frozenset[str]) -> list[tuple[str, Term]]:
        """Mark a node as understood; what it says in SHACL beside remarks and the known is a component with a pattern.

        Returns:
            The components; only property shapes may have any.
        """
        self._understood.add(node)
        said = [(name, value) for name, value in self._says[node] if name.startswith("sh:")]
        components = [(name, value) for name, value in said if name not in REMARKS | known]
        for name, _ in components:
            if "sh:path" not in known or not has("components", kebab(name.partition(":")[2])):
                raise NotImplementedError(f"{node}: {name}")
        return components

    def _severity(self, shape: Node) -> Severity:
        severity = self._v.value(shape, "sh:severity")
        name = "sh:Violation" if severity is None else self._v.prefixes.curie(_node(severity).value)
        if name not in SEVERITIES:
            raise NotImplementedError(f"{shape}: sh:severity {name}")
        return SEVERITIES[name]

    def _readable(self, constraint: Constraint) -> Constraint:
        """The constraint, if the engine can read its query."""
        if self._tried:
            return constraint
        try:
            self._empty.query(constraint.query, prefixes=constraint.prefixes.names)
        except SyntaxError as error:
            raise NotImplementedError(f"{constraint.rule}: {error}: {constraint.query}") from error
        return constraint


def _node(term: Term) -> Node:
    if isinstance(term, ox.Literal):
        raise NotImplementedError(f"{term}: a literal where the shapes need a node")
    return term
