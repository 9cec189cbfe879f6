"""Grounding: what a model quotes is found where it stands, whatever it did to spaces, quotation marks and a few letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.extract.folding import fold
from censorkb.extract.model.grounding import Ground

WORDS = st.lists(
    st.text("abcЖёé", min_size=1, max_size=8) | st.sampled_from(["“x”", "l’Iran", "—", "2026", "a.b", "İstanbul"]),
    min_size=2,
    max_size=40,
)
SPACES = st.sampled_from([" ", "\u00a0", "\n", "  ", "\u202f"])


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and some words of it in other spaces."""
    words = draw(WORDS)
    text = words[0] + "".join(draw(SPACES) + word for word in words[1:])
    first = draw(st.integers(0, len(words) - 2))
    part = words[first : first + draw(st.integers(2, 12))]
    return text, part[0] + "".join(draw(SPACES) + word for word in part[1:])


@given(quoted())
def test_words_of_a_text_are_found_in_it(case):
    text, quote = case
    place = Ground(text).quote(quote)
    assert place is not None
    assert fold(text[place.start : place.end]).split() == fold(quote).split()
    assert place.verbatim


@given(st.text(max_size=200), st.text(max_size=120))
def test_what_is_found_is_always_a_part_of_the_text_of_two_to_twelve_words(text, quote):
    place = Ground(text).quote(quote)
    if place:
        assert 0 <= place.start < place.end <= len(text)
        assert len(text[place.start : place.end].split()) <= 12
        assert text[place.start : place.end].strip()


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("Le gouvernement a bloqué l'accès à WhatsApp", "Le gouvernement a bloqué l’accès à WhatsApp"),
        ("le gouvernement a bloque l'acces a WhatsApp", "Le gouvernement a bloqué l’accès à WhatsApp"),
        ("gouvernement bloqué l’accès à WhatsApp", "gouvernement a bloqué l’accès à WhatsApp"),
        ("Le gouvernement a rétabli l’accès à Telegram", ""),
        ("gouvernement a bloqué l’accès à Telegram et à Signal", ""),
        ("bloqu l", ""),
    ],
)
def test_a_quote_with_a_few_other_letters_is_found_and_another_sentence_is_not(quote, found):
    text = "Selon NetBlocks, Le gouvernement a bloqué l’accès à WhatsApp, mercredi soir."
    place = Ground(text).quote(quote)
    assert (text[place.start : place.end] if place else "") == found
