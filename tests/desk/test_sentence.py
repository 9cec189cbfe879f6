"""What a stranger wrote is shown in reports as text and as nothing else."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from censorkb.desk.sentence import LONGEST, code, markdown, plain, say, templates

HUB = MarkdownIt("gfm-like", {"html": True, "linkify": True})
HUB.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # GitHub links web addresses and www. only, see below
SIGNS = "abZ019 \n\t`*_{}[]()<>#+-.!|~&;:/@$=^'\"\\éя中\u202e\x00"


def shown(rendered: str) -> str:
    return html.unescape(re.sub(r"</?(p|ul|li|code)>", "", rendered)).replace("\u2060", "").strip()


@given(st.text(SIGNS, max_size=60))
def test_text_is_shown_as_it_is_and_no_markup_comes_of_it(text):
    rendered = HUB.render(f"- {markdown(text)}\n")
    assert re.findall(r"<(\w+)", rendered) in (["ul", "li"], ["ul", "li", "p"])
    assert shown(rendered) == (plain(text) or "—")


@given(st.text(SIGNS, max_size=60))
def test_code_stays_in_its_ticks(text):
    rendered = HUB.render(f"x {code(text)} y\n")
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "code"}


@pytest.mark.parametrize(
    "text", ["@all", "see #12", "a/b#3", "GH-4", "www.example.org", "https://example.org/x", "me@example.org"]
)
def test_nobody_is_called_and_nothing_is_linked(text):
    made = markdown(text)
    assert text not in made
    assert "<a" not in HUB.render(made)
    assert not re.search(r"[@#]\w|GH-\d|www\.|://", made)


def test_a_text_is_shortened_and_stays_on_one_line():
    assert plain("a\n\n b") == "a b"
    assert len(plain("x" * 10_000)) == LONGEST


def test_a_text_can_not_fill_the_gaps_of_a_template():
    assert say("thing-gone", kind="{name}", name="{0}").write(plain) == "{name} “{0}” is gone"


def test_no_template_is_built_around_markup():
    assert not [name for name, text in templates().items() if re.search(r"[<>`*_#]|\n", str(text))]
