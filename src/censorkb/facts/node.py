"""Nodes of a fact file: single values, lists and mappings that know their line and column.

Every single value stays text (so NO is no truth value and 2025-02-30 no date); types come from the shapes.

A knowledge base has dozens of nodes for each claim. msgspec makes one in a third of the time of a dataclass, and a tree
has no cycles that the garbage collector would have to look for.
"""

from __future__ import annotations

import msgspec

from censorkb.problem import Place

DEEPEST = 20
LONGEST = 20_000
NOTHING = frozenset(("", "~", "null"))  # plain values that say nothing


class _Placed(msgspec.Struct, gc=False):
    """What stands somewhere in a file."""

    file: str
    line: int
    column: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line, self.column)


class Scalar(_Placed, gc=False):
    """A single value; `empty` if nothing was written."""

    text: str
    empty: bool = False


class Sequence(_Placed, gc=False):
    """A list."""

    items: list[Node]


class Mapping(_Placed, gc=False):
    """Keys and values; keys are words."""

    entries: dict[str, tuple[Scalar, Node]]


Node = Scalar | Sequence | Mapping
