"""Order: the rows of a query put in the order that it asks for, once the engine has found them.

Oxigraph looks up the text of both terms each time that it compares two rows: putting thousands of rows in order takes it as long as
finding them, or longer. Here each text is looked up once, when the row is written. What is not sure to come out as in the
engine (numbers with points, kinds of literals mixed, expressions) is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from censorkb.graph.pattern import is_word, pieces

Key = tuple[str, bool]  # a column, and whether it is the largest first
_MODIFIERS = frozenset({"LIMIT", "OFFSET", "VALUES"})
_SUMMING = frozenset({"DISTINCT", "REDUCED", "GROUP", "*"})  # another column would make other rows
_WHOLE = re.compile(rb"-?\d+")
_MOMENT = re.compile(rb'"(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"\^\^<[^>]*[#/]dateTime>')


@dataclass(frozen=True, slots=True)
class Apart:
    """A query and its order.

    Args:
        sparql: the query without its order.
        keys: by which columns its rows are put in order.
        added: how many of its last columns are there for the order only.
    """

    sparql: str
    keys: list[Key]
    added: int = 0


def without(sparql: str) -> Apart | None:
    """Take the order off a query.

    Args:
        sparql: a SELECT.

    Returns:
        Both; None if it has none, cuts its rows off, or is in the order of what are no variables.
    """
    parts = pieces(sparql)
    words = [(i, piece) for i, piece in enumerate(parts) if is_word(piece)]
    body = next((n for n, (_, piece) in enumerate(words) if piece == "{"), 0)
    end = next((n for n in range(len(words) - 1, -1, -1) if words[n][1] == "}"), 0)
    tail = [(i, piece.upper()) for i, piece in words[end + 1 :]]
    start = next((n for n, (_, piece) in enumerate(tail) if piece == "ORDER"), None)
    if start is None or any(piece in _MODIFIERS for _, piece in tail):
        return None
    keys = _keys([piece for _, piece in words[end + 1 :][start + 2 :]])
    head = [piece for _, piece in words[:body]]
    columns = set(_columns(head))
    missing = list(dict.fromkeys(name for name, _ in keys if name not in columns))
    if not keys or (missing and not _SUMMING.isdisjoint(map(str.upper, [*head, *(piece for _, piece in tail)]))):
        return None
    # They stand before WHERE or, where that is not written, before the body.
    place = next((i for i, piece in words[:body] if piece.upper() == "WHERE"), words[body][0])
    added = "".join(f"?{name} " for name in missing)
    return Apart("".join([*parts[:place], added, *parts[place : tail[start][0]]]), keys, len(missing))


def _keys(words: list[str]) -> list[Key]:
    """The columns that an ORDER BY names; none if it names anything else but what is the same in all rows."""
    keys: list[Key] = []
    while words:
        falling = words[0].upper() == "DESC"
        words = words[words[0].upper() in ("ASC", "DESC") :]
        is_bracketed = words[:1] == ["("] and ")" in words
        size = words.index(")") + 1 if is_bracketed else 1
        inside, words = words[1 : size - 1] if is_bracketed else words[:1], words[size:]
        if len(inside) == 1 and _is_variable(inside[0]):
            keys.append((inside[0][1:], falling))
        elif not is_bracketed or "(" in inside or any(map(_is_variable, inside)):
            return []
    return keys


def _columns(words: list[str]) -> Iterator[str]:
    depth = 0
    for before, word in zip(["", *words], words, strict=False):
        depth += (word == "(") - (word == ")")
        if _is_variable(word) and (depth == 0 or before.upper() == "AS"):
            yield word[1:]


def _is_variable(word: str) -> bool:
    return len(word) > 1 and word[0] in "?$"


def arranged(lines: Sequence[bytes], columns: Sequence[str], apart: Apart) -> list[bytes] | None:
    """Put rows in order (SPARQL 1.1, section 15.1): what is not there first, then IRIs, then literals.

    Args:
        lines: rows as SPARQL results in TSV.
        columns: their names.
        apart: by what; columns that are there for the order only are taken off the rows.

    Returns:
        The rows; None if the engine might put them in another order.
    """
    wanted = [(columns.index(name), falling) for name, falling in apart.keys]
    rows = [(line.rstrip(b"\n").split(b"\t"), line) for line in lines]
    for column, falling in reversed(wanted):
        compared = _comparing({cells[column] for cells, _ in rows})
        if compared is None:
            return None
        known = {cell: compared(cell) for cell in {cells[column] for cells, _ in rows}}
        rows.sort(key=lambda row, known=known, column=column: known[row[0][column]], reverse=falling)  # type: ignore[misc] # bound at once
    return [shortened(line, apart) for _, line in rows]


def shortened(line: bytes, apart: Apart) -> bytes:
    """A line of TSV without the columns that are there for the order only."""
    return line.rstrip(b"\n").rsplit(b"\t", apart.added)[0] + b"\n" if apart.added else line


def _comparing(cells: set[bytes]) -> Callable[[bytes], tuple[int, int | bytes]] | None:
    """How the terms of a column compare; None if they are of several kinds, or of one that is not sure."""
    there = cells - {b""}
    if all(cell[:1] == b"<" for cell in there) or all(_is_plain(cell) or _MOMENT.fullmatch(cell) for cell in there):
        if len({cell.rpartition(b'"')[2] for cell in there if cell[:1] == b'"'}) > 1:
            return None
        # A shorter text is less, so what closes it must not be compared. Bytes of UTF-8 are in the order of code points.
        return lambda cell: (bool(cell), cell.rpartition(b'"')[0] if cell[:1] == b'"' else cell[:-1])
    if all(_WHOLE.fullmatch(cell) for cell in there):
        return lambda cell: (bool(cell), int(cell or b"0"))
    return None


def _is_plain(cell: bytes) -> bool:
    """Whether it is a text without a language, and none of its signs is written as two."""
    return cell[:1] == b'"' == cell[-1:] and b"\\" not in cell
