"""What documents say is true: links lead somewhere, commands run, the example passes, the reference is fresh."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from censorkb.cli import main
from censorkb.ontology.ontology import Ontology
from censorkb.ontology.reference import renew

HOME = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "facts/README.md",
    "facts/REVIEWING.md",
    "ontology/README.md",
    "bench/README.md",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_that_exist(name: str) -> None:
    document = HOME / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize(("name", "most"), [("facts/README.md", 700), ("facts/REVIEWING.md", 500)])
def test_the_pages_for_those_who_do_not_program_are_short(name: str, most: int) -> None:
    assert len((HOME / name).read_text("utf-8").split()) <= most


@pytest.mark.parametrize("name", ["facts/README.md", "facts/REVIEWING.md"])
def test_what_is_good_stands_beside_what_is_not(name: str) -> None:
    text = (HOME / name).read_text("utf-8")
    assert text.count("👍") == text.count("👎") >= 3


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "facts/REVIEWING.md"])
def test_commands_for_contributors_are_understood(name: str) -> None:
    lines = commands(name)
    assert lines
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        command = main.get_command(click.Context(main), words[0])
        assert command, line
        with command.make_context(words[0], words[1:]):
            pass


def test_the_example_passes_the_check(tmp_path: Path) -> None:
    shutil.copytree(HOME / "tests/toy/facts", tmp_path / "facts")
    target = tmp_path / "facts/sources/2025/2025-03-14-morning-mirror-example.yaml"
    shutil.copy(HOME / "facts/EXAMPLE.yaml", target)
    result = CliRunner().invoke(main, ["check", "--root", str(tmp_path), str(target)])
    assert result.stdout == ""
    assert result.exit_code == 0


def test_the_reference_of_the_ontology_is_fresh() -> None:
    text = (HOME / "ontology/README.md").read_text("utf-8")
    assert renew(text, Ontology(HOME / "ontology")) == text, "run: censorkb terms --write"


def commands(name: str) -> list[str]:
    text = (HOME / name).read_text("utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    return [line for line in blocks.splitlines() if "censorkb " in line and not line.startswith("git")]


@pytest.mark.parametrize("line", commands("README.md"))
@pytest.mark.slow
def test_commands_of_the_readme_run(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(HOME)
    words = shlex.split(line.removeprefix(".venv/bin/"), comments=True)[1:]
    runner = CliRunner()
    if words[0] == "query":
        built = runner.invoke(main, ["build", "--out", str(tmp_path / "out")])
        assert built.exit_code == 0, built.stderr
        words += ["--out", str(tmp_path / "out")]
    elif words[0] == "build":
        words += ["--out", str(tmp_path / "out")]
    result = runner.invoke(main, words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_the_two_commands_of_the_readme_exist() -> None:
    text = (HOME / "README.md").read_text("utf-8")
    for script in (".ci/site", ".ci/test"):
        assert script in text
        assert (HOME / script).stat().st_mode & 0o111
