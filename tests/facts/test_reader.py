"""YAML is read as text with places; what could surprise an author or exhaust the machine is refused."""

from __future__ import annotations

import time

import pytest
import yaml

from censorkb.facts.node import DEEPEST, LONGEST, Mapping, Scalar, Sequence
from censorkb.facts.reader import Reader

FILE = "gate.yaml"
LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


def read(text: str) -> tuple[object, list[str]]:
    reader = Reader(FILE)
    node = reader.read(text)
    return node, [f"{problem.place.line}:{problem.place.column} {problem.rule}" for problem in reader.problems]


def plain(node: object) -> object:
    """A node as text, lists and dicts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Mapping)
    return {key: plain(value) for key, (_, value) in node.entries.items()}


@pytest.mark.parametrize(
    "word",
    [
        "NO",
        "no",
        "yes",
        "on",
        "true",
        "null text",
        "2026-02-30",
        "2026-02-11",
        "11/02/2026",
        "1e3",
        "0x1f",
        "007",
        "1_000",
        ".inf",
        "12:30:45",
        "1.10",
        "2025-09/2026-02",
        "2017?",
        "2026-02~",
        "..2026-02-11",
    ],
)
def test_every_value_stays_the_text_that_was_written(word):
    assert plain(read(f"value: {word}")[0]) == {"value": word}


def test_keys_stay_text_too():
    assert plain(read("no: a\n1: b\n2026-01-01: c\n")[0]) == {"no": "a", "1": "b", "2026-01-01": "c"}


def test_every_key_and_value_keeps_its_place():
    node, faults = read("label: {en: Gate,  ru: Гейт}\nclaims:\n\n- id: x\n  quotes:\n    page: [ a, 'b' ]\n")
    assert faults == []
    places = []

    def walk(node):
        places.append((node.place.line, node.place.column))
        for child in node.items if isinstance(node, Sequence) else []:
            walk(child)
        for word, value in node.entries.values() if isinstance(node, Mapping) else []:
            places.append((word.text, word.place.line, word.place.column))
            walk(value)

    walk(node)
    assert places == [
        (1, 1), ("label", 1, 1), (1, 8), ("en", 1, 9), (1, 13), ("ru", 1, 20), (1, 24),
        ("claims", 2, 1), (4, 1), (4, 3), ("id", 4, 3), (4, 7), ("quotes", 5, 3), (6, 5), ("page", 6, 5), (6, 11), (6, 13), (6, 16),
    ]  # fmt: skip


def test_columns_count_characters_and_not_bytes():
    node, _ = read("{Москва: 𝒳😀, ключ: да}")
    word, value = node.entries["ключ"]
    assert (word.place.column, value.place.column) == (14, 20)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("|\n  one\n  two\n", "one\ntwo"),
        (">-\n  one\n  two\n", "one two"),
        ("one\n  two", "one two"),
        ("' spaced '", "spaced"),
        ("'it''s'", "it's"),
        ('"a\\nb"', "a\nb"),
    ],
)
def test_every_style_of_text_is_read(written, text):
    assert plain(read(f"note: {written}")[0]) == {"note": text}


@pytest.mark.parametrize(
    ("written", "empty"),
    [("", True), ("~", True), ("null", True), ("''", False), ("'null'", False), ("'~'", False), ("nullify", False)],
)
def test_only_a_value_that_was_not_written_is_empty(written, empty):
    node, _ = read(f"label: {written}\n")
    assert node.entries["label"][1].empty is empty


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("a: &x b\n", ["1:4 anchor"]),
        ("&x a: b\n", ["1:1 anchor"]),
        ("a: b\nc: *x\n", ["2:4 alias"]),
        ("a: &x [1]\nb: *x\nc: *x\n", ["1:4 anchor", "2:4 alias", "3:4 alias"]),
        ("*x : b\n", ["1:1 alias"]),
        ("a: !!str b\n", ["1:4 tag"]),
        ("a: ! b\n", ["1:4 tag"]),
        ("a: !!python/object/apply:os.system [x]\n", ["1:4 tag"]),
        ("!!set {a, b}\n", ["1:1 tag"]),
        ("%TAG ! tag:x,2000:\n---\na: !x b\n", ["3:4 tag"]),
        ("a: 1\n<<: {b: 2}\n", ["2:1 merge-key"]),
        ("a: &x {b: 2}\nc:\n  <<: *x\n", ["1:4 anchor", "3:3 merge-key", "3:7 alias"]),
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate-key"]),
        ("a: {b: 1, b: 2}\n", ["1:11 duplicate-key"]),
        ("a: 1\n'a': 2\n", ["2:1 duplicate-key"]),
        ("a: 1\n---\nb: 2\n", ["2:1 two-documents"]),
        ("? [a, b]\n: c\n", ["1:3 key-not-a-word"]),
        ("{a: 1}: b\n", ["1:1 key-not-a-word"]),
        ("a: {{b}}\n", ["1:5 key-not-a-word"]),
        ("a: [b\n", ["1:4 yaml-syntax"]),
    ],
)
def test_what_yaml_can_do_beyond_plain_values_is_refused_at_its_place(text, report):
    assert read(text)[1] == report


def test_the_message_on_a_key_twice_names_the_first_line():
    reader = Reader(FILE)
    node = reader.read("label: a\n\nlabel: b\n")
    assert reader.problems[0].message == "'label' is given twice, first on line 1"
    assert plain(node) == {"label": "a"}


def test_the_same_key_in_two_mappings_is_fine():
    assert read("a: {x: 1}\nb: {x: 1}\n")[1] == []


@pytest.mark.parametrize("text", ["a: *x\n", "<<: {a: b}\nc: d\n", "? [a]\n: b\n", "a: [b\n", "a: b\n---\nc: d\n"])
def test_a_file_of_which_something_is_lost_is_not_read_in_part(text):
    assert read(text)[0] is None


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("says: Moscow: it is over\n", "1:13", "in single quotes"),
        ("title: `code`\n", "1:8", "starts with a sign"),
        ("title: @home\n", "1:8", "starts with a sign"),
        ("title: 'it's'\n", "1:12", "apostrophe"),
        ("a:\n  - b\n - c\n", "3:2", "indent this line"),
        ("a: [b, c\nd: e\n", "1:4", "close the ["),
        ("a: {b: c\n", "1:4", "close the [ or {"),
        ("a: b\nlabel\ntype: c\n", "2:1", "colon and a blank"),
        ('a: "b\n', "1:4", "close the quotation mark"),
    ],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_what_is_no_yaml_is_explained_at_its_place(monkeypatch, loader, text, place, hint):
    monkeypatch.setattr("censorkb.facts.reader._LOADER", loader)
    reader = Reader(FILE)
    assert reader.read(text) is None
    [fault] = reader.problems
    assert f"{fault.place.line}:{fault.place.column} {fault.rule}" == f"{place} yaml-syntax"
    assert hint in fault.fix


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("label: a\n<<<<<<< HEAD\nnote: b\n=======\nnote: c\n>>>>>>> theirs\n", "2:1"),
        ("<<<<<<< HEAD\nlabel: a\n=======\n>>>>>>> theirs\n", "1:1"),
    ],
)
def test_a_merge_conflict_is_named_as_such(text, place):
    assert read(text) == (None, [f"{place} merge-conflict"])


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "%YAML 1.1\n---\n"])
def test_an_empty_text_reads_as_nothing_without_a_crash(text):
    node, report = read(text)
    assert report == []
    assert node is None or (isinstance(node, Scalar) and node.empty)


def test_nesting_is_read_down_to_its_limit_and_no_deeper():
    assert 8 < DEEPEST <= 50, "deeper than any fact, far from the limits of the stack"
    assert read("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1))[1] == []
    assert read("a: " + "[" * DEEPEST + "]" * DEEPEST)[1] == [f"1:{3 + DEEPEST} too-deep"]


def test_a_value_is_read_up_to_its_limit_and_no_longer():
    assert read(f"a: {'x' * LONGEST}\n")[1] == []
    assert read(f"a: {'x' * (LONGEST + 1)}\n")[1] == ["1:4 value-too-long"]


BOMBS = {
    "50 KB of brackets": "[" * 50_000,
    "50 KB of braces": "{" * 50_000,
    "nested mappings": "a: " + "{a: " * 20_000,
    "nested dashes": "- " * 20_000,
    "nested question marks": "? " * 20_000,
    "alias bomb": "a: &a [x, x]\n"
    + "".join(f"b{i}: &b{i} [{', '.join([f'*b{i - 1}' if i else '*a'] * 9)}]\n" for i in range(40)),
    "merge-key bomb": "a0: &a0 {x: y}\n"
    + "".join(f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 40)),
    "one long value": "a: " + "x" * 200_000,
    "one long key": "x" * 200_000 + ": a",
    "one long word": "x" * 200_000,
    "open quotation mark": "a: '" + "b: c\n" * 20_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_file_ends_in_milliseconds(name):
    start = time.process_time()
    reader = Reader(FILE)
    reader.read(BOMBS[name])
    assert time.process_time() - start < 0.25, "generous, for a busy machine"
    assert reader.problems or name == "one long word"
