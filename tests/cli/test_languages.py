"""Commands speak the language of the environment, to the last word that a person reads; what programs read stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from censorkb.cli import main

TOY = Path(__file__).resolve().parents[1] / "toy"
SLOW = "2025-04-10-wire-one-hallo-slow"
WORDS = {
    ("tidy", "--check"): {
        "fr": "82 fichiers, tout est en ordre\n",
        "ru": "82 файла, всё в порядке\n",
    },
    ("retract", f"{SLOW}.payments", "--because", "misread"): {
        "fr": f"censorkb: {SLOW}.payments est déjà retirée\n",
        "ru": f"censorkb: {SLOW}.payments: уже отозвано\n",
    },
    ("retract", f"{SLOW}.boxs", "--because", "misread"): {
        "fr": f"censorkb: il n’y a pas d’affirmation {SLOW}.boxs ; vouliez-vous écrire {SLOW}.boxes, ",
        "ru": f"censorkb: утверждения {SLOW}.boxs нет; может быть, {SLOW}.boxes, ",
    },
    ("merge", "xa-blip-ban", "xa-hallo-throttle"): {
        "fr": "censorkb: xa-blip-ban est un ancien identifiant de xa-blip-block-2024\n",
        "ru": "censorkb: xa-blip-ban — прежний идентификатор xa-blip-block-2024\n",
    },
    ("new", "service", "Blip", "--kind", "messenger"): {
        "fr": "déjà là : blip (Blip",
        "ru": "уже есть: blip (Blip",
    },
    ("new", "service", "Quiet Talk", "--kind", "mesenger"): {
        "fr": "kind : mesenger n’est pas un de ses mots, qui sont messenger, ",
        "ru": "kind: mesenger — не из его слов; его слова: messenger, ",
    },
    ("query", "all-claims"): {
        "fr": "lancez d’abord « censorkb build »\n",
        "ru": "сначала запустите «censorkb build»\n",
    },
    ("query", "start-of"): {
        "fr": "la question start-of demande --measure : ",
        "ru": "вопросу start-of нужен --measure: ",
    },
    ("diff", "nosuch"): {
        "fr": "base de connaissances",
        "ru": "баз",
    },
    ("explain", "wrong-dat"): {
        "fr": "il n’y a pas de règle « wrong-dat » ; vouliez-vous écrire wrong-date ?\n",
        "ru": "правила «wrong-dat» нет; может быть, wrong-date?\n",
    },
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the toy that no command here changes."""
    root = tmp_path_factory.mktemp("toy")
    shutil.copytree(TOY / "facts", root / "facts")
    return root


def said(toy: Path, code: str, *words: str) -> Result:
    return CliRunner(env={"LC_ALL": f"{code}.UTF-8"}).invoke(main, [*words, "--root", str(toy)], catch_exceptions=False)


@pytest.mark.parametrize("code", ["fr", "ru"])
@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_a_command_answers_in_the_language_of_the_environment(toy: Path, words: tuple[str, ...], code: str) -> None:
    result = said(toy, code, *words)
    assert WORDS[words][code] in result.stderr
    assert result.exit_code == said(toy, "C", *words).exit_code


@pytest.mark.parametrize("code", ["fr", "ru"])
def test_what_was_written_is_told_in_the_language_and_is_the_same(toy: Path, tmp_path: Path, code: str) -> None:
    made = {}
    for language in ("C", code):
        root = tmp_path / language
        shutil.copytree(toy / "facts", root / "facts")
        result = said(root, language, "retract", f"{SLOW}.boxes", "--because", "misread")
        made[language] = (root / f"facts/sources/2025/{SLOW}.yaml").read_bytes(), result.stdout
    assert made["C"][0] == made[code][0]
    assert made[code][1].startswith({"fr": "modifié : facts/", "ru": "изменено: facts/"}[code])


@pytest.mark.parametrize(
    ("code", "heading", "row"),
    [
        ("fr", "## Clés", "| `says` | Une phrase avec vos propres mots"),
        ("ru", "## Ключи", "| `says` | Одно предложение своими словами"),
    ],
)
def test_the_reference_is_shown_in_the_language_and_written_in_english(
    tmp_path: Path, code: str, heading: str, row: str
) -> None:
    shown = CliRunner(env={"LC_ALL": f"{code}.UTF-8"}).invoke(main, ["terms"], catch_exceptions=False).stdout
    assert heading in shown
    assert row in shown
    shutil.copytree(TOY.parents[1] / "ontology", tmp_path / "ontology")
    before = (tmp_path / "ontology/README.md").read_bytes()
    (tmp_path / "facts").mkdir()
    done = CliRunner(env={"LC_ALL": f"{code}.UTF-8"}).invoke(main, ["terms", "--write", "--root", str(tmp_path)])
    assert done.exit_code == 0
    assert (tmp_path / "ontology/README.md").read_bytes() == before
