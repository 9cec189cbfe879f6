"""Everything a fact may hold survives the way into RDF, and nothing breaks out of it."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.graph import term
from censorkb.graph.web import is_public

TEXTS = st.text(st.characters(codec="utf-8"))
ANY = "<https://example.org/a>"


def back(written: str) -> ox.Literal:
    """The one term that a line of N-Quads holds after parsing."""
    [quad] = ox.parse(f"{ANY} {ANY} {written} {ANY} .\n".encode(), format=ox.RdfFormat.N_QUADS)
    return quad.object


@given(TEXTS)
def test_any_text_survives_as_a_string(text):
    assert back(term.string(text)) == ox.Literal(text)


@given(TEXTS, st.sampled_from(["en", "ru", "zh-Hant", "fr-CA", "de-1996", "ast", "sr-Latn-RS"]))
def test_any_text_survives_in_a_language(text, language):
    assert back(term.tagged(text, language)) == ox.Literal(text, language=language.lower())


@given(TEXTS)
def test_any_text_survives_in_a_datatype(text):
    assert back(term.typed(text, ANY)) == ox.Literal(text, datatype=ox.NamedNode("https://example.org/a"))


@given(TEXTS)
def test_a_text_is_written_on_one_line(text):
    written = term.string(text)
    assert "\n" not in written
    assert "\r" not in written


@given(TEXTS | st.text(st.sampled_from("abXx09-"), max_size=14))
def test_any_language_makes_a_line_that_can_be_read(language):
    read = back(term.tagged("x", language))
    assert read.language in (language.lower(), "und")


@pytest.mark.parametrize(
    "tag", ["en", "fr", "ru", "und", "zh-Hant", "fr-CA", "es-419", "sl-rozaj", "de-1996", "sr-Latn-RS"]
)
def test_these_are_language_tags(tag):
    assert term.is_language(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "",
        "e",
        "english",
        "en_US",
        "en-",
        "-en",
        "en-a",
        "fr-x",
        "ру",
        "en ",
        "en\n",
        "en> <x",
        "e n",
        "12",
        "en-us-us",
        "fr-abcdefghijk",
    ],
)
def test_these_are_no_language_tags(tag):
    assert not term.is_language(tag)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_is_written_as_its_start_in_utc(day):
    datatype = "http://www.w3.org/2001/XMLSchema#dateTime"
    assert back(term.instant(day, f"<{datatype}>")) == ox.Literal(f"{day}T00:00:00Z", datatype=ox.NamedNode(datatype))


@pytest.mark.parametrize(
    "attack",
    [
        "https://a> <https://b",
        "https://a b",
        "https://a\n",
        "https://a\tb",
        'https://a"',
        "https://a{b}",
        "https://a|b",
        "https://a^b",
        "https://a`b",
        "https://a\\u003e",
        "https://a\0",
        "<",
        ">",
    ],
)
def test_nothing_can_break_out_of_a_name(attack):
    with pytest.raises(ValueError):
        term.iri(attack)


@given(st.text(st.characters(codec="ascii")))
def test_a_name_is_refused_or_survives(text):
    address = f"https://example.org/{text}"
    try:
        written = term.iri(address)
    except ValueError:
        return
    assert back(written) == ox.NamedNode(address)


@given(st.text(st.characters(codec="ascii")) | TEXTS)
def test_a_web_address_that_is_let_through_survives_as_a_link(text):
    address = f"https://example.org/{text}"
    if is_public(address):
        assert not set(address) & set("<>\"'` \\\n\r\t") - {"'"}
        assert back(term.string(address)).value == address
