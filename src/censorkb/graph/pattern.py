"""The patterns of a SPARQL query: which triples it looks at, and in which of its groups.

It reads the queries that this project writes (SPARQL 1.1, section 19.8, without blank nodes, collections and graph
names) and refuses the rest, so that nobody goes on with half a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

PIECE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w:-]+|\s+|.",
    re.DOTALL,
)
_PATH = frozenset("^/|+*?()!")
_TERM = re.compile(r"[?$]\w+|<.*>|[\w-]*:[\w-]*|a|true|false|-?\d+|\".*|'.*", re.DOTALL)


class UnknownQuery(NotImplementedError):
    """A query that is not written in the part of SPARQL that is understood here."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern.

    Args:
        subject: a variable with a question mark, or a term as it is written.
        path: predicate or property path as it is written.
        object: likewise.
    """

    subject: str
    path: str
    object: str

    @property
    def variables(self) -> frozenset[str]:
        """Names of its variables, with question marks."""
        return frozenset(term for term in (self.subject, self.path, self.object) if term[0] == "?")

    @property
    def predicates(self) -> frozenset[str]:
        """Every predicate in its path as it is written; none if the predicate is a variable."""
        return frozenset(re.findall(r"<[^>]*>|[\w-]*:[\w-]*|\ba\b", self.path)) if self.path[0] != "?" else frozenset()

    def __str__(self) -> str:
        return f"{self.subject} {self.path} {self.object} ."


@dataclass(slots=True)
class Group:
    """What stands between two braces.

    Args:
        kind: `select` for the body of a SELECT, CONSTRUCT or ASK, `branch` of a union or a plain group, `optional`,
            `exists` or `minus`.
        start: number of the piece that opens it.
        patterns: its own triple patterns.
        groups: the groups in it.
        bound: variables that BIND sets to another variable, with that variable.
        selected: variables that the SELECT of a body hands on; everything is handed on by other groups.
    """

    kind: str
    start: int
    patterns: list[Pattern] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    bound: dict[str, str] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()

    def walk(self) -> Iterator[Group]:
        """The group and all groups in it."""
        yield self
        for group in self.groups:
            yield from group.walk()

    @property
    def variables(self) -> frozenset[str]:
        """Variables of its own patterns."""
        return frozenset().union(*(pattern.variables for pattern in self.patterns))


def pieces(text: str) -> list[str]:
    """The words, signs, literals, IRIs, comments and blanks of a query."""
    return PIECE.findall(text)


def is_word(piece: str) -> bool:
    """Whether a piece means anything: no blank and no comment."""
    return not piece.isspace() and piece[0] != "#"


def word(piece: str) -> str:
    """A piece as it compares: variables with a question mark."""
    return "?" + piece[1:] if piece[0] == "$" and len(piece) > 1 else piece


def read(text: str) -> Group:
    """Read the body of a query.

    Raises:
        UnknownQuery: it is not understood.
    """
    return _Reader(text).body()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._words = [(i, word(piece)) for i, piece in enumerate(pieces(text)) if is_word(piece)]
        self._at = 0

    def body(self) -> Group:
        """The body of the query."""
        if self._words and self._words[0][1].upper() == "CONSTRUCT":
            self._take()
            self._skip("{", "}")
        while self._next != "{":
            self._take()
        return self._group("select")

    @property
    def _next(self) -> str:
        if self._at == len(self._words):
            raise self._fault()
        return self._words[self._at][1]

    def _take(self) -> str:
        taken = self._next
        self._at += 1
        return taken

    def _fault(self) -> UnknownQuery:
        return UnknownQuery(f"not understood at {self._words[self._at : self._at + 3]}: {self._text}")

    def _skip(self, opening: str, closing: str, group: Group | None = None) -> None:
        """Pass over what stands between two signs; groups of EXISTS in it belong to the group around."""
        depth = 0
        while True:
            if group is not None and self._next == "{":
                group.groups.append(self._group("exists"))
                continue
            taken = self._take()
            depth += (taken == opening) - (taken == closing)
            if not depth:
                return

    def _group(self, kind: str) -> Group:
        group = Group(kind, self._words[self._at][0])
        self._take()
        if self._next.upper() == "SELECT":
            selected = self._head()
            inner = self._group("select")
            inner.selected = selected
            group.groups.append(inner)
            while self._next != "}":  # GROUP BY and the like
                self._take()
        while self._next != "}":
            self._element(group)
        self._take()
        return group

    def _head(self) -> frozenset[str]:
        """The variables that a SELECT hands on: those outside of parentheses, and those after AS."""
        depth, before, found = 0, "", set()
        while self._next != "{":
            taken = self._take()
            depth += (taken == "(") - (taken == ")")
            if taken[0] == "?" and (not depth or (depth == 1 and before.upper() == "AS")):
                found.add(taken)
            before = taken
        return frozenset(found)

    def _element(self, group: Group) -> None:
        start = self._next.upper()
        if start == "{":
            group.groups.append(self._group("branch"))
        elif start in ("OPTIONAL", "MINUS"):
            self._take()
            group.groups.append(self._group(start.lower()))
        elif start == "FILTER":
            self._take()
            self._filter(group)
        elif start == "BIND":
            self._take()
            source, as_, target = (self._words[self._at + n][1] for n in (1, 2, 3))
            if source[0] == "?" and as_.upper() == "AS":
                group.bound[target] = source
            self._skip("(", ")", group)
        elif start == "VALUES":
            self._take()
            self._skip("(", ")") if self._next == "(" else self._take()
            self._skip("{", "}")
        elif start in (".", "UNION"):
            self._take()
        else:
            self._triples(group)

    def _filter(self, group: Group) -> None:
        while self._next.upper() in ("NOT", "EXISTS"):
            self._take()
        if self._next == "{":
            group.groups.append(self._group("exists"))
            return
        if self._next != "(":  # a function
            self._take()
        self._skip("(", ")", group)

    def _term(self) -> str:
        taken = self._take()
        if not _TERM.fullmatch(taken):
            self._at -= 1
            raise self._fault()
        if taken[0] in "\"'":
            while self._next in ("^", "@"):  # ^^datatype or @language
                while self._next in ("^", "@"):
                    taken += self._take()
                taken += self._take()
        return taken

    def _triples(self, group: Group) -> None:
        subject = self._term()
        while True:
            path = self._path()
            while True:
                group.patterns.append(Pattern(subject, path, self._term()))
                if self._next != ",":
                    break
                self._take()
            while self._next == ";":
                self._take()
            if self._words[self._at - 1][1] != ";" or self._next in (".", "}"):
                return

    def _path(self) -> str:
        path = self._step()
        while self._next in ("/", "|"):
            path += self._take() + self._step()
        return path

    def _step(self) -> str:
        step = ""
        while self._next in ("^", "!"):
            step += self._take()
        if self._next == "(":
            step += self._take() + self._path() + self._take()
        else:
            step += self._term()
        while self._next in ("+", "*", "?"):
            step += self._take()
        return step
