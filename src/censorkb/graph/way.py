"""Ways: how the patterns of a query hang together with the variable that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from censorkb.graph.group import Group, Pattern

POSITIVE = ("select", "branch")
HIDDEN = "__"
Chain = tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How a changed triple leads to focus nodes.

    Args:
        pattern: the pattern that it fits.
        others: patterns that lead on from there.
    """

    pattern: Pattern
    others: tuple[Pattern, ...]


def patterns(group: Group, above: Chain = ()) -> Iterator[tuple[Chain, Pattern]]:
    """All patterns of a group and of the groups in it, each with the groups around it, the outermost first."""
    chain = (*above, group)
    yield from ((chain, pattern) for pattern in group.patterns)
    for inner in group.groups:
        yield from patterns(inner, chain)


def ways_from(chain: Chain, pattern: Pattern, focus: Collection[str]) -> list[Way]:
    """Find the ways from a pattern to the focus: by the groups around it, or else by each group that these lead to.

    Args:
        chain: the groups around the pattern.
        pattern: where to begin.
        focus: the variables that stand for the focus nodes.
    """
    around = [other for group in reversed(chain) for other in group.patterns if other is not pattern]
    connected = _connected(pattern, around)
    if not variables([pattern, *connected]).isdisjoint(focus):
        return [Way(pattern, tuple(connected))]
    ways = []
    for extra in (path for group in reversed(chain) for path in _beside(group, chain)):
        connected = _connected(pattern, [*around, *extra])
        if not variables([pattern, *connected]).isdisjoint(focus):
            ways.append(Way(pattern, tuple(connected)))
        elif not variables(extra).isdisjoint(focus):
            return []  # all that this group finds is combined with what the pattern finds
    return ways


def plain(variable: str) -> str:
    """The name that a variable has in the query, without what `apart` has put to it."""
    return variable.partition(HIDDEN)[0]


def apart(group: Group) -> Group:
    """The group, with names that occur nowhere else for the variables that a SELECT in it does not hand on."""
    copy = replace(group, groups=[apart(inner) for inner in group.groups])
    for inner in copy.groups:
        for each in inner.walk() if inner.selected else ():
            each.patterns = [pattern.hidden(inner.selected, f"{HIDDEN}{inner.start}") for pattern in each.patterns]
    return copy


def _beside(group: Group, chain: tuple[Group, ...]) -> Iterator[list[Pattern]]:
    """The patterns of each group that may match beside the chain; of a union, only one branch does."""
    unions = {each.union for each in chain} - {0}
    for inner in group.groups:
        if inner.kind in POSITIVE and inner not in chain and inner.union not in unions:
            if inner.patterns:
                yield inner.patterns
            for deeper in _beside(inner, chain):
                yield [*inner.patterns, *deeper]


def variables(patterns: Iterable[Pattern]) -> frozenset[str]:
    """All variables of some patterns."""
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
