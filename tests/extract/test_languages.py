"""Sentences of our own in each language, and the acts that the rules find in them."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from censorkb.extract.article import Article
from censorkb.extract.lexicon import languages, lexicon

FOLDER = Path(__file__).with_name("languages")
CASES = [
    (path.stem, case["text"], case["published"], case["acts"])
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


@pytest.mark.parametrize(("language", "text", "published", "acts"), CASES, ids=[f"{c[0]}-{c[1][:40]}" for c in CASES])
def test_the_acts_of_a_sentence_are_found(extractor, language: str, text: str, published: dt.date, acts: list[str]):
    found = extractor.candidates(Article("a", text, language, published))
    shown = [(c.action.removeprefix("threaten-"), c.target, c.status, c.country, c.date) for c in found]
    wanted = [tuple(part.strip() for part in act.split("|")) for act in acts]
    assert sorted(act[:4] for act in shown) == sorted(act[:4] for act in wanted)
    for act in wanted:
        if act[4] != "-":
            assert act in shown


def test_every_language_has_its_sentences():
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_lexicon_knows_twelve_months_and_seven_days(language: str):
    assert set(lexicon(language).months.values()) == set(range(1, 13))
    assert set(lexicon(language).weekdays.values()) == set(range(7))
