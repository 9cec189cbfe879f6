"""Property: whatever the quick reader accepts, the full reader reads without a fault into the same nodes and places."""

from __future__ import annotations

from pathlib import Path

from examples import many
from hypothesis import event, given, settings
from hypothesis import strategies as st

from censorkb.facts import outline
from censorkb.facts.reader import Reader
from censorkb.facts.text import HIDDEN

PROJECT = Path(__file__).parents[2]
FILES = sorted((PROJECT / "tests/toy").rglob("*.yaml")) + sorted((PROJECT / "facts").rglob("*.yaml"))
LINES = [line for path in FILES for line in path.read_text("utf-8").split("\n")]

KEYS = ("a", "b", "key", "a-b", "1", "null", "no", "'k'", '"k"', "k k", "ключ", "-k", "?", "<<", "~", "!t k")
PLAIN = (
    "v", "v w", "NO", "010", "1_000", "1e3", "-5", "null", "~", "null ", "~ ", "2017?", "~100", "x#y", "x #y", "x: y",
    "x:", "x:y", ":x", "x::y", "x:#", "it's", 'x"y', "Россия", "\u00a0v", "v\u00a0", "\u3000", "12:30", "@v", "`v`",
    "%v", "&x v", "*x", "!t v", "|", ">-", "? v", "- v", "-", "---", "...", ", v", "v, w", "v]", "}v", "#v", "=", "<<",
    "https://x.example/y?z=a#b",
)  # fmt: skip
QUOTED = ("'v'", "'it''s'", "''", '""', '"v"', '"v: w"', "'#'", '"\\n"', "'v", '"v', "'v' w", "'v'#", "' v '", "'null'")
PIECES = st.sampled_from([*PLAIN, *QUOTED, *KEYS])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
BRACKETS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(st.sampled_from(KEYS), inner), max_size=3).map(
            lambda pairs: f"{{{', '.join(f'{key}: {value}' for key, value in pairs)}}}"
        ),
        st.tuples(st.sampled_from("[{"), inner, st.sampled_from(["", ",", ", ", " ,", ":", ": ", " "]), inner, st.sampled_from("]}")).map(
            "".join
        ),
    ),
    max_leaves=5,
)  # fmt: skip
VALUES = PIECES | BRACKETS | TEXTS | st.just("")
LINE = st.one_of(
    st.tuples(
        st.integers(0, 5).map(lambda blanks: " " * blanks),
        st.sampled_from(["", "", "", "- ", "-  ", "-", "- - "]),
        st.sampled_from(KEYS),
        st.sampled_from([": ", ": ", ": ", ":", ":  ", " : ", ": # ", ":#"]),
        VALUES,
        st.sampled_from(["", "", "", " ", " # c", "#", "\t"]),
    ).map("".join),
    st.tuples(st.integers(0, 5).map(lambda blanks: " " * blanks), st.sampled_from(["", "- "]), VALUES).map("".join),
    st.sampled_from(["", " ", "# c", "  # c: d", "a:", "  b:", "    c:", "- d:", "%YAML 1.1", "---", "..."]),
)
FACTS = st.tuples(st.integers(0, len(LINES) - 1), st.integers(1, 12)).map(lambda span: LINES[span[0] : sum(span)])
EDITS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 3), PIECES | st.sampled_from(list(" \n-:#,[]{}'\""))), max_size=3
)

TREES = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from(["a", "b", "c-d", "1", "no"]), inner, min_size=1, max_size=4),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
MARGINS = st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(1, 3))


def written(tree: object, margins: tuple[int, int, int], before: str) -> list[str]:
    """A tree as indented lines.

    Args:
        tree: what is written.
        margins: blanks before the keys of a mapping, before the dashes of a list, and after a dash.
        before: what stands before the tree on its first line: blanks, dashes, a key.
    """
    blanks = " " * (len(before) - len(before.lstrip(" ")))
    if isinstance(tree, dict):
        inside = before if before.endswith("- ") or before == blanks else blanks + " " * margins[0]
        lines = [] if inside == before else [before]
        for number, (key, inner) in enumerate(tree.items()):
            start = inside if number == 0 else " " * len(inside)
            lines += written(inner, margins, f"{start}{key}:")
        return lines
    if isinstance(tree, list):
        dash = f"{blanks}{' ' * margins[1]}-{' ' * margins[2]}"
        return [before, *(line for item in tree for line in written(item, margins, dash))]
    return [f"{before}{tree}" if before.endswith(" ") or not before else f"{before} {tree}"]


def holds(content: str) -> None:
    """The two readers agree, if the quick one accepts a text that gets as far as to the readers."""
    if HIDDEN.search(content):
        return
    quick = outline.read(content, "f.yaml")
    event(f"everyday: {quick is not None}")
    if quick is not None:
        reader = Reader("f.yaml")
        assert (reader.read(content), reader.problems) == (quick, [])


@settings(max_examples=many(300), deadline=None)
@given(st.lists(LINE, min_size=1, max_size=7), st.sampled_from(["", "\n"]))
def test_the_readers_agree_on_lines_of_all_kinds(lines, end):
    holds("\n".join(lines) + end)


@settings(max_examples=many(400), deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b", "key"]), TREES, min_size=1, max_size=4), MARGINS)
def test_the_readers_agree_on_trees(tree, margins):
    holds("\n".join(written(tree, margins, "")))


@settings(max_examples=many(400), deadline=None)
@given(VALUES)
def test_the_readers_agree_on_single_values(value):
    holds(f"a: {value}\nb:\n- {value}\n- c: {value}\n")


@settings(max_examples=many(300), deadline=None)
@given(FACTS, EDITS)
def test_the_readers_agree_on_facts_with_slips_of_the_pen(lines, edits):
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    content = "\n".join(line[margin:] for line in lines)
    for at, cut, piece in edits:
        at %= len(content) + 1
        content = content[:at] + piece + content[at + cut :]
    holds(content)


@settings(max_examples=many(300), deadline=None)
@given(st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@`~ \n\n<=0.\\Я\u00a0"), max_size=30))
def test_the_readers_agree_on_any_text(content):
    holds(content)
    holds(f"a: {content}")
