"""Every candidate is bound to its place in the unaltered text."""

from __future__ import annotations

import pytest
from examples import many
from hypothesis import given, settings
from hypothesis import strategies as st

from censorkb.extract.article import Article
from censorkb.extract.extractor import Extractor
from censorkb.extract.folding import fold, lowered
from censorkb.extract.words import cut

RULES = Extractor()
TEXT = "Turkey’s regulator has\u00a0blocked “Instagram” and WhatsApp, it said on Friday."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        ("\u200b\u00a0" + TEXT, "en"),
        ("«Роскомнадзор» заблокировал\u00a0Signal — мессенджер.", "ru"),
        ("L’Iran a\u202fbloqué «\u00a0WhatsApp\u00a0» jeudi.", "fr"),
        ("İran: İstanbul. " + TEXT, "en"),
        ("\U0001f1f9\U0001f1f7 " + TEXT, "en"),
    ],
)
def test_offsets_point_at_the_quote_in_the_unaltered_text(candidates, text: str, language: str):
    found = candidates(text, language, "2024-08-02")
    assert found
    for candidate in found:
        assert text[candidate.start : candidate.end] == candidate.quote
        assert candidate.start <= candidate.trigger[0] < candidate.trigger[1]


def test_a_quote_has_at_most_twelve_words_and_holds_the_act(candidates):
    text = "After a very long and quite unusual debate in the parliament of the country on Monday, Kenya blocked Telegram there."
    (found,) = candidates(text, "en", "2024-11-12")
    assert len(found.quote.split()) <= 12
    assert "blocked" in found.quote
    assert "Telegram" in found.quote


@given(st.text(max_size=200))
def test_folding_keeps_every_character_in_its_place(text: str):
    assert len(fold(text)) == len(text) == len(lowered(fold(text)))


@given(st.text(max_size=300))
def test_words_stand_where_they_are_said_to_stand(text: str):
    words = cut(text)
    assert all(words.starts[n] < words.ends[n] for n in range(len(words.small)))
    covered = [n for sentence in words.sentences for n in range(sentence.first, sentence.last)]
    assert covered == list(range(len(words.small)))


PIECES = st.sampled_from(
    ["Russia", "blocked", "WhatsApp", "the app", "on Friday", ",", ".", "\n", "\u00a0", "“", "not", "may", "ban on", "X", "in 2019", "it",
     "lifted", "Роскомнадзор", "internet", "has", "been", "shut down", "accounts", "and", "until", "3 days ago", "?", "denied"]
)  # fmt: skip


@settings(max_examples=many(200), deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["en", "fr", "ru"]))
def test_no_text_breaks_the_rules_and_every_quote_is_verbatim(pieces: list[str], language: str):
    text = " ".join(pieces)
    for candidate in RULES.candidates(Article("a", text, language)):
        assert text[candidate.start : candidate.end] == candidate.quote
        assert len(candidate.quote.split()) <= 12
        assert 0 < candidate.confidence <= 1
