"""The gold of the bench is of the form that it is measured with, holds no real article, and keeps its halves apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.gold.split import HALVES, split
from censorkb.extract.gold import read

GOLD = Path(__file__).resolve().parents[2] / "bench/gold"
FILES = ("dev", "heldout", "seeds", "long")


@pytest.mark.parametrize("name", FILES)
def test_it_can_be_read_without_a_problem(name):
    articles, problems = read(GOLD / f"{name}.jsonl")
    assert problems == []
    assert articles


@pytest.mark.parametrize("name", ("dev", "heldout", "seeds"))
def test_it_holds_claims_and_quotes_but_no_text(name):
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert {key for row in rows for key in row} <= {"id", "lang", "published", "claims"}
    assert all(claim["quote"] for row in rows for claim in row["claims"])


def test_each_half_has_the_articles_that_were_dealt_to_it():
    dealt = json.loads((GOLD / "split.json").read_text("utf-8"))
    assert {half: sorted(read(GOLD / f"{half}.jsonl")[0]) for half in HALVES} == {
        half: sorted(ids) for half, ids in dealt.items()
    }


def test_articles_are_dealt_by_their_ids_alone():
    articles = [{"id": f"{lang}-{number}", "lang": lang} for lang in ("en", "fr") for number in range(7)]
    halves = split(articles)
    assert halves == split(reversed(articles))
    assert sorted(halves["dev"] + halves["heldout"]) == sorted(article["id"] for article in articles)
    for lang in ("en", "fr"):
        assert abs(sum(name.startswith(lang) for name in halves["dev"]) - 3.5) <= 0.5
