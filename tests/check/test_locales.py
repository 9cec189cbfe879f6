"""Reports in other languages: nothing is left in English, and every gap is where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from catalogue import LOCALES, entries, of_click, of_help, of_probes, of_questions

from censorkb.check import messages
from censorkb.check.reporters import text
from censorkb.check.reporters.report import Report
from censorkb.check.rule import Rule, read
from censorkb.check.translation import CODES
from censorkb.cli.language import of_environment, speech
from censorkb.desk import sentence
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, phrase, problem

PROJECT = Path(__file__).parents[2]
LANGUAGES = [code for code in CODES if code != "en"]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


@pytest.fixture(scope="module")
def rules(ontology: Ontology) -> dict[str, Rule]:
    return read(ontology)


def said_alone() -> set[str]:
    """The sentences of a diff and of the comment that are not counted."""
    return {words for words in sentence.templates().values() if isinstance(words, str)}


def counted() -> set[tuple[str, str]]:
    """All words for one and for several."""
    found = {*messages.counted()} | {words for words in sentence.templates().values() if not isinstance(words, str)}
    return found | {words for words in of_click() if not isinstance(words, str)}


def of_commands(ontology: Ontology) -> set[str]:
    """What commands say of themselves, of questions and of servers."""
    return of_help() | of_questions(ontology) | of_probes() | {words for words in of_click() if isinstance(words, str)}


def wanted(rules: dict[str, Rule], ontology: Ontology) -> set[str]:
    found = (
        {*messages.of_reports(rules, ontology), *messages.of_explanations(rules)} | said_alone() | of_commands(ontology)
    )
    return {words for words in found if any(map(str.isalpha, "".join(part for part, *_ in Formatter().parse(words))))}


def gaps(words: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(words) if name)


def said(message: Message) -> Iterator[tuple[str, str]]:
    """Each translation of an entry with the English that it stands for."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        for one in message.string:
            yield message.id[1], one


def gaps_of(message: Message) -> list[list[str]]:
    """The gaps of the English: click has other ones in the form for one."""
    return [gaps(words) for words in ([message.id] if isinstance(message.id, str) else message.id)]


def test_there_is_a_catalogue_for_each_language_that_can_be_chosen() -> None:
    assert sorted(path.stem for path in LOCALES.glob("*.po")) == sorted(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_message_is_translated_and_nothing_else_is(code: str, rules: dict[str, Rule], ontology: Ontology) -> None:
    found = entries(code)
    assert {words for words in wanted(rules, ontology) if words not in found} == set(), "not in the catalogue"
    known = (
        wanted(rules, ontology)
        | {*messages.of_reports(rules, ontology)}
        | said_alone()
        | of_commands(ontology)
        | counted()
    )
    assert found.keys() - known == set(), "nobody says this any more"
    assert counted() <= found.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_is_whole_and_has_the_gaps_of_the_english(code: str) -> None:
    for message in entries(code).values():
        assert not message.fuzzy, message.id
        for english, other in said(message):
            assert other.strip(), english
            assert gaps(other) in gaps_of(message), english


@pytest.mark.parametrize("code", LANGUAGES)
def test_keys_that_a_message_names_are_the_same_in_all_languages(code: str) -> None:
    """What a contributor must type is no word of any language."""
    for message in entries(code).values():
        for english, other in said(message):
            keys = {part for part in english.split("'")[1::2] if part.isascii() and ": " in part and "…" not in part}
            plain = {key for key in keys if key.replace(": ", "").replace("-", "").isalpha() and key.islower()}
            assert {key for key in plain if key not in other and key != "key: value"} == set(), english


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "frr_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ru_RU.UTF-8", "LANG": "fr_FR.UTF-8"}, "ru"),
        ({"LC_ALL": "C", "LC_MESSAGES": "ru_RU.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "fr_FR"}, "fr"),
    ],
)
def test_the_environment_chooses_the_language(environment: dict[str, str], code: str) -> None:
    assert of_environment(environment) == code


@pytest.mark.parametrize(
    ("code", "line", "summary"),
    [
        (
            "fr",
            "facts/a.yaml:3:8 erreur wrong-date  « 31.12.2025 » n’est pas une date : l’ordre du jour et du mois n’est pas le même partout",
            "5 fichiers, 1 affirmation : 1 erreur, 0 avertissement, 0 remarque",
        ),
        (
            "ru",
            "facts/a.yaml:3:8 ошибка wrong-date  «31.12.2025» — не дата: порядок дня и месяца не везде одинаков",
            "5 файлов, 1 утверждение: 1 ошибка, 0 предупреждений, 0 замечаний",
        ),
    ],
)
def test_a_report_is_all_of_one_language(code: str, line: str, summary: str) -> None:
    hint = phrase("write-it", word="2025-12-31")
    wrong = problem(
        Place("facts/a.yaml", 3, 8), "wrong-date", value="31.12.2025", why=phrase("day-or-month"), hint=hint
    )
    report = Report([wrong], 5, 1, speech(code))
    assert next(text.plain(report)) == line
    assert report.summary() == summary
