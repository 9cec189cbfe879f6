"""A query about its focus nodes: asked of some of them only, and told which of them a change of the graph touches.

Every query of ours has a variable for what it is about: `?this` in shapes, `?page` in questions of the site, the subject
in rules. Work per change follows from it: find the nodes that the changed triples touch, and ask about these alone.

A change touches a node if a solution for it uses a changed triple in any of the query's patterns, be they optional or
negated. So each pattern is bound to the changed triples that fit it, and joined with the patterns around it, in a graph
that holds what was removed as well as what was added. Filters are left out: to find a node too many costs little.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from censorkb.graph.changes import ByPredicate
from censorkb.graph.group import Group, Pattern
from censorkb.graph.hand import FEW, Only, template
from censorkb.graph.pattern import UnknownQuery, pieces, read
from censorkb.graph.table import opened
from censorkb.graph.way import POSITIVE, Chain, Way, apart, patterns, plain, ways_from
from censorkb.ontology.prefixes import Prefixes

_CUTS = frozenset({"LIMIT", "OFFSET"})
_CUT = re.compile("|".join(_CUTS), re.IGNORECASE)  # also where it is no word of its own
Terms = tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, ...]


class Focus:
    """A query and the variable that it is about.

    Args:
        text: SELECT or CONSTRUCT in the prefixes of the ontology.
        variable: the variable with its question mark.
        prefixes: the prefixes.

    Raises:
        UnknownQuery: the query is not understood, or has a LIMIT.
    """

    def __init__(self, text: str, variable: str, prefixes: Prefixes) -> None:
        self.text, self.variable, self.prefixes = text, variable, prefixes
        self._body = read(text)
        if _CUT.search(text) and not _CUTS.isdisjoint(piece.upper() for piece in pieces(text)):
            raise UnknownQuery(f"which rows are left out depends on all others: {text}")
        self._names = {variable, self._body.bound.get(variable, variable)}

    @functools.cached_property  # most changes have nothing to do with most queries
    def _patterns(self) -> list[tuple[Chain, Pattern]]:
        """All patterns of the query with the groups around them."""
        return list(patterns(apart(self._body)))

    @property
    def columns(self) -> frozenset[str]:
        """The variables that the query selects, with their question marks."""
        return self._body.selected

    def sources(self, variable: str) -> frozenset[str]:
        """The variables of patterns that a variable takes its values from: itself, or those that expressions make it of."""
        found, queue = set[str](), [variable]
        groups = list(self._body.walk())
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                queue += [source for group in groups for source in group.made.get(name, ())]
        return frozenset(found).intersection(*[frozenset().union(*(group.variables for group in groups))])

    def nodes(self, store: ox.Store) -> set[str] | None:
        """All focus nodes, and maybe more, since filters are left out; None if inner groups find them.

        Args:
            store: what is asked.
        """
        name = min(self._names & self._body.variables, default="")
        if not name:
            return None
        patterns = " ".join(str(pattern) for pattern in self._body.patterns)
        return self._asked(store, template("focus-nodes").substitute(focus=name, patterns=patterns))

    # --- asking about some nodes

    def about(self, only: Only) -> str:
        """The query about the nodes in hand; it may answer about others as well.

        Args:
            only: what `graph.hand` gives for them.
        """
        given = [
            (group, name)
            for group, names in self._scopes(self._body, self._names)
            for name in sorted(names & group.variables)
        ]
        changed = opened(self.text, self._body, (group for group, _ in given))
        changed |= {group.start: f"{{ {only(name)} " for group, name in given}
        return "".join(changed.get(i, piece) for i, piece in enumerate(pieces(self.text)))

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
        return any(self._fitting(pattern, changed) for group in self._body.walk() for pattern in group.patterns)

    def touched(self, store: ox.Store, changed: ByPredicate) -> set[str] | None:
        """The focus nodes that a change touches; None if it may be any.

        Args:
            store: holds what was removed as well as what was added.
            changed: the triples that were removed or added.
        """
        if not self.looks_at(changed):
            return set()
        begun: list[tuple[Way, list[Terms]]] = []
        for chain, pattern in self._patterns:
            triples = self._fitting(pattern, changed)
            ways = ways_from(chain, pattern, self._names) if triples else []
            if triples and not ways:
                return None
            begun += ((way, triples) for way in ways)
        return set().union(*(self._reached(store, way, triples) for way, triples in begun))

    def holding(self, store: ox.Store, variable: str, nodes: Collection[str]) -> set[str] | None:
        """The focus nodes for which a variable of the query's patterns may be one of some nodes; None if it may be any.

        Args:
            store: what is asked.
            variable: with its question mark.
            nodes: terms of N-Triples.
        """
        if variable in self._names:
            return set(nodes)
        found: set[str] = set()
        for name, pattern, ways in self._ways_of(variable):
            rows = self._standing(store, name, pattern, nodes)
            if not ways and self._led(store, name, [name], rows, [pattern]):
                return None
            for way in ways:
                found |= self._led(store, self._focus(way), [name], rows, (way.pattern, *way.others))
        return found

    def mentions(self, store: ox.Store, nodes: Collection[str]) -> bool:
        """Whether some nodes stand where the query's patterns have variables that its columns take their values from.

        Args:
            store: what is asked.
            nodes: terms of N-Triples.
        """
        wanted = {source for column in self.columns for source in self.sources(column)}
        return any(
            self._led(store, variable, [variable], rows, [pattern, *_beside(chain, pattern, variable)])
            for chain, pattern in self._patterns
            for variable in sorted(pattern.variables)
            if plain(variable) in wanted and (rows := self._standing(store, variable, pattern, nodes))
        )

    def _standing(self, store: ox.Store, variable: str, pattern: Pattern, nodes: Collection[str]) -> list[Terms]:
        """Rows of the nodes that may stand where a pattern has a variable: a look into an index costs less than a query."""
        found = [ox.NamedNode(node[1:-1]) for node in sorted(nodes)]
        if pattern.signs - {"|"} or variable == pattern.path:
            return [(node,) for node in found]
        subject, object_ = (self._node(term) for term in (pattern.subject, pattern.object))
        predicates = [self._node(name) for name in sorted(pattern.predicates)] or [None]
        return [
            (node,)
            for node in found
            for ends in [(node, object_) if variable == pattern.subject else (subject, node)]
            if any(next(store.quads_for_pattern(ends[0], each, ends[1]), None) for each in predicates)
        ]

    def _ways_of(self, variable: str) -> Iterator[tuple[str, Pattern, list[Way]]]:
        """The ways from each group in whose patterns a variable stands: all patterns of a group hold at once."""
        groups = set()
        for chain, pattern in self._patterns:
            for name in sorted(pattern.variables):
                if plain(name) == variable and chain[-1].start not in groups:
                    groups.add(chain[-1].start)
                    yield name, pattern, ways_from(chain, pattern, self._names)

    def _led(
        self, store: ox.Store, focus: str, variables: list[str], rows: list[Terms], patterns: Iterable[Pattern]
    ) -> set[str]:
        """The nodes that patterns lead to from rows of values."""
        written = " ".join(map(str, patterns))
        return {
            node
            for some in _few(sorted(rows, key=str))
            for node in self._asked(
                store,
                template("touched").substitute(
                    focus=focus,
                    variables=" ".join(variables),
                    rows=" ".join(f"({' '.join(map(str, row))})" for row in some),
                    patterns=written,
                ),
            )
        }

    def _reached(self, store: ox.Store, way: Way, triples: list[Terms]) -> set[str]:
        pattern, focus = way.pattern, self._focus(way)
        ends = {pattern.subject: 0, pattern.path: 1, pattern.object: 2}
        variables = [name for name in ends if name[0] == "?"]
        if not _is_step(pattern):
            return {node for some in _few(triples) for node in self._asked(store, self._along(way, some))}
        rows = {tuple(triple[ends[name]] for name in variables) for triple in triples}
        if "^" in pattern.signs:
            turned = {pattern.subject: 2, pattern.object: 0}
            rows |= {tuple(triple[turned[name]] for name in variables) for triple in triples}
        if focus in variables:
            return {str(row[variables.index(focus)]) for row in rows}
        return self._led(store, focus, variables, list(rows), way.others)

    def _along(self, way: Way, triples: list[Terms]) -> str:
        """The query for a pattern with a path of several steps."""
        pattern = way.pattern
        steps = "|".join(sorted(pattern.predicates))
        if pattern.signs & set("/^"):  # whichever way it turns
            steps += "|" + "|".join(f"^{predicate}" for predicate in sorted(pattern.predicates))
        backward = pattern.subject[0] == "?"
        ends = sorted({str(triple[0 if backward else 2]) for triple in triples})
        start, end = (pattern.subject, "?step_") if backward else ("?step_", pattern.object)
        return template("touched-along-path").substitute(
            {"focus": self._focus(way), "rows": " ".join(ends), "from": start, "closure": f"({steps})*", "to": end},
            patterns=" ".join(map(str, (pattern, *way.others))),
        )

    def _asked(self, store: ox.Store, sparql: str) -> set[str]:
        answer = store.query(sparql, prefixes=self.prefixes.names, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return {str(row[0]) for row in answer}

    def _focus(self, way: Way) -> str:
        known = frozenset().union(*(p.variables for p in (way.pattern, *way.others)))
        return min(self._names & known)

    def _fitting(self, pattern: Pattern, changed: ByPredicate) -> list[Terms]:
        """The changed triples that a pattern can match."""
        wanted = [self._iri(name) for name in pattern.predicates] or list(changed)
        start, end = "", ""
        if _is_step(pattern) and "^" not in pattern.signs:
            start, end = self._iri(pattern.subject), self._iri(pattern.object)
        return [
            (triple.subject, triple.predicate, triple.object)
            for predicate in wanted
            for triple in changed.get(predicate, ())
            if (not start or _value(triple.subject) == start) and (not end or _value(triple.object) == end)
        ]

    def _iri(self, term: str) -> str:
        return _iri(self.prefixes, term)

    def _node(self, term: str) -> ox.NamedNode | None:
        """The node of a term as it is written; None for variables and literals."""
        iri = self._iri(term)
        return ox.NamedNode(iri) if iri else None


def _beside(chain: Chain, pattern: Pattern, variable: str) -> list[Pattern]:
    """The other patterns with a variable that hold wherever a pattern does: those in the groups around it."""
    return [
        other for group in chain for other in group.patterns if other is not pattern and variable in other.variables
    ]


def _is_step(pattern: Pattern) -> bool:
    """Whether the path of a pattern is one step, whatever its predicates and directions."""
    return pattern.signs <= {"^", "|"}


def _few(rows: list[Terms]) -> Iterator[list[Terms]]:
    """Rows in portions: Oxigraph goes through the values of a query anew for each solution."""
    return (rows[start : start + FEW] for start in range(0, len(rows), FEW))


@functools.cache  # few terms, in many queries
def _iri(prefixes: Prefixes, term: str) -> str:
    """The IRI of a term as it is written; empty for variables and literals."""
    if term == "a":
        return prefixes.iri("rdf:type")
    if term[0] == "<":
        return term[1:-1]
    return prefixes.iri(term) if term[0] not in "?\"'-0123456789" and ":" in term else ""


def _value(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
