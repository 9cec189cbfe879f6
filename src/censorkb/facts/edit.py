"""Edits: small changes of a fact file at their places; all that is not meant stays as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from censorkb.facts.order import Spot, inside, kind, ordered, whole
from censorkb.facts.quoting import quoted, quoted_key
from censorkb.facts.syntax import Branch, Leaf, Part, Written, parse
from censorkb.ontology.form import Field, Form, Forms

Value = str | Sequence[str] | Mapping[str, "Value"]


class Edit:
    """Collects changes of one text.

    Args:
        text: of the file; the readers accept it.
        form: of the folder that it is in.
        forms: all forms.
    """

    def __init__(self, text: str, form: Form, forms: Forms) -> None:
        self.text, self._form, self._forms = text, form, forms
        self.root = parse(text)
        self._changes: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text with all changes."""
        text = self.text if self.text.endswith("\n") else self.text + "\n"
        # From the end on, so that places stay true; of those at one place the first comes first.
        for _, (start, end, new) in sorted(enumerate(self._changes), key=_at, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def fields(self) -> Iterator[tuple[Field, Part]]:
        """All entries whose keys the forms know, with their fields."""
        yield from self._fields(self.root, whole(self._form))

    def _fields(self, branch: Branch, spot: Spot) -> Iterator[tuple[Field, Part]]:
        known = kind(spot.form, branch).fields if spot.form and not spot.each else {}
        for part in branch.parts:
            if part.key and part.key.text in known:
                yield known[part.key.text], part
            if isinstance(part.value, Branch):
                yield from self._fields(part.value, inside(spot, part, branch, self._forms))

    def claims(self) -> dict[str, Branch]:
        """The claims of a source by their ids."""
        part = self.root.part("claims")
        items = part.value.parts if part and isinstance(part.value, Branch) else []
        return {text(item.value, "id"): item.value for item in items if isinstance(item.value, Branch)}

    def put(self, branch: Branch, form: Form, key: str, value: Value) -> None:
        """Give a key of a mapping a value, in place of what it has or where the key is best written."""
        written = _written(value)
        part = branch.part(key)
        if part:
            start = part.value.start if _is_written(part.value) else part.key.end + 1 if part.key else part.value.start
            blank = "" if _is_written(part.value) else " "
            self._changes.append((start, max(part.value.end, start), blank + written))
            return
        entry = f"{quoted_key(key, known=True)}: {written}"
        above = self._above(branch, form, key)
        if branch.brackets:
            at = above.value.end if above else branch.start + 1
            self._changes.append((at, at, f", {entry}" if above else entry + (", " if branch.parts else "")))
        elif above:
            at = self._line_after(above.value.end)
            self._changes.append((at, at, " " * branch.column + entry + "\n"))
        else:
            self._changes.append((branch.start, branch.start, entry + "\n" + " " * branch.column))

    def replace(self, leaf: Leaf, word: str) -> None:
        """Write another text in place of a single value or key."""
        self._changes.append((leaf.start, leaf.end, quoted(word, inside=True)))

    def replace_all(self, part: Part, words: Sequence[str]) -> None:
        """Write other texts in place of a list or single value."""
        self._changes.append((part.value.start, part.value.end, _written(words[0] if len(words) == 1 else words)))

    def remove(self, part: Part) -> None:
        """Take an entry or item out that stands on lines of its own, with the comments right above it."""
        first = min([part.start, *(comment.at for comment in part.before if comment.alone)])
        start = self.text.rfind("\n", 0, first) + 1
        self._changes.append((start, self._line_after(part.value.end), ""))

    def cut(self, part: Part) -> str:
        """Take an entry out as `remove` does; its lines."""
        self.remove(part)
        start, end, _ = self._changes[-1]
        return self.text[start:end]

    def _above(self, branch: Branch, form: Form, key: str) -> Part | None:
        """The entry below which a key is best written."""
        leaf = Leaf(0, 0, key, False, 0)
        line = Branch(0, 0, 0, True, False, [*branch.parts, Part(leaf, leaf)])
        keys = [part.key.text for part in ordered(Spot(form), line) if part.key]
        before = keys[: keys.index(key)]
        return next((part for part in reversed(branch.parts) if part.key and part.key.text in before), None)

    def _line_after(self, at: int) -> int:
        if at and self.text[at - 1] == "\n":
            return at
        end = self.text.find("\n", at)
        return len(self.text) + (not self.text.endswith("\n")) if end < 0 else end + 1


def _at(numbered: tuple[int, tuple[int, int, str]]) -> tuple[int, int]:
    number, (start, _, _) = numbered
    return start, number


def text(branch: Branch, key: str) -> str:
    """The single value of a key; empty if it has none."""
    part = branch.part(key)
    return part.value.text if part and isinstance(part.value, Leaf) else ""


def texts(value: Written | None) -> list[str]:
    """All single values in a value."""
    if value is None or isinstance(value, Leaf):
        return [value.text] if value and value.text else []
    return [found for part in value.parts for found in texts(part.value)]


def _is_written(value: Written) -> bool:
    return not isinstance(value, Leaf) or value.end > value.start


def _written(value: Value) -> str:
    return quoted(value) if isinstance(value, str) else _bracketed(value)


def _bracketed(value: Value) -> str:
    if isinstance(value, str):
        return quoted(value, inside=True)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{quoted_key(key)}: {_bracketed(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(_bracketed, value))}]"
