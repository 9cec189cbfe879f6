"""Text that is cut off, pushed out of the window or written over, on every kind of page, in every language, at five widths.

A checker of accessibility finds none of that. One language more is written from right to left and has longer words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import mirrored
import pytest
from playwright.sync_api import Browser, Page
from toysite import TOY, rendered, written

from censorkb.root import Root

pytestmark = pytest.mark.slow  # a real browser

HERE = Path(__file__).resolve().parent
TEMPLATES = Root(HERE.parents[1]).templates
FAULTS = (HERE / "clipped.js").read_text("utf-8")
WIDTHS = (320, 360, 390, 768, 1280)
LANGUAGES = ("en", "fr", "ru", mirrored.TAG)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy, in the mirrored language too."""
    folder = tmp_path_factory.mktemp("languages")
    return written(rendered(TOY, mirrored.add_to(TEMPLATES, folder / "templates")), folder / "site")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def of_each_kind(folder: Path) -> list[Path]:
    """The pages that there is one of, and the largest of every other kind."""
    kinds: dict[Path, list[Path]] = {}
    for path in sorted(folder.rglob("*.html")):
        kinds.setdefault(path if path.parent == folder or path.stem == "index" else path.parent, []).append(path)
    return [max(paths, key=lambda path: path.stat().st_size) for paths in kinds.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_off(page: Page, folder: Path, language: str) -> None:
    faults = []
    for path in of_each_kind(folder / language):
        page.goto(path.as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults += [f"{path.relative_to(folder)} at {width}: {fault}" for fault in page.evaluate(FAULTS)]
    assert faults == []


def test_the_chooser_is_not_cut_off(page: Page, folder: Path) -> None:
    content = (folder / "index.html").read_text("utf-8")
    stays = folder / "stays.html"
    stays.write_text(content.replace('http-equiv="refresh"', 'name="refresh"'), "utf-8")
    page.goto(stays.as_uri())
    assert page.locator("main a").all_inner_texts() == ["English", "Français", "תילגנא", "Русский"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FAULTS) == []


def test_a_page_from_right_to_left(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((folder / mirrored.TAG / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    left = "(found) => found.map((one) => one.getBoundingClientRect().left)"
    names, bars = page.locator(".lane .n").evaluate_all(left), page.locator(".lane .t").evaluate_all(left)
    assert all(name > bar for name, bar in zip(names, bars, strict=True))
    ticks = page.locator("thead text").evaluate_all(left)
    assert ticks == sorted(ticks), "time runs from left to right, as the bars do"
    page.goto((folder / mirrored.TAG / "country/xa.html").as_uri())
    assert page.locator("h1").get_attribute("lang") == "en"
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).textAlign") == "right"


@pytest.mark.parametrize(
    ("spoilt", "fault"),
    [
        (".badge { display: block; width: 2rem; overflow: hidden; white-space: nowrap }", "cut off by"),
        ("h1 { white-space: nowrap; font-size: 9rem }", "beyond the window"),
        (".lane .s { white-space: nowrap } .lane .badge { font-size: 3rem }", "wider than its box"),
        (".lane .w { position: relative; inset-inline-start: -7rem }", "written over"),
    ],
)
def test_the_check_sees_a_fault(page: Page, folder: Path, spoilt: str, fault: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((folder / "en/index.html").as_uri())
    page.evaluate(
        "(rules) => { const added = new CSSStyleSheet(); added.replaceSync(rules); document.adoptedStyleSheets = [added]; }",
        spoilt,
    )
    assert any(fault in one for one in page.evaluate(FAULTS))
