"""A query about its focus nodes: asked of some of them only, and told which of them a change of the graph touches.

Every query of ours has a variable for what it is about: `?this` in shapes, `?page` in questions of the site, the subject
in rules. Work per change follows from it: find the nodes that the changed triples touch, and ask about these alone.

A change touches a node if a solution for it uses a changed triple in any of the query's patterns, be they optional or
negated. So each pattern is bound to the changed triples that fit it, and joined with the patterns around it, in a graph
that holds what was removed as well as what was added. Filters are left out: to find a node too many costs little.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from string import Template

import pyoxigraph as ox

from censorkb.graph.changes import ByPredicate
from censorkb.graph.pattern import Group, Pattern, pieces, read
from censorkb.ontology.prefixes import Prefixes

POSITIVE = ("select", "branch")
Terms = tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, ...]


@functools.cache
def _template(name: str) -> Template:
    return Template(resources.files("censorkb.graph").joinpath("sparql", f"{name}.rq").read_text("utf-8").strip())


def given(variable: str, nodes: Iterable[str]) -> str:
    """The part of a query that gives a variable its values.

    Args:
        variable: with its question mark.
        nodes: terms of N-Triples.
    """
    return _template("nodes").substitute(variable=variable, nodes=" ".join(nodes))


@dataclass(frozen=True, slots=True)
class Way:
    """How a changed triple leads to focus nodes.

    Args:
        pattern: the pattern that it fits.
        others: patterns that lead on from there.
    """

    pattern: Pattern
    others: tuple[Pattern, ...]


class Focus:
    """A query and the variable that it is about.

    Args:
        text: SELECT or CONSTRUCT in the prefixes of the ontology.
        variable: the variable with its question mark.
        prefixes: the prefixes.

    Raises:
        UnknownQuery: the query is not understood.
    """

    def __init__(self, text: str, variable: str, prefixes: Prefixes) -> None:
        self.text, self.variable, self.prefixes = text, variable, prefixes
        self._body = read(text)
        self._names = {variable, self._body.bound.get(variable, variable)}
        self._ways: list[Way] = []
        self._blind: list[Pattern] = []  # a change of these touches everything
        for chain, pattern in self._patterns(self._body, ()):
            found = list(self._ways_from(chain, pattern))
            self._ways += found
            if not found:
                self._blind.append(pattern)

    # --- asking about some nodes

    def about(self, nodes: Iterable[str]) -> str:
        """The query for some nodes; it may answer about others as well.

        Args:
            nodes: terms of N-Triples.
        """
        written = list(nodes)
        starts = {
            group.start: given(name, written)
            for group, names in self._scopes(self._body, self._names)
            for name in names & group.variables
        }
        return "".join(f"{piece} {starts[i]} " if i in starts else piece for i, piece in enumerate(pieces(self.text)))

    def _scopes(self, group: Group, names: set[str]) -> Iterator[tuple[Group, set[str]]]:
        """Groups in which the focus nodes can be given, with the variables that stand for them there."""
        if group is not self._body and group.kind == "select":
            names = names & group.selected
        if group.kind in POSITIVE:
            yield group, names
        for inner in group.groups:
            if inner.kind not in ("exists", "minus"):
                yield from self._scopes(inner, names)

    # --- what a change touches

    def looks_at(self, changed: ByPredicate) -> bool:
        """Whether any of the changed triples can match a pattern of the query."""
        patterns = (*self._blind, *(way.pattern for way in self._ways))
        return any(self._fitting(pattern, changed) for pattern in patterns)

    def touched(self, store: ox.Store, changed: ByPredicate) -> set[str] | None:
        """The focus nodes that a change touches; None if it may be any.

        Args:
            store: holds what was removed as well as what was added.
            changed: the triples that were removed or added.
        """
        if any(self._fitting(pattern, changed) for pattern in self._blind):
            return None
        found: set[str] = set()
        for way in self._ways:
            triples = self._fitting(way.pattern, changed)
            if triples:
                found |= self._reached(store, way, triples)
        return found

    def _reached(self, store: ox.Store, way: Way, triples: list[Terms]) -> set[str]:
        pattern, focus = way.pattern, self._focus(way)
        if not _is_step(pattern.path):
            return self._asked(store, self._along(way, triples))
        ends = {pattern.subject: 0, pattern.path: 1, pattern.object: 2}
        variables = [name for name in ends if name[0] == "?"]
        rows = {tuple(triple[ends[name]] for name in variables) for triple in triples}
        if "^" in pattern.path:
            turned = {pattern.subject: 2, pattern.object: 0}
            rows |= {tuple(triple[turned[name]] for name in variables) for triple in triples}
        if focus in variables:
            return {str(row[variables.index(focus)]) for row in rows}
        return self._asked(
            store,
            _template("touched").substitute(
                focus=focus,
                variables=" ".join(variables),
                rows=" ".join(f"({' '.join(map(str, row))})" for row in sorted(rows, key=str)),
                patterns=" ".join(map(str, way.others)),
            ),
        )

    def _along(self, way: Way, triples: list[Terms]) -> str:
        """The query for a pattern with a path of several steps."""
        pattern = way.pattern
        steps = "|".join(sorted(pattern.predicates))
        if set("/^").intersection(pattern.path):  # whichever way it turns
            steps += "|" + "|".join(f"^{predicate}" for predicate in sorted(pattern.predicates))
        backward = pattern.subject[0] == "?"
        ends = sorted({str(triple[0 if backward else 2]) for triple in triples})
        start, end = (pattern.subject, "?step_") if backward else ("?step_", pattern.object)
        return _template("touched-along-path").substitute(
            {"focus": self._focus(way), "rows": " ".join(ends), "from": start, "closure": f"({steps})*", "to": end},
            patterns=" ".join(map(str, (pattern, *way.others))),
        )

    def _asked(self, store: ox.Store, sparql: str) -> set[str]:
        answer = store.query(sparql, prefixes=self.prefixes.names, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return {str(row[0]) for row in answer}

    def _focus(self, way: Way) -> str:
        known = frozenset().union(*(p.variables for p in (way.pattern, *way.others)))
        return sorted(self._names & known)[0]

    def _fitting(self, pattern: Pattern, changed: ByPredicate) -> list[Terms]:
        """The changed triples that a pattern can match."""
        wanted = [self._iri(name) for name in pattern.predicates] or list(changed)
        start, end = "", ""
        if _is_step(pattern.path) and "^" not in pattern.path:
            start, end = self._iri(pattern.subject), self._iri(pattern.object)
        return [
            (triple.subject, triple.predicate, triple.object)
            for predicate in wanted
            for triple in changed.get(predicate, ())
            if (not start or _value(triple.subject) == start) and (not end or _value(triple.object) == end)
        ]

    def _iri(self, term: str) -> str:
        """The IRI of a term as it is written; empty for variables and literals."""
        if term == "a":
            return self.prefixes.iri("rdf:type")
        if term[0] == "<":
            return term[1:-1]
        return self.prefixes.iri(term) if term[0] not in "?\"'-0123456789" and ":" in term else ""

    # --- ways, found once

    def _patterns(self, group: Group, above: tuple[Group, ...]) -> Iterator[tuple[tuple[Group, ...], Pattern]]:
        chain = (*above, group)
        yield from ((chain, pattern) for pattern in group.patterns)
        for inner in group.groups:
            yield from self._patterns(inner, chain)

    def _ways_from(self, chain: tuple[Group, ...], pattern: Pattern) -> Iterator[Way]:
        """Ways from a pattern to the focus: by the groups around it, or else by each group that these lead to."""
        around = [other for group in _visible(chain) for other in group.patterns if other is not pattern]
        connected = _connected(pattern, around)
        if self._names & _variables([pattern, *connected]):
            yield Way(pattern, tuple(connected))
            return
        for extra in (path for group in _visible(chain) for path in _beside(group, chain)):
            connected = _connected(pattern, [*around, *extra])
            if self._names & _variables([pattern, *connected]):
                yield Way(pattern, tuple(connected))


def _visible(chain: tuple[Group, ...]) -> list[Group]:
    """The groups around a pattern whose variables it shares: a SELECT hides those that it does not hand on."""
    found: list[Group] = []
    hidden: frozenset[str] = frozenset()
    for group in reversed(chain):
        if hidden & _variables(group.patterns):
            break  # the same name for something else
        found.append(group)
        if group.kind == "select" and group.selected:
            inside = frozenset().union(*(_variables(inner.patterns) for inner in group.walk()))
            hidden |= inside - group.selected
    return found


def _beside(group: Group, chain: tuple[Group, ...]) -> Iterator[list[Pattern]]:
    """The patterns of each group that must match beside the chain."""
    for inner in group.groups:
        if inner.kind in POSITIVE and inner not in chain:
            if inner.patterns:
                yield inner.patterns
            for deeper in _beside(inner, chain):
                yield [*inner.patterns, *deeper]


def _variables(patterns: Iterable[Pattern]) -> frozenset[str]:
    return frozenset().union(*(pattern.variables for pattern in patterns))


def _connected(pattern: Pattern, others: list[Pattern]) -> list[Pattern]:
    """The patterns that hang together with one by their variables."""
    known, found = set(pattern.variables), []
    rest = list(others)
    while step := next((other for other in rest if known & other.variables), None):
        rest.remove(step)
        found.append(step)
        known |= step.variables
    return found


def _is_step(path: str) -> bool:
    """Whether a path is one step, whatever its predicates and directions."""
    return not set("/+*?!").intersection(path) or path[0] == "?"


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
