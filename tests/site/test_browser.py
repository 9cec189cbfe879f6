"""The site in a browser, from files: from the overview to a quote, with and without script, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow  # a real browser

WIDTHS = (390, 1280)


@contextmanager
def reader(
    browser: Browser, width: int, *, script: bool = True, site: str = "file:", failing: tuple[str, ...] = ()
) -> Iterator[Page]:
    """A page that complains, at its end, of errors, of what its security policy forbids, and of requests that leave the site.

    Args:
        browser: the browser.
        width: of its window in pixels.
        script: whether scripts run.
        site: how every address begins; the disk if left out.
        failing: words in what the browser says of failures that are meant.
    """
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((site, "data:")) else complaints.append(request.url),
    )
    # A page that is left, or loads itself anew, breaks off what it asked for.
    page.on(
        "requestfailed",
        lambda request: (
            None
            if (request.failure or "").endswith("ERR_ABORTED")
            else complaints.append(f"{request.url} failed: {request.failure}")
        ),
    )
    yield page
    context.close()
    assert [words for words in complaints if not any(word in words for word in failing)] == []


def overflow(page: Page) -> int:
    """How many pixels a page is wider than its window; asked of the browser, since scripts may be off."""
    size = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
    return int(size["cssContentSize"]["width"] - size["cssLayoutViewport"]["clientWidth"])


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_overview_to_the_words(browser: Browser, toy_folder: Path, width: int, script: bool) -> None:
    with reader(browser, width, script=script) as page:
        page.goto((toy_folder / "index.html").as_uri())
        page.wait_for_url("**/en/index.html")
        assert page.locator(".lane .badge").first.is_visible()
        page.locator(".lane .n a", has_text="Chirp").first.click()
        assert page.locator("h1").inner_text() == "Chirp"
        page.locator("#list + .evs .t a").first.click()
        assert page.url.split("/")[-2] == "measure"
        page.locator(".claims .says a").first.click()
        assert page.url.split("/")[-2] == "claim"
        assert page.locator("blockquote").first.is_visible()
        assert page.locator(".chain li").count() >= 3
        assert overflow(page) <= 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_is_a_link_to_its_measure(browser: Browser, toy_folder: Path, width: int) -> None:
    with reader(browser, width, script=False) as page:
        page.goto((toy_folder / "en/index.html").as_uri())
        page.locator("a.ev").first.click()
        assert page.url.split("/")[-2] == "measure"


def test_the_status_filter_needs_no_script(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 1280, script=False) as page:
        page.goto((toy_folder / "en/index.html").as_uri())
        page.locator(".tl-d summary").click()
        assert page.locator("a.ev.blocked").first.is_visible()
        page.locator("#f-blocked").uncheck()
        assert not page.locator("a.ev.blocked").first.is_visible()
        assert page.locator("a.ev.degraded").first.is_visible()
        before = page.locator(".lane:visible").count()
        page.locator("#f-now").check()
        assert 0 < page.locator(".lane:visible").count() < before


def test_on_a_phone_the_menu_takes_two_lines_and_opens_by_keyboard_without_script(
    browser: Browser, toy_folder: Path
) -> None:
    with reader(browser, 390, script=False) as page:
        for language in ("en", "ru"):
            page.goto((toy_folder / f"{language}/index.html").as_uri())
            assert (page.locator("header.top").bounding_box() or {})["height"] < 80
            assert not page.locator(".menu a").last.is_visible()
        page.locator(".nav summary").press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.querySelector('.menu a')")
        page.locator(".menu a").last.click()
        assert page.url.endswith("/ru/about.html")
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.locator(".menu a").last.is_visible(), "it stands open where there is room"
        page.emulate_media(media="print")
        assert not page.locator(".nav").is_visible()


def test_find_zoom_arrows_and_panel(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 1280) as page:
        page.goto((toy_folder / "en/index.html").as_uri())
        assert page.locator("a.ev[tabindex='0']").count() == 1
        page.locator("a.ev[tabindex='0']").focus()
        assert page.locator(".tl-info").is_visible()
        first = page.locator(".tl-info").inner_text()
        page.keyboard.press("ArrowDown")
        assert page.locator(".tl-info").inner_text() != first
        assert page.locator("a.ev[tabindex='0']").count() == 1
        page.locator(".tl-d summary").click()
        page.locator(".tl-ctl input[type=search]").fill("tunnelfox")
        assert page.locator(".lane:visible").count() == 1
        page.locator(".tl-ctl input[type=search]").fill("")
        page.locator(".tl-ctl input[type=range]").fill("4")
        assert overflow(page) <= 0


@pytest.mark.parametrize("width", (320, *WIDTHS))
def test_no_page_is_wider_than_the_window(browser: Browser, toy_folder: Path, width: int) -> None:
    kinds: dict[Path, list[Path]] = {}
    for path in sorted((toy_folder / "en").rglob("*.html")):
        kinds.setdefault(path.parent, []).append(path)
    largest = [max(paths, key=lambda path: path.stat().st_size) for paths in kinds.values()]
    with reader(browser, width) as page:
        for path in [*largest, *kinds[toy_folder / "en"]]:
            page.goto(path.as_uri())
            assert overflow(page) <= 0, path.name


def test_a_link_carries_what_is_chosen_in_the_timeline(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 1280) as page:
        page.goto((toy_folder / "en/country/xa.html").as_uri())
        page.locator(".tl-d summary").click()
        page.locator("#f-degraded").uncheck()
        page.locator(".tl-ctl input[type=search]").fill("blip")
        page.locator(".tl-ctl input[type=range]").fill("3")
        page.locator("a.ev.blocked:visible").first.focus()
        told = page.locator(".tl-info").inner_text()
        link = page.url
    assert link.partition("#")[2] == "find=blip&zoom=3&without=degraded&open=xa-blip-block-2024"
    with reader(browser, 390) as page:
        page.goto(link)
        assert page.locator(".lane:visible").count() == 1
        assert not page.locator("#f-degraded").is_checked()
        assert page.locator(".tl-ctl input[type=range]").input_value() == "3"
        assert page.locator(".tl-info").inner_text() == told
        assert "First block of Blip in Alfania" in told and "disputed" not in told
        page.locator(".tl-ctl input[type=search]").fill("")
        assert page.locator(".lane:visible").count() > 1
        assert "find=" not in page.url
        page.evaluate("location.hash = 'list'")
        assert page.url.endswith("#list")


def test_a_service_has_a_row_for_each_country(browser: Browser, toy_folder: Path) -> None:
    with reader(browser, 1280, script=False) as page:
        page.goto((toy_folder / "en/service/blip.html").as_uri())
        assert page.locator(".lane .n").all_inner_texts() == ["Alfania", "Bravonia"]
        assert page.locator(".lane").first.locator("a.ev").count() >= 3
