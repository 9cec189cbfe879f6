"""The commands as a user meets them: what they print, where, and with which exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from censorkb.cli import NAMES, main

TOY = Path(__file__).resolve().parents[1] / "toy"


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A copy of the toy in a folder with spaces."""
    root = tmp_path / "my knowledge base"
    shutil.copytree(TOY / "facts", root / "facts")
    return root


def censorkb(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def break_claim(root: Path) -> str:
    """Make one claim wrong; return the file's name."""
    path = min((root / "facts/sources").rglob("*.yaml"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n  says:", "\n  sayz:", 1), "utf-8")
    return path.relative_to(root).as_posix()


def test_check_says_what_is_there(toy: Path) -> None:
    result = censorkb("check", "--root", toy)
    assert result.exit_code == 0
    assert "claims: 0 errors" in result.stderr


def test_check_names_file_line_and_column_and_what_to_write(toy: Path) -> None:
    name = break_claim(toy)
    result = censorkb("check", "--root", toy)
    assert result.exit_code == 1
    assert f"{name}:" in result.stdout
    assert "error unknown-key  'sayz' is no key here" in result.stdout
    assert "did you mean says?" in result.stdout


def test_check_of_a_path_shows_that_path_only(toy: Path) -> None:
    name = break_claim(toy)
    assert censorkb("check", "--root", toy, toy / name).exit_code == 1
    assert censorkb("check", "--root", toy, toy / "facts/entities").exit_code == 0


def test_check_of_a_path_elsewhere_is_wrong_use(toy: Path, tmp_path: Path) -> None:
    result = censorkb("check", "--root", toy, tmp_path)
    assert result.exit_code == 2
    assert "is not in the knowledge base" in result.stderr


def test_a_missing_facts_folder_is_a_sentence(tmp_path: Path) -> None:
    result = censorkb("check", "--root", tmp_path)
    assert result.exit_code == 1
    assert "there is no folder 'facts'" in result.stdout


def test_an_empty_facts_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    result = censorkb("check", "--root", tmp_path)
    assert result.exit_code == 1
    assert "there is no fact file" in result.stdout


def test_colour_is_for_terminals_only(toy: Path) -> None:
    break_claim(toy)
    assert "\x1b[" not in censorkb("check", "--root", toy).stdout


def test_quotes_are_checked_against_texts(toy: Path) -> None:
    assert censorkb("check", "--root", toy, "--texts", TOY / "texts").exit_code == 0
    path = next(p for p in sorted((toy / "facts/sources").rglob("*.yaml")) if "sha256" in p.read_text("utf-8"))
    text = path.read_text("utf-8")
    start = text.index("quotes:")
    end = text.index("\n", text.index(": ", start))
    path.write_text(text[:end] + " invented" + text[end:], "utf-8")
    result = censorkb("check", "--root", toy, "--texts", TOY / "texts")
    assert "quote-not-in-text" in result.stdout
    assert result.exit_code == 1


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A copy of the toy with its build, and what the command said; tests leave it as it is."""
    root = tmp_path_factory.mktemp("built") / "my knowledge base"
    shutil.copytree(TOY / "facts", root / "facts")
    return root, censorkb("build", "--root", root)


def test_build_says_where_the_site_is(built: tuple[Path, Result]) -> None:
    root, result = built
    assert result.exit_code == 0
    assert str(root / "build/site/index.html") in result.stdout
    assert (root / "build/site/en/index.html").is_file()
    assert sorted(p.name for p in (root / "build/data").iterdir()) == [
        "censorkb.jsonld", "censorkb.nq", "censorkb.nt.gz", "censorkb.trig", "censorkb.ttl", "claims.csv", "claims.json",
        "measures.csv", "measures.json",
        "ontology.ttl", "portions.json",
    ]  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.slow
def test_an_error_leaves_the_last_good_output_untouched(toy: Path) -> None:
    censorkb("build", "--root", toy)
    before = contents(toy / "build")
    break_claim(toy)
    result = censorkb("build", "--root", toy)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert contents(toy / "build") == before


def test_a_folder_that_is_not_ours_is_not_replaced(toy: Path) -> None:
    (toy / "precious").mkdir()
    (toy / "precious/letter.txt").write_text("keep me", "utf-8")
    result = censorkb("build", "--root", toy, "--out", toy / "precious")
    assert result.exit_code == 3
    assert "was not made by censorkb" in result.stderr
    assert (toy / "precious/letter.txt").read_text("utf-8") == "keep me"


@pytest.mark.slow
def test_the_same_facts_give_the_same_bytes(toy: Path, tmp_path: Path) -> None:
    outputs = []
    for seed, zone, locale in (("0", "UTC", "C"), ("4711", "Asia/Tehran", "C.UTF-8")):
        out = tmp_path / f"out-{seed}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        command = [sys.executable, "-m", "censorkb", "build", "--root", str(toy), "--out", str(out)]
        subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True)
        outputs.append(contents(out))
    assert outputs[0] == outputs[1]


def test_query_needs_a_build(toy: Path) -> None:
    result = censorkb("query", "all-claims", "--root", toy)
    assert result.exit_code == 3
    assert "run 'censorkb build' first" in result.stderr


def test_query_answers_questions_files_and_strings(built: tuple[Path, Result], tmp_path: Path) -> None:
    toy, _ = built
    assert "claim" in censorkb("query", "all-claims", "--root", toy, "--format", "csv").stdout.splitlines()[0]
    own = tmp_path / "mine.rq"
    own.write_text("# Which countries?\nSELECT ?country WHERE { ?country a ckb:Country } ORDER BY ?country\n", "utf-8")
    assert censorkb("query", own, "--root", toy, "--format", "csv").stdout == "country\nno\nxa\nxb\n"
    assert (
        censorkb("query", "-e", "ASK { ?x a ckb:Country }", "--root", toy, "--format", "csv").stdout == "answer\ntrue\n"
    )


def test_a_question_about_an_id_that_was_given_up_is_answered_with_a_word_beside(built: tuple[Path, Result]) -> None:
    toy, _ = built
    words = ("query", "timeline", "--country", "xa", "--format", "csv", "--root", toy, "--target")
    old, new = (censorkb(*words, target) for target in ("blipp", "blip"))
    assert old.exit_code == 0
    assert old.stdout == new.stdout
    assert old.stderr == "--target blipp is called blip now; the answer is about blip\n"
    assert new.stderr == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["all-claim"], "did you mean all-claims?"),
        (["status-on", "--country", "xa"], "needs --date"),
        (["status-on", "--contry", "xa", "--date", "2025-01-01"], "did you mean country?"),
        (["status-on", "--country", "xa", "--date", "11/02/2026"], "is not a date"),
        (["status-on", "--country", "xa> . ?s ?p ?o", "--date", "2025"], "is not an id"),
        (["-e", "SELECT ?s WHERE {"], "this is not SPARQL"),
        (["-e", "SELECT * WHERE { SERVICE <https://example.org/> { ?s ?p ?o } }"], "stay on this machine"),
        ([], "--list shows the questions"),
    ],
)  # fmt: skip
def test_a_wrong_question_gets_a_sentence(toy: Path, words: list[str], sentence: str) -> None:
    result = censorkb("query", *words, "--root", toy)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_list_shows_every_question_with_its_sentence() -> None:
    result = censorkb("query", "--list")
    assert result.exit_code == 0
    assert "status-on --country ENTITY --date DATE" in result.stdout


@pytest.mark.parametrize("command", ["", *NAMES])
def test_help_has_examples(command: str) -> None:
    result = censorkb(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout


def test_help_loads_nothing_heavy() -> None:
    program = "import sys; sys.argv = ['censorkb', '--help']\ntry:\n  from censorkb.cli import main; main()\nexcept SystemExit: pass\n"
    program += "heavy = {'pyoxigraph', 'rdflib', 'pyshacl', 'jinja2', 'babel', 'yaml'} & set(sys.modules); assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
