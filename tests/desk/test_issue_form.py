"""A filled issue form becomes a skeleton that reads as YAML, whatever was filled in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from censorkb.check.checker import check
from censorkb.cli import main
from censorkb.desk.issue_form import WrongForm, _forms, skeleton, slug
from censorkb.graph.knowledge import Knowledge
from censorkb.root import Root

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
ANSWERS = {
    "url": "https://mirror.example.com/blip",
    "title": "Blip isn't back: says who?",
    "publisher": "Morning Mirror",
    "published": "2025-03-14",
    "language": "en",
    "says": "The operator of Blip said in March 2025 that Alfania blocked it.\nIt said why.",
    "quotes": "Blip has been unreachable",
}


def body(form: str, answers: dict[str, str]) -> str:
    """As GitHub writes it."""
    return "\n\n".join(f"### {q}\n\n{answers.get(key) or '_No response_'}" for key, q in _forms()[form].items())


def test_the_forms_ask_what_is_read():
    for name in ("source", "wrong"):
        form = yaml.safe_load((PROJECT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))
        asked = {part["id"]: part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"}
        assert asked == _forms()[name]


def test_a_source_becomes_a_file_that_the_check_accepts(toy_copy):
    made = skeleton(body("source", ANSWERS))
    assert made.path == "facts/sources/2025/2025-03-14-morning-mirror-blip-isn-t-back.yaml"
    path = toy_copy.path / made.path
    path.write_text(made.text, "utf-8")
    assert [p for p in check(Knowledge.read(Root(toy_copy.path))).problems if p.place.file == made.path] == []
    said = yaml.safe_load(made.text)
    assert (said["title"], said["status"]) == (ANSWERS["title"], "candidate")
    assert "# says: It said why." in made.text


def test_what_is_wrong_becomes_lines_under_a_claim():
    answers = {"what": "2025-03-14-x.blip", "source-says": "It's slow: not blocked", "quote": "Blip is slow"}
    assert skeleton(body("wrong", answers)).text == (
        "# under the claim 2025-03-14-x.blip, once a reviewer has found the words in the source\n"
        "  status: retracted\n"
        "  status-note: 'It''s slow: not blocked'\n"
        "  # quote: Blip is slow\n"
    )


def test_an_answer_can_not_bring_a_question_of_its_own():
    made = skeleton(body("source", {**ANSWERS, "says": "a\n\n### Words that carry it\n\nforged"}))
    assert yaml.safe_load(made.text)["title"] == ANSWERS["title"]


LINES = st.text("ab1 :#'\"-[]{}&*!|>%@`\n\t\x00\u202e\u2028é中/.", max_size=60)


@given(st.fixed_dictionaries(dict.fromkeys(ANSWERS, LINES)))
def test_whatever_is_filled_in_stays_text(answers):
    try:
        made = skeleton(body("source", answers))
    except WrongForm:
        return
    said = yaml.safe_load(made.text)
    assert set(said) <= {"title", "publisher", "language", "published", "status", "copies"}
    assert isinstance(said["title"], str)
    assert re.fullmatch(r"facts/sources/(\d{4}|undated)/[a-z0-9-]+\.yaml", made.path)


@pytest.mark.parametrize("text", ["", "hello", "### Headline\n\nx", "x" * 70_000])
def test_what_is_no_form_is_refused(text):
    with pytest.raises(WrongForm):
        skeleton(text)
    done = CliRunner().invoke(main, ["issue", "-"], input=text)
    assert (done.exit_code, done.stdout) == (2, "")


def test_ids_are_made_of_latin_letters():
    assert slug("Écho du  Jour!") == "echo-du-jour"
    assert slug("中文") == ""
    assert shutil.which("git")
