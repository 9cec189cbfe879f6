"""Every kind of page, as it meets its readers: from a server and from a folder, without script, by keyboard, on paper."""

from __future__ import annotations

import io
import shutil
import unicodedata
from pathlib import Path
from urllib.parse import urljoin

import pypdf
import pytest
from markup import Markup
from playwright.sync_api import Browser, Page
from test_browser import overflow, reader

pytestmark = pytest.mark.slow  # a real browser

# Where the keys have led: the address of a link, or what can be unfolded.
HERE = """() => {
  const here = document.activeElement;
  return here instanceof HTMLAnchorElement ? here.href.split('#')[0] : here.matches('details:not([open]) > summary') ? 'folded' : '';
}"""
# The pieces of text that a page shows, but for controls, which paper has no use for, and what narrow paper has no room for: every
# other month of an axis, and the last column of a chart, which the list below it says again.
SHOWN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.checkVisibility() && !holder.closest('.noprint, .tl-info, .tlt .u, .odd, .vh, title')) found.push(walker.currentNode.data);
  }
  return found;
}"""
MOST_TABS = 400  # that a reader presses on one page


def visit(page: Page, address: str, *, stays: bool) -> None:
    """Open a page, or the one that it leads to by itself."""
    page.goto(address)
    if not stays:
        page.wait_for_url(lambda found: found != address)
    page.locator("main").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_request_leaves_the_folder_and_nothing_is_forbidden_by_the_policy_or_too_wide(
    browser: Browser,
    toy_kinds: dict[str, str],
    toy_pages: dict[str, str],
    toy_folder: Path,
    width: int,
    script: bool,
) -> None:
    with reader(browser, width, script=script) as page:
        for kind, address in toy_kinds.items():
            visit(page, (toy_folder / address).as_uri(), stays=kind in toy_pages)
            assert page.locator("h1").first.is_visible(), kind
            assert overflow(page) <= 0, kind


def test_no_request_leaves_the_server(
    browser: Browser, toy_kinds: dict[str, str], toy_pages: dict[str, str], server: str
) -> None:
    with reader(browser, 1280, site=server) as page:
        for kind, address in toy_kinds.items():
            visit(page, server + address, stays=kind in toy_pages)
            assert page.locator("h1").first.is_visible(), kind


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="https://stranger.example/x.png">',
        '<p style="color:red">a</p>',
        "<script>alert(1)</script>",
        '<iframe src="https://stranger.example/"></iframe>',
        '<script src="https://stranger.example/x.js"></script>',
    ],
)
def test_a_page_that_would_ask_others_or_break_its_policy_is_noticed(
    browser: Browser, toy_folder: Path, tmp_path: Path, hostile: str
) -> None:
    shutil.copytree(toy_folder / "assets", tmp_path / "assets")
    text = (toy_folder / "en/about.html").read_text("utf-8").replace("</main>", f"{hostile}</main>")
    path = tmp_path / "en/page.html"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(AssertionError, match="Security Policy"), reader(browser, 1280) as page:
        page.goto(path.as_uri())


def test_without_script_a_page_says_all_that_it_says_with_it(
    browser: Browser, toy_pages: dict[str, str], toy_folder: Path
) -> None:
    said: list[dict[str, set[str]]] = []
    for script in (True, False):
        with reader(browser, 1280, script=script) as page:
            said.append({})
            for kind, address in toy_pages.items():
                page.goto((toy_folder / address).as_uri())
                page.locator("main").wait_for()
                said[-1][kind] = lines(page, "main :is(h1, h2, h3, td, th, li, blockquote, dd, dt)")
    assert {kind: said[0][kind] - said[1][kind] for kind in toy_pages if said[0][kind] - said[1][kind]} == {}


def lines(page: Page, selector: str) -> set[str]:
    """What elements say that are shown, line by line."""
    found = page.locator(selector).filter(visible=True).all_inner_texts()
    return {bare(line) for text in found for line in text.splitlines()}


def bare(text: str) -> str:
    """A text without blanks, which browsers put where they like, and as letters are before print makes them beautiful."""
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


def typed(link: str) -> str:
    """An address as a reader types it from paper: without the scheme, and without the words that a deep link scrolls to."""
    return bare(link.removeprefix("https://").removeprefix("http://").partition("#:~:")[0])


def test_on_paper_nothing_is_lost_and_links_can_be_read(
    browser: Browser, toy_pages: dict[str, str], toy_folder: Path
) -> None:
    lost = {}
    with reader(browser, 1280) as page:
        for kind, address in toy_pages.items():
            page.goto((toy_folder / address).as_uri())
            wanted = [bare(text) for text in page.evaluate(SHOWN)]
            links = page.locator("main a[href^=http]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
            document = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
            text = "".join(sheet.extract_text() for sheet in document.pages)
            printed = bare(text)
            missing = [words for words in (*wanted, *map(typed, links)) if words not in printed]
            if missing:
                lost[kind] = missing[:5]
    assert lost == {}


def test_the_first_key_leads_past_the_menu(browser: Browser, toy_alone: dict[str, str], toy_folder: Path) -> None:
    with reader(browser, 1280) as page:
        for kind, address in toy_alone.items():
            page.goto((toy_folder / address).as_uri())
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.matches('.skip')"), kind
            assert page.locator(".skip").bounding_box()["y"] >= 0, f"{kind}: the link can't be seen"
            page.keyboard.press("Enter")
            page.keyboard.press("Tab")
            assert not page.evaluate("document.activeElement.matches('header *, .skip')"), kind


def test_every_kind_of_page_is_reached_and_opened_by_keys(
    browser: Browser, toy_site: dict[str, bytes], toy_pages: dict[str, str], toy_folder: Path
) -> None:
    start = toy_pages["overview"]
    came_from = ways(toy_site, start)
    assert [kind for kind, page in toy_pages.items() if page not in came_from] == []
    steps, front = {}, {*toy_pages.values()}
    while front:
        steps |= {page: came_from[page] for page in front - {start}}
        front = {came_from[page] for page in front - {start}}
    with reader(browser, 1280) as page:
        for target, origin in sorted(steps.items()):
            page.goto((toy_folder / origin).as_uri())
            wanted = (toy_folder / target).as_uri()
            for _ in range(MOST_TABS):
                page.keyboard.press("Tab")
                here = page.evaluate(HERE)
                if here == wanted:
                    break
                if here == "folded":
                    page.keyboard.press("Enter")
            else:
                pytest.fail(f"no key leads from {origin} to {target}")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", origin
            with page.expect_navigation():
                page.keyboard.press("Enter")
            assert page.url.split("#")[0] == wanted


def ways(site: dict[str, bytes], start: str) -> dict[str, str]:
    """From which page each page is reached first; bars of charts left out, which arrows lead to."""
    came_from, front = {start: ""}, [start]
    while front:
        found = []
        for address in front:
            for tag, attributes in Markup(site[address].decode()).elements:
                target = urljoin(address, attributes.get("href", "")).partition("#")[0]
                is_page = tag == "a" and target in site and target.endswith(".html")
                if is_page and target not in came_from and "ev" not in attributes.get("class", "").split():
                    came_from[target] = address
                    found.append(target)
        front = found
    return came_from


def test_a_chart_is_one_stop_and_arrows_lead_through_it(
    browser: Browser, toy_alone: dict[str, str], toy_folder: Path
) -> None:
    charts = 0
    with reader(browser, 1280) as page:
        for kind, address in toy_alone.items():
            page.goto((toy_folder / address).as_uri())
            page.locator("main").wait_for()
            bars = page.locator(".tl a.ev:visible")
            if bars.count() < 2:
                continue
            charts += 1
            assert page.locator(".tl a.ev[tabindex='0']").count() == 1, kind
            page.locator(".tl a.ev[tabindex='0']").focus()
            page.keyboard.press("End")
            assert page.evaluate("document.activeElement.getAttribute('href')") == bars.last.get_attribute("href")
            page.keyboard.press("Home")
            href = bars.first.get_attribute("href")
            assert page.evaluate("document.activeElement.getAttribute('href')") == href, kind
            page.keyboard.press("Enter")
            page.wait_for_url(urljoin((toy_folder / address).as_uri(), href))
    assert charts >= 3
