"""Fixtures of extraction: the rules, read once, and articles of our own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from censorkb.extract.article import Article
from censorkb.extract.candidate import Candidate
from censorkb.extract.extractor import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The rules with the names that come with the program."""
    return Extractor()


@pytest.fixture
def candidates(extractor: Extractor) -> Callable[..., list[Candidate]]:
    """What a text says: `candidates("Turkey blocked X.", "en", "2024-08-02")`."""

    def read(text: str, language: str = "en", published: str = "") -> list[Candidate]:
        day = dt.date.fromisoformat(published) if published else None
        return extractor.candidates(Article("a", text, language, day))

    return read
