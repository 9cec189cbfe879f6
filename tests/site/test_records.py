"""Rows as JSON: an array that any reader takes, and that takes new records without being read as a whole."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from toysite import TOY

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.root import Root
from censorkb.site.records import array, merged, read, records


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(Root(TOY).ontology)


def written(found: list[str]) -> str:
    return b"".join(array(found)).decode()


def row(
    ontology: Ontology, id_: str, text: str = 'a "word"\nand a line\u2028end'
) -> tuple[ox.NamedNode | ox.Literal | None, ...]:
    return (ontology.vocabulary.node(f"id:{id_}"), ox.Literal(3), ox.Literal(True), ox.Literal(text), None)


def answer(ontology: Ontology, *ids: str) -> Answer:
    return Answer(("id", "number", "truth", "text", "nothing"), [row(ontology, id_) for id_ in ids])


def test_numbers_truths_and_nothing_are_what_they_are(ontology: Ontology) -> None:
    found = json.loads(written(list(records(ontology, answer(ontology, "a")))))
    assert found == [{"id": "a", "number": 3, "truth": True, "text": 'a "word"\nand a line\u2028end', "nothing": None}]


def test_no_records_are_an_empty_array() -> None:
    assert json.loads(written([])) == []
    assert list(read(written([]).splitlines(keepends=True))) == []


def test_many_records_are_one_array(ontology: Ontology) -> None:
    found = list(records(ontology, answer(ontology, *(f"a{n:05}" for n in range(2500)))))
    assert len(json.loads(written(found))) == 2500
    assert list(read(line + "\n" for line in written(found).split("\n"))) == found


def test_new_records_take_the_place_of_others_in_their_order(ontology: Ontology) -> None:
    before = list(records(ontology, answer(ontology, "a", "b", "b-c", "d")))
    new = list(records(ontology, answer(ontology, "e", "aa", "b")))
    found = [json.loads(record)["id"] for record in merged(before, new, {"b", "d", "aa", "e"})]
    assert found == ["a", "aa", "b", "b-c", "e"]
