"""Help in other languages: every command tells all of itself in the language of the environment, and no word is cut off."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import click
import pytest
from catalogue import commands, entries
from click.testing import CliRunner

from censorkb.cli import main
from censorkb.cli.language import speech
from censorkb.problem import grouped
from censorkb.site.build import HELD

LANGUAGES = ("fr", "ru")
EVERY = sorted(commands())
# What stands in a Russian text as it is: names of programs, formats and standards, and words of commands and facts.
NAMES = frozenset(
    word
    for line in (
        "censorkb duckdb git github llama markdown ollama openai oxigraph pandas parquet pip pyshacl spark sqlite virtuoso vllm actions",
        "iri iso alpha json netrc sparql sql txt url warc xsd zip from load service not null",
        "censorkb_cache censorkb_model_endpoint censorkb_model_key censorkb_endpoint_password censorkb_endpoint_user lang lc_all lc_messages ctrl",
        "graph subject predicate object kind datatype language repeated country year literal id text published",
        "images install lines store en ru misread rejected retracted retract",
    )
    for word in line.split()
)
ENGLISH = re.compile(r"\b(the|of|and|with|that|this|what|which|from|is|are|be|has|have|its|for|by|it|to|in|was|will)\b")


def told(words: tuple[str, ...], code: str) -> str:
    result = CliRunner(env={"LC_ALL": f"{code}.UTF-8"}).invoke(main, [*words, "--help"], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def prose(help_text: str, command: click.Command) -> str:
    """The help without what is to be typed: examples, options, words to choose from, and what is quoted."""
    usage, _, rest = help_text.partition("\n")
    text = re.sub(r"\b[a-z]+\b", "", usage) + re.split(r"\n  (?:Exemples|Примеры)\b", rest)[0]
    for parameter in command.params:
        for typed in (*parameter.opts, *parameter.secondary_opts, *getattr(parameter.type, "choices", ())):
            text = re.sub(rf"(?<![\w-]){re.escape(str(typed))}(?![\w-])", "", text)
    text = re.sub(r"(Par exemple|Например)\s*:.*?(?=\n  -|\Z)", "", text, flags=re.DOTALL)
    text = re.sub(r"«[^»]*»|--[\w-]+|\S*/\S*|\S*__\S*|\w+[.=:]\w\S*", "", text)
    return re.sub(rf"^\s+({'|'.join(words[-1] for words in EVERY if words)})\s", " ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_in_russian_has_no_other_latin_words_than_names(words: tuple[str, ...]) -> None:
    left = {word.lower() for word in re.findall(r"[A-Za-z_]{2,}", prose(told(words, "ru"), commands()[words]))}
    assert left - NAMES == set()


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_in_french_has_no_english_words(words: tuple[str, ...]) -> None:
    assert ENGLISH.findall(prose(told(words, "fr"), commands()[words])) == []


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
@pytest.mark.parametrize("code", LANGUAGES)
def test_help_has_the_same_options_and_examples_in_all_languages(words: tuple[str, ...], code: str) -> None:
    english, other = told(words, "C"), told(words, code)
    assert re.findall(r"^  (-[^\s]+)", other, re.MULTILINE) == re.findall(r"^  (-[^\s]+)", english, re.MULTILINE)
    assert re.findall(r"^    censorkb .*", other, re.MULTILINE) == re.findall(
        r"^    censorkb .*", english, re.MULTILINE
    )


@pytest.mark.parametrize("code", ("C", *LANGUAGES))
def test_the_list_of_commands_cuts_no_sentence_off(code: str) -> None:
    listed = [line for line in told((), code).splitlines() if re.match(r"  [a-z]+  ", line)]
    assert len(listed) == sum(len(words) == 1 for words in EVERY)
    assert [line for line in listed if line.endswith("...")] == []


def test_a_language_leaves_nothing_behind_for_the_next() -> None:
    """In one process, as in tests and in a shell that is asked again and again."""
    before = told(("check",), "C")
    assert told(("check",), "ru") != told(("check",), "fr") != before
    assert told(("check",), "C") == before


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("en", 0, "0 files"), ("en", 1, "1 file"), ("en", 2, "2 files"),
        ("fr", 0, "0 fichier"), ("fr", 1, "1 fichier"), ("fr", 2, "2 fichiers"), ("fr", 1000, "1000 fichiers"),
        ("ru", 0, "0 файлов"), ("ru", 1, "1 файл"), ("ru", 2, "2 файла"), ("ru", 4, "4 файла"), ("ru", 5, "5 файлов"),
        ("ru", 11, "11 файлов"), ("ru", 12, "12 файлов"), ("ru", 14, "14 файлов"), ("ru", 20, "20 файлов"),
        ("ru", 21, "21 файл"), ("ru", 22, "22 файла"), ("ru", 25, "25 файлов"), ("ru", 100, "100 файлов"),
        ("ru", 101, "101 файл"), ("ru", 111, "111 файлов"), ("ru", 1002, "1002 файла"),
    ],
)  # fmt: skip
def test_what_is_counted_has_the_form_that_the_number_asks_for(code: str, number: int, words: str) -> None:
    assert speech(code).count("{n} file", "{n} files", number).format(n=number) == words


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [("en", 999, "999"), ("en", 1732, "1,732"), ("en", 1000000, "1,000,000"), ("fr", 1732, "1\u00a0732"),
     ("ru", 999, "999"), ("ru", 1000000, "1\u00a0000\u00a0000"), ("ru", 40005, "40\u00a0005")],
)  # fmt: skip
def test_a_large_number_has_its_thousands_apart_as_its_readers_write_it(code: str, number: int, words: str) -> None:
    assert grouped(number).said(speech(code).say) == words


@pytest.mark.parametrize(("code", "forms"), [("fr", 2), ("ru", 3)])
def test_all_that_is_counted_has_all_forms_of_its_language(code: str, forms: int) -> None:
    for message in entries(code).values():
        if isinstance(message.id, tuple):
            assert len(message.string) == forms, message.id


@pytest.mark.parametrize(("code", "encoding"), [("fr", "latin-1"), ("ru", "koi8-r")])
def test_a_terminal_of_few_letters_is_no_reason_to_fail(code: str, encoding: str) -> None:
    words = [sys.executable, "-c", "from censorkb.cli import main; main(prog_name='censorkb')", "--help"]
    environment = {**os.environ, "LC_ALL": code, "PYTHONIOENCODING": encoding}
    done = subprocess.run(words, env=environment, capture_output=True, check=True)
    assert "censorkb query status-on" in done.stdout.decode(encoding)
    assert done.stderr == b""


def test_the_help_of_build_knows_from_how_many_claims_on_one_process_makes_all_pages():
    (jobs,) = (option for option in main.get_command(click.Context(main), "build").params if option.name == "jobs")
    told = int(re.search(r"more than ([\d,]+) claims", jobs.help)[1].replace(",", ""))
    assert HELD // told - 1 > 1 >= HELD // (told + 1) - 1
