"""What an author can't see must not be there: bytes, encodings and hidden characters of a fact file."""

from __future__ import annotations

import codecs

import pytest

from censorkb.facts.text import MOST_BYTES, read

FILE = "facts/entities/agents/gate.yaml"


def test_a_plain_file_has_no_problem(read_one):
    assert read_one("label: Gate\ntype: media\n").problems == []


def test_windows_line_ends_are_fine_and_do_not_shift_places(read_one):
    reading = read_one("label: Gate\r\ntype: media\r\n")
    assert reading.problems == []
    word, value = reading.nodes[0].entries["type"]
    assert (str(word.place), str(value.place), value.text) == (f"{FILE}:2:1", f"{FILE}:2:7", "media")


@pytest.mark.parametrize(
    "script", ["Россия", "中国", "العربية", "हिन्दी", "می‌خواهم", "ไทย", "한국", "née", "x̌", "😀", "𝒳"]
)
def test_every_script_may_be_written(read_one, script):
    reading = read_one(f"label: {script}\n")
    assert reading.problems == []
    assert reading.nodes[0].entries["label"][1].text == script


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("right-to-left override", "\u202e"),
        ("left-to-right embedding", "\u202a"),
        ("first strong isolate", "\u2068"),
        ("right-to-left mark", "\u200f"),
        ("Arabic letter mark", "\u061c"),
        ("zero width space", "\u200b"),
        ("word joiner", "\u2060"),
        ("soft hyphen", "\u00ad"),
        ("null", "\0"),
        ("escape", "\x1b"),
        ("delete", "\x7f"),
        ("next line", "\u0085"),
        ("line separator", "\u2028"),
        ("paragraph separator", "\u2029"),
        ("lone carriage return", "\r"),
        ("vertical tab", "\x0b"),
        ("interlinear annotation", "\ufff9"),
        ("noncharacter", "\ufffe"),
        ("noncharacter", "\uffff"),
        ("tag letter", "\U000e0041"),
        ("byte order mark in the text", "\ufeff"),
    ],
)
def test_a_hidden_character_is_named_where_it_stands(read_one, name, character):
    reading = read_one(f"type: media\nlabel: Ga{character}te\n")
    assert reading.report == [f"{FILE}:2:10 control-character"], name
    assert f"U+{ord(character):04X}" in reading.problems[0].message
    assert reading.nodes[0] is None


@pytest.mark.parametrize(
    ("escape", "code"),
    [(r"\u202e", "U+202E"), (r"\0", "U+0000"), (r"\e[31m", "U+001B"), (r"\P", "U+2029"), (r"\t", "U+0009")],
)
def test_a_hidden_character_is_found_when_yaml_escapes_write_it(read_one, escape, code):
    reading = read_one(f'type: media\nlabel: "Ga{escape}te"\n')
    assert reading.report == [f"{FILE}:2:8 control-character"]
    assert code in reading.problems[0].message


def test_a_byte_order_mark_at_the_start_is_named(read_one):
    assert read_one(codecs.BOM_UTF8 + b"label: Gate\n").report == [f"{FILE}:1:1 byte-order-mark"]


def test_all_hidden_characters_of_a_file_are_listed(read_one):
    assert read_one("label: a\u200bb\ntype:\u202e media\n").report == [
        f"{FILE}:1:9 control-character",
        f"{FILE}:2:6 control-character",
    ]


def test_a_tab_is_called_a_tab(read_one):
    reading = read_one("label: Gate\n\ttype: media\n")
    assert reading.report == [f"{FILE}:2:1 tab"]
    assert reading.problems[0].fix.startswith("type blanks instead")


def test_several_tabs_in_a_row_are_one_problem(read_one):
    assert read_one("a:\n\t\tb: c\n\td: e\t\n").report == [f"{FILE}:2:1 tab", f"{FILE}:3:1 tab", f"{FILE}:3:6 tab"]


def test_a_picture_is_no_text(read_one):
    assert read_one(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR").report == [f"{FILE}:1:1 not-text"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_another_unicode_encoding_is_one_problem(read_one, encoding):
    assert read_one("label: Gate\ntype: media\n".encode(encoding)).report == [f"{FILE}:1:1 not-utf8"]


def test_bytes_that_are_not_utf8_are_found_at_their_line_and_column(read_one):
    assert read_one("type: media\nlabel: д".encode() + "é".encode("latin-1")).report == [f"{FILE}:2:9 not-utf8"]


@pytest.mark.parametrize("surrogate", [b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80"])
def test_surrogates_and_overlong_bytes_are_not_utf8(read_one, surrogate):
    assert read_one(b"label: " + surrogate).report == [f"{FILE}:1:8 not-utf8"]


def test_a_file_of_the_longest_length_is_read_and_one_byte_more_is_not(read_one):
    filler = "# " + "x" * 97 + "\n"
    text = "label: Gate\n" + filler * (MOST_BYTES // 100 + 1)
    assert len(text[:MOST_BYTES]) == MOST_BYTES
    assert read_one(text[:MOST_BYTES]).problems == []
    assert read_one(text[: MOST_BYTES + 1]).report == [f"{FILE}:1:1 too-long"]


def test_a_folder_read_as_a_file_is_refused_and_not_opened(tmp_path):
    text, problems = read(tmp_path, "facts/x.yaml")
    assert text == ""
    assert [problem.rule for problem in problems] == ["not-a-file"]
