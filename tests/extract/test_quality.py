"""What the rules reach on invented articles does not get worse. The floors are raised when the rules get better.

These articles were there while the rules were written, so this is no measure of how good the rules are: see
`bench/gold/README.md` for that.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from censorkb.extract.gold import Article, read
from censorkb.extract.roster import Roster
from censorkb.extract.score import Score, score
from censorkb.extract.trial import trial

HERE = Path(__file__).resolve().parent
FLOORS = {"precision": 0.90, "recall": 0.83, "strict f1": 0.75}


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {name: one for path in sorted((HERE / "articles").glob("*.jsonl")) for name, one in read(path)[0].items()}


@pytest.fixture(scope="module")
def judged(articles) -> Score:
    return score(articles, trial(articles, {}), {}, Roster())


@pytest.mark.parametrize("rate", FLOORS)
def test_the_rules_find_what_they_found_before(judged, rate):
    assert judged.rows[0].rates[rate].value >= FLOORS[rate]


def test_every_quote_stands_where_it_is_said_to_stand(judged, articles):
    assert judged.loose == 0
    assert judged.rows[0].tally.textual == judged.rows[0].tally.matched


def test_nothing_is_made_up_where_there_is_nothing_to_find():
    negatives, _ = read(HERE / "negatives.jsonl")
    result = score(negatives, trial(negatives, {}), {}, Roster())
    assert [name for name, matching in result.matchings.items() if matching.wrong] == []
