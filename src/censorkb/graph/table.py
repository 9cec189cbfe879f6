"""Tables: sub-selects of patterns that stand in a query only to be worked out once for all solutions around them.

Oxigraph looks patterns up anew for each solution around them, by an index; of a sub-select it makes a table, and joins
that. For pairs among everything the table is several times cheaper. About a few nodes it is far dearer, since it holds
what no solution needs; so a query about some nodes has the bare patterns in its place, which mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from censorkb.graph.group import Group, is_variable
from censorkb.graph.pattern import is_word, pieces, word
from censorkb.graph.way import HIDDEN


def opened(text: str, body: Group, kept: Iterable[Group]) -> dict[int, str]:
    """What is to stand in a query in place of some of its pieces, so that its tables are patterns among the others.

    A table hands on variables as they are, from patterns and filters alone. What it does not hand on gets other names.

    Args:
        text: the query.
        body: as `graph.pattern` reads it.
        kept: groups that shall remain as they are.

    Returns:
        Pieces by their number.
    """
    written, kept = pieces(text), list(kept)
    found: dict[int, str] = {}
    if "*" in written[: body.start]:  # SELECT * would hand on what the table does not
        return found
    for around, table in _tables(body):
        if table in kept or around in kept or not _is_plain(written, around, table):
            continue
        for i in (*range(around.start, table.start + 1), *range(table.end, around.end + 1)):
            found[i] = ""
        for i in range(table.start + 1, table.end):
            if _variable(written[i]) not in ("", *table.selected):
                found[i] = f"{written[i]}{HIDDEN}{table.start}"
        found[around.start] = _stop(written[: around.start])
        found[table.end] = _stop(written[table.start + 1 : table.end])
    return found


def _tables(body: Group) -> Iterator[tuple[Group, Group]]:
    """Groups with nothing but a sub-select, with this."""
    for around in body.walk():
        if around.kind == "branch" and not around.union and not around.patterns and len(around.groups) == 1:
            (inner,) = around.groups
            if inner.kind == "select" and not inner.groups and not inner.made:
                yield around, inner


def _is_plain(written: Sequence[str], around: Group, table: Group) -> bool:
    """Whether the patterns of a table mean the same without it."""
    head = [word(piece) for piece in written[around.start + 1 : table.start] if is_word(piece)]
    if any(piece[0] != "?" and piece.upper() not in ("SELECT", "WHERE") for piece in head):
        return False
    if any(is_word(piece) for piece in written[table.end + 1 : around.end]):  # GROUP BY and the like
        return False
    return {_variable(piece) for piece in written[table.start : table.end]} <= {"", *table.variables}


def _variable(piece: str) -> str:
    """The variable that a piece is, with a question mark; empty for others."""
    name = word(piece)
    return name if is_variable(name) else ""


def _stop(before: Sequence[str]) -> str:
    """A full stop, if triples that follow these pieces need one."""
    last = next((piece for piece in reversed(before) if is_word(piece)), "")
    return " " if last in (".", "{", "}", ")") else " . "
