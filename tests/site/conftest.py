"""The site of the toy knowledge base, in memory and as a folder, and a browser to read it with."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from censorkb.check.speech import English
from censorkb.root import Root
from censorkb.site.pages import Renderer
from censorkb.site.preview.live import Live
from censorkb.site.preview.service import Preview

# Tests import the modules beside them by name; as a package they would be called `site`, which Python has already.
sys.path.insert(0, str(Path(__file__).resolve().parent))

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"
# Only a country of very many measures and a measure of very many claims have these; test_sizes.py makes them.
LARGE = {"country-month", "evidence"}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates of the project, in English only."""
    from toysite import in_english

    copy = tmp_path_factory.mktemp("english") / "site_templates"
    return in_english(shutil.copytree(TEMPLATES, copy))


@pytest.fixture(scope="session")
def toy_renderer() -> Renderer:
    """What renders the site of the toy knowledge base."""
    from toysite import TOY, renderer

    return renderer(TOY)


@pytest.fixture(scope="session")
def toy_site(toy_renderer: Renderer) -> dict[str, bytes]:
    """The site of the toy knowledge base, by address."""
    from toysite import files

    return files(toy_renderer)


@pytest.fixture(scope="session")
def toy_kinds(toy_renderer: Renderer, toy_site: dict[str, bytes]) -> dict[str, str]:
    """A page of each kind that the table of the site names, by the name of the kind: the largest of the toy.

    Of files that stand beside pages of several kinds and look the same, one is enough.
    """
    from toysite import kinds

    found = kinds(toy_renderer, toy_site, "en")
    assert {name for name, pages in found.items() if not pages} == LARGE, "the toy has no page of these kinds"
    rules = [kind.name for kind in toy_renderer.plan.rules]
    beside = {kind.template: kind.name for kind in reversed(toy_renderer.plan.kinds) if kind.of}
    once = [kind.name for kind in toy_renderer.plan.kinds if not kind.of or beside[kind.template] == kind.name]
    return {name: pages[0] for name, pages in found.items() if pages and name in {*once, *rules}}


@pytest.fixture(scope="session")
def toy_pages(toy_kinds: dict[str, str], toy_site: dict[str, bytes]) -> dict[str, str]:
    """A page of each kind that a reader stays on; others lead on by themselves."""
    return {kind: page for kind, page in toy_kinds.items() if b'http-equiv="refresh"' not in toy_site[page]}


@pytest.fixture(scope="session")
def toy_alone(toy_renderer: Renderer, toy_pages: dict[str, str]) -> dict[str, str]:
    """A page of each kind that stands alone: with menu and script, which what others embed in pages of theirs has not."""
    embedded = {kind.name for kind in toy_renderer.plan.kinds if kind.template == "embed.html"}
    return {kind: page for kind, page in toy_pages.items() if kind not in embedded}


@pytest.fixture(scope="session")
def toy_folder(toy_site: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy knowledge base on disk, in a folder whose name has spaces and letters that need escaping."""
    from toysite import written

    return written(toy_site, tmp_path_factory.mktemp("a site, № 1 %20"))


@pytest.fixture(scope="session")
def server(toy_folder: Path) -> Iterator[str]:
    """The address of a server that serves the site of the toy as `censorkb serve` does."""
    from toysite import TOY

    applications: list[Preview] = []
    found = make_server("127.0.0.1", 0, lambda *words: applications[0](*words), threaded=True)
    live = Live(Root(TOY), lambda: pytest.fail("built"), lambda *_: None)
    applications.append(Preview(toy_folder, live, English(), found.server_port))
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}/"
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the system."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail(
            "The site is tested in a browser and none is installed: on Debian, run `apt-get install chromium` as root."
        )
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the toy as `censorkb build` writes it, in a folder whose name needs escaping."""
    from toysite import FACTS_URL, TOY

    from censorkb.root import Root
    from censorkb.site.build import build

    out = tmp_path_factory.mktemp("a site, № 2 %20")
    assert not build(Root(TOY), out / "build", FACTS_URL, lambda _: None, fresh=True).checked.errors
    return out / "build/site"


@pytest.fixture(scope="session")
def served(built_site: Path) -> Iterator[str]:
    """The same on a plain web server."""
    from builtsite import serving

    with serving(built_site) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def home(request: pytest.FixtureRequest, built_site: Path, served: str) -> str:
    """The address of the English pages, over HTTP and from the disk."""
    return f"{served}/en" if request.param == "http" else (built_site / "en").as_uri()
