"""How tests render the site of a knowledge base."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root
from censorkb.site.pages import Renderer

TOY = Path(__file__).resolve().parents[1] / "toy"
LANGUAGES = ("en/", "fr/", "ru/")
FACTS_URL = "https://example.org/facts-on-the-web/"


def renderer(path: Path, templates: Path | None = None) -> Renderer:
    """What renders the site of the knowledge base in a folder; with templates of its own or those of the project."""
    root = Root(path)
    knowledge = Knowledge.read(root)
    store: ox.Store = open_store(knowledge.ontology, knowledge.lines())
    derive(knowledge.ontology, store)
    return Renderer(knowledge.ontology, store, templates or root.templates, FACTS_URL)


def in_english(templates: Path) -> Path:
    """Take all other languages from a copy of the templates: a site of one is made in a third of the time.

    Tests use it for what every language has alike; `test_pages.py` and the browser see them all.
    """
    for path in (templates / "locales").glob("*.toml"):
        if path.stem != "en":
            path.unlink()
    return templates


def rendered(path: Path, templates: Path | None = None) -> dict[str, bytes]:
    """The site of the knowledge base in a folder, by address."""
    return files(renderer(path, templates))


def files(made: Renderer) -> dict[str, bytes]:
    """All that is rendered, by address."""
    found: dict[str, bytes] = {}
    for name, content in made.all():
        assert name not in found, f"{name} was written twice"
        found[name] = content
    return found


def kinds(made: Renderer, site: dict[str, bytes], language: str) -> dict[str, list[str]]:
    """Addresses of the pages of each kind that the table names, the largest first.

    Args:
        made: what has rendered the site.
        site: files by address.
        language: of the pages; those without a language belong to all.
    """
    found: dict[str, list[str]] = {}
    for kind in (*made.plan.kinds, *made.plan.rules, *made.plan.questions):
        folder = f"{language}/" if kind.languages else ""
        things = [made.directory.pages[thing] for thing in made.directory.members(kind)] if kind.question else []
        if kind.question and not kind.of:
            pages = [f"{folder}{address}" for address in things]
        else:
            pages = fnmatch.filter(site, folder + re.sub(r"{\w+}", "*", kind.url))
        if kind.of and not folder:  # a file beside a page, called by the name of its thing at the root of the site
            names = {Path(address).name for address in things}
            pages = [page for page in pages if Path(page).name in names and not page.startswith(LANGUAGES)]
        if kind.url.endswith(".html"):
            found[kind.name] = sorted(pages, key=lambda page: (-len(site[page]), page))
    return found


def written(files: dict[str, bytes], folder: Path) -> Path:
    """Put a site into a folder and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
