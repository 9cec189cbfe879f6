"""Syntax: where a query is not SPARQL, and what was expected there, in words of our own.

Oxigraph names the farthest place that its parser has looked at and everything that it tried there, which is often the end
of the query and a list of letters. So the faults that people make are looked for first; nothing is refused here that Oxigraph
has understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise

from censorkb.graph.pattern import is_word, pieces
from censorkb.problem import did_you_mean, nearest, shown

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_CHANGES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_KEYWORDS = frozenset(resources.files("censorkb.query").joinpath("keywords.txt").read_text("ascii").split())
_CLOSING = {"(": ")", "{": "}", "[": "]"}
_AFTER = {"ORDER": "BY", "GROUP": "BY", "LIMIT": "a number", "OFFSET": "a number"}
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ")
_ESCAPE = re.compile(r"(?:\\[tnrbfuU\"'\\]|[^\\])*?\\[^tnrbfuU\"'\\]", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d[\w.-]*")


def explain(sparql: str, prefixes: dict[str, str], why: str) -> str:
    """Say why a query is not SPARQL: line, column, what was expected.

    Args:
        sparql: what the asker wrote.
        prefixes: known beside those that the query declares.
        why: what Oxigraph's parser says.
    """
    words = _words(sparql)
    for search in (_no_query, _open_text, _brackets, _followers, _names, _clauses, _second_values):
        for at, sentence in search(words, prefixes):
            return _said(sparql, at, sentence)
    if "variable that is unbound" in why or "GROUP BY" in why:
        return _said(
            sparql,
            words[0][0],
            "a variable after SELECT is neither in GROUP BY nor made with AS; expected it in one of them",
        )
    found = _PLACE.match(why)
    if not found:
        return _said(sparql, 0, "expected a query")
    at = _offset(sparql, int(found["line"]), int(found["column"]))
    near = next((word for start, word in reversed(words) if start < at), "")
    what = "the end of the query" if at >= len(sparql.rstrip()) and near in ("", "}") else "something else"
    return _said(sparql, min(at, len(sparql)), f"expected {what} after {shown(near)}")


def _words(sparql: str) -> list[tuple[int, str]]:
    """Place and text of each piece that means something."""
    found, at = [], 0
    for piece in pieces(sparql):
        if is_word(piece):
            found.append((at, piece))
        at += len(piece)
    return found


def _said(sparql: str, at: int, sentence: str) -> str:
    line = sparql.count("\n", 0, at) + 1
    column = at - (sparql.rfind("\n", 0, at) + 1) + 1
    return f"this is not SPARQL: line {line}, column {column}: {sentence}"


def _offset(sparql: str, line: int, column: int) -> int:
    lines = sparql.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + column - 1


Faults = Iterator[tuple[int, str]]
Words = list[tuple[int, str]]


def _no_query(words: Words, _prefixes: dict[str, str]) -> Faults:
    """No form of a query at the head."""
    at = 0
    while at < len(words) and words[at][1].upper() in ("PREFIX", "BASE"):
        at += 1
        while at < len(words) and not words[at][1].startswith("<"):
            at += 1
        at += 1
    forms = ", ".join(_FORMS[:-1]) + f" or {_FORMS[-1]}"
    if at >= len(words):
        yield (words[-1][0] if words else 0), f"expected {forms}, found nothing"
    elif words[at][1].upper() in _CHANGES:
        yield words[at][0], f"expected {forms}, found {shown(words[at][1])}; the data can only be read"
    elif words[at][1].upper() not in _FORMS:
        near = nearest(words[at][1], [form.lower() for form in _FORMS])
        hint = f"; did you mean {' or '.join(near).upper()}?" if near else ""
        yield words[at][0], f"expected {forms}, found {shown(words[at][1])}{hint}"


def _open_text(words: Words, _prefixes: dict[str, str]) -> Faults:
    """A text or an address that has no end, or a sign in it that it can't have."""
    for i, (at, word) in enumerate(words):
        if word in ('"', "'"):
            yield at, f"expected a second {word} that ends the text which begins here"
        elif word[0] in "\"'" and (wrong := _ESCAPE.search(word)):
            signs = "t n r b f \" ' or another backslash"
            yield at + wrong.end() - 1, f"expected {signs} after a backslash, found {shown(wrong[0][-1])}"
        elif word == "<" and words[i + 1 : i + 2] and words[i + 1][0] == at + 1 and _has_colon(words[i : i + 4]):
            yield at, "expected an address without blanks and quotes between < and >"


