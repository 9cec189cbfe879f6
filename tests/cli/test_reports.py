"""Reports as a user asks for them: format, language, and what goes where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from censorkb.cli import main

pytestmark = pytest.mark.slow

TOY = Path(__file__).resolve().parents[1] / "toy"


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A copy of the toy in a folder of a repository, with one slip."""
    (tmp_path / ".git").mkdir()
    root = tmp_path / "my facts"
    shutil.copytree(TOY / "facts", root / "facts")
    service = root / "facts/entities/services/seekle.yaml"
    service.write_text(service.read_text("utf-8").replace("kind:", "kidn:"), "utf-8")
    return root


def censorkb(*words: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=environment, catch_exceptions=False)


SLIP = "facts/entities/services/seekle.yaml:2:1"


def test_text_is_for_a_terminal_and_the_summary_beside_it(toy: Path) -> None:
    result = censorkb("check", "--root", toy)
    assert result.exit_code == 1
    assert f"{SLIP} error unknown-key  'kidn' is no key here\n    did you mean kind?\n" in result.stdout
    assert result.stderr == (
        "82 files, 76 claims: 1 error, 1 warning, 0 notes\nwhy, with examples: censorkb explain unknown-key\n"
    )


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_what_programs_read_stands_alone_on_standard_output(toy: Path, form: str) -> None:
    result = censorkb("check", "--root", toy, "--format", form)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert json.loads(result.stdout)


def test_a_report_without_problems_is_a_report_too(toy: Path) -> None:
    result = censorkb("check", "--root", toy, "--format", "json", toy / "facts/entities/countries")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["summary"] == {"files": 3, "claims": 0, "errors": 0, "warnings": 0, "notes": 0}


def test_github_gets_annotations_at_paths_of_the_repository_unasked(toy: Path) -> None:
    result = censorkb("check", "--root", toy, GITHUB_ACTIONS="true")
    assert result.stdout.startswith("::error file=my facts/facts/entities/services/seekle.yaml,line=2,col=1,")
    assert result.stdout.endswith("82 files, 76 claims: 1 error, 1 warning, 0 notes\n")
    assert result.stderr == ""


def test_a_workspace_that_github_names_is_where_its_paths_begin(toy: Path) -> None:
    result = censorkb("check", "--root", toy, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(toy))
    assert result.stdout.startswith("::error file=facts/entities/services/seekle.yaml,")


def test_a_format_that_is_asked_for_counts_more_than_where_it_runs(toy: Path) -> None:
    result = censorkb("check", "--root", toy, "--format", "text", GITHUB_ACTIONS="true")
    assert SLIP in result.stdout
    assert "::" not in result.stdout


def test_links_lead_to_the_site_if_it_is_named(toy: Path) -> None:
    result = censorkb("check", "--root", toy, "--format", "sarif", "--site", "https://kb.example")
    assert "https://kb.example/en/rules/unknown-key.html" in result.stdout
    assert "helpUri" not in censorkb("check", "--root", toy, "--format", "sarif").stdout


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (["--lang", "fr"], {}, "erreur unknown-key  « kidn » n’est pas une clé ici\n    vouliez-vous écrire kind ?"),
        (["--lang", "ru"], {}, "ошибка unknown-key  «kidn» здесь не ключ\n    может быть, kind?"),
        ([], {"LC_ALL": "fr_FR.UTF-8"}, "erreur unknown-key"),
        (["--lang", "en"], {"LC_ALL": "fr_FR.UTF-8"}, "error unknown-key"),
        ([], {"LC_ALL": "pt_BR.UTF-8"}, "error unknown-key"),
    ],
)
def test_a_report_is_in_the_readers_language(toy: Path, words: list[str], environment: dict, sentence: str) -> None:
    assert sentence in censorkb("check", "--root", toy, *words, **environment).stdout


def test_what_was_found_before_is_said_in_the_language_of_now(toy: Path, tmp_path: Path) -> None:
    environment = {"CENSORKB_CACHE": str(tmp_path / "cache")}
    english = censorkb("check", "--root", toy, **environment).stdout
    assert "« kidn » n’est pas une clé ici" in censorkb("check", "--root", toy, "--lang", "fr", **environment).stdout
    assert censorkb("check", "--root", toy, **environment).stdout == english


def test_explain_says_why_and_shows_wrong_and_right() -> None:
    result = censorkb("explain", "about-other-country")
    assert result.exit_code == 0
    for words in ("about-other-country  error", "Why\n", "Wrong", "country: xa", "Right", "country: xb"):
        assert words in result.stdout


def test_explain_of_a_key_says_what_the_key_means() -> None:
    assert "The key\n  When it was published" in censorkb("explain", "source.published").stdout


def test_explain_alone_lists_every_rule() -> None:
    listed = censorkb("explain").stdout.splitlines()
    assert len(listed) > 200
    assert any(line.startswith("wrong-date ") for line in listed)


def test_explain_shows_what_can_not_be_seen() -> None:
    assert "See\\u202ekle" in censorkb("explain", "control-character").stdout
    assert "\u202e" not in censorkb("explain", "control-character").stdout


def test_explain_of_no_rule_offers_the_nearest() -> None:
    result = censorkb("explain", "wrong-dat")
    assert result.exit_code == 2
    assert "there is no rule 'wrong-dat'; did you mean wrong-date?" in result.stderr
    assert "'censorkb explain' lists all rules" in censorkb("explain", "\x1b[31m").stderr
