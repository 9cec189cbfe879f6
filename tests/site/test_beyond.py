"""The site beyond itself: within other pages, without a network, and in the maps of search engines."""

from __future__ import annotations

import threading
import xml.etree.ElementTree as Tree
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error
from toysite import FACTS_URL

from censorkb.root import Root
from censorkb.site import sitemap
from censorkb.site.build import Asked, build

pytestmark = pytest.mark.slow

EMBEDDED = 30_000  # bytes of the page within another
ASKED = Asked(FACTS_URL, "https://facts.example/kb/")
MAPS = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_embedded_timelines_are_small_and_there_is_one_for_each_country_and_service(toy_site: dict[str, bytes]) -> None:
    for kind in ("country", "service"):
        pages = {name for name in toy_site if name.startswith(f"en/{kind}/") and name.endswith(".html")}
        found = {name.replace("en/embed/", "en/") for name in toy_site if name.startswith(f"en/embed/{kind}/")}
        own = {name for name in pages if b'class="files' in toy_site[name]}  # not former ids, nor years of a country
        assert found == own and own
    for name, content in toy_site.items():
        if name.startswith("en/embed/"):
            assert len(content) < EMBEDDED, name
            assert b"<script" not in content


@pytest.mark.slow
def test_another_site_can_show_a_timeline_and_its_links_leave_the_frame(
    browser: Browser, toy_folder: Path, tmp_path: Path
) -> None:
    with served(toy_folder) as address, served(tmp_path) as other:
        (tmp_path / "index.html").write_text(
            f'<!DOCTYPE html><title>x</title><iframe src="{address}en/embed/country/xa.html" width="600" height="480">'
            "</iframe>"
        )
        context = browser.new_context()
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(other)
        frame = page.frame_locator("iframe")
        assert frame.locator("a.ev").first.is_visible()
        assert frame.locator("h1").inner_text() == "Alfania"
        with context.expect_page() as opened:
            frame.locator("h1 a").click()
        opened.value.wait_for_load_state()
        assert opened.value.url == f"{address}en/country/xa.html"
        assert page.url == other
        assert [text for text in complaints if "favicon" not in text and "404" not in text] == []
        context.close()


