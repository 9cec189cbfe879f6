"""All languages render a page together where they can, and nobody can tell from the site."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from toysite import FACTS_URL, TOY, files, rendered, renderer

import censorkb.site.chorus
import censorkb.site.pages
from censorkb.graph.export import STEM
from censorkb.root import Root
from censorkb.site.bundle import ENGINE, LICENCES, Bundle
from censorkb.site.chorus import Chorus
from censorkb.site.packed import Packed
from censorkb.site.pages import Renderer
from censorkb.site.plan import PageKind
from censorkb.site.published import Published
from censorkb.site.rows import Row
from censorkb.site.spoken import Spoken
from censorkb.site.tongues import Each

if TYPE_CHECKING:
    from conftest import Loaded

ROOT = Path(__file__).resolve().parents[2]
LETTERS = "\ue100\uf000"  # of which marks are made


@pytest.fixture
def apart(toy_site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The site of the toy, each page of which each language has rendered by itself."""
    del toy_site  # made first, together
    monkeypatch.setattr(Chorus, "_text_of", lambda *_: None)
    return rendered(TOY)


@pytest.mark.slow
def test_the_site_is_the_same_as_if_each_language_had_rendered_it(
    toy_site: dict[str, bytes], apart: dict[str, bytes]
) -> None:
    assert [name for name in toy_site.keys() | apart.keys() if toy_site.get(name) != apart.get(name)] == []


@pytest.mark.slow
def test_pages_with_scripts_and_the_address_on_the_web_are_the_same_as_if_each_language_had_rendered_them(
    toy: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for script in ("query.js", "search.js", "editor.js", ENGINE, LICENCES):
        (tmp_path / script).write_text(f"// {script}")

    def all_() -> dict[str, bytes]:
        made = Renderer(
            toy.ontology,
            toy.store,
            Root(TOY).templates,
            FACTS_URL,
            base_url="https://example.org/",
            bundle=Bundle(tmp_path),
            packed=Packed(1_000, 50_000, "data.gz", "terms.gz", "graphs.gz"),
        )
        made.published = [Published(f"{STEM}.ttl", 10, "0" * 64)]
        return files(made)

    together = all_()
    assert b"data-config" in together["en/query.html"]
    assert b"data-config" in together["en/search.html"]
    monkeypatch.setattr(Chorus, "_text_of", lambda *_: None)
    apart = all_()
    assert [name for name in together.keys() | apart.keys() if together.get(name) != apart.get(name)] == []


@pytest.mark.slow
def test_the_site_is_the_same_if_texts_are_forgotten_after_each_kind_of_page(toy_site: dict[str, bytes]) -> None:
    assert dict(renderer(TOY).all(whole=False)) == toy_site


def test_most_pages_are_rendered_once_for_all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: Counter[str] = Counter()
    text_of = Spoken.text_of

    def counted(self: Spoken, kind: PageKind, row: Row) -> tuple[str, str]:
        found = text_of(self, kind, row)
        texts[f"{kind.name} {found[0]}"] += 1
        return found

    monkeypatch.setattr(Spoken, "text_of", counted)
    site = files(renderer(TOY))
    claims = [name.removeprefix("en/") for name in site if re.fullmatch(r"en/claim/[^/]+\.html", name)]
    assert Counter(texts[f"claim {name}"] for name in claims)[1] > 0.9 * len(claims) > 0
    assert sum(texts.values()) < len(site) / 2


def test_a_page_that_must_be_another_in_each_language_is_rendered_by_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reason means is told in the language of the page, or else in English."""
    given_up: Counter[str] = Counter()
    text_of = Chorus._text_of

    def told(
        self: Chorus, together: Spoken, kind: PageKind, render: Callable[[], tuple[str, str]]
    ) -> tuple[str, str] | None:
        found = text_of(self, together, kind, render)
        given_up[kind.name] += found is None
        return found

    monkeypatch.setattr(Chorus, "_text_of", told)
    site = rendered(TOY)
    reasons = [name for name in site if name.startswith("ru/reason/")]
    assert given_up["reason"] == len(reasons) > 0
    assert given_up["claim"] == 0


def test_pages_of_a_kind_that_often_differ_are_not_tried_any_more_whatever_the_portions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: Counter[str] = Counter()
    text_of = Spoken.text_of

    def told(self: Spoken, kind: PageKind, row: Row) -> tuple[str, str]:
        tried[kind.name] += isinstance(self.tag, Each)
        return text_of(self, kind, row)

    monkeypatch.setattr(Spoken, "text_of", told)
    monkeypatch.setattr(censorkb.site.chorus, "FEW", 1)
    monkeypatch.setattr(censorkb.site.pages, "BATCH", 1)
    site = rendered(TOY)
    assert tried["reason"] == 2 < sum(name.startswith("ru/reason/") for name in site)
    assert tried["claim"] > 50


@pytest.mark.slow
@pytest.mark.parametrize("place", ["entities/services/blip.yaml", "sources/2025/2025-10-07-north-post-chirp-dark.yaml"])
def test_letters_of_which_marks_are_made_stay_what_they_are(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TOY / "facts", tmp_path / "facts")
    path = tmp_path / "facts" / place
    text = path.read_text("utf-8")
    path.write_text(text.replace("Blip", f"Blip {LETTERS}"), "utf-8")
    together = rendered(tmp_path)
    assert any(LETTERS.encode() in content for content in together.values())
    monkeypatch.setattr(Chorus, "_text_of", lambda *_: None)
    apart = rendered(tmp_path)
    assert [name for name in apart if together.get(name) != apart[name]] == []


def test_letters_of_marks_in_an_address_on_the_web_stay_what_they_are(toy: Loaded) -> None:
    address = f"https://example.org/{LETTERS}/"
    site = files(Renderer(toy.ontology, toy.store, Root(ROOT).templates, address))
    page = site["ru/claim/2025-10-07-north-post-chirp-dark.chirp.html"].decode()
    assert f'href="{address}facts/sources/2025/2025-10-07-north-post-chirp-dark.yaml' in page


def test_no_template_tells_things_apart_by_their_names() -> None:
    """Of names that differ in one language and not in another, nobody would notice."""
    for path in Root(ROOT).templates.rglob("*.*"):
        if path.is_file() and "web" not in path.parts:
            told = re.search(r"(distinct|together|among)\('[^']*\b(label|text)'", path.read_text("utf-8", "replace"))
            assert told is None, f"{path.name}: {told}"
