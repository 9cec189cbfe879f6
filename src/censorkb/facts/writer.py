"""The writer: a fact file in its canonical form.

Keys stand in the order of the shapes; a text has quotation marks only if it needs them; every value is on one line;
lists are indented by two below their key, claims by none; a blank line goes before each claim and each measure of a
file that has several. Brackets stay where the author put them, but copies, quotes and claims have none, nor has what
holds a comment or passes `WIDEST`. A comment stays with what it speaks of, which at the head of a file is the file;
blank lines beside it stay, as one.
"""

from __future__ import annotations

from dataclasses import replace

from censorkb.facts import quoting
from censorkb.facts.order import Spot, inside, is_known, ordered, whole
from censorkb.facts.syntax import Branch, Comment, Leaf, Part, Written, parse
from censorkb.ontology.form import Form, Forms

WIDEST = 200  # columns of a line that ends in brackets
FARTHEST = 100  # column up to which comments beside values stay aligned

Lines = list[str | None]  # None: a blank line, unless there is one


def write(text: str, form: Form, forms: Forms) -> str:
    """Write a fact file in its canonical form.

    Args:
        text: of the file; the readers accept it.
        form: of the folder that it is in.
        forms: all forms.
    """
    root = parse(text)
    head: list[Comment] = []
    if root.parts and not form.several:  # what stands above all keys speaks of the file, whichever key is the first
        head, root.parts[0].before = root.parts[0].before, []
    lines = [*_above(head, 0), *_Writer(forms).block(root, whole(form), 0)]
    kept: list[str] = []
    blank = False
    for line in lines:
        if line is not None:
            kept += [""] * (blank and bool(kept)) + [line]
        blank = line is None
    return "\n".join(kept) + "\n"


class _Writer:
    def __init__(self, forms: Forms) -> None:
        self._forms = forms

    def block(self, branch: Branch, spot: Spot, indent: int) -> Lines:
        """The lines of a list or mapping that has no brackets."""
        if not branch.parts:
            return [*_comments(branch.foot, indent), " " * indent + _nothing(branch)]
        lines: Lines = []
        for part in ordered(spot, branch):
            head = f"{quoting.quoted_key(part.key.text, is_known(spot, branch, part.key))}:" if part.key else "-"
            lines += [None] * spot.spaced + self._part(part, inside(spot, part, branch, self._forms), indent, head)
        return lines + _comments(branch.foot, indent)

    def _part(self, part: Part, spot: Spot, indent: int, head: str) -> Lines:
        value, above, head = part.value, [*part.before], " " * indent + head
        if isinstance(value, Branch) and not value.parts:
            above += value.foot
        text = self._on_one_line(value, spot, len(head))
        if text is not None:
            return [*_above(above, indent), _beside(f"{head} {text}" if text else head, part.beside)]
        if isinstance(value, Leaf):
            lines = quoting.block(value.text) or []
            body = [" " * (indent + 2) + line if line else "" for line in lines]
            return [*_above(above, indent), _beside(f"{head} |-", part.beside), *body]
        if part.key:
            inner = self.block(value, spot, indent + 2 * spot.indented)
            return [*_above(above, indent), _beside(head, part.beside), *inner]
        return self._item(value, spot, indent, [*above, *([part.beside] if part.beside else [])])

    def _item(self, value: Branch, spot: Spot, indent: int, above: list[Comment]) -> Lines:
        """A list or mapping that begins beside the dash of its item: comments on its first entry move above the dash."""
        parts, first = ordered(spot, value), value
        while first.parts:
            part = ordered(spot, first)[0] if first is value else first.parts[0]
            above, part.before = [*above, *part.before], []
            if part.key or not isinstance(part.value, Branch):
                break
            above += [part.beside] if part.beside else []
            part.beside, first = None, part.value
        lines = self.block(replace(value, parts=parts), spot, indent + 2)
        assert lines[0] is not None
        lines[0] = " " * indent + "- " + lines[0][indent + 2 :]
        return [*_above(above, indent), *lines]

    def _on_one_line(self, value: Written, spot: Spot, before: int) -> str | None:
        if isinstance(value, Leaf):
            if value.empty:
                return value.text
            return quoting.quoted(value.text) if quoting.block(value.text) is None else None
        if not value.parts:
            return _nothing(value)
        if not value.brackets or spot.open:
            return None
        text = self._bracketed(value, spot)
        return text if text is not None and before + 1 + len(text) <= WIDEST else None

    def _bracketed(self, value: Written, spot: Spot) -> str | None:
        """A list or mapping in brackets; None if it can't be on one line."""
        if isinstance(value, Leaf):
            return None if value.empty or "\n" in value.text else quoting.quoted(value.text, inside=True)
        texts = []
        for part in ordered(spot, value):
            text = self._bracketed(part.value, inside(spot, part, value, self._forms))
            if text is None or part.before or part.beside:
                return None
            texts.append(f"{quoting.quoted_key(part.key.text)}: {text}" if part.key else text)
        return None if value.foot else ("{%s}" if value.keyed else "[%s]") % ", ".join(texts)


def _nothing(branch: Branch) -> str:
    return "{}" if branch.keyed else "[]"


def _beside(line: str, comment: Comment | None) -> str:
    if comment is None:
        return line
    column = max(len(line) + 2, comment.column if comment.column <= FARTHEST else 0)
    return line.ljust(column) + comment.text


def _comments(comments: list[Comment], indent: int) -> Lines:
    lines: Lines = []
    for comment in comments:
        lines += [None] * (comment.alone and comment.spaced) + [" " * indent + comment.text]
    return lines


def _above(comments: list[Comment], indent: int) -> Lines:
    airy: Lines = [None] if comments and comments[-1].alone and comments[-1].airy else []
    return _comments(comments, indent) + airy
