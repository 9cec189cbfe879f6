"""Answers as text: for a terminal, a spreadsheet, a program and a page."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from censorkb.query import FORMATS
from censorkb.query.answer import Answer, ask
from censorkb.query.question import WrongQuestion
from censorkb.query.table import write

if TYPE_CHECKING:
    from conftest import Loaded

ODD = """SELECT ?thing ?text ?number ?day ?nothing WHERE {
  VALUES (?thing ?text ?number ?day) {
    (id:blip "=SUM(A1)" 1 "2025-06-05T00:00:00Z"^^xsd:dateTime)
    (action:block "微信 e\\u0301, \\"so\\""@zh -2 "2025-06-05T12:30:00Z"^^xsd:dateTime)
    (<https://example.org/a> "a|b\\nc <b>*d*</b> [e](f) \\\\ \\u001B[31m" 2.50 UNDEF)
  }
}"""


@pytest.fixture(scope="module")
def odd(toy: Loaded) -> Answer:
    """Cells that break careless writers."""
    answer = ask(toy.ontology, toy.store, ODD)
    assert isinstance(answer, Answer)
    return answer


def test_a_table_is_aligned_by_what_the_eye_sees(toy: Loaded, odd: Answer) -> None:
    assert write(toy.ontology, odd, "table").splitlines() == [
        "thing                  text                                  number  day                   nothing",
        "─────────────────────  ────────────────────────────────────  ──────  ────────────────────  ───────",
        "blip                   =SUM(A1)                              1       2025-06-05",
        'block                  微信 e\u0301, "so"                          -2      2025-06-05T12:30:00Z',
        "https://example.org/a  a|b c <b>*d*</b> [e](f) \\ \\u001b[31m  2.5",
    ]


def test_csv_guards_what_a_spreadsheet_would_run(toy: Loaded, odd: Answer) -> None:
    text = write(toy.ontology, odd, "csv")
    assert text.splitlines()[1] == "blip,'=SUM(A1),1,2025-06-05,"
    assert list(csv.reader(io.StringIO(text)))[2:] == [
        ["block", '微信 e\u0301, "so"', "'-2", "2025-06-05T12:30:00Z", ""],
        ["https://example.org/a", "a|b\nc <b>*d*</b> [e](f) \\ \x1b[31m", "2.5", "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_every_start_of_a_formula_is_guarded(toy: Loaded, start: str) -> None:
    answer = Answer(("x",), [(ox.Literal(f"{start}1"),)])
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.reader(io.StringIO(write(toy.ontology, answer, form), newline=""), delimiter=delimiter))
        assert rows == [["x"], [f"'{start}1".replace("\r", "\n")]]


def test_tsv_is_csv_with_tabs(toy: Loaded, odd: Answer) -> None:
    assert write(toy.ontology, odd, "tsv").splitlines()[:2] == [
        "thing\ttext\tnumber\tday\tnothing",
        "blip\t'=SUM(A1)\t1\t2025-06-05\t",
    ]


def test_markdown_shows_markup_instead_of_obeying_it(toy: Loaded, odd: Answer) -> None:
    assert write(toy.ontology, odd, "md").splitlines() == [
        "| thing | text | number | day | nothing |",
        "| --- | --- | --- | --- | --- |",
        "| blip | =SUM(A1) | 1 | 2025-06-05 |  |",
        '| block | 微信 e\u0301, "so" | -2 | 2025-06-05T12:30:00Z |  |',
        "| https://example.org/a | a\\|b c \\<b\\>\\*d\\*\\</b\\> \\[e\\](f) \\\\ \\\\u001b\\[31m | 2.5 |  |  |",
    ]


def test_json_is_that_of_sparql_and_keeps_every_term(toy: Loaded, odd: Answer) -> None:
    read = ox.parse_query_results(write(toy.ontology, odd, "json"), format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables] == list(odd.columns)
    assert [tuple(row[column] for column in odd.columns) for row in read] == odd.rows


def test_json_leaves_out_what_is_not_bound(toy: Loaded, odd: Answer) -> None:
    assert "nothing" not in json.loads(write(toy.ontology, odd, "json"))["results"]["bindings"][0]


def test_ask_has_one_cell(toy: Loaded) -> None:
    answer = ask(toy.ontology, toy.store, "ASK { id:xa a ckb:Country }")
    assert write(toy.ontology, answer, "csv") == "answer\ntrue\n"


def test_an_empty_answer_has_its_columns(toy: Loaded) -> None:
    answer = ask(toy.ontology, toy.store, "SELECT ?a ?b WHERE { ?a ckb:nothing ?b }")
    assert write(toy.ontology, answer, "csv") == "a,b\n"
    assert write(toy.ontology, answer, "table") == "a  b\n─  ─\n"


def test_triples_are_turtle_with_our_prefixes_whatever_the_format(toy: Loaded) -> None:
    query = "CONSTRUCT WHERE { id:xa-blip-calls-2025 a ckb:Measure ; ckb:action ?action ; ckb:feature ?feature }"
    answer = ask(toy.ontology, toy.store, query)
    for form in FORMATS:
        text = write(toy.ontology, answer, form)
        assert text.splitlines()[-3:] == [
            "id:xa-blip-calls-2025 a ckb:Measure ;",
            "\tckb:action action:partial-restriction ;",
            "\tckb:feature feature:calls .",
        ]
    described = ask(toy.ontology, toy.store, "DESCRIBE id:xa")
    assert 'ckb:isoCode "XA"' in write(toy.ontology, described, "ttl")


def test_rows_are_not_turtle(toy: Loaded, odd: Answer) -> None:
    with pytest.raises(WrongQuestion, match="ttl is for triples, that is CONSTRUCT and DESCRIBE"):
        write(toy.ontology, odd, "ttl")
