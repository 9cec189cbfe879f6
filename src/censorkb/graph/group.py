"""The groups of a SPARQL query: what stands between two braces, with its triple patterns."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

_SIGNS = frozenset("^/|+*?")
_NAME = re.compile(r"<[^>]*>|[\w-]*:[\w-]*|\ba\b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern.

    Args:
        subject: a variable with a question mark, or a term as it is written.
        path: predicate or property path as it is written.
        object: likewise.
        given: the VALUES that hold wherever it does and bind a variable of it, each by its words.
    """

    subject: str
    path: str
    object: str
    given: tuple[tuple[str, ...], ...] = ()

    @property
    def variables(self) -> frozenset[str]:
        """Names of its variables, with question marks."""
        return frozenset(term for term in (self.subject, self.path, self.object) if term[0] == "?")

    @property
    def predicates(self) -> frozenset[str]:
        """Every predicate in its path as it is written; none if the predicate is a variable."""
        return _predicates(self.path)

    @property
    def signs(self) -> frozenset[str]:
        """The signs of its property path; none if it is one predicate or a variable."""
        return _signs(self.path)

    def hidden(self, shown: frozenset[str], mark: str) -> Pattern:
        """The pattern with a mark on each variable that is not shown."""

        def name(term: str) -> str:
            return term + mark if is_variable(term) and term not in shown else term

        given = tuple(tuple(map(name, words)) for words in self.given)
        return Pattern(name(self.subject), name(self.path), name(self.object), given)

    def __str__(self) -> str:
        return " ".join([self.subject, self.path, self.object, ".", *(" ".join(words) for words in self.given)])


@functools.cache  # few paths, in many queries
def _predicates(path: str) -> frozenset[str]:
    return frozenset(_NAME.findall(path)) if path[0] != "?" else frozenset()


@functools.cache
def _signs(path: str) -> frozenset[str]:
    return _SIGNS.intersection(_NAME.sub("", path)) if path[0] != "?" else frozenset()


def is_variable(word: str) -> bool:
    """Whether a word of a query is a variable, and not the sign of a path."""
    return word[0] == "?" and len(word) > 1


@dataclass(slots=True)
class Group:
    """What stands between two braces.

    Args:
        kind: `select` for the body of a SELECT, CONSTRUCT or ASK, `branch` of a union or a plain group, `optional`,
            `exists` or `minus`.
        start: number of the piece that opens it.
        end: number of the piece that closes it.
        patterns: its own triple patterns.
        groups: the groups in it.
        bound: variables that BIND sets to another variable, with that variable.
        selected: variables that the SELECT of a body hands on; everything is handed on by other groups.
        union: number of the union that it is a branch of; 0 if it is none.
        made: variables that an expression makes, of a body also those of its head, with the variables whose values it may hand on.
        given: its VALUES that bind every variable that they name, by their words.
    """

    kind: str
    start: int
    end: int = 0
    patterns: list[Pattern] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    bound: dict[str, str] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()
    union: int = 0
    made: dict[str, frozenset[str]] = field(default_factory=dict)
    given: list[tuple[str, ...]] = field(default_factory=list)

    def give(self) -> None:
        """Let each pattern know what its variables are given."""
        self.patterns = [
            replace(each, given=tuple(words for words in self.given if not each.variables.isdisjoint(words)))
            for each in self.patterns
        ]

    def walk(self) -> Iterator[Group]:
        """The group and all groups in it."""
        yield self
        for group in self.groups:
            yield from group.walk()

    @property
    def variables(self) -> frozenset[str]:
        """Variables of its own patterns."""
        return frozenset().union(*(pattern.variables for pattern in self.patterns))