@pytest.mark.slow
def test_pages_are_kept_for_reading_offline_only_if_the_reader_asks(browser: Browser, toy_folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(toy_folder) as address:
        page.goto(f"{address}en/index.html")
        assert not page.evaluate("() => navigator.serviceWorker.getRegistrations().then(found => found.length)")
        page.goto(f"{address}en/downloads.html")
        keep, drop = page.locator("#offline button").all()
        assert drop.is_disabled()
        keep.click()
        page.locator("#offline output", has_text="kept").wait_for()
        page.goto(f"{address}en/country/xa.html")
        page.locator("a.ev").first.wait_for()
    page.goto(f"{address}en/country/xa.html")  # nobody serves it any more
    assert page.locator("h1").inner_text() == "Alfania"
    assert page.locator(".badge").first.evaluate("one => getComputedStyle(one).fontWeight") != "400", "no style sheet"
    with pytest.raises(Error):
        page.goto(f"{address}en/country/xb.html")  # it was never read
    context.close()


@pytest.mark.slow
def test_what_was_kept_is_forgotten_on_request(browser: Browser, toy_folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(toy_folder) as address:
        page.goto(f"{address}en/downloads.html")
        keep, drop = page.locator("#offline button").all()
        keep.click()
        page.locator("#offline output", has_text="kept").wait_for()
        page.reload()
        assert keep.is_disabled()
        drop.click()
        page.wait_for_function("() => !document.querySelectorAll('#offline button')[0].disabled")
        assert page.evaluate("() => caches.keys().then(names => names.length)") == 0
        assert not page.evaluate("() => navigator.serviceWorker.getRegistrations().then(found => found.length)")
    context.close()


def urls(content: bytes) -> dict[str, dict[str, str]]:
    tree = Tree.fromstring(content)
    return {
        url.findtext("m:loc", "", MAPS): {
            link.get("hreflang", ""): link.get("href", "") for link in url.findall("x:link", MAPS)
        }
        for url in tree.findall("m:url", MAPS)
    }


def written(root: Root, out: str) -> dict[str, bytes]:
    site = root.path / out / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_map_has_every_page_in_all_languages(toy_copy: Root) -> None:
    build(toy_copy, toy_copy.path / "build", ASKED, lambda _: None)
    site = written(toy_copy, "build")
    assert b"Sitemap: https://facts.example/kb/sitemap.xml" in site["robots.txt"]
    listed = [part.text for part in Tree.fromstring(site["sitemap.xml"]).iter(f"{{{MAPS['m']}}}loc")]
    assert listed == ["https://facts.example/kb/sitemap-1.xml"]
    found = urls(site["sitemap-1.xml"])
    pages = {
        name for name in site if name.endswith(".html") and name[:3] in ("en/", "fr/", "ru/") and name[3:9] != "embed/"
    }
    assert {address.removeprefix("https://facts.example/kb/") for address in found} == pages
    for address, languages in found.items():
        assert set(languages) == {"en", "fr", "ru", "x-default"}
        assert address in languages.values() and set(languages.values()) <= set(found)


@pytest.mark.slow
def test_the_map_follows_what_comes(toy_copy: Root) -> None:
    build(toy_copy, toy_copy.path / "build", ASKED, lambda _: None)
    (toy_copy.facts / "entities/services/newcomer.yaml").write_text("label: Newcomer\nkind: messenger\n", "utf-8")
    again = build(toy_copy, toy_copy.path / "build", ASKED, lambda _: None)
    assert 0 < again.written < again.pages
    build(toy_copy, toy_copy.path / "fresh", ASKED, lambda _: None, fresh=True)
    assert b"en/service/newcomer.html" in written(toy_copy, "build")["sitemap-1.xml"]
    assert written(toy_copy, "build") == written(toy_copy, "fresh")


@pytest.mark.slow
def test_the_map_has_no_part_for_pages_that_are_gone(
    toy_copy: Root, toy_site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = (name for name in toy_site if name.endswith(".html"))
    pages = sum(name.startswith("en/") and not name.startswith("en/embed/") for name in names)
    monkeypatch.setattr(sitemap, "MOST", 3 * pages)  # of three languages, without the page of another month
    source = toy_copy.facts / "sources/2025/2025-04-10-wire-one-hallo-slow.yaml"
    text, page = source.read_text("utf-8"), "en/changes-2025-07.html"
    source.write_text(text.replace("'2025-05-02: the chain", "'2025-07-02: the chain"), "utf-8")
    build(toy_copy, toy_copy.path / "build", ASKED, lambda _: None)
    assert {page, "sitemap-2.xml"} <= written(toy_copy, "build").keys() - toy_site.keys()
    source.write_text(text, "utf-8")
    again = build(toy_copy, toy_copy.path / "build", ASKED, lambda _: None)
    assert 0 < again.written < again.pages
    build(toy_copy, toy_copy.path / "fresh", ASKED, lambda _: None, fresh=True)
    found = written(toy_copy, "build")
    assert "sitemap-1.xml" in found and "sitemap-2.xml" not in found
    assert found == written(toy_copy, "fresh")


def test_a_large_map_is_in_parts(toy, monkeypatch: pytest.MonkeyPatch) -> None:
    from censorkb.site.pages import Renderer

    monkeypatch.setattr(sitemap, "MOST", 6)
    made = Renderer(toy.ontology, toy.store, toy.knowledge.root.templates, "", base_url="https://facts.example/")
    found = dict(made.sitemap([f"en/service/s{number}.html" for number in range(5)]))
    assert sorted(found) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert sum(len(urls(content)) for name, content in found.items() if name != "sitemap.xml") == 15


def test_without_an_address_nothing_needs_one(toy_site: dict[str, bytes]) -> None:
    assert not {"sitemap.xml", "robots.txt", ".htaccess"} & set(toy_site)
    assert not [name for name, content in toy_site.items() if b'rel="canonical"' in content]
