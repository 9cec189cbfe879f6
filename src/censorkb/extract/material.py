"""Material: the bytes of an article, made text without guessing: plain text, a web page, rows of JSON or a web archive."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from censorkb.extract.article import Article
from censorkb.extract.language import detect
from censorkb.extract.lexicon import languages
from censorkb.problem import Phrase, Place, Problem, listed, phrase, problem

LARGEST = 16 * 1024 * 1024  # bytes of a file
LONGEST = 1024 * 1024  # characters of an article
_GARBLED = 0.02  # share of letters that could not be read


@dataclass(slots=True)
class Material:
    """Reads articles out of bytes.

    Args:
        published: day of publication of what does not state it.
        publisher: publisher of what does not state it.
        language: language of what does not state it.
        today: the last day that an article can be of; None if any will do.
    """

    published: dt.date | None = None
    publisher: str = ""
    language: str = ""
    today: dt.date | None = None
    problems: list[Problem] = field(default_factory=list)

    def articles(self, name: str, raw: bytes) -> Iterator[Article]:
        """The articles in a file; what is wrong goes into `problems`.

        Args:
            name: name of the file; its ending tells what it is, else its first bytes do.
            raw: its bytes.
        """
        if len(raw) > LARGEST:
            self._refuse(Place(name), "article-too-long", most=phrase("megabytes", number=LARGEST // 1024 // 1024))
        elif not raw.strip():
            self._refuse(Place(name), "article-empty")
        elif name.endswith((".warc", ".warc.gz", ".wacz")):
            yield from self._archived(name, raw)
        else:
            text = self._decoded(name, raw)
            if text is None:
                return
            if name.endswith((".jsonl", ".ndjson")) or (name == "-" and text.lstrip().startswith("{")):
                yield from self._rows(name, text)
            elif _is_page(name, text):
                yield from self.page(name, text)
            else:
                yield from self._made(Place(name), PurePosixPath(name).name, text)

    def _refuse(self, place: Place, rule: str, **values: str | int | Phrase) -> None:
        self.problems.append(problem(place, rule, **values))

    def _decoded(self, name: str, raw: bytes) -> str | None:
        if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._refuse(Place(name), "article-not-text")
            return None
        encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as fault:
            if _is_page(name, raw[:1024].decode("ascii", "ignore")):
                return raw.decode(_declared(raw), "replace")
            self._refuse(Place(name, raw.count(b"\n", 0, fault.start) + 1), "article-not-utf8")
            return None

    def _rows(self, name: str, text: str) -> Iterator[Article]:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                self._refuse(Place(name, number), "article-row")
                continue
            given = row.get("published")
            day = self._day(given, Place(name, number)) if isinstance(given, str) and given else None
            yield from self._made(
                Place(name, number),
                str(row.get("id") or f"{name}:{number}"),
                row["text"],
                published=day,
                language=_text(row, "lang"),
                publisher=_text(row, "publisher"),
                url=_text(row, "url"),
            )

    def _day(self, written: str, place: Place) -> dt.date | None:
        try:
            return dt.date.fromisoformat(written[:10])
        except ValueError:
            self._refuse(place, "article-date", date=written)
            return None

    def fetched(self, url: str, raw: bytes) -> Iterator[Article]:
        """The article of a page that was fetched.

        Args:
            url: its address.
            raw: its content.
        """
        text = raw.decode(_declared(raw), "replace")
        yield from self.page(url, text, url)

    def page(self, name: str, markup: str, url: str = "") -> Iterator[Article]:
        """The article of a web page.

        Args:
            name: how the page is called in problems.
            markup: its HTML.
            url: where it stands.
        """
        from censorkb.extract.webpage import read

        page = read(markup, url)
        if page is None or not page.text.strip():
            self._refuse(Place(name), "article-no-text")
            return
        day = self._day(page.date, Place(name)) if page.date else None
        yield from self._made(
            Place(name),
            url or PurePosixPath(name).name,
            page.text,
            published=day,
            publisher=page.site,
            url=url or page.url,
            title=page.title,
        )

    def _archived(self, name: str, raw: bytes) -> Iterator[Article]:
        from censorkb.extract.archive import Unreadable, records

        try:
            for url, markup in records(name, raw):
                yield from self.page(name, markup, url)
        except Unreadable as fault:
            self._refuse(Place(name), "article-archive", why=fault.why)

    def _made(self, place: Place, id: str, text: str, **known: Any) -> Iterator[Article]:  # noqa: A002 - the key of the rows
        language = known.pop("language", "") or self.language
        day = known.pop("published", None) or self.published
        publisher = known.pop("publisher", "") or self.publisher
        if not text.strip():
            self._refuse(place, "article-empty")
        elif len(text) > LONGEST:
            self._refuse(place, "article-too-long", most=phrase("million-characters", number=LONGEST // 1024 // 1024))
        elif text.count("\ufffd") > _GARBLED * len(text):
            self._refuse(place, "article-not-utf8")
        elif language and language not in languages():
            self._refuse(place, "article-language", language=language, known=listed(languages()))
        elif day and self.today and day > self.today:
            self._refuse(place, "article-future", date=day.isoformat())
        else:
            if day is None:
                self._refuse(place, "article-no-date")
            if not publisher:
                self._refuse(place, "article-no-publisher")
            yield Article(id, text, language or detect(text), day, publisher, **known)


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _is_page(name: str, text: str) -> bool:
    if name.endswith((".html", ".htm", ".xhtml")):
        return True
    start = text[:1024].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html", "<?xml")) and "html" in start


def _declared(raw: bytes) -> str:
    """The encoding that a page declares, as far as Python knows it."""
    import codecs
    import re

    found = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
    except LookupError:
        return "utf-8"
