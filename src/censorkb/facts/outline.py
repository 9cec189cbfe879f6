"""Outlines: everyday fact files, read a line at a time into the nodes that `Reader` makes, at a fraction of its cost.

Everyday are lines of `key: value`, `key:`, `- key: value` and `- value` whose indentation says what belongs to what, with
values that end with their line, blank lines and comments. A file with anything else, every fault included, is left to
`Reader`; a property test holds the two together.
"""

from __future__ import annotations

import re

from censorkb.facts import value
from censorkb.facts.node import DEEPEST, LONGEST, Mapping, Node, Scalar, Sequence
from censorkb.facts.value import KEY, SIGNS, Beyond

_HEAD = re.compile(rf"((?: {{0,99}}- )? {{0,99}})({KEY})")
_DASH, _SILENT = re.compile(r" *- +"), re.compile(r" *(?:#.*)?")
_SIGNS = frozenset(SIGNS)
MOST_HEADS = 4096

Entries = dict[str, tuple[Scalar, Node]]
Head = tuple[str, str, int, int]


def read(text: str, file: str) -> Mapping | None:
    """Read a text that has no hidden characters; None if it is not everyday.

    Args:
        text: the text, as `facts.text` lets it through.
        file: how the file is called in places.
    """
    if len(text) > LONGEST and max(map(len, text.split("\n"))) > LONGEST:
        return None
    try:
        root = _Outline(file).read(text)
    except Beyond:
        return None
    return root if isinstance(root, Mapping) else None


class _Heads(dict[str, Head]):
    """What is written before a colon, to what stands before the key, the key, and the columns of it and of its value.

    Nearly all lines have one of the same few dozen.
    """

    def __missing__(self, written: str) -> Head | None:
        match = _HEAD.fullmatch(written)
        if not match:
            return None
        if len(self) == MOST_HEADS:
            self.clear()
        self[written] = head = (match[1], match[2], len(match[1]) + 1, len(written) + 3)
        return head


_HEADS = _Heads()


class _Outline:
    """The lists and mappings that the next line may add to, outermost first.

    The level of a mapping is twice the column of its keys, that of a list is one more than twice the column of its
    dashes: they may stand right below the key of the list, and belong to it all the same.

    Args:
        file: how the file is called in places.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._whole = Mapping(file, 1, 1, {})  # the file is the value of its only key
        self._open: list[tuple[int, Sequence | Mapping]] = [(-1, self._whole)]
        self._waiting: Scalar | None = Scalar(file, 1, 1, "")  # key of the innermost mapping, until its value comes

    def read(self, text: str) -> Node:
        """Read all lines."""
        # Whether plain texts may have blanks at their ends, or say nothing: asked once, since few files have any.
        loose = " \n" in text or text[-1:] == " " or "~" in text or "null" in text or not text.isascii()
        margin: str | None = None  # what stands before the keys of the innermost mapping, as long as it goes on
        file, heads, entries = self._file, _HEADS, self._whole.entries
        for line, written in enumerate(text.split("\n"), 1):
            head, _, plain = written.partition(": ")
            if plain and (known := heads[head]):
                indent, key, column, after = known
                if indent != margin:
                    entries, margin = self._entries(indent, line), indent.replace("-", " ")
                if key in entries:
                    raise Beyond
                if plain[0] in _SIGNS or ":" in plain or "#" in plain:
                    if plain[0] in " #" and _SILENT.fullmatch(plain):
                        self._waiting, margin = Scalar(file, line, column, key), None
                        continue
                    node = self._value(written, after - 1, line)
                else:
                    node = value.plain_text(file, line, after, plain) if loose else Scalar(file, line, after, plain)
                entries[key] = (Scalar(file, line, column, key), node)
            elif written:
                self._take(written, line)
                margin = None
        self._reach(-1, 0)
        return self._whole.entries[""][1]

    def _take(self, text: str, line: int) -> None:
        """Take a line that has no key, or nothing after its key."""
        known = _HEADS[text[:-1]] if text[-1] == ":" else None
        if known:
            indent, key, column, _ = known
            if key in self._entries(indent, line):
                raise Beyond
            self._waiting = Scalar(self._file, line, column, key)
        elif dash := _DASH.match(text):
            self._items(dash[0], line).append(self._value(text, dash.end(), line))
        elif not _SILENT.fullmatch(text):
            raise Beyond

    def _value(self, text: str, at: int, line: int) -> Node:
        while text.startswith(" ", at):
            at += 1
        return value.read(text, at, self._file, line, len(self._open) - 1)

    def _entries(self, indent: str, line: int) -> Entries:
        """What the mapping has whose keys stand after an indentation; a dash in it begins the mapping."""
        column = len(indent)
        if "-" in indent:
            entries: Entries = {}
            items = self._items(indent, line)
            items.append(self._begin(Mapping(self._file, line, column + 1, entries), 2 * column))
            return entries
        mapping = self._reach(2 * column, line)
        assert isinstance(mapping, Mapping)
        return mapping.entries

    def _items(self, indent: str, line: int) -> list[Node]:
        """What the list has whose dash stands in an indentation."""
        sequence = self._reach(2 * indent.index("-") + 1, line)
        assert isinstance(sequence, Sequence)
        return sequence.items

    def _reach(self, level: int, line: int) -> Sequence | Mapping:
        """The list or mapping of a level: it begins here as a value, or all that is further in ends here."""
        opened, word = self._open, self._waiting
        here, whole = opened[-1]
        if word:
            assert isinstance(whole, Mapping)
            self._waiting = None
            if level > here:
                spot = (self._file, line, level // 2 + 1)
                node = self._begin(Sequence(*spot, []) if level % 2 else Mapping(*spot, {}), level)
                whole.entries[word.text] = (word, node)
                return node
            nothing = Scalar(word.file, word.line, word.column + len(word.text) + 1, "", empty=True)
            whole.entries[word.text] = (word, nothing)
        while here > level:
            opened.pop()
            here, whole = opened[-1]
        if here != level:
            raise Beyond
        return whole

    def _begin(self, node: Sequence | Mapping, level: int) -> Sequence | Mapping:
        if len(self._open) > DEEPEST:
            raise Beyond
        self._open.append((level, node))
        return node
