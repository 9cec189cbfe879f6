"""What the site takes from npm: pinned by hashes, listed with its licences, and not needed for anything else."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from builtsite import needs_bundle
from toysite import FACTS_URL, TOY

from censorkb.root import Root
from censorkb.site.bundle import Bundle
from censorkb.site.packed import FILES, Packed, pack
from censorkb.site.pages import Renderer
from censorkb.site.plan import Some
from censorkb.site.publish import publishing

if TYPE_CHECKING:
    from conftest import Loaded

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "site_templates" / "web"
LOCK = json.loads((WEB / "package-lock.json").read_text("utf-8"))
WANTED = json.loads((WEB / "package.json").read_text("utf-8"))


def test_every_package_is_pinned_by_a_hash_and_by_no_address() -> None:
    packages = {name: about for name, about in LOCK["packages"].items() if name}
    assert packages
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, about in packages.items() if "resolved" in about] == []
    exact = {**WANTED["dependencies"], **WANTED["devDependencies"]}
    assert {name: packages[f"node_modules/{name}"]["version"] for name in exact} == exact


def test_what_was_bundled_is_not_committed() -> None:
    assert "src/censorkb/shipped/" in (ROOT / ".gitignore").read_text("utf-8").split()


@needs_bundle
def test_the_licences_of_all_that_is_bundled_are_listed() -> None:
    web = Root(TOY).web
    assert web is not None
    listed = (web / "THIRD-PARTY.txt").read_text("utf-8")
    shipped = [
        name.removeprefix("node_modules/") for name, about in LOCK["packages"].items() if name and not about.get("dev")
    ]
    assert {"oxigraph", "minisearch", "@codemirror/view"} <= set(shipped)
    for name in shipped:
        version = LOCK["packages"][f"node_modules/{name}"]["version"]
        assert f"{name} {version}, licence " in listed


@needs_bundle
def test_the_scripts_of_the_first_view_are_small() -> None:
    sizes = {name: len(gzip.compress(content)) for name, _, content in Bundle(Root(TOY).web).files()}
    assert sizes["query.js"] <= 12_000
    assert sizes["search.js"] <= 12_000


def test_without_the_bundle_the_pages_say_so_and_everything_else_is_there(toy_site: dict[str, bytes]) -> None:
    assert not [name for name in toy_site if "oxigraph" in name]
    assert b"without the query engine" in toy_site["en/query.html"]
    assert b"without the search" in toy_site["en/search.html"]
    assert b"<script src" not in toy_site["en/query.html"]
    assert "en/questions/status-on.html" in toy_site


def test_a_data_set_that_is_too_large_for_a_browser_is_not_packed(tmp_path: Path) -> None:
    def packed(most: int) -> tuple[Packed, set[str]]:
        with publishing(tmp_path / str(most)) as draft:
            for file in FILES:
                draft.write(f"data/{file}", f"# {file}\n".encode())
            return pack(draft, 12, most=most), {name for name in draft.digests if ".gz" in name}

    too_large, none = packed(11)
    assert (too_large.statements, too_large.size, none) == (12, 0, set())
    small, files = packed(12)
    assert small.size
    assert files == {f"site/data/{file}{ending}" for file in FILES for ending in (".gz", ".gz.js")}


@needs_bundle
def test_a_page_over_too_large_a_data_set_leads_to_the_command_line(toy: Loaded) -> None:
    root = Root(TOY)
    made = Renderer(
        toy.ontology, toy.store, root.templates, FACTS_URL, bundle=Bundle(root.web), packed=Packed(1_000_000, 0)
    )
    page = dict(made.some(Some({}, {"query"})))["en/query.html"].decode()
    assert "too large for the memory of a browser" in page
    assert "censorkb query -e" in page
    assert "<script src" not in page
