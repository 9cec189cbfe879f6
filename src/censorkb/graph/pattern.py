"""The patterns of a SPARQL query: which triples it looks at, and in which of its groups.

It reads the queries that this project writes (SPARQL 1.1, section 19.8, without blank nodes, collections, graph names,
negated property sets, and groups after the body) and refuses the rest, so that nobody goes on with half a query.
"""

from __future__ import annotations

import functools
import re

from censorkb.graph.group import Group, Pattern, is_variable

PIECE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w:-]+|\s+|.",
    re.DOTALL,
)
_COUNTING = frozenset({"COUNT", "SUM", "AVG", "STRDT"})
_LOOSE = frozenset({"UNDEF", "^", "@"})  # VALUES that do not bind all, or have words that blanks would part
_FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK"})
_TERM = re.compile(r"[?$]\w+|<.*>|(?!_:)[\w-]*:[\w-]*|a|true|false|-?\d+|\".*|'.*", re.DOTALL)


class UnknownQuery(NotImplementedError):
    """A query that is not written in the part of SPARQL that is understood here."""


def pieces(text: str) -> list[str]:
    """The words, signs, literals, IRIs, comments and blanks of a query."""
    return PIECE.findall(text)


def is_word(piece: str) -> bool:
    """Whether a piece means anything: no blank and no comment."""
    return not piece.isspace() and piece[0] != "#"


def word(piece: str) -> str:
    """A piece as it compares: variables with a question mark."""
    return "?" + piece[1:] if piece[0] == "$" and len(piece) > 1 else piece


@functools.cache  # each is asked about several of its variables
def read(text: str) -> Group:
    """Read the body of a query; it is for all readers, and not to be changed.

    Raises:
        UnknownQuery: it is not understood.
    """
    return _Reader(text).body()


def _handed_on(expression: list[str]) -> frozenset[str]:
    """The variables whose values an expression may hand on; a number or a date made of them is none of them."""
    if expression and expression[0].upper() in _COUNTING:
        return frozenset()
    return frozenset(piece for piece in expression if is_variable(piece))


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._words = [(i, word(piece)) for i, piece in enumerate(pieces(text)) if is_word(piece)]
        self._at = 0

    def body(self) -> Group:
        """The body of the query."""
        form = self._take().upper()
        if form not in _FORMS:
            raise self._fault(1)
        if form == "CONSTRUCT" and self._next == "{":
            self._skip("{", "}")
        selected, made = self._head()
        body = self._group("select")
        body.selected, body.made = selected, body.made | made
        while self._at < len(self._words):
            self._modifier()
        return body

    @property
    def _next(self) -> str:
        if self._at == len(self._words):
            raise self._fault()
        return self._words[self._at][1]

    def _take(self) -> str:
        taken = self._next
        self._at += 1
        return taken

    def _fault(self, back: int = 0) -> UnknownQuery:
        rest = " ".join(piece for _, piece in self._words[self._at - back :][:3])
        return UnknownQuery(f"not understood at '{rest}': {self._text}")

    def _modifier(self) -> None:
        """Pass over a word after a body: of GROUP BY and the like, but no group."""
        if self._take() in ("{", "}"):
            raise self._fault(1)

    def _skip(self, opening: str, closing: str, group: Group | None = None) -> None:
        """Pass over what stands between two signs; groups of EXISTS in it belong to the group around."""
        if self._next != opening:
            raise self._fault()
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
        if self._next != "{":
            raise self._fault()
        group = Group(kind, self._words[self._at][0])
        self._take()
        if self._next.upper() == "SELECT":
            selected, made = self._head()
            inner = self._group("select")
            inner.selected, inner.made = selected, inner.made | made
            group.groups.append(inner)
            while self._next != "}":
                self._modifier()
        while self._next != "}":
            self._element(group)
        group.end = self._words[self._at][0]
        self._take()
        group.give()
        return group

    def _head(self) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
        """The variables that a SELECT hands on, and what those after AS are made from."""
        depth, before, inside = 0, "", list[str]()
        found, made = set[str](), {}
        while self._next != "{":
            taken = self._take()
            if taken.upper() == "FROM":
                raise self._fault(1)
            depth += (taken == "(") - (taken == ")")
            if is_variable(taken):
                if depth == 1 and before.upper() == "AS":
                    made[taken] = _handed_on(inside)
                if not depth or taken in made:
                    found.add(taken)
            if not depth:
                inside.clear()
            elif taken != "(" or inside:
                inside.append(taken)
            before = taken
        return frozenset(found), made

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
            opening = self._at
            self._skip("(", ")", group)
            if self._at - opening < 5:
                raise self._fault(1)
            *words, as_, target = (taken for _, taken in self._words[opening + 1 : self._at - 1])
            if len(words) == 1 and words[0][0] == "?" and as_.upper() == "AS":
                group.bound[target] = words[0]
            group.made[target] = _handed_on(words)
        elif start == "VALUES":
            self._values(group)
        elif start == "UNION" and group.groups:
            self._take()
            before = group.groups[-1]
            before.union = before.union or before.start
            group.groups.append(self._group("branch"))
            group.groups[-1].union = before.union
        elif start == ".":
            self._take()
        else:
            self._triples(group)

    def _values(self, group: Group) -> None:
        """What is given to variables of a group, but for what is hard to write again: to know less is no fault."""
        opening = self._at
        self._take()
        self._skip("(", ")") if self._next == "(" else self._take()
        self._skip("{", "}")
        words = tuple(word for _, word in self._words[opening : self._at])
        if _LOOSE.isdisjoint(each.upper() for each in words):
            group.given.append(words)

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
        while self._next == "^":
            step += self._take()
        if self._next == "(":
            step += self._take() + self._path() + self._take()
        else:
            step += self._term()
        while self._next in ("+", "*", "?"):
            step += self._take()
        return step
