"""The gold of the bench is of the form that it is measured with, holds no real article, and keeps its halves apart."""

from __future__ import annotations

import json
import tomllib
import zipfile
from pathlib import Path

import pytest

from bench.gold import calibrate, general_news, measure
from bench.gold.split import HALVES, split
from censorkb.extract.gold import read

GOLD = Path(__file__).resolve().parents[2] / "bench/gold"
FILES = ("dev", "heldout", "seeds", "long-dev", "long", "second")


@pytest.mark.parametrize("name", FILES)
def test_it_can_be_read_without_a_problem(name):
    articles, problems = read(GOLD / f"{name}.jsonl")
    assert problems == []
    assert articles


@pytest.mark.parametrize("name", ("dev", "heldout", "seeds", "second"))
def test_it_holds_claims_and_quotes_but_no_text(name):
    rows = [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert {key for row in rows for key in row} <= {"id", "lang", "published", "claims"}
    assert all(claim["quote"] for row in rows for claim in row["claims"])


def test_each_half_has_the_articles_that_were_dealt_to_it():
    dealt = json.loads((GOLD / "split.json").read_text("utf-8"))
    assert {half: sorted(read(GOLD / f"{half}.jsonl")[0]) for half in HALVES} == {
        half: sorted(ids) for half, ids in dealt.items()
    }


def test_the_second_person_read_all_that_is_set_aside():
    aside = {**read(GOLD / "heldout.jsonl")[0], **read(GOLD / "long.jsonl")[0]}
    assert sorted(read(GOLD / "second.jsonl")[0]) == sorted(aside)


def test_articles_are_dealt_by_their_ids_alone():
    articles = [{"id": f"{lang}-{number}", "lang": lang} for lang in ("en", "fr") for number in range(7)]
    halves = split(articles)
    assert halves == split(reversed(articles))
    assert sorted(halves["dev"] + halves["heldout"]) == sorted(article["id"] for article in articles)
    for lang in ("en", "fr"):  # of three or four held out, one was released
        assert abs(sum(name.startswith(lang) for name in halves["dev"]) - 4.5) <= 0.5


def test_general_news_become_articles_with_nothing_to_find(tmp_path):
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as made:
        made.writestr(
            "NewsArticles.csv",
            "article_id,publish_date,article_source_link,title,subtitle,text\n"
            '7,2017/3/30 7:11,x,Rain,,"It rained, and ""how""."\n',
        )
    assert list(general_news.articles(tmp_path / "news.zip")) == [
        {"id": "g-en-7", "lang": "en", "published": "2017-03-30", "text": 'Rain\n\nIt rained, and "how".', "claims": []}
    ]


def test_a_figure_stands_beside_its_goal():
    rates = {"f1": {"value": 0.9, "low": 0.8, "high": 0.95}, "strict f1": {"value": None, "low": None, "high": None}}
    assert list(measure.row("dev", rates, measure.GOALS["dev"])) == [
        "| dev | f1 | 0.90 (0.80 to 0.95) | 0.88 | reached |",
        "| dev | strict f1 | 0.00 (0.00 to 0.00) | 0.70 | missed |",
    ]


def test_languages_with_few_claims_have_no_goal():
    rates = {rate: {"value": 1.0, "low": 1.0, "high": 1.0} for rate in ("f1", "strict f1")}
    rows = [{"name": name, "gold": gold, "rates": rates} for name, gold in (("all", 99), ("fr", 10), ("pt", 9))]
    shown = [line.split(" | ")[0] for line in measure.rows("dev", {"rows": rows})]
    assert shown == ["| dev", "| dev", "| dev, fr"]


def test_shares_are_printed_with_how_sure_they_are_and_kept_if_that_is_wanted(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(calibrate, "outcomes", lambda texts: {0.9: (38, 40), 0.5: (6, 12)})
    monkeypatch.setattr(calibrate, "DATA", tmp_path / "calibration.toml")
    articles = tmp_path / "articles.jsonl"
    articles.write_text("")
    calibrate.main(articles, is_kept=False)
    assert "| 0.90 | 40 | 38 | 0.95 (0.83 to 0.99) | 0.93 |" in capsys.readouterr().out
    assert not calibrate.DATA.exists()
    calibrate.main(articles, is_kept=True)
    kept = tomllib.loads(calibrate.DATA.read_text())
    assert kept == {"bucket": [{"least": 0.9, "right": 38, "of": 40}, {"least": 0.5, "right": 6, "of": 12}]}
