"""The canonical form of a fact file: what a contributor writes, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from censorkb.facts.quoting import quoted
from censorkb.facts.writer import write
from censorkb.ontology.form import Forms
from censorkb.ontology.ontology import Ontology

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Ontology(PROJECT / "ontology").forms


@pytest.fixture
def tidy(forms):
    return lambda text, folder="sources": write(text, forms.by_folder[folder], forms)


def test_keys_come_in_the_order_of_the_shapes(tidy):
    assert (
        tidy("country: ru\ntype: authority\nlabel: Board\n", "entities/agents")
        == "label: Board\ntype: authority\ncountry: ru\n"
    )


def test_a_claim_begins_with_its_id_and_type_and_ends_with_its_quotes(tidy):
    claim = "claims:\n- type: trait\n  quotes:\n    page: a b\n  trait: encrypted\n  note: why\n  id: a\n  says: A.\n  target: blip\n"
    assert tidy(claim) == (
        "claims:\n\n- id: a\n  type: trait\n  says: A.\n  target: blip\n  trait: encrypted\n  note: why\n  quotes:\n    page: a b\n"
    )


def test_nested_things_have_an_order_too(tidy):
    assert (
        tidy("published: {note: why, basis: inferred, date: 2025}\n")
        == "published: {date: 2025, basis: inferred, note: why}\n"
    )


def test_a_key_that_nobody_knows_stays_behind_the_one_above_it(tidy):
    assert tidy("language: en\nlanguagge: fr\ntitle: T\n") == "title: T\nlanguage: en\nlanguagge: fr\n"


def test_the_order_of_what_has_names_of_its_own_is_the_authors(tidy):
    text = "copies:\n  z:\n    kind: original\n  a:\n    kind: rewrite\n"
    assert tidy(text) == text


def test_blank_lines_stand_before_claims_and_measures_and_nowhere_else(tidy):
    assert (
        tidy("title: T\n\n\nclaims:\n- id: a\n\n  says: A.\n- id: b\n")
        == "title: T\nclaims:\n\n- id: a\n  says: A.\n\n- id: b\n"
    )
    assert tidy("\nb:\n  label: B\na:\n  label: A\n\n\n", "measures") == "b:\n  label: B\n\na:\n  label: A\n"


def test_lists_are_indented_below_their_key(tidy):
    assert tidy("based-on:\n- a\n-   b\n") == "based-on:\n  - a\n  - b\n"


def test_brackets_stay_on_one_line(tidy):
    assert (
        tidy("based-on: [ a,\n  'b' , ]\npublished: {date:  2025}\n") == "published: {date: 2025}\nbased-on: [a, b]\n"
    )


def test_brackets_that_would_be_too_wide_are_opened(tidy):
    long = "word " * 40
    assert tidy(f"published: {{date: 2025, note: {long}}}\n") == f"published:\n  date: 2025\n  note: {long.strip()}\n"


def test_claims_never_stand_in_brackets(tidy):
    assert tidy("claims: [{id: a, says: A.}]\n") == "claims:\n\n- id: a\n  says: A.\n"
    assert tidy("claims: []\n") == "claims: []\n"


def test_a_text_is_on_one_line_however_it_was_folded(tidy):
    assert tidy("title: >-\n  Russia\n  blocks\nnote: one\n  two\n") == "title: Russia blocks\nnote: one two\n"


def test_a_text_of_several_lines_keeps_them(tidy):
    assert tidy('note: "one\\n\\ntwo"\n') == "note: |-\n  one\n\n  two\n"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("'plain text'", "plain text"), ('"2025-03-14"', "2025-03-14"), ("'889000000'", "889000000"), ("'2025?'", "2025?"),
        ("no", "'no'"), ("NO", "'NO'"), ("on", "'on'"), ("Yes", "'Yes'"), ("010", "'010'"), ("1_000", "'1_000'"), ("12:30", "'12:30'"),
        ("1.10", "'1.10'"), ("1e3", "'1e3'"), ("0x1F", "'0x1F'"), ("'null'", "'null'"), ("''", "''"), ("~", "~"), ("'a: b'", "'a: b'"),
        ("'a #b'", "'a #b'"), ("a#b", "a#b"), ("\"it's: so\"", "\"it's: so\""), ("it's", "it's"), ("'say \"it''s: so\"'", "'say \"it''s: so\"'"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"), ("'[a]'", "'[a]'"), ("Россия", "Россия"),
        ('"a\\_b"', '"a\\_b"'), ("a\u202fb", '"a\\u202fb"'), ("2025-02-30", "2025-02-30"), ("2025-3-4", "'2025-3-4'"),
    ],
)  # fmt: skip
def test_a_text_has_quotation_marks_only_if_some_reader_needs_them(tidy, written, canonical):
    assert tidy(f"note: {written}\n") == f"note: {canonical}\n"


def test_a_comma_needs_quotation_marks_in_brackets_only(tidy):
    assert tidy("note: a, b\nbased-on: ['a, b', 'c']\n") == "based-on: ['a, b', c]\nnote: a, b\n"


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Off",
        "1.5",
        "1:30",
        "0o7",
        "017",
        "1e5",
        ".inf",
        "-.INF",
        "=",
        "<<",
        "2001-12-14t21:59:43.10-05:00",
        "a b",
    ],
)
def test_a_reader_of_yaml_1_1_gets_what_was_written(text):
    assert yaml.safe_load(f"k: {quoted(text)}\n") == {"k": text}


def test_a_key_of_the_shapes_is_never_quoted(tidy):
    assert tidy("label: L\ntype: account\n'on': blip\n", "entities/targets") == "label: L\ntype: account\non: blip\n"


COMMENTED = """\
# The head of the file.

