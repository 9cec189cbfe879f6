"""Dates in words: `dates.toml` has each form in each language."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from censorkb.root import Root
from censorkb.site import catalogue
from censorkb.site.catalogue import Catalogue
from censorkb.site.dates import Dates
from censorkb.site.value import DateText

HERE = Path(__file__).resolve().parent
LANGUAGES = catalogue.read_all(Root(HERE.parents[1]).templates)
GOLDEN = tomllib.loads((HERE / "dates.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.language)
def test_every_form_of_a_date(language: Catalogue) -> None:
    write = Dates(language.locale, language.date)
    found = {edtf: _plain(write(DateText(edtf))) for edtf in GOLDEN["date"]}
    assert found == {edtf: words[language.language] for edtf, words in GOLDEN["date"].items()}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.language)
def test_what_is_known_of_a_day(language: Catalogue) -> None:
    write = Dates(language.locale, language.date)
    for ends, words in GOLDEN["bounds"].items():
        days = [dt.date.fromisoformat(day) if day else None for day in ends.split("|")]
        assert [_plain(write.bounds(*days)), _plain(write.bounds(*days, short=True))] == words[language.language]


def _plain(text: str) -> str:
    """Without the thin and fixed spaces of CLDR, which differ between its releases."""
    return " ".join(text.replace("–", " – ").split())
