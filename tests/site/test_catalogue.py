"""Catalogues: every language has every word, in every form that it needs, and none that no page shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale

from censorkb.root import Root
from censorkb.site.catalogue import Catalogue, read_all

TEMPLATES = Root(Path(__file__).resolve().parents[2]).templates
FILES = sorted((TEMPLATES / "locales").glob("*.toml"))
ENGLISH = tomllib.loads((TEMPLATES / "locales" / "en.toml").read_text("utf-8"))
of_every_language = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def words(table: dict[str, object], above: str = "") -> dict[str, str]:
    """The words of a catalogue by key; those of a list in one, those that are counted each by its form."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= words(value, f"{above}{key}.")
        else:
            found[above + key] = "\n".join(value) if isinstance(value, list) else str(value)
    return found


def keys(table: dict[str, object]) -> set[str]:
    return {re.sub(r"^(counted\.[^.]+)\..*", r"\1", key) for key in words(table)}


def gaps(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


@of_every_language
def test_every_catalogue_has_the_same_keys(path: Path) -> None:
    assert keys(tomllib.loads(path.read_text("utf-8"))) ^ keys(ENGLISH) <= {"direction"}


@of_every_language
def test_every_word_has_the_gaps_of_the_english_one(path: Path) -> None:
    own, english = words(tomllib.loads(path.read_text("utf-8"))), words(ENGLISH)
    for key, text in own.items():
        model = english[f"{key.rpartition('.')[0]}.other" if key.startswith("counted.") else key]
        assert gaps(text) == gaps(model), key
        assert text.count("\n") == model.count("\n"), key


@of_every_language
def test_what_is_counted_has_the_plural_forms_of_its_language(path: Path) -> None:
    forms = set(Locale.parse(path.stem, sep="-").plural_form.tags) | {"other"}
    for what, given in tomllib.loads(path.read_text("utf-8"))["counted"].items():
        assert set(given) == forms, what


@of_every_language
def test_no_word_is_empty_and_no_sentence_left_in_english(path: Path) -> None:
    own, english = words(tomllib.loads(path.read_text("utf-8"))), words(ENGLISH)
    for key, text in own.items():
        assert text.strip(), key
        assert path.stem == "en" or len(text.split()) < 4 or text != english.get(key), key


@of_every_language
def test_spaces_before_signs_do_not_break(path: Path) -> None:
    wrong = {"fr": r"(?<=\w) [:;?!»]|« ", "ru": r" —"}.get(path.stem, r"(?<=\w) [:;?!]")
    assert not [key for key, text in words(tomllib.loads(path.read_text("utf-8"))).items() if re.search(wrong, text)]


def step(key: str) -> str:
    return rf"(\.{re.escape(key)}(?![\w-])|\[['\"]{re.escape(key)}['\"]\])"


def test_every_word_is_on_some_page() -> None:
    files = [TEMPLATES / "base.html", *(TEMPLATES / "pages").iterdir(), *(TEMPLATES / "partials").iterdir()]
    shown = "\n".join(path.read_text("utf-8") for path in sorted(files))
    unused = []
    for key in sorted(
        keys({name: table for name, table in ENGLISH.items() if name not in ("date", "counted", "name")})
    ):
        steps = [step(part) for part in re.findall(r"[^.]+", key)]
        # By its name; or its group is looked up by the id of a thing, or given to a macro that does so.
        ways = [r"\bt" + "".join(steps)]
        ways += [r"\bt" + "".join(steps[:depth]) + r"(?!\.|\[['\"])" for depth in range(1, len(steps))]
        if not any(re.search(way, shown) for way in ways):
            unused.append(key)
    assert unused == []
    assert not [what for what in ENGLISH["counted"].keys() - ENGLISH["status"].keys() if f"'{what}')" not in shown]


def test_every_status_is_counted() -> None:
    assert set(ENGLISH["status"]) - {"other", "ended"} <= set(ENGLISH["counted"])


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("en", 1, "1 claim"), ("en", 0, "0 claims"), ("en", 1234, "1,234 claims"),
        ("fr", 0, "0 affirmation"), ("fr", 1, "1 affirmation"), ("fr", 2, "2 affirmations"),
        ("fr", 1234, "1 234 affirmations"), ("fr", 1_000_000, "1 000 000 d’affirmations"),
        ("ru", 0, "0 утверждений"), ("ru", 1, "1 утверждение"), ("ru", 3, "3 утверждения"),
        ("ru", 5, "5 утверждений"), ("ru", 11, "11 утверждений"), ("ru", 21, "21 утверждение"),
        ("ru", 1234, "1 234 утверждения"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_language_does(language: str, number: int, written: str) -> None:
    catalogue = Catalogue(TEMPLATES / "locales" / f"{language}.toml")
    assert " ".join(catalogue.counted(number, "claims").split()) == written


def test_english_comes_first() -> None:
    first, *others = read_all(TEMPLATES)
    assert first.language == "en"
    assert [other.language for other in others] == ["fr", "ru"]
    assert [one.language_name("fr") for one in (first, *others)] == ["French", "français", "французский"]
    assert first.language_name("qqq-Nowhere") == "qqq-Nowhere"


@pytest.mark.parametrize("language", [path.stem for path in FILES if path.stem != "en"])
def test_what_a_word_means_is_told_in_every_language(language: str, toy_site: dict[str, bytes]) -> None:
    """The pages that explain words have nothing in another language but names."""
    kinds = ("about.html", "techniques.html", "technique/", "reasons.html", "reason/", "questions/index.html")
    pages = [name for name in toy_site if name.startswith(tuple(f"{language}/{kind}" for kind in kinds))]
    assert len(pages) > 30
    for name in pages:
        main = toy_site[name].decode().partition("<main")[2].partition("</main>")[0]
        assert main and not re.findall(r'<(?!a |bdi )[^>]* lang="en"[^>]*>', main), name
