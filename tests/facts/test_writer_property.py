"""Properties of the writer: it keeps what a file says and every comment, and has nothing to do to what it wrote itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from examples import many
from facts.test_outline_property import EDITS, FACTS, KEYS, LINE, MARGINS, TREES, VALUES, written
from hypothesis import event, given, settings
from hypothesis import strategies as st

from censorkb.facts import syntax
from censorkb.facts.comments import find
from censorkb.facts.node import Mapping, Node, Scalar
from censorkb.facts.reader import Reader
from censorkb.facts.text import HIDDEN
from censorkb.facts.writer import write
from censorkb.ontology.form import Forms
from censorkb.ontology.ontology import Ontology

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
COMMENTS = st.sampled_from(["# c", "#", "# d: e", "#  - f", "# 'g", "#h #i"])
MARKS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), COMMENTS, st.booleans()), min_size=1, max_size=5)
FOLDERS = st.sampled_from(["sources", "measures", "entities/agents", "entities/targets"])


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Ontology(PROJECT / "ontology").forms


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text, node.empty
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return [plain(item) for item in node.items]


def comments(content: str) -> Counter[str]:
    return Counter(comment.text for comment in find(syntax.parse(content), content))


def read(content: str) -> Mapping | None:
    if HIDDEN.search(content):
        return None
    reader = Reader("f.yaml")
    node = reader.read(content)
    return node if isinstance(node, Mapping) and not reader.problems else None


def commented(content: str, marks: list[tuple[int, int, str, bool]]) -> str:
    """Put comments on lines of their own and at the ends of lines."""
    lines = content.split("\n")
    for at, blanks, comment, alone in marks:
        at %= len(lines)
        if alone:
            lines[at:at] = [" " * blanks + comment] + [""] * (blanks % 3 == 2)
        else:
            lines[at] += f" {comment}"
    return "\n".join(lines)


def holds(content: str, folder: str, forms: Forms) -> None:
    node = read(content)
    event(f"can be read: {node is not None}")
    if node is None:
        return
    form = forms.by_folder[folder]
    tidy = write(content, form, forms)
    again = read(tidy)
    assert again is not None, tidy
    assert plain(again) == plain(node)
    assert comments(tidy) == comments(content)
    assert write(tidy, form, forms) == tidy
    assert tidy.endswith("\n")
    assert not tidy.startswith("\n")


@settings(max_examples=many(400), deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a", "b", "label", "claims", "copies"]), TREES, min_size=1, max_size=4),
    MARGINS,
    MARKS,
    FOLDERS,
)
def test_of_generated_documents_with_comments(forms, tree, margins, marks, folder):
    content = "\n".join(written(tree, margins, ""))
    holds(content, folder, forms)
    holds(commented(content, marks), folder, forms)


@settings(max_examples=many(400), deadline=None)
@given(FACTS, EDITS, MARKS, FOLDERS)
def test_of_facts_with_comments_and_slips_of_the_pen(forms, lines, edits, marks, folder):
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    content = "\n".join(line[margin:] for line in lines)
    holds(commented(content, marks), folder, forms)
    for at, cut, piece in edits:
        at %= len(content) + 1
        content = content[:at] + piece + content[at + cut :]
    holds(commented(content, marks), folder, forms)


@settings(max_examples=many(300), deadline=None)
@given(st.lists(LINE, min_size=1, max_size=7), MARKS)
def test_of_lines_of_all_kinds(forms, lines, marks):
    holds(commented("\n".join(lines), marks), "sources", forms)


@settings(max_examples=many(400), deadline=None)
@given(VALUES, st.sampled_from(KEYS))
def test_of_single_values(forms, value, key):
    holds(f"a: {value}\nb:\n- {value}\n- c: {value}\n- {key}: [{value}] # c\n", "sources", forms)


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.text(
    "ab \n'\"#:-,[]{}\\\u00a0 é", max_size=30
)


@settings(max_examples=many(400), deadline=None)
@given(WORDS)
def test_of_any_text_in_any_place(forms, word):
    marked = '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in word) + '"'
    holds(f"a: {marked}\nb: [{marked}, x]\nc:\n- {marked}\n- {{d: {marked}}}\n", "sources", forms)


@settings(max_examples=many(300), deadline=None)
@given(st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@`~ \n\n<=0.\\Я\u00a0😀"), max_size=30))
def test_of_any_characters(forms, content):
    holds(content, "sources", forms)
    holds(f"a: {content}", "measures", forms)
    holds(f"claims:\n- {content}\n# c\n", "sources", forms)
