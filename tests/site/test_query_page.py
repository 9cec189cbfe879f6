"""The query page in a browser: over HTTP and from the disk, offline, with wrong queries, endless ones, and by keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builtsite import needs_bundle, reader
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, needs_bundle]  # a real browser

SERVICES = "SELECT ?s WHERE { ?s a ckb:Service } ORDER BY ?s"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def run(page: Page, query: str | None = None) -> None:
    if query is not None:
        page.locator("#ask-text").fill(query)
    page.locator("[data-part=run]").click()
    page.locator("[data-part=run]:enabled").wait_for(timeout=30_000)


def test_the_first_query_is_answered(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assert "KB" in page.locator("#ask").inner_text()
        assert asked == []
        run(page)
        assert page.locator("#ask table tbody tr").count() == 15
        assert "Rows: 15" in page.locator("output").inner_text()


def test_things_in_the_answer_are_links_to_their_pages(browser: Browser, built_site: Path) -> None:
    with reader(browser) as page:
        page.goto((built_site / "en/query.html").as_uri())
        run(
            page,
            "SELECT ?m ?s ?c WHERE { ?c ckb:about ?m . ?m a ckb:Measure ; ckb:concerns ?s } ORDER BY ?m ?c LIMIT 30",
        )
        for link in page.locator("#ask td a").all():
            assert (built_site / "en" / str(link.get_attribute("href"))).is_file()
        assert page.locator("#ask td a").count() == 90
        page.locator("#ask td a").first.click()
        assert page.url.split("/")[-2] == "measure"


def test_an_answer_is_saved_as_csv_and_as_json(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        run(page, "SELECT ?n ?evil WHERE { BIND (1 AS ?n) BIND ('=1+1, \"x\"' AS ?evil) }")
        with page.expect_download() as csv:
            page.locator("[data-form=csv]").click()
        assert Path(csv.value.path()).read_text() == 'n,evil\n1,"\'=1+1, ""x"""\n'
        with page.expect_download() as saved:
            page.locator("[data-form=json]").click()
        assert json.loads(Path(saved.value.path()).read_text())["head"]["vars"] == ["n", "evil"]
        assert not page.locator("[data-form=ttl]").is_visible()


def test_triples_are_shown_as_turtle(browser: Browser, served: str) -> None:
    with reader(browser) as page:
        page.goto(f"{served}/en/query.html")
        run(page, "CONSTRUCT { ?s a ckb:Service } WHERE { ?s a ckb:Service }")
        assert "ns#Service>" in page.locator("#ask pre").inner_text()
        assert page.locator("[data-form=ttl]").is_visible()
        run(page, "ASK { ?s a ckb:Service }")
        assert page.locator("[data-part=out]").inner_text() == "Yes."


def test_graphs_can_be_named(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        run(page, "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s a ckb:Claim } }")
        assert int(page.locator("#ask td").inner_text()) > 10
        run(page, "SELECT (COUNT(*) AS ?n) WHERE { GRAPH graph:ontology { ?s ?p ?o } }")
        assert int(page.locator("#ask td").inner_text()) > 100


def test_a_wrong_query_is_told_where_it_is_wrong(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        run(page, "SELECT ?s WHERE {\n  ?s a nope:Service\n}")
        told = page.locator("#ask pre").inner_text()
        assert told.startswith("Line 2, column ")
        assert "Unknown prefix. Known are: action, basis" in told
        run(page, "SELECT ?s WHER { ?s a ckb:Service }")
        assert "Line 1, column 16" in page.locator("#ask pre").inner_text()
        assert "This did not work" in page.locator("output").inner_text()
        run(page, SERVICES)
        assert page.locator("#ask table").is_visible()


def test_service_never_leaves_the_page(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        run(page, "SELECT * WHERE { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
        assert "not supported" in page.locator("#ask pre").inner_text()


def test_an_endless_query_is_stopped_and_the_next_one_needs_no_network(browser: Browser, served: str) -> None:
    with reader(browser) as page:
        page.goto(f"{served}/en/query.html")
        run(page, SERVICES)
        page.locator("#ask-text").fill(ENDLESS)
        page.locator("[data-part=run]").click()
        page.locator("[data-part=stop]").click(timeout=5_000)
        page.locator("[data-part=run]:enabled").wait_for()
        assert page.locator("output").inner_text() == "Stopped."
        page.context.set_offline(True)
        run(page, SERVICES)
        assert page.locator("#ask table").is_visible()


def test_a_link_carries_the_query(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        run(page, SERVICES)
        link = page.evaluate("() => document.querySelector('[data-part=link]').href")
        assert page.url == link
    with reader(browser) as page:
        page.goto(link)
        assert page.locator("#ask-text").input_value() == SERVICES


def test_hostile_text_in_an_answer_stays_text(browser: Browser, served: str) -> None:
    with reader(browser) as page:
        page.goto(f"{served}/en/query.html")
        run(
            page,
            "SELECT ('<img src=x onerror=alert(1)>' AS ?a) (<javascript:alert(1)> AS ?b) (<https://example.org/> AS ?c) {}",
        )
        cells = page.locator("#ask td")
        assert cells.nth(0).inner_text() == "<img src=x onerror=alert(1)>"
        assert cells.nth(1).locator("a").count() == 0
        assert cells.nth(2).locator("a").get_attribute("rel") == "noopener noreferrer external"


def test_keys_alone_are_enough(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        page.locator("#ask-text").focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(SERVICES)
        page.keyboard.press("Control+Enter")
        page.locator("#ask table").wait_for()
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.dataset.part") == "run"


def test_the_editor_with_colours_comes_when_asked_for(browser: Browser, home: str) -> None:
    with reader(browser) as page:
        page.goto(f"{home}/query.html")
        page.locator("[data-part=colours]").click()
        editor = page.locator(".cm-content")
        editor.wait_for()
        assert "Which measures began last" in editor.inner_text()
        assert (
            page.evaluate(
                "() => getComputedStyle(document.querySelector('#ask div').shadowRoot.querySelector('.cm-gutters')).display"
            )
            == "flex"
        )
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")  # else Chromium itself sets styles, which the policy of the page refuses
        page.keyboard.type(SERVICES)
        page.keyboard.press("Control+Enter")
        page.locator("#ask table").wait_for()
        assert page.locator("#ask th").inner_text() == "s"


@pytest.mark.parametrize("width", (320, 390, 1280))
def test_an_answer_is_no_wider_than_the_window(browser: Browser, served: str, width: int) -> None:
    with reader(browser, width) as page:
        page.goto(f"{served}/en/query.html")
        run(page, "SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c . ?a a ckb:Claim ; ckb:says ?d } LIMIT 50")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_without_script_the_page_says_what_there_is(browser: Browser, served: str) -> None:
    with reader(browser, script=False) as page:
        page.goto(f"{served}/en/query.html")
        assert not page.locator("#ask").is_visible()
        assert "needs JavaScript" in page.locator("main").inner_text()


def test_a_prepared_question_opens_in_the_query_page(browser: Browser, served: str) -> None:
    with reader(browser) as page:
        page.goto(f"{served}/en/questions/index.html")
        page.locator("main a", has_text="How many users does each service have").click()
        page.locator("a[href*='#q=']").click()
        assert page.locator("#ask-text").input_value().startswith("# How many users does each service have")
        run(page)
        assert page.locator("#ask table tbody tr").count() > 0
