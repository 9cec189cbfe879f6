"""Articles out of files: text, pages, rows and archives, and a sentence for each that is none."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest

from censorkb.extract.archive import warc
from censorkb.extract.material import LARGEST, Material

SENTENCE = "Kenya blocked Telegram on Friday, the communications authority said, as school exams began in the country. "
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Kenya blocks Telegram</title>
<meta property="og:site_name" content="Morning Mirror">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-11-08"}}</script>
<style>p {{ color: red }}</style></head><body><nav><a href="/">Home</a> Uganda blocks Facebook</nav>
<article><h1>Kenya blocks Telegram</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p>
<p style="display:none">Chad blocked Signal.</p></article>
<script>var a = "Russia blocked WhatsApp";</script><footer>Copyright 2026</footer></body></html>"""


def read(name: str, raw: bytes, **known) -> tuple[list, list[str]]:
    material = Material(**known)
    found = list(material.articles(name, raw))
    return found, [problem.rule for problem in material.problems if problem.severity == "error"]


def test_a_page_gives_its_article_and_the_date_that_it_states():
    ((article,), faults) = read("a.html", PAGE.encode())
    assert (article.published, article.publisher, article.language, faults) == (
        dt.date(2024, 11, 8),
        "Morning Mirror",
        "en",
        [],
    )
    assert "Telegram" in article.text
    assert "Uganda" not in article.text
    assert "Russia" not in article.text


def test_no_date_is_guessed_from_a_footer():
    page = PAGE.replace('"datePublished": "2024-11-08"', '"a": 1')
    ((article,), _) = read("a.html", page.encode())
    assert article.published is None


def test_text_takes_what_the_caller_knows():
    ((article,), _) = read(
        "a.txt", SENTENCE.encode(), published=dt.date(2024, 11, 8), publisher="mirror", language="en"
    )
    assert (article.id, article.text, article.published, article.publisher) == (
        "a.txt",
        SENTENCE,
        dt.date(2024, 11, 8),
        "mirror",
    )


def test_the_language_is_recognised():
    russian = "Роскомнадзор заблокировал мессенджер."
    french = "Le gouvernement a bloqué la messagerie en ligne."
    assert [read("a.txt", text.encode())[0][0].language for text in (SENTENCE, russian, french)] == ["en", "ru", "fr"]


def test_rows_keep_their_ids_and_a_broken_one_is_named():
    rows = [json.dumps({"id": "a", "text": SENTENCE, "published": "2024-11-08", "lang": "en"}), "{", '{"id": 1}', "[]"]
    found, faults = read("a.jsonl", "\n".join(rows).encode())
    assert [(a.id, a.published) for a in found] == [("a", dt.date(2024, 11, 8))]
    assert faults == ["article-row"] * 3


def test_archives_give_the_pages_in_them():
    raw = warc("https://mirror.example/a", "200 OK", (("Content-Type", "text/html"),), PAGE.encode())
    ((article,), _) = read("a.warc.gz", raw)
    assert article.url == "https://mirror.example/a"
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("archive/data.warc.gz", raw)
    assert read("a.wacz", package.getvalue())[0][0].text == article.text


@pytest.mark.parametrize(
    ("name", "raw", "rule"),
    [
        ("a.txt", b"", "article-empty"),
        ("a.txt", b" \n\t", "article-empty"),
        ("a.txt", b"x" * (LARGEST + 1), "article-too-long"),
        ("a.txt", b"word " * 300_000, "article-too-long"),
        ("a.bin", b"\x7fELF\0\0\1", "article-not-text"),
        ("a.txt", "Роскомнадзор".encode("cp1251"), "article-not-utf8"),
        ("a.html", b"<html><body></body></html>", "article-no-text"),
        ("a.warc", b"WARC nonsense", "article-archive"),
        ("a.wacz", b"PK nonsense", "article-archive"),
        ("a.jsonl", b'{"id": "a", "text": "Kenya", "lang": "xx"}', "article-language"),
        ("a.jsonl", b'{"id": "a", "text": "Kenya", "lang": "en", "published": "soon"}', "article-date"),
        ("a.jsonl", b'{"id": "a", "text": "Kenya", "lang": "en", "published": "2999-01-01"}', "article-future"),
    ],
)
def test_bad_input_gets_a_sentence(name: str, raw: bytes, rule: str):
    _, faults = read(name, raw, today=dt.date(2026, 2, 11))
    assert rule in faults


def test_a_page_in_another_encoding_is_read_by_what_it_declares():
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("Kenya", "Кения")
    ((article,), _) = read("a.html", page.encode("cp1251"))
    assert "Кения" in article.text