def _has_colon(words: Words) -> bool:
    return any(":" in text for _, text in words)


def _brackets(words: Words, _prefixes: dict[str, str]) -> Faults:
    """Brackets that do not pair."""
    opened: list[tuple[int, str]] = []
    for at, word in words:
        if word in _CLOSING:
            opened.append((at, word))
        elif word in _CLOSING.values():
            if not opened:
                yield at, f"expected the end of the query; nothing is opened that {word} could close"
                return
            _, bracket = opened.pop()
            if _CLOSING[bracket] != word:
                yield at, f"expected {_CLOSING[bracket]}, found {word}"
                return
    if opened:
        at, bracket = opened[-1]
        yield at, f"expected {_CLOSING[bracket]} for the {bracket} that stands here, found the end of the query"


def _names(words: Words, prefixes: dict[str, str]) -> Faults:
    """Names with prefixes that nobody knows, and words that are none of SPARQL."""
    known = {*prefixes}
    known.update(name.partition(":")[0] for (_, word), (_, name) in pairwise(words) if word.upper() == "PREFIX")
    before = ""
    for at, word in words:
        prefix, colon, _local = word.partition(":")
        if colon and word[0] not in "\"'<?$" and prefix != "_" and prefix not in known:
            hint = did_you_mean(prefix, known) or f"known are {', '.join(sorted(known))}"
            yield at, f"expected a prefix that is known, found {shown(prefix)}:; {hint}"
        elif re.fullmatch(r"[A-Za-z_][\w-]*", word) and word.upper() not in _KEYWORDS and before not in ("@", "^^"):
            hint = " or ".join(["", *nearest(word, sorted(keyword.lower() for keyword in _KEYWORDS))])
            yield (
                at,
                f"expected a word of SPARQL, found {shown(word)}; write ?{shown(word)} for a variable or ckb:{shown(word)} for a term{',' + hint if hint else ''}",
            )
        before = word


def _followers(words: Words, _prefixes: dict[str, str]) -> Faults:
    """Words that want another after them."""
    for (_, word), (at, follower) in zip(words, [*words[1:], (0, "")], strict=True):
        wanted = _AFTER.get(word.upper(), "")
        is_there = _NUMBER.fullmatch(follower) if wanted == "a number" else follower.upper() == wanted
        if wanted and not is_there:
            yield at, f"expected {wanted} after {word.upper()}, found {shown(follower) or 'the end of the query'}"
        if word.upper() == "FILTER" and not (follower == "(" or follower.upper() in _KEYWORDS or ":" in follower):
            yield at, f"expected ( or a function after FILTER, found {shown(follower)}"


def _clauses(words: Words, _prefixes: dict[str, str]) -> Faults:
    """Statements that end before they have three parts, and comparisons without a second side."""
    ends = {".", "}", ";"}
    for i, (at, word) in enumerate(words):
        before = words[i - 1][1] if i else ""
        if word == ")" and before in ("=", "<", ">", "&", "|", "+", "*", "/", "!", ",") and words[i - 2][1] != "(":
            yield at, f"expected a value after {before}, found )"
        if word not in ends:
            continue
        start = i
        while start and words[start - 1][1] not in {"{", "}", ".", ";", ")"}:
            start -= 1
        parts = [text for _, text in words[start:i]]
        needed = 2 if start and words[start - 1][1] == ";" else 3
        plain = all(text[0] in "?$<\"'" or ":" in text or text == "a" or _NUMBER.fullmatch(text) for text in parts)
        if parts and plain and len(parts) < needed and words[start - 1][1] != ")":
            missing = "an object" if len(parts) == needed - 1 else "a predicate and an object"
            yield at, f"expected {missing} after {shown(parts[-1])}, found {word}"
        if plain and len(parts) > needed and "," not in parts:
            extra, text = words[start + needed]
            yield extra, f"expected . or ; or , after {shown(parts[needed - 1])}, found {shown(text)}"
        if word == "." and before in (".", "{") and not parts:
            yield at, f"expected a statement after {before}, found ."


def _second_values(words: Words, _prefixes: dict[str, str]) -> Faults:
    """A variable that is to get a value where it has one."""
    texts = [text for _, text in words]
    for i, text in enumerate(texts):
        if (
            text.upper() == "AS"
            and "{" in texts[:i]
            and i + 1 < len(texts)
            and texts[i + 1] in texts[texts.index("{") : i]
        ):
            yield (
                words[i + 1][0],
                f"expected a new variable after AS, found {shown(texts[i + 1])}, which has a value before",
            )
