"""Syntax: a fact file with all that its author wrote, comments and brackets included, each part with its span.

The readers keep what a file says; whoever rewrites or edits a file needs how it says it. Only files that the readers
accept come here, so there are no anchors, tags or second documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from censorkb.facts.node import NOTHING

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Comment:
    """A comment, from its `#` to the end of its line.

    Args:
        at: index in the text.
        column: counted from 0.
        text: what is written, without blanks at its end.
        alone: whether nothing else stands on its line.
        spaced: whether the line above is blank.
        airy: whether the line below is blank.
    """

    at: int
    column: int
    text: str
    alone: bool
    spaced: bool
    airy: bool


@dataclass(slots=True)
class Leaf:
    """A single value or key.

    Args:
        start: index of its first character; likewise `end`, after its last.
        text: what it says, as the readers give it.
        empty: whether nothing was written, or a word that stands for nothing.
        body: index after its first line if it is a block of lines, else the same as `start`.
    """

    start: int
    end: int
    text: str
    empty: bool
    body: int


@dataclass(slots=True)
class Part:
    """An entry of a mapping or an item of a list, with its comments.

    Args:
        value: its value.
        key: its key; None for an item.
        before: comments on lines of their own above it.
        beside: the comment at the end of its line.
    """

    value: Leaf | Branch
    key: Leaf | None = None
    before: list[Comment] = field(default_factory=list)
    beside: Comment | None = None

    @property
    def start(self) -> int:
        """Index at which it begins."""
        return self.key.start if self.key else self.value.start


@dataclass(slots=True)
class Branch:
    """A list or mapping.

    Args:
        start: index of its first character; likewise `end`, after its last.
        column: column of its entries or dashes, counted from 0.
        keyed: whether it is a mapping.
        brackets: whether it is written in brackets.
        parts: its entries or items.
        foot: comments below the last of them.
    """

    start: int
    end: int
    column: int
    keyed: bool
    brackets: bool
    parts: list[Part] = field(default_factory=list)
    foot: list[Comment] = field(default_factory=list)

    def part(self, key: str) -> Part | None:
        """The entry of a key."""
        return next((part for part in self.parts if part.key and part.key.text == key), None)


Written = Leaf | Branch


def parse(text: str) -> Branch:
    """Read a text that `Reader` accepts and whose whole is a mapping; its comments stand where they belong."""
    from censorkb.facts.comments import attach

    root: list[Part] = []
    open_: list[tuple[Branch, list[Leaf]]] = []  # each with the key whose value has not come yet
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            branch, _ = open_.pop()
            branch.end = _span(event)[1] if branch.brackets else _end(branch)
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        made = _written(event, text)
        if not open_:
            root.append(Part(made))
        else:
            _place(*open_[-1], made)
        if isinstance(made, Branch):
            open_.append((made, []))
    whole = root[0].value
    assert isinstance(whole, Branch)
    attach(whole, text)
    return whole


def _span(event: yaml.Event) -> tuple[int, int, int]:
    """The indexes at which an event begins and ends, and its column."""
    start, end = event.start_mark, event.end_mark
    assert start and end
    return start.index, end.index, start.column


def _written(event: yaml.NodeEvent, text: str) -> Written:
    start, end, column = _span(event)
    if isinstance(event, yaml.CollectionStartEvent):
        keyed = isinstance(event, yaml.MappingStartEvent)
        return Branch(start, end, column, keyed, bool(event.flow_style))
    assert isinstance(event, yaml.ScalarEvent)
    body = start
    if event.style in ("|", ">"):
        body, end = text.find("\n", start), start + len(text[start:end].rstrip())
    return Leaf(start, end, event.value.strip(), not event.style and event.value in NOTHING, max(body, start))


def _place(branch: Branch, waiting: list[Leaf], made: Written) -> None:
    if not branch.keyed:
        branch.parts.append(Part(made))
    elif waiting:
        branch.parts.append(Part(made, waiting.pop()))
    else:
        assert isinstance(made, Leaf)
        waiting.append(made)


def _end(branch: Branch) -> int:
    """Where a list or mapping without brackets ends: the library says where the next one begins."""
    return max((part.value.end for part in branch.parts), default=branch.start)


def leaves(branch: Branch) -> Iterator[Leaf]:
    """All keys and single values, in the order of the text."""
    for part in branch.parts:
        if part.key:
            yield part.key
        if isinstance(part.value, Leaf):
            yield part.value
        else:
            yield from leaves(part.value)
