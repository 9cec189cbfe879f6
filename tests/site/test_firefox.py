"""The site in Firefox: another engine shows every kind of page as well, from a folder and from a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from firefox import Firefox, firefox

pytestmark = pytest.mark.slow  # a real browser


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox of the system."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is not installed: on Debian, run `apt-get install firefox-esr` as root")
    with firefox(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("way", ["folder", "server"])
def test_every_kind_of_page_is_shown(
    other: Firefox, toy_pages: dict[str, str], toy_folder: Path, server: str, width: int, way: str
) -> None:
    other.events.clear()
    other.resize(width, 900)
    for kind, address in toy_pages.items():
        other.open((toy_folder / address).as_uri() if way == "folder" else server + address)
        assert other.ask("document.querySelector('h1').checkVisibility()"), kind
        assert other.ask("document.documentElement.scrollWidth <= innerWidth"), kind
        assert other.ask("getComputedStyle(document.body).fontFamily !== 'serif'"), f"{kind} has no styles"
    assert other.complaints == []


def test_script_and_filter_work_from_a_folder(other: Firefox, toy_folder: Path) -> None:
    other.resize(1280, 900)
    other.open((toy_folder / "en/index.html").as_uri())
    shown = "[...document.querySelectorAll('.lane')].filter((lane) => lane.checkVisibility()).length"
    lanes = other.ask(shown)
    assert lanes > 5
    other.ask("document.querySelector('#f-now').click()")
    assert 0 < other.ask(shown) < lanes
    assert other.ask("document.querySelectorAll(\".tl a.ev[tabindex='0']\").length") == 1
    assert other.ask("document.querySelector('.tl-ctl input[type=search]') !== null")


def test_a_request_to_others_is_noticed(other: Firefox, tmp_path: Path) -> None:
    other.events.clear()
    page = tmp_path / "page.html"
    page.write_text('<!DOCTYPE html><title>a</title><img src="https://stranger.example/x.png">', "utf-8")
    other.open(page.as_uri())
    assert other.complaints == ["https://stranger.example/x.png"]
