"""Edits: what is meant changes, and nothing else does, in files of any layout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from examples import many
from facts.test_writer_property import COMMENTS, commented, plain, read
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from censorkb.facts import syntax
from censorkb.facts.comments import find
from censorkb.facts.edit import Edit
from censorkb.facts.order import kind
from censorkb.facts.writer import write
from censorkb.ontology.form import Forms
from censorkb.ontology.ontology import Ontology

PROJECT = Path(__file__).parents[2]
SOURCES = sorted((PROJECT / "tests/toy/facts/sources").rglob("*.yaml")) + sorted(
    (PROJECT / "facts/sources").rglob("*.yaml")
)
KEYS = st.sampled_from(["status", "status-reason", "status-note", "superseded-by", "formerly", "note", "says"])
TEXTS = st.sampled_from(
    ["accepted", "a: b", "no", "it's so", "x" * 250, "a, b", "'", '"', "- a", "Россия", "2026-02-11"]
)
NEW = TEXTS | st.lists(TEXTS, min_size=1, max_size=3)
MARKS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 4), COMMENTS, st.booleans()), max_size=8)


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Ontology(PROJECT / "ontology").forms


def comments(text: str) -> Counter[str]:
    return Counter(comment.text for comment in find(syntax.parse(text), text))


def as_read(value: object) -> object:
    return (value, False) if isinstance(value, str) else [(item, False) for item in value]


@settings(max_examples=many(150), deadline=None)
@given(
    st.sampled_from(SOURCES),
    MARKS,
    st.integers(0, 30),
    st.lists(st.tuples(KEYS, NEW), min_size=1, max_size=3, unique_by=lambda pair: pair[0]),
)
def test_only_the_keys_that_are_put_change(forms, path, marks, which, puts):
    text = commented(path.read_text("utf-8"), marks)
    before = read(text)
    assume(before is not None)
    edit = Edit(text, forms.by_folder["sources"], forms)
    claims = list(edit.claims().items())
    assume(claims)
    id_, claim = claims[which % len(claims)]
    expected = plain(before)
    target = next(item for item in expected["claims"] if item["id"][0] == id_)
    lost = Counter()
    for key, value in puts:
        part = claim.part(key)
        if part:
            lost += Counter(text[part.value.start : part.value.end].split("\n")[1:])
        edit.put(claim, kind(forms.by_name["claim"], claim), key, value)
        target[key] = as_read(value)
    after = edit.result()
    assert plain(read(after)) == expected
    if not lost:
        assert comments(after) == comments(text)
        assert set(text.split("\n")) - set(after.split("\n")) <= {
            line for line in text.split("\n") if any(f"{key}:" in line for key, _ in puts)
        }


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("claims:\n- {id: a, says: A.}\n", "claims:\n- {id: a, says: A., note: n b}\n"),
        ("claims:\n- id: a\n  says: A.  # c\n  # d\n  quotes:\n    page: q\n", "claims:\n- id: a\n  says: A.  # c\n  note: n b\n  # d\n  quotes:\n    page: q\n"),
        ("claims:\n- id: a\n  note:\n", "claims:\n- id: a\n  note: n b\n"),
        ("claims:\n- id: a\n  note:   # why\n", "claims:\n- id: a\n  note: n b   # why\n"),
        ("claims:\n- id: a\n  note: >-\n    one\n    two\n\n- id: b\n", "claims:\n- id: a\n  note: n b\n\n- id: b\n"),
        ("claims:\n- id: a\n  note: [x,\n    y]\n", "claims:\n- id: a\n  note: n b\n"),
        ("claims:\n- id: a", "claims:\n- id: a\n  note: n b\n"),
    ],
)  # fmt: skip
def test_a_key_is_put_where_it_is_best_written(forms, text, after):
    edit = Edit(text, forms.by_folder["sources"], forms)
    edit.put(edit.claims()["a"], forms.by_name["claim"], "note", "n b")
    assert edit.result() == after


def test_keys_put_in_one_place_keep_their_order(forms):
    edit = Edit("claims:\n- id: a\n", forms.by_folder["sources"], forms)
    for key in ("status", "status-reason", "status-note"):
        edit.put(edit.claims()["a"], forms.by_name["claim"], key, "w")
    assert edit.result() == "claims:\n- id: a\n  status: w\n  status-reason: w\n  status-note: w\n"


def test_an_entry_is_taken_out_with_the_comment_above_it(forms):
    text = "# head\n\nb:\n  label: B\n\n# of a\na:\n  label: A  # name\n\nc:\n  label: C\n"
    edit = Edit(text, forms.by_folder["measures"], forms)
    part = edit.root.part("a")
    edit.remove(part)
    assert write(edit.result(), forms.by_folder["measures"], forms) == "# head\n\nb:\n  label: B\n\nc:\n  label: C\n"
