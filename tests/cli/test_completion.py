"""What a shell offers while somebody writes a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from censorkb.cli import main

TOY = Path(__file__).resolve().parents[1] / "toy"


def offered(line: str) -> list[str]:
    *words, incomplete = line.split(" ")
    complete = ShellComplete(main, {}, "censorkb", "_CENSORKB_COMPLETE")
    return [item.value for item in complete.get_completions(words, incomplete)]


@pytest.fixture(autouse=True)
def in_the_toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks is in the folder of the toy."""
    monkeypatch.chdir(TOY)


def test_questions_are_offered_by_their_first_letters() -> None:
    assert offered("query sta") == ["stale-statuses", "start-of", "status-on"]
    assert len(offered("query ")) > 40


def test_the_parameters_of_a_question_are_offered_before_options_and_only_once() -> None:
    assert offered("query status-on --")[:2] == ["--country", "--date"]
    assert "--country" not in offered("query status-on --country xa --")
    assert "--date" in offered("query status-on --country xa --")
    assert "--country" not in offered("query --")


def test_ids_are_offered_for_a_parameter() -> None:
    assert offered("query status-on --country ") == ["no", "xa", "xb"]
    assert offered("query status-on --country x") == ["xa", "xb"]
    assert "2024-03-06-wire-one-blip-blocked" in offered("query claims-of --source 2024")
    assert "blip" in offered("query traits-of --target bl")


def test_a_file_is_completed_by_the_shell() -> None:
    complete = ShellComplete(main, {}, "censorkb", "_CENSORKB_COMPLETE")
    assert [item.type for item in complete.get_completions(["query"], "./mine")] == ["file"]


def test_formats_are_offered() -> None:
    assert offered("query --format c") == ["csv"]
