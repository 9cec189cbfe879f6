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
from censorkb.problem import Phrase, both, did_you_mean, listed, near, nearest, phrase

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_CHANGES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_KEYWORDS = frozenset(resources.files("censorkb.query").joinpath("keywords.txt").read_text("ascii").split())
_CLOSING = {"(": ")", "{": "}", "[": "]"}
_AFTER = {"ORDER": "BY", "GROUP": "BY", "LIMIT": "", "OFFSET": ""}  # nothing for a number
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ")
_ESCAPE = re.compile(r"(?:\\[tnrbfuU\"'\\]|[^\\])*?\\[^tnrbfuU\"'\\]", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d[\w.-]*")


def explain(sparql: str, prefixes: dict[str, str], why: str) -> Phrase:
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
        return _said(sparql, words[0][0], phrase("sparql-ungrouped"))
    found = _PLACE.match(why)
    if not found:
        return _said(sparql, 0, phrase("sparql-query"))
    at = _offset(sparql, int(found["line"]), int(found["column"]))
    before = next((word for start, word in reversed(words) if start < at), "")
    what = "sparql-end" if at >= len(sparql.rstrip()) and before in ("", "}") else "sparql-else"
    return _said(sparql, min(at, len(sparql)), phrase(what, word=before))


def _words(sparql: str) -> list[tuple[int, str]]:
    """Place and text of each piece that means something."""
    found, at = [], 0
    for piece in pieces(sparql):
        if is_word(piece):
            found.append((at, piece))
        at += len(piece)
    return found


def _said(sparql: str, at: int, sentence: Phrase) -> Phrase:
    line = sparql.count("\n", 0, at) + 1
    column = at - (sparql.rfind("\n", 0, at) + 1) + 1
    return phrase("not-sparql", line=line, column=column, why=sentence)


def _offset(sparql: str, line: int, column: int) -> int:
    lines = sparql.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + column - 1


Faults = Iterator[tuple[int, Phrase]]
Words = list[tuple[int, str]]


def _no_query(words: Words, _prefixes: dict[str, str]) -> Faults:
    """No form of a query at the head."""
    at = 0
    while at < len(words) and words[at][1].upper() in ("PREFIX", "BASE"):
        at += 1
        while at < len(words) and not words[at][1].startswith("<"):
            at += 1
        at += 1
    forms = phrase("sparql-forms", known=", ".join(_FORMS[:-1]), near=_FORMS[-1])
    if at >= len(words):
        yield (words[-1][0] if words else 0), phrase("sparql-no-form", wanted=forms)
        return
    place, word = words[at]
    if word.upper() in _CHANGES:
        yield place, phrase("sparql-change", wanted=forms, word=word)
    elif word.upper() not in _FORMS:
        meant = near(form.upper() for form in nearest(word, [form.lower() for form in _FORMS]))
        yield place, both(phrase("sparql-form", wanted=forms, word=word), meant)


def _open_text(words: Words, _prefixes: dict[str, str]) -> Faults:
    """A text or an address that has no end, or a sign in it that it can't have."""
    for i, (at, word) in enumerate(words):
        if word in ('"', "'"):
            yield at, phrase("sparql-open-text", sign=word)
        elif word[0] in "\"'" and (wrong := _ESCAPE.search(word)):
            yield at + wrong.end() - 1, phrase("sparql-escape", word=wrong[0][-1])
        elif word == "<" and words[i + 1 : i + 2] and words[i + 1][0] == at + 1 and _has_colon(words[i : i + 4]):
            yield at, phrase("sparql-address")


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
                yield at, phrase("sparql-not-opened", sign=word)
                return
            _, bracket = opened.pop()
            if _CLOSING[bracket] != word:
                yield at, phrase("sparql-sign", sign=_CLOSING[bracket], word=word)
                return
    if opened:
        at, bracket = opened[-1]
        yield at, phrase("sparql-not-closed", sign=_CLOSING[bracket], word=bracket)


def _names(words: Words, prefixes: dict[str, str]) -> Faults:
    """Names with prefixes that nobody knows, and words that are none of SPARQL."""
    known = {*prefixes}
    known.update(name.partition(":")[0] for (_, word), (_, name) in pairwise(words) if word.upper() == "PREFIX")
    before = ""
    for at, word in words:
        prefix, colon, _local = word.partition(":")
        if colon and word[0] not in "\"'<?$" and prefix != "_" and prefix not in known:
            hint = did_you_mean(prefix, known) or phrase("sparql-known", known=", ".join(sorted(known)))
            yield at, both(phrase("sparql-prefix", word=prefix), hint)
        elif re.fullmatch(r"[A-Za-z_][\w-]*", word) and word.upper() not in _KEYWORDS and before not in ("@", "^^"):
            meant = listed(nearest(word, sorted(keyword.lower() for keyword in _KEYWORDS)))
            yield at, phrase("sparql-word-near" if meant else "sparql-word", word=word, near=meant)
        before = word


def _followers(words: Words, _prefixes: dict[str, str]) -> Faults:
    """Words that want another after them."""
    for (_, word), (at, follower) in zip(words, [*words[1:], (0, "")], strict=True):
        wanted = _AFTER.get(word.upper())
        found = follower or phrase("sparql-the-end")
        if wanted and follower.upper() != wanted:
            yield at, phrase("sparql-follower", sign=wanted, word=word.upper(), found=found)
        if wanted == "" and not _NUMBER.fullmatch(follower):
            yield at, phrase("sparql-number", word=word.upper(), found=found)
        if word.upper() == "FILTER" and not (follower == "(" or follower.upper() in _KEYWORDS or ":" in follower):
            yield at, phrase("sparql-filter", found=found)


def _clauses(words: Words, _prefixes: dict[str, str]) -> Faults:
    """Statements that end before they have three parts, and comparisons without a second side."""
    ends = {".", "}", ";"}
    for i, (at, word) in enumerate(words):
        before = words[i - 1][1] if i else ""
        if word == ")" and before in ("=", "<", ">", "&", "|", "+", "*", "/", "!", ",") and words[i - 2][1] != "(":
            yield at, phrase("sparql-value", word=before)
        if word not in ends:
            continue
        start = i
        while start and words[start - 1][1] not in {"{", "}", ".", ";", ")"}:
            start -= 1
        parts = [text for _, text in words[start:i]]
        needed = 2 if start and words[start - 1][1] == ";" else 3
        plain = all(text[0] in "?$<\"'" or ":" in text or text == "a" or _NUMBER.fullmatch(text) for text in parts)
        if parts and plain and len(parts) < needed and words[start - 1][1] != ")":
            missing = "sparql-object" if len(parts) == needed - 1 else "sparql-predicate"
            yield at, phrase(missing, word=parts[-1], found=word)
        if plain and len(parts) > needed and "," not in parts:
            extra, text = words[start + needed]
            yield extra, phrase("sparql-separator", word=parts[needed - 1], found=text)
        if word == "." and before in (".", "{") and not parts:
            yield at, phrase("sparql-statement", word=before)


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
            yield words[i + 1][0], phrase("sparql-new-variable", word=texts[i + 1])
