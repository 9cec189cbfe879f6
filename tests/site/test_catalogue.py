"""Catalogues: every language has every word."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from censorkb.root import Root
from censorkb.site.catalogue import Catalogue, read_all

TEMPLATES = Root(Path(__file__).resolve().parents[2]).templates
FILES = sorted((TEMPLATES / "locales").glob("*.toml"))


def keys(table: dict[str, object], above: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in table.items():
        deeper = isinstance(value, dict) and not above.startswith("counted.")
        found |= keys(value, f"{above}{key}.") if deeper and isinstance(value, dict) else {above + key}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_catalogue_has_the_same_keys(path: Path) -> None:
    english = tomllib.loads((TEMPLATES / "locales" / "en.toml").read_text("utf-8"))
    assert keys(tomllib.loads(path.read_text("utf-8"))) ^ keys(english) <= {"direction"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_finds_its_plural(path: Path) -> None:
    catalogue = Catalogue(path)
    for number in (0, 1, 2, 5, 11, 21, 1000):
        assert catalogue.number(number) in catalogue.counted(number, "claims")


def test_english_comes_first() -> None:
    assert read_all(TEMPLATES)[0].language == "en"
    assert read_all(TEMPLATES)[0].counted(1, "claims") == "1 claim"
    assert read_all(TEMPLATES)[0].language_name("fr") == "French"
    assert read_all(TEMPLATES)[0].language_name("qqq-Nowhere") == "qqq-Nowhere"
