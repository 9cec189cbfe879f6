"""Links to quoted words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from censorkb.site.deeplink import deep_link


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        ("https://example.org/a", "blocked in December", "https://example.org/a#:~:text=blocked%20in%20December"),
        ("https://example.org/a", "state-owned, they say", "https://example.org/a#:~:text=state%2Downed%2C%20they%20say"),
        ("https://example.org/a", "R&D: 100%", "https://example.org/a#:~:text=R%26D%3A%20100%25"),
        ("https://example.org/a#part", "one", "https://example.org/a#part:~:text=one"),
        ("https://example.org/?q=a&b=c", "заблокирован", "https://example.org/?q=a&b=c#:~:text=%D0%B7%D0%B0%D0%B1%D0%BB%D0%BE%D0%BA%D0%B8%D1%80%D0%BE%D0%B2%D0%B0%D0%BD"),
        ("https://example.org/a", "two\n  lines", "https://example.org/a#:~:text=two%20lines"),
    ],
)  # fmt: skip
def test_deep_link(url: str, words: str, link: str) -> None:
    assert deep_link(url, words) == link


@given(st.text(min_size=1))
def test_words_survive_and_are_no_syntax(words: str) -> None:
    words = words.encode("utf-8", "ignore").decode()
    text = deep_link("https://example.org/a", words).partition("#:~:text=")[2]
    assert not set(text) & set("-,&#\"'<> ")
    assert unquote(text) == " ".join(words.split())
