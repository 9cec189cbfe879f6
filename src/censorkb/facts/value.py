"""Values on one line, as most are written: a plain or quoted text, or a list or mapping in brackets.

Only what can be read in one way is read here; `Beyond` says that the file needs the full reader.
"""

from __future__ import annotations

import re

from censorkb.facts.node import DEEPEST, NOTHING, Mapping, Node, Scalar, Sequence

SIGNS = " -?:,[]{}#&*!|>'\"%@`"  # with which no plain text begins that is everyday
KEY = r"(?!null\b(?!-))[A-Za-z0-9][A-Za-z0-9_-]{0,99}+"
_FIRST = rf"[^{re.escape(SIGNS)}]"
PLAIN = rf"{_FIRST}(?:[^:#]|:(?=[^ ])|(?<! )#)*+"
PLAIN_INSIDE = rf"{_FIRST}[^:#,\[\]{{}}]*+(?::(?=[A-Za-z0-9/])[^:#,\[\]{{}}]*+)*+"
_QUOTED = r"""'((?:[^']|'')*+)'|"([^"\\]*+)\""""
_END = r" *(?:(?<= )#.*)?"
_TEXT = re.compile(rf"(?:({PLAIN})|{_QUOTED}){_END}")
# What stands in brackets: a key, a text or an opening bracket, the brackets that close after it, and a comma.
_ITEM = re.compile(rf" *+(?:({KEY}): +)?+(({PLAIN_INSIDE})|{_QUOTED}|[\[{{]) *+((?:[\]}}] *+)*+)(,?)")
_BRACKETS, _AFTER = ("[", "{"), re.compile(_END)


class Beyond(Exception):
    """The text is faulty, or good YAML that is not everyday."""


def read(text: str, at: int, file: str, line: int, depth: int) -> Node:
    """Read the value that begins at an index of a line and ends with the line.

    Args:
        text: the line.
        at: where the value begins.
        file: name of the file.
        line: number of the line.
        depth: how many lists and mappings the value is in.

    Raises:
        Beyond: the value does not end with the line, or is not everyday.
    """
    if text.startswith(_BRACKETS, at):
        root = _collection(text[at], file, line, at + 1)
        at = _fill(root, text, at + 1, depth)
        if at < len(text) and not _AFTER.fullmatch(text, at):
            raise Beyond
        return root
    match = _TEXT.fullmatch(text, at)
    if not match:
        raise Beyond
    plain, single, double = match.groups()
    return plain_text(file, line, at + 1, plain) if plain else _quoted_text(file, line, at + 1, single, double)


def plain_text(file: str, line: int, column: int, written: str) -> Scalar:
    """A plain text, as it is written."""
    return Scalar(file, line, column, written.strip(), written.rstrip(" ") in NOTHING)


def _quoted_text(file: str, line: int, column: int, single: str | None, double: str | None) -> Scalar:
    return Scalar(file, line, column, (double or "" if single is None else single.replace("''", "'")).strip())


def _collection(bracket: str, file: str, line: int, column: int) -> Sequence | Mapping:
    return Sequence(file, line, column, []) if bracket == "[" else Mapping(file, line, column, {})


def _fill(root: Sequence | Mapping, text: str, at: int, depth: int) -> int:
    """Read what stands in brackets; gives the index after it."""
    file, line, inside = root.file, root.line, [root]
    while inside:
        match = _ITEM.match(text, at)
        if not match:
            raise Beyond
        key, written, plain, single, double, closing, comma = match.groups()
        whole, column, at = inside[-1], match.start(2) + 1, match.end()
        if plain:
            node: Node = plain_text(file, line, column, plain)
        elif written in _BRACKETS:
            node = _collection(written, file, line, column)
        else:
            node = _quoted_text(file, line, column, single, double)
        if type(whole) is Mapping and key and key not in whole.entries:
            whole.entries[key] = (Scalar(file, line, match.start(1) + 1, key), node)
        elif type(whole) is Sequence and not key:
            whole.items.append(node)
        else:
            raise Beyond
        _step(inside, node, closing, comma)
        if depth + len(inside) > DEEPEST:
            raise Beyond
    return at


def _step(inside: list[Sequence | Mapping], node: Node, closing: str, comma: str) -> None:
    """Go into a list or mapping that begins, or out of those that end; a comma goes before the next item only."""
    if not isinstance(node, Scalar):
        inside.append(node)
        if closing or comma:
            raise Beyond
        return
    for bracket in closing:
        if bracket != " " and (not inside or (type(inside.pop()) is Mapping) != (bracket == "}")):
            raise Beyond
    if bool(comma) != bool(inside):
        raise Beyond
