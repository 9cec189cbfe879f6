"""Property: on YAML without the refused features, our nodes are what PyYAML reads, and places point at the text."""

from __future__ import annotations

import yaml
from examples import many
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from censorkb.facts.node import Mapping, Node, Scalar, Sequence
from censorkb.facts.reader import Reader
from censorkb.facts.text import HIDDEN

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20).filter(
    lambda text: not HIDDEN.search(text)
)
KEYS = WORDS.filter(lambda text: text.strip() == text and text not in ("<<", ""))
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
FILES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.booleans(),
        "indent": st.integers(2, 6),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([20, 80, 100_000]),
    }
)


def stripped(value: object) -> object:
    if isinstance(value, dict):
        return {key: stripped(inner) for key, inner in value.items()}
    return [stripped(inner) for inner in value] if isinstance(value, list) else str(value).strip()


def plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.text


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [s for word, value in node.entries.values() for s in (word, *scalars(value))]
    return [s for item in node.items for s in scalars(item)] if isinstance(node, Sequence) else [node]


class Plain(yaml.SafeDumper):
    """Writes no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


@settings(max_examples=many(80), deadline=None)
@given(FILES, STYLES)
def test_whatever_is_written_in_whatever_style_is_read_back(value, style):
    text = yaml.dump(value, Dumper=Plain, sort_keys=False, **style)
    reader = Reader("f.yaml")
    node = reader.read(text)
    assert reader.problems == []
    assert node is not None
    loaded = stripped(yaml.load(text, Loader=yaml.BaseLoader))
    assume(loaded == stripped(value))  # PyYAML's writer breaks some lines so that no reader joins them again
    assert plain(node) == loaded


@settings(max_examples=many(80), deadline=None)
@given(FILES)
def test_every_place_points_at_the_text(value):
    text = yaml.dump(value, Dumper=Plain, sort_keys=False, default_style='"', allow_unicode=True, width=100_000)
    reader = Reader("f.yaml")
    node = reader.read(text)
    assert node is not None
    lines = text.split("\n")
    for scalar in scalars(node):
        at = lines[scalar.place.line - 1][scalar.place.column - 1 :]
        assert yaml.safe_load(at[: _end(at)]).strip() == scalar.text


def _end(quoted: str) -> int:
    """Where a double-quoted text ends."""
    assert quoted.startswith('"'), quoted
    at = 1
    while quoted[at] != '"':
        at += 2 if quoted[at] == "\\" else 1
    return at + 1


@settings(max_examples=many(200), deadline=None)
@given(st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@`~ \n<=0.\\Я"), max_size=40))
def test_any_text_is_read_or_explained_and_never_crashes(text):
    reader = Reader("f.yaml")
    node = reader.read(text)
    lines = text.split("\n")
    for problem in reader.problems:
        assert 1 <= problem.place.line <= len(lines) + 1
        assert problem.place.column >= 1
    try:
        expected = yaml.load(text, Loader=yaml.CBaseLoader if hasattr(yaml, "CBaseLoader") else yaml.BaseLoader)
    except yaml.YAMLError:
        assert node is None
        return
    if node is not None and not reader.problems and expected is not None:
        assert plain(node) == stripped(expected)
