"""Fixtures of the desk: a copy of the toy to write in, and the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from censorkb.check.checker import check
from censorkb.cli import main
from censorkb.graph.knowledge import Knowledge
from censorkb.root import Root

HERE = Path(__file__).resolve().parents[1]
Run = Callable[..., Result]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A copy of the toy."""
    shutil.copytree(HERE.parent / "toy/facts", tmp_path / "kb/facts")
    return tmp_path / "kb"


@pytest.fixture
def run(desk: Path) -> Run:
    """Run a command on the copy; the last words may be typed at its prompts."""

    def censorkb(*words: str | Path, typed: str | None = None) -> Result:
        wanted = [*map(str, words), "--root", str(desk)]
        return CliRunner().invoke(main, wanted, input=typed, catch_exceptions=False)

    return censorkb


@pytest.fixture
def errors(desk: Path) -> Callable[[], list[str]]:
    """What a check of the copy finds, but for what the toy has itself."""

    def found() -> list[str]:
        problems = check(Knowledge.read(Root(desk))).problems
        return [f"{p.place.file} {p.rule} {p.message}" for p in problems if p.severity == "error"]

    return found
