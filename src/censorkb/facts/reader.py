"""The full reader: all of YAML that facts may use, to nodes that know their line and column.

Anchors, aliases, tags, merge keys and keys given twice are refused (YAML-LD, basic profile). The reader walks events and
never recurses, so that neither deep nesting nor an alias bomb reaches the stack or the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from censorkb.facts.node import DEEPEST, LONGEST, NOTHING, Mapping, Node, Scalar, Sequence
from censorkb.facts.text import HIDDEN
from censorkb.problem import Phrase, Place, Problem, phrase, problem

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    node: Sequence | Mapping
    key: Scalar | None = None
    awaiting_value: bool = False


class Reader:
    """Builds nodes from the events of one YAML text.

    Args:
        name: how the file is called in problems.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0
        self._lost = False  # something that was written is not in the nodes
        self._escapes = False

    def read(self, text: str) -> Node | None:
        """Read a text that has no hidden characters; None if it is empty or can't be used (the problems say why)."""
        self._escapes = "\\" in text
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                if isinstance(event, yaml.ScalarEvent):
                    self._place_node(self._scalar(event))
                elif isinstance(event, yaml.CollectionEndEvent):
                    self._stack.pop()
                elif not self._take(event):
                    return None
        except yaml.MarkedYAMLError as fault:
            self.problems.append(self._syntax(fault, text))
            return None
        except (yaml.YAMLError, RecursionError):
            self.problems.append(problem(Place(self.name), "yaml-syntax", hint=phrase("yaml-unknown")))
            return None
        return None if self._lost else self._root

    def _spot(self, event: yaml.Event) -> tuple[str, int, int]:
        mark = event.start_mark
        return (self.name, mark.line + 1, mark.column + 1) if mark else (self.name, 1, 1)

    def _refuse(self, place: Place, rule: str, **values: str | int | Phrase) -> None:
        self.problems.append(problem(place, rule, **values))

    def _take(self, event: yaml.Event) -> bool:
        """Take an event that is neither a scalar nor an end; False if the file can't be read on."""
        if isinstance(event, yaml.CollectionStartEvent):
            return self._start(event)
        place = Place(*self._spot(event))
        if isinstance(event, yaml.AliasEvent):
            self._refuse(place, "alias", name=event.anchor or "")
            self._lost = True
            self._place_node(Scalar(*self._spot(event), "*"))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(place, "two-documents")
                return False
        return True

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._refuse(Place(*self._spot(event)), "anchor", name=event.anchor)
        if event.tag is not None:
            self._refuse(Place(*self._spot(event)), "tag", tag=str(event.tag))

    def _start(self, event: yaml.CollectionStartEvent) -> bool:
        self._refuse_extras(event)
        spot = self._spot(event)
        node = Sequence(*spot, []) if isinstance(event, yaml.SequenceStartEvent) else Mapping(*spot, {})
        self._place_node(node)
        self._stack.append(_Open(node))
        if len(self._stack) > DEEPEST:
            self._refuse(node.place, "too-deep", most=DEEPEST)
            return False
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if event.anchor or event.tag is not None:
            self._refuse_extras(event)
        written = event.value
        # `event.style` is None (C) or "" (Python) for plain scalars; a quoted "null" is text.
        scalar = Scalar(*self._spot(event), written.strip(), not event.style and written in NOTHING)
        if len(written) > LONGEST:
            self._refuse(scalar.place, "value-too-long", most=LONGEST)
        # Only in double quotes can YAML write such characters, as \\u202e.
        hidden = HIDDEN.search(written) if self._escapes else None
        if hidden:
            self._refuse(scalar.place, "control-character", code=f"U+{ord(hidden.group()):04X}")
        return scalar

    def _place_node(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif not top.awaiting_value:
            self._take_key(top, node)
        else:
            top.awaiting_value = False
            if top.key is not None:
                top.node.entries[top.key.text] = (top.key, node)

    def _take_key(self, top: _Open, node: Node) -> None:
        assert isinstance(top.node, Mapping)
        top.awaiting_value, top.key = True, None
        if not isinstance(node, Scalar):
            self._lost = True
            self._refuse(node.place, "key-not-a-word")
        elif node.text == "<<":
            self._lost = True
            self._refuse(node.place, "merge-key")
        elif node.text in top.node.entries:
            self._refuse(node.place, "duplicate-key", key=node.text, line=top.node.entries[node.text][0].place.line)
        else:
            top.key = node

    def _syntax(self, fault: yaml.MarkedYAMLError, text: str) -> Problem:
        conflict = _CONFLICT.search(text)
        if conflict:
            place = Place(self.name, text.count("\n", 0, conflict.start()) + 1)
            return problem(place, "merge-conflict")
        said = fault.problem or ""
        hint = next((name for words, name in _HINTS if any(w in said for w in words)), "yaml-unknown")
        marks = (
            fault.problem_mark,
            fault.context_mark,
        )  # where the library gave up, and where what it was reading began
        mark = next(filter(None, reversed(marks) if hint in _FROM_START else marks), None)
        line = mark.line if mark else 0
        return problem(Place(self.name, line + 1, mark.column + 1 if mark else 1), "yaml-syntax", hint=phrase(hint))


_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
# What libyaml and PyYAML say, and what is most often the reason.
_FROM_START = frozenset({"yaml-bracket", "yaml-key", "yaml-quote"})
_HINTS = (
    (("mapping values are not allowed",), "yaml-colon"),
    (("cannot start any token",), "yaml-sign"),
    (("expected ',' or",), "yaml-bracket"),
    (("could not find expected ':'",), "yaml-key"),
    (("unexpected end of stream",), "yaml-quote"),
    (("expected <block end>", "expected key", "expected '-'"), "yaml-indent"),
)
