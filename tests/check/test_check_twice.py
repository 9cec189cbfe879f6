"""`censorkb check` says the same to the letter whether it looks at everything or only at what changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from censorkb.check import checker, recheck
from censorkb.check.checker import Checked
from censorkb.cli import main

pytestmark = pytest.mark.slow

TOY = Path(__file__).parents[1] / "toy"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A part of the toy, so that references fail, with a wrong key, and a cache of its own."""
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    for folder in ("entities/countries", "measures/xb", "sources/2024"):
        shutil.copytree(TOY / "facts" / folder, tmp_path / "toy/facts" / folder)
    change(tmp_path / "toy", "says: ", "sayz: ")
    return tmp_path / "toy"


def change(base: Path, old: str, new: str) -> None:
    """Change a word of a source."""
    path = min((base / "facts/sources/2024").glob("*.yaml"))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def said(base: Path, *words: str | Path) -> tuple[int, str, str]:
    """Exit code, report and summary."""
    result = CliRunner().invoke(main, ["check", "--root", str(base), *map(str, words)], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_the_second_time_it_says_the_same_of_everything_and_of_each_path(base):
    paths = [(), (base / "facts/entities",), (base / "facts/sources/2024", base / "facts/measures/xb")]
    first = [said(base, "--no-cache", *some) for some in paths]
    assert [said(base, *some) for some in paths] == first
    assert len(set(first)) == len(paths)
    assert "sayz" in first[0][1]
    assert {code for code, _, _ in first} == {0, 1}


def test_after_a_change_it_says_what_it_says_without_a_cache(base):
    said(base)
    change(base, "sayz: ", "said: ")
    (base / "facts/entities/countries/xb.yaml").unlink()
    again = said(base)
    assert again == said(base, "--no-cache")
    assert "'country: xb'" in again[1]


@pytest.mark.parametrize("words", [["--referee"], ["--texts", "."]])
def test_it_looks_at_everything_if_asked_for_more_than_the_cache_knows(base, monkeypatch, words):
    real, seen = checker.check, []

    def look(knowledge, referee=False, texts=None) -> Checked:
        seen.append((len(knowledge.mapped), referee, texts))
        return real(knowledge)

    said(base)
    monkeypatch.setattr(checker, "check", look)
    monkeypatch.setattr(recheck, "recheck", None)
    said(base, *words)
    assert seen == [(len(list(base.rglob("*.yaml"))), "--referee" in words, Path() if "--texts" in words else None)]


def test_without_the_cache_nothing_is_read_from_it_nor_left_in_it(base):
    cache = base.parent / "cache"
    before = said(base, "--no-cache")
    assert not cache.exists()
    said(base)
    states = {path: path.stat() for path in cache.rglob("*")}
    for path in states:
        if path.is_file():
            path.write_bytes(b"nonsense")
    assert said(base, "--no-cache") == before
    assert all(path.read_bytes() == b"nonsense" for path in states if path.is_file())
    assert set(cache.rglob("*")) == states.keys()


def test_the_cache_is_not_in_the_knowledge_base(base):
    files = sorted(base.rglob("*"))
    said(base)
    assert sorted(base.rglob("*")) == files
