"""Fixtures of the desk: a copy of the toy to write in, the command line, and a toy before and after an edit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from censorkb.check.checker import check
from censorkb.cli import main
from censorkb.graph.knowledge import Knowledge
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

HERE = Path(__file__).resolve().parent
TOY = HERE.parent / "toy"
PROJECT = HERE.parents[1]
Run = Callable[..., Result]


@dataclass(frozen=True)
class Change:
    """An edit of the toy: what it was, and what it is made."""

    name: str
    base: Path
    head: Path


def edit(root: Path, edits: list[dict[str, Any]]) -> None:
    """Replace texts; write, rename and delete files."""
    for each in edits:
        path = root / "facts" / each["file"]
        if "write" in each:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(each["write"], "utf-8")
        elif "rename" in each:
            path.rename(root / "facts" / each["rename"])
        elif "delete" in each:
            path.unlink()
        else:
            text = path.read_text("utf-8")
            count = text.count(each["replace"])
            assert count == 1 or (count and each.get("first")), f"{each['file']}: {count} times {each['replace']!r}"
            path.write_text(text.replace(each["replace"], each["with"], 1), "utf-8")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


@pytest.fixture
def change(tmp_path: Path) -> Callable[[str], Change]:
    """Make the two states of an edit in tests/desk/edits."""

    def make(name: str) -> Change:
        said = yaml.safe_load((HERE / "edits" / f"{name}.yaml").read_text("utf-8"))
        made = Change(name, tmp_path / "base", tmp_path / "head")
        shutil.copytree(TOY / "facts", made.base / "facts")
        if "head" in said:
            edit(made.base, said["edits"])
        shutil.copytree(made.base / "facts", made.head / "facts")
        edit(made.head, said.get("head", said["edits"]))
        return made

    return make


class Git:
    """A repository of the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self("init", "-q", "-b", "main")

    def __call__(self, *words: str, given: bytes = b"") -> str:
        names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            input=given,
            capture_output=True,
            check=False,
            env={**os.environ, **names, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"},
        )
        assert done.returncode == 0, done.stderr
        return os.fsdecode(done.stdout).strip()

    def commit(self, message: str = "change") -> str:
        """Commit all files; gives the id."""
        self("add", "-A")
        self("commit", "-q", "--allow-empty", "-m", message)
        return self("rev-parse", "HEAD")


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A repository with the toy in its first commit."""
    made = Git(tmp_path / "repository")
    shutil.copytree(TOY / "facts", made.folder / "facts")
    made.commit("toy")
    return made


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
