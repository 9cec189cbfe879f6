"""Whatever a text holds, what reads a file gets that text back, and nothing else."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import xml.etree.ElementTree as Tree

import icalendar
import pybtex.database
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, StrictUndefined
from markupsafe import Markup

from censorkb.site.compiler import Compiling
from censorkb.site.formats import FORMATS, LONGEST, as_html, folded, verbatim
from censorkb.site.value import DateText, Text, Thing

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
SPOKEN = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\ufffe\uffff"), max_size=200)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def environment(**templates: str) -> Compiling:
    made = Compiling(
        loader=DictLoader({name.replace("_", "."): text for name, text in templates.items()}), undefined=StrictUndefined
    )
    made.settled = {}
    return made


@given(SPOKEN)
def test_xml_gives_a_text_back(text: str) -> None:
    write = FORMATS["atom"].write
    found = Tree.fromstring(f'<a b="{write(text)}">{write(text)}</a>')
    assert (found.text or "", found.get("b")) == (text, text)


@given(TEXTS)
def test_xml_stays_well_formed_whatever_stands_in_it(text: str) -> None:
    write = FORMATS["svg"].write
    assert list(Tree.fromstring(f'<a b="{write(text)}">{write(text)}</a>')) == []


@given(st.one_of(TEXTS, st.integers(), st.booleans(), st.none()))
def test_json_gives_a_value_back_and_ends_no_script(value: object) -> None:
    written = FORMATS["json"].write(value)
    assert json.loads(written) == value
    assert not set(written) & set("<>&\u2028\u2029")


@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_a_table_gives_its_fields_back(texts: list[str]) -> None:
    line = ",".join(map(FORMATS["csv"].write, texts)) + "\n"
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert [field.removeprefix("'") for field in row] == [
        text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'") for text in texts
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_spreadsheet_finds_no_formula(formula: str) -> None:
    assert next(csv.reader([FORMATS["csv"].write(formula)]))[0].startswith("'")


def test_numbers_of_a_table_stay_numbers() -> None:
    assert FORMATS["csv"].write(-5) == "-5"


@given(SPOKEN)
def test_a_calendar_gives_a_text_back_on_lines_of_the_right_length(text: str) -> None:
    whole = f"BEGIN:VEVENT\nSUMMARY:{FORMATS['ics'].write(text)}\nEND:VEVENT\n"
    content = folded(whole)
    assert all(len(line) <= LONGEST for line in content.split(b"\r\n"))
    assert content.count(b"\n") == content.count(b"\r\n")
    assert str(icalendar.Event.from_ical(content)["SUMMARY"]) == text


def test_a_calendar_gets_no_line_from_a_text() -> None:
    assert "\n" not in FORMATS["ics"].write("a\r\nEND:VEVENT\nBEGIN:VALARM\x85")


@given(TEXTS)
def test_a_text_of_ris_is_one_line(text: str) -> None:
    entry = f"TY  - NEWS\nTI  - a {FORMATS['ris'].write(text)} z\nER  - \n"
    (found,) = rispy.loads(entry)
    assert set(found) <= {"type_of_reference", "title"}


@given(SPOKEN)
def test_a_field_of_bibtex_ends_where_it_should(text: str) -> None:
    entry = f"@online{{key,\n  title = {{{FORMATS['bib'].write(text)}}},\n  url = {{{verbatim(text)}}},\n}}\n"
    found = pybtex.database.parse_string(entry, "bibtex").entries["key"].fields
    assert set(found) <= {"title", "url"}


def test_values_stand_in_a_text_as_programs_write_them() -> None:
    write = FORMATS["txt"].write
    values = [None, True, 7, dt.date(2025, 3, 1), DateText("2025-03~"), Text("mot", "fr")]
    assert [write(value) for value in values] == ["", "true", "7", "2025-03-01", "2025-03~", "mot"]
    with pytest.raises(TypeError):
        write(Thing("iri", "id", "label", "en", ""))


def test_a_template_is_escaped_by_its_own_ending() -> None:
    made = environment(
        a_html="{{ x }}",
        a_json='{"x": {{ x }}, "y": {{ y }}}',
        a_csv="{{ x }},{{ y }}",
        a_txt="{{ x }}",
        a_bib="{{ x }}",
    )
    shown = {
        name: made.get_template(name).render(x='<"a", b>', y=None)
        for name in ("a.html", "a.json", "a.csv", "a.txt", "a.bib")
    }
    assert shown == {
        "a.html": "&lt;&#34;a&#34;, b&gt;",
        "a.json": '{"x": "\\u003c\\"a\\", b\\u003e", "y": null}',
        "a.csv": '"<""a"", b>",',
        "a.txt": '<"a", b>',
        "a.bib": '\\textless{}"a", b\\textgreater{}',
    }


def test_constants_of_a_template_are_escaped_too() -> None:
    assert environment(a_json="{{ 'a<' }}").get_template("a.json").render() == '"a\\u003c"'


def test_a_macro_of_plain_text_is_escaped_where_it_is_put_and_others_are_not() -> None:
    made = environment(
        words_txt="{% macro told(x) %}{{ x }}, {{ x }}{% endmacro %}",
        parts_csv="{% macro pair(x) %}{{ x }},{{ x }}{% endmacro %}",
        a_csv='{% import "words.txt" as words %}{% import "parts.csv" as parts %}{{ words.told(x) }};{{ parts.pair(x) }}',
    )
    made.autoescape = lambda name: name is None or not name.endswith(".txt")
    assert made.get_template("a.csv").render(x='"') == '""", """;"""",""""'


def test_what_a_program_takes_for_html_is_escaped_as_such() -> None:
    assert as_html("<b>") == "&lt;b&gt;"
    assert not isinstance(as_html("<b>"), Markup)
