"""Everyday files are read line by line into what the full reader makes of them; all others are left to it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from censorkb.facts import outline, text
from censorkb.facts.node import DEEPEST, LONGEST, Mapping
from censorkb.facts.reader import Reader

FILE = "gate.yaml"
PROJECT = Path(__file__).parents[2]

EVERYDAY = {
    "keys and values": "label: Gate\ntype: media\n",
    "no line feed at the end": "label: Gate",
    "blanks at ends of lines": "label: Gate  \ntype: media ",
    "a no-break space at the end": "label: Gate\u00a0\n",
    "keys below keys": "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "other depths of indentation": "a:\n   b: c\nd:\n e: f\n",
    "all of it indented": "  a: b\n  c: d\n",
    "a list below its key": "a:\n- b\n- c\nd: e\n",
    "a list indented": "a:\n  - b\n  - c\nd: e\n",
    "mappings in a list": "a:\n- b: c\n  d: e\n\n- b: f\n",
    "a list in a mapping in a list": "a:\n- b:\n  - c\n  - d\n  e: f\n- g: h\n",
    "a dash with many blanks": "a:\n-   b: c\n    d: e\n-  f\n",
    "no value": "a:\nb: c\nd:\n",
    "no value in a list": "a:\n- b:\n- c:\n  d:\n",
    "nothing as a value": "a: null\nb: ~\nc: 'null'\nd: nullify\ne: [null, ~]\nf: null \ng: null\u00a0\n",
    "a tilde as a value": "a: ~\n",
    "values that other readers guess": "a: NO\nb: 010\nc: 1_000\nd: 1e3\ne: 2026-02-30\nf: 1.10\ng: 0x1f\n",
    "keys that other readers guess": "no: a\n1: b\n2026-01-01: c\n",
    "signs inside": "a: b-c\nd: x, y\ne: it's\nf: a&b*c\ng: 5% [sic] {so}\nh: a!b?\n",
    "colons inside": "a: https://x.example/y:z\nb: 12:30\nc: a::b\n",
    "number signs inside": "a: b#c\nd: https://x.example/#y\n",
    "comments": "# first\na: b  # one\n  # two\nc:  # three\n  d: e #four\n#: five\n",
    "quotes": "a: 'b: c'\nd: \"e # f\"\ng: 'it''s'\nh: '' # none\ni: \"\"\nj: ' k '\nl: '\"'\n",
    "two blanks after the colon": "a:  b\nc:   'd'\ne:  {f: g}\n",
    "brackets": "a: {b: c, d: e}\nf: [g, h]\n",
    "brackets in brackets": "a: {b: [c, d], e: {f: {g: h}}, i: j}\nk: [[l], {m: n}]\n",
    "blanks in brackets": "a: { b:  c , d: e }\nf: [ g,h , i ]  # j\n",
    "quotes in brackets": "a: {b: 'c, d', e: \"}\"}\nf: ['[g]', \"it's\"]\n",
    "signs in brackets": "a: {b: 2017?, c: d'e, f: 12:30, g: https://x.example/y}\nh: [..2026-02-11, a-b]\n",
    "brackets in a list": "a:\n- {b: c}\n- [d]\n- 'e'\n",
    "scripts": "a: Россия\nb: 中国\nc: [می‌خواهم, 𝒳😀]\nd: {e: née, f: 한국}\n",
    "the deepest nesting": "".join(f"{' ' * i}a:\n" for i in range(DEEPEST - 3)) + " " * DEEPEST + "a: [{b: c}]\n",
    "a long line": f"a: {'x' * (LONGEST - 3)}\n",
}

NOT_EVERYDAY = {
    "nothing": "",
    "comments only": "# a\n",
    "a list": "- a\n- b\n",
    "a text": "just words\n",
    "a document mark": "---\na: b\n",
    "two documents": "a: b\n---\nc: d\n",
    "an end mark": "a: b\n...\n",
    "a directive": "%YAML 1.1\n---\na: b\n",
    "an anchor": "a: &x b\n",
    "an alias": "a: b\nc: *x\n",
    "a tag": "a: !!str b\n",
    "a merge key": "a: b\n<<: {c: d}\n",
    "a key twice": "a: b\na: c\n",
    "a key twice, once without value": "a:\na: c\n",
    "a key twice in brackets": "a: {b: c, b: d}\n",
    "a key in quotes": "'a': b\n",
    "a key of another script": "ключ: b\n",
    "a key that says nothing": "null: b\n",
    "a key that says nothing in brackets": "a: {null: b}\n",
    "a key with a question mark": "? a\n: b\n",
    "a blank before the colon": "a : b\n",
    "a text over two lines": "a: b\n  c\n",
    "a text over two lines with a blank one": "a: b\n\n  c\n",
    "a quotation over two lines": "a: 'b\n  c'\n",
    "brackets over two lines": "a: [b,\n  c]\n",
    "a block of text": "a: |\n  b\n",
    "a folded text": "a: >-\n  b\n",
    "a value on the next line": "a:\n  b\n",
    "an escape": 'a: "\\u202e"\n',
    "a colon and a blank in a value": "a: b: c\n",
    "a colon at the end of a value": "a: b:\n",
    "a quotation that is not closed": "a: 'b\n",
    "something after a quotation": "a: 'b' c\n",
    "a comment too near": "a: 'b'# c\n",
    "a bracket that is not closed": "a: [b\n",
    "a bracket of the other kind": "a: [b}\n",
    "one bracket too many": "a: [b]]\n",
    "a comma too many": "a: [b, ]\n",
    "a comma too early": "a: [[, b]]\n",
    "no comma": "a: [[b] c]\n",
    "empty brackets": "a: []\nb: {}\n",
    "a key without value in brackets": "a: {b}\n",
    "a pair in a list": "a: [b: c]\n",
    "a value before its key is indented": "a: b\n  c: d\n",
    "too little indentation": "a:\n    b: c\n  d: e\n",
    "too little indentation at the start": "  a: b\nc: d\n",
    "a list after a value": "a: b\n- c\n",
    "a list item beside its list": "a:\n  - b\n - c\n",
    "a list in a list": "a:\n- - b\n",
    "an empty item": "a:\n-\n- b\n",
    "a dash without blank": "a:\n-b\n",
    "a sign at the start": "a: @b\nc: `d`\n",
    "a merge conflict": "<<<<<<< HEAD\na: b\n=======\nc: d\n>>>>>>> theirs\n",
    "too deep": "".join(f"{' ' * i}a:\n" for i in range(DEEPEST)) + " " * DEEPEST + "a: b\n",
    "too deep in brackets": f"a: {'[' * DEEPEST}b{']' * DEEPEST}\n",
    "too long": f"a: {'x' * (LONGEST + 1)}\n",
}


def full(content: str) -> tuple[object, list[str]]:
    reader = Reader(FILE)
    return reader.read(content), [problem.rule for problem in reader.problems]


@pytest.mark.parametrize("name", EVERYDAY)
def test_an_everyday_file_has_the_nodes_and_places_that_the_full_reader_finds(name):
    node = outline.read(EVERYDAY[name], FILE)
    assert isinstance(node, Mapping)
    assert (node, []) == full(EVERYDAY[name])


@pytest.mark.parametrize("name", NOT_EVERYDAY)
def test_what_is_faulty_or_rare_is_left_to_the_full_reader(name):
    assert outline.read(NOT_EVERYDAY[name], FILE) is None


def test_nodes_at_other_places_are_not_the_same():
    nodes = [
        outline.read(content, FILE) for content in ("a:\n  b: c\n", "a:\n b: c\n", "a:\n\n  b: c\n", "a: {b: c}\n")
    ]
    assert all(one != other for i, one in enumerate(nodes) for other in nodes[:i])


def test_nearly_all_files_of_ours_are_everyday():
    files = [path for folder in ("facts", "tests/toy") for path in sorted((PROJECT / folder).rglob("*.yaml"))]
    quick = [path for path in files if outline.read(text.read(path, path.name)[0], path.name)]
    assert len(quick) > 0.95 * len(files)


@pytest.mark.parametrize(
    "content",
    [
        "a:\n" + "- b\n" * 60_000,
        "a:\n" + "-  \n" * 60_000,
        "a: " + "[" * 200_000,
        "a: " + "[b, " * 60_000,
        "a: [" + "b, " * 80_000,
        "a: '" + "''" * 120_000,
        "a: " + "b: " * 80_000,
        " " * 250_000,
        " " * 120_000 + "-" + " " * 120_000,
        "\n".join(" " * i + "a:" for i in range(700)),
        "\n".join(f"a{i}:" for i in range(40_000)),
        "x" * 250_000 + ": a",
    ],
    ids=range(12),
)
def test_a_hostile_file_is_read_or_left_in_less_than_a_second(content):
    start = time.process_time()
    outline.read(content[: text.MOST_BYTES], FILE)
    assert time.process_time() - start < 1, "generous, for a busy machine"