# Of the title.
title: T      # beside it
published:  # of the date
  # Of the day.
  date: 2025
  # At the foot of the date.
claims:

# Of the first claim.
- id: a
  says: A.  # said so
  quotes:
    page:
      # An odd word.
      - a b  # odd

# - id: given-up

- id: b
  says: B.
  # At the foot of b.
# At the foot of the file.
"""


def test_comments_stay_where_they_belong(tidy):
    assert tidy(COMMENTED) == COMMENTED


def test_a_comment_moves_with_its_entry(tidy):
    text = "kind: news\n# L\nlanguage: en  # l\n# T\ntitle: T  # t\n# end\n"
    assert tidy(text) == "# T\ntitle: T  # t\n# L\nlanguage: en  # l\nkind: news\n# end\n"


def test_a_comment_at_the_head_of_a_file_stays_there(tidy):
    assert tidy("# yaml-language-server: $schema=x\nlanguage: en\ntitle: T\n").startswith("# yaml-language-server")
    assert tidy("# of b\nb:\n  label: B\n", "measures") == "# of b\nb:\n  label: B\n"


def test_comments_beside_values_stay_aligned(tidy):
    text = "title: T           # a\nlanguage: en       # b\n"
    assert tidy(text) == text
    assert tidy("title: T # a\n") == "title: T  # a\n"


def test_a_comment_in_brackets_opens_them(tidy):
    assert tidy("based-on: [a, # first\n  b]\n") == "based-on:\n  - a  # first\n  - b\n"
    assert tidy("published: { # when\n  date: 2025 }  # so\n") == "# so\npublished: {date: 2025}  # when\n"


def test_a_comment_beside_a_dash_moves_above_it(tidy):
    assert tidy("claims:\n- # first\n  id: a\n") == "claims:\n\n# first\n- id: a\n"


def test_lines_end_as_everywhere_and_the_file_with_one(tidy):
    assert tidy("---\ntitle: T   \n\n\n") == "title: T\n"


@pytest.mark.parametrize("folder", ["facts", "tests/toy/facts"])
def test_all_facts_are_tidy(folder, forms):
    kinds = forms.by_folder
    for path in sorted((PROJECT / folder).rglob("*.yaml")):
        name = path.relative_to(PROJECT / folder).as_posix()
        form = next((form for kind, form in kinds.items() if name.startswith(f"{kind}/")), kinds["sources"])
        text = path.read_text("utf-8")
        assert write(text, form, forms) == text, f"run `censorkb tidy`: {name}"
