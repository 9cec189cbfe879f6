"""A page of the web as somebody saved it: what it states about itself in its head, and its words.

Only what it says outright is taken: `meta`, `link`, `title`, the attribute `lang`, and JSON-LD. The page is a stranger's:
it is parsed by the standard library, nothing in it is fetched or run, and what it states is checked before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_SILENT = ("script", "style", "noscript", "template", "head")
_TITLES, _DATES = (
    ("og:title", "twitter:title", "dc.title"),
    ("article:published_time", "datepublished", "dc.date.issued", "parsely-pub-date"),
)
_SITES, _ADDRESSES = ("og:site_name", "application-name"), ("og:url",)
MOST_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Page:
    """What a page states; each empty if it does not.

    Args:
        title: its headline.
        language: as the author of the page tagged it.
        published: date, perhaps with a time.
        publisher: name of whoever issued it.
        address: where it says that it is.
        words: its visible text.
    """

    title: str
    language: str
    published: str
    publisher: str
    address: str
    words: str


def read(html: str) -> Page:
    """Read a page (HTML Living Standard, section 4.2; JSON-LD as in schema.org Article)."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    data = list(_objects(parser.data))
    return Page(
        title=parser.first(_TITLES) or _field(data, "headline") or _one_line("".join(parser.title)),
        language=parser.language or parser.first(("og:locale",)).replace("_", "-"),
        published=_field(data, "datePublished") or parser.first(_DATES),
        publisher=_field(data, "publisher") or parser.first(_SITES),
        address=parser.address or parser.first(_ADDRESSES),
        words=_one_line(" ".join(parser.words)),
    )


class _Parser(HTMLParser):
    """Collects what a page states of itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = self.address = ""
        self.title: list[str] = []
        self.words: list[str] = []
        self.data: list[str] = []
        self._meta: dict[str, str] = {}
        self._inside: list[str] = []
        self._is_data = False

    def first(self, names: tuple[str, ...]) -> str:
        """The first of some meta names that the page has."""
        return next((self._meta[name] for name in names if self._meta.get(name)), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an opening tag."""
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "meta":
            name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            self._meta.setdefault(name, _one_line(given.get("content", "")))
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.address = self.address or given.get("href", "").strip()
        elif tag in (*_SILENT, "title"):
            self._inside.append(tag)
            self._is_data = tag == "script" and given.get("type", "").strip().lower() == "application/ld+json"
        elif tag == "body":
            self._inside.clear()  # whatever was left open before it

    def handle_endtag(self, tag: str) -> None:
        """Take a closing tag."""
        if tag in self._inside:
            del self._inside[self._inside.index(tag) :]
            self._is_data = False

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if self._is_data:
            self.data.append(data)
        elif self._inside[-1:] == ["title"]:
            self.title.append(data)
        elif not self._inside:
            self.words.append(data)


def _objects(texts: list[str]) -> Iterator[dict[str, object]]:
    """The objects of JSON-LD, those in @graph and in lists included, the outermost first."""
    for text in texts:
        try:
            waiting: list[tuple[object, int]] = [(json.loads(text), 0)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value, depth = waiting.pop(0)
            if isinstance(value, list) and depth < MOST_DEPTH:
                waiting += [(item, depth + 1) for item in value]
            elif isinstance(value, dict) and depth < MOST_DEPTH:
                yield value
                waiting.append((value.get("@graph"), depth + 1))


def _field(objects: list[dict[str, object]], key: str) -> str:
    """The first text of a key among objects that are articles; of a thing its name."""
    for found in objects:
        if "headline" in found or "datePublished" in found:
            value = found.get(key)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, dict):
                value = value.get("name")
            if isinstance(value, str) and value.strip():
                return _one_line(value)
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
