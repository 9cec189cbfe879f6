"""The search page in a browser: names in any script, words of claims, over HTTP and from the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from builtsite import needs_bundle, reader
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, needs_bundle]  # a real browser


def search(page: Page, text: str) -> list[str]:
    """What is found, the best first."""
    page.locator("#search-box").fill("")
    page.locator("#search output:empty").wait_for(state="attached")
    page.locator("#search-box").fill(text)
    page.locator("#search output:not(:empty)").wait_for()
    return page.locator("#search li a").all_inner_texts()


def test_names_are_found_by_their_beginning_and_with_a_slip(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/search.html")
        assert search(page, "Chirp")[0] == "Chirp"
        assert search(page, "chir")[0] == "Chirp"
        assert search(page, "tunelfox")[0] == "TunnelFox"
        assert search(page, "qqqqqqqq") == []
        assert page.locator("#search output").inner_text() == "Found: 0"


def test_names_are_found_in_other_languages_and_scripts(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/search.html")
        assert search(page, "Норвегия")[0] == "Norway"
        assert search(page, "Чирп")[0] == "Chirp"
        status = page.locator("#search output").inner_text()
        assert "nothing has all words" not in status  # either spelling will do
    with reader(browser) as page:
        page.goto(f"{home.removesuffix('en')}ru/search.html")
        assert search(page, "Norway")[0] == "Norway"  # the toy does not say what it is called in Russian
        assert search(page, "норвегии")[0] == "Norway"


def test_what_claims_say_is_found_and_leads_to_them(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/search.html")
        assert search(page, "Alfania blocked Chirp in October")
        link = page.locator("#search li a", has_text="Chirp").filter(has_text="block").first
        link.click()
        assert page.url.split("/")[-2] in ("claim", "measure")
        assert page.locator("h1").is_visible()


def test_every_result_is_a_page(browser: Browser, built_site: Path) -> None:
    with reader(browser) as page:
        page.goto((built_site / "en/search.html").as_uri())
        for text in ("xa", "chirp", "law", "block"):
            search(page, text)
            for link in page.locator("#search li a").all():
                assert (built_site / "en" / str(link.get_attribute("href"))).is_file()


def test_a_link_carries_the_words_and_no_server_gets_them(browser: Browser, served: str) -> None:
    with reader(browser) as page:
        page.goto(f"{served}/en/search.html")
        search(page, "Chirp")
        link = page.url
        assert link.endswith("/search.html#q=Chirp")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        search(page, "Tunnelfox")
        assert asked == []
    with reader(browser) as page:
        page.goto(link)
        page.locator("#search li a").first.wait_for()
        assert page.locator("#search-box").input_value() == "Chirp"


def test_hostile_words_do_no_harm(browser: Browser, served: str) -> None:
    with reader(browser) as page:
        page.goto(f"{served}/en/search.html#q=%")
        for text in ("<img src=x onerror=alert(1)>", "constructor __proto__", "((((", "a" * 10_000):
            search(page, text)
        assert page.locator("#search img").count() == 0


@pytest.mark.parametrize("width", (320, 390, 1280))
def test_results_are_no_wider_than_the_window(browser: Browser, served: str, width: int) -> None:
    with reader(browser, width) as page:
        page.goto(f"{served}/en/search.html")
        search(page, "block")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_without_script_the_page_leads_to_the_lists(browser: Browser, served: str) -> None:
    with reader(browser, script=False) as page:
        page.goto(f"{served}/en/search.html")
        assert "needs JavaScript" in page.locator("main").inner_text()
        page.locator("main a", has_text="Services").click()
        assert page.url.endswith("/services.html")
