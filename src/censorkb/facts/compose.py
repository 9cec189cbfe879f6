"""Composing: a new fact file from what is to be said, in its canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from censorkb.facts.quoting import quoted, quoted_key
from censorkb.facts.writer import write
from censorkb.ontology.form import Form, Forms

Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]


def compose(tree: Mapping[str, Tree], form: Form, forms: Forms) -> str:
    """Write a fact file.

    Args:
        tree: what it is to say: texts without hidden characters, lists and mappings; what is empty is left out.
        form: of the folder that it is for.
        forms: all forms.
    """
    return write("\n".join(_lines(tree, 0)) + "\n", form, forms)


def _lines(tree: Tree, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(tree, str):
        yield margin + quoted(tree)
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _entry(f"{margin}{quoted_key(key)}:", value, indent)
    else:
        for item in tree:
            first, *rest = _lines(item, indent + 2)
            yield f"{margin}- {first[indent + 2 :]}"
            yield from rest


def _entry(head: str, value: Tree, indent: int) -> Iterator[str]:
    text = _on_one_line(value)
    if text is not None:
        yield f"{head} {text}"
    else:
        yield head
        yield from _lines(value, indent + 2)


def _on_one_line(value: Tree) -> str | None:
    """A text, a list of texts, or nothing, as it stands beside its key."""
    if isinstance(value, str):
        return quoted(value)
    if not isinstance(value, Mapping):
        texts = [item for item in value if isinstance(item, str)]
        return f"[{', '.join(quoted(text, inside=True) for text in texts)}]" if len(texts) == len(value) else None
    texts = [f"{quoted_key(key)}: {quoted(item, inside=True)}" for key, item in value.items() if isinstance(item, str)]
    return f"{{{', '.join(texts)}}}" if 0 < len(texts) == len(value) <= SHORT else None


SHORT = 3  # entries of a mapping that goes in brackets: names in a few languages, not the copy of a source
