"""Wording: a template is compiled once for all languages, with marks where words stand. A language puts its words there.

A word is then part of the text around it, as if it stood in the template, and is escaped as this is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Any

from jinja2 import TemplateAssertionError, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from censorkb.site.catalogue import Words
from censorkb.site.formats import FORMATS, PLAIN

Settled = Mapping[str, Any]

_MARK = re.compile("\ue000(.*?)\ue001")  # letters that Unicode leaves to private use, and no template has


class Marking(NodeTransformer):
    """Puts a mark in the place of each expression that stands for a word: of `t.nav.claims`.

    Args:
        settled: objects of some language by the name that templates have for them; those of others have the same keys.
        name: name of the template.
        filename: its file.
    """

    def __init__(self, settled: Settled, name: str | None, filename: str | None) -> None:
        self._settled, self._name, self._filename = settled, name, filename

    def visit_Getattr(self, node: nodes.Getattr | nodes.Getitem) -> nodes.Node:  # noqa: N802 - Jinja looks for this name
        """The mark if the expression is a word, else the expression."""
        path = _path(node)
        if path and path[0] in self._settled:
            found = _found(self._settled, path, node.lineno, self._name, self._filename)
            if isinstance(found, str):  # Jinja takes no nodes of our own; no template has this one
                return nodes.EnvironmentAttribute(" ".join((str(node.lineno), *path)), lineno=node.lineno)
        return self.generic_visit(node)

    visit_Getitem = visit_Getattr  # noqa: N815


def mark(node: nodes.EnvironmentAttribute, form: str = PLAIN) -> str:
    """What stands for a word in compiled templates.

    Args:
        node: what `Marking` has put there.
        form: ending of the file in which the word will be shown; plain if it is not shown but used.
    """
    return f"\ue000{form} {node.name}\ue001"


def written(form: str, said: Any) -> str:
    """A word as it stands in a format, given by its ending; in HTML if it is none of the others."""
    return FORMATS[form].write(said) if form in FORMATS else str(escape(said))


def worded(
    code: CodeType, settled: Settled, write: Callable[[str, Any], str] = written, whole: Callable[[str], str] = str
) -> CodeType:
    """A compiled template with the words of a language in the place of the marks.

    Args:
        code: the template.
        settled: the objects that have the words.
        write: how a word stands in a format, given by its ending.
        whole: what a text with words in it becomes.
    """

    def word(found: re.Match[str]) -> str:
        form, line, *path = found[1].split(" ")
        return write(form, _found(settled, path, int(line), None, code.co_filename))

    return code.replace(
        co_consts=_replaced(code.co_consts, lambda text: whole(_MARK.sub(word, text)) if _MARK.search(text) else text)
    )


def _replaced(constants: tuple[Any, ...], worded: Callable[[str], str]) -> tuple[Any, ...]:
    made: list[Any] = []
    for one in constants:
        if isinstance(one, str):
            made.append(worded(one))
        elif isinstance(one, tuple):
            made.append(_replaced(one, worded))
        elif isinstance(one, CodeType):
            made.append(one.replace(co_consts=_replaced(one.co_consts, worded)))
        else:
            made.append(one)
    return tuple(made)


def _path(node: nodes.Node) -> list[str]:
    """The names on the way to what an expression stands for; empty if it is more than names."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        key = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        key = str(node.arg.value)
    else:
        return []
    owner = _path(node.node)
    return [*owner, key] if owner else []


def _found(settled: Settled, path: Sequence[str], line: int, name: str | None, filename: str | None) -> Any:
    found = settled[path[0]]
    for key in path[1:]:
        try:
            found = found[key] if isinstance(found, Words) else getattr(found, key)
        except (KeyError, AttributeError):
            raise TemplateAssertionError(f"there is no {key!r}", line, name, filename) from None
    return found
