"""Proposed files have the form of curated ones, and twins are one source."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from click.testing import CliRunner

from censorkb.cli import main
from censorkb.extract.article import Article
from censorkb.extract.known import Known
from censorkb.extract.proposal import Read, name_of, write
from censorkb.extract.twins import are_twins, stories
from censorkb.facts.reader import Reader
from censorkb.root import Root

PROJECT = Path(__file__).parents[2]
ENGLISH = (
    "Russia blocks messengers\n\nRussia blocked Signal and Telegram on Friday, Roskomnadzor said. It has also blocked FaceTime. "
    "Officials promote a state-backed app called MAX."
)
FRENCH = (
    "La Russie bloque des messageries\n\nLa Russie a bloqué vendredi Signal et Telegram, a annoncé Roskomnadzor. Elle a aussi bloqué FaceTime. "
    "Les autorités poussent une application d'État appelée MAX."
)


def article(text: str, language: str, **known) -> Article:
    return Article(f"{language}.txt", text, language, dt.date(2026, 2, 13), "reuters", **known)


def test_a_proposal_passes_the_reader_and_the_checks(extractor, tmp_path):
    known = Known.read(Root(PROJECT))
    reads = [Read(a, extractor.candidates(a)) for a in (article(ENGLISH, "en"), article(FRENCH, "fr"))]
    (story,) = stories(reads)
    text = write(story, known)
    reader = Reader("a.yaml")
    assert reader.read(text) is not None, reader.problems
    shutil.copytree(PROJECT / "facts", tmp_path / "facts")
    (tmp_path / "facts/sources/2026/2026-02-13-reuters-messengers.yaml").write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["check", "--no-cache", "--root", str(tmp_path)])
    assert [
        line
        for line in result.stdout.splitlines()
        if "2026-02-13" in line and " error " in line and "unknown-ref" not in line
    ] == []


def test_a_translation_is_a_copy_of_one_source(extractor):
    reads = [Read(a, extractor.candidates(a)) for a in (article(FRENCH, "fr"), article(ENGLISH, "en"))]
    (story,) = stories(reads)
    assert [read.article.language for read in story] == ["en", "fr"]
    text = write(story, Known())
    assert "  copy-fr:\n    kind: machine-translation\n" in text
    assert '    copy-fr: "' in text


def test_two_stories_of_one_country_are_no_twins(extractor):
    other = article("Russia fined Google on Friday. A court blocked Discord in October 2024.", "en")
    first, second = (Read(a, extractor.candidates(a)) for a in (article(ENGLISH, "en"), other))
    assert not are_twins(first, second)


def test_known_ids_are_used_and_new_ones_made():
    known = Known.read(Root(PROJECT))
    assert (known.id("WhatsApp"), known.id("Some Thing"), known.governments["RU"]) == (
        "whatsapp",
        "some-thing",
        "russian-authorities",
    )


def test_the_name_of_a_file_is_made_of_day_publisher_and_topic():
    assert (
        name_of(article(ENGLISH, "en", title="Russia blocks messengers"))
        == "2026-02-13-reuters-russia-blocks-messengers.yaml"
    )


def test_propose_writes_files_and_does_not_touch_the_facts(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH, "utf-8")
    words = [
        "propose",
        str(tmp_path / "a.txt"),
        "--root",
        str(tmp_path),
        "--published",
        "2026-02-13",
        "--publisher",
        "reuters",
    ]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, "facts/proposed/2026-02-13-reuters-a-txt.yaml: 4 candidates\n")
    assert [p.name for p in (tmp_path / "facts").iterdir()] == ["proposed"]


def test_propose_prints_a_line_for_each_article():
    row = '{"id": "x", "text": "Kenya blocked Telegram on Friday.", "published": "2024-11-08", "lang": "en"}'
    result = CliRunner().invoke(main, ["propose", "-", "--format", "jsonl"], input=row, catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout == (
        '{"id": "x", "claims": [{"action": "block", "target": "Telegram", "agent": "Government of Kenya", "country": "KE", '
        '"date": "2024-11-08", "status": "enacted", "quote": "Kenya blocked Telegram on Friday", "start": 0, "end": 32}]}\n'
    )


def test_wrong_use_and_bad_files_are_told_apart(tmp_path):
    (tmp_path / "a.bin").write_bytes(b"\0\1\2")
    run = CliRunner().invoke
    assert run(main, ["propose", str(tmp_path / "a.bin"), "--root", str(tmp_path)]).exit_code == 3
    assert run(main, ["propose", "x", "--lang", "xx"]).exit_code == 2
    assert run(main, ["propose", "x", "--published", "2999-01-01"]).exit_code == 2
    assert run(main, ["propose", "http://127.0.0.1/"]).exit_code == 3
    assert run(main, ["propose", str(tmp_path / "missing")]).exit_code == 3
