"""The invented articles and their gold are of one form, and every quote stands in its article."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from censorkb.extract.gold import Action, Status, read

HERE = Path(__file__).resolve().parent
ARTICLES = sorted((HERE / "articles").glob("*.jsonl"))
NEGATIVES = HERE / "negatives.jsonl"


@pytest.mark.parametrize("path", [*ARTICLES, NEGATIVES], ids=lambda path: path.stem)
def test_they_can_be_read_and_every_quote_stands_in_its_article(path):
    articles, problems = read(path)
    assert problems == []
    assert all(article.text for article in articles.values())


@pytest.mark.parametrize("path", [*ARTICLES, NEGATIVES], ids=lambda path: path.stem)
def test_they_say_when_they_would_have_been_published(path):
    assert all(json.loads(line)["published"] for line in path.read_text("utf-8").splitlines())


def test_in_the_negatives_there_is_nothing_to_be_found():
    articles, _ = read(NEGATIVES)
    assert not [name for name, article in articles.items() if article.claims]
    assert min(Counter(article.lang for article in articles.values()).values()) >= 15


def test_among_them_they_have_every_action_and_every_status():
    claims = [claim for path in ARTICLES for article in read(path)[0].values() for claim in article.claims]
    assert {claim.action for claim in claims} == set(Action)
    assert {claim.status for claim in claims} == set(Status)
