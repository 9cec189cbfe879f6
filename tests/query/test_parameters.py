"""Parameters of questions: what an asker may write, what is refused and in which words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from censorkb.query.answer import Answer, ask
from censorkb.query.question import Question, WrongQuestion, read_all

if TYPE_CHECKING:
    from conftest import Loaded

QUESTION = """# What does a thing say
# to whom?
# @thing entity: the thing
# @day date = 2026-02-12: the day
# @some-text text = x: some words
SELECT ?thing ?day ?some_text ?word WHERE { ?thing skos:prefLabel ?word } ORDER BY ?word
"""


@pytest.fixture
def question(tmp_path: Path) -> Question:
    """A question with a parameter of each kind of default."""
    path = tmp_path / "what-is-said.rq"
    path.write_text(QUESTION, "utf-8")
    return Question.read(path)


def rows(toy: Loaded, name: str, **values: str) -> list[tuple[object, ...]]:
    asked = read_all(toy.ontology)[name]
    answer = ask(toy.ontology, toy.store, asked.sparql, asked.bind(toy.ontology, values))
    assert isinstance(answer, Answer)
    return list(answer.rows)


def refused(toy: Loaded, name: str, **values: str) -> str:
    with pytest.raises(WrongQuestion) as fault:
        rows(toy, name, **values)
    return str(fault.value)


def test_a_file_says_its_question_and_its_parameters_in_comments(question: Question) -> None:
    assert question.name == "what-is-said"
    assert question.sentence == "What does a thing say to whom?"
    assert [(p.name, p.type, p.default, p.meaning) for p in question.parameters] == [
        ("thing", "entity", "", "the thing"),
        ("day", "date", "2026-02-12", "the day"),
        ("some-text", "text", "x", "some words"),
    ]


def test_values_are_bound_as_terms_and_defaults_fill_the_rest(toy: Loaded, question: Question) -> None:
    node = toy.ontology.vocabulary.node
    assert question.bind(toy.ontology, {"thing": "blip"}) == {
        ox.Variable("thing"): node("id:blip"),
        ox.Variable("day"): ox.Literal("2026-02-12T00:00:00Z", datatype=node("xsd:dateTime")),
        ox.Variable("some_text"): ox.Literal("x"),
    }


def test_sources_and_claims_have_names_of_their_own(toy: Loaded) -> None:
    assert rows(toy, "claims-of", source="2024-03-06-wire-one-blip-blocked")
    assert rows(toy, "claim-in-context", claim="2024-09-17-north-post-blip-back.back")


def test_an_answer_has_no_columns_for_what_the_asker_gave(toy: Loaded) -> None:
    asked = read_all(toy.ontology)["worst-status-on"]
    bound = asked.bind(toy.ontology, {"country": "xa", "date": "2025-06-05"})
    answer = ask(toy.ontology, toy.store, asked.sparql, bound)
    assert isinstance(answer, Answer)
    assert not {"country", "date"} & {*answer.columns}
    assert {len(row) for row in answer.rows} == {len(answer.columns)}


def test_an_unknown_parameter_is_refused_with_the_nearest_one(toy: Loaded) -> None:
    assert refused(toy, "status-on", contry="xa") == (
        "the question status-on has no parameter --contry; did you mean country?"
    )
    assert refused(toy, "status-on", x="xa").endswith("it takes --country, --date")
    assert refused(toy, "renamed", x="xa").endswith("it takes none")


def test_a_missing_parameter_is_asked_for_in_words(toy: Loaded) -> None:
    assert refused(toy, "status-on", country="xa") == "the question status-on needs --date: the day"


@pytest.mark.parametrize(
    "value",
    [
        "2026-02-30",
        "11/02/2026",
        "yesterday",
        "2026",
        "2026-02",
        "..2026-02-11",
        "2025/..",
        "2026-02-11/2026-02-12",
        "",
    ],
)
def test_a_date_must_be_one_day_that_there_is(toy: Loaded, value: str) -> None:
    said = refused(toy, "status-on", country="xa", date=value)
    assert said.endswith(("write year-month-day, such as 2026-02-11", "needs --date: the day"))


@pytest.mark.parametrize("value", ["XA", "xa ", "id:xa", "<xa>", "../xa", "xa\n", "é", 'xa" }', "xa> ?p ?o }"])
def test_an_id_must_look_like_one(toy: Loaded, value: str) -> None:
    assert "is not an id; write it as in the fact files" in refused(toy, "kinds-of-restriction", country=value)


def test_an_id_that_nothing_has_is_refused_rather_than_answered_with_nothing(toy: Loaded) -> None:
    assert refused(toy, "kinds-of-restriction", country="alfania").endswith("is not in the facts; did you mean xa?")
    assert refused(toy, "traits-of", target="unitas").endswith("is not in the facts; did you mean unita?")
    assert refused(toy, "traits-of", target="q").endswith("is not in the facts; its id is the name of its file")
    assert "did you mean 2024-03-06-wire-one-blip-blocked" in refused(
        toy, "claims-of", source="2024-03-06-wire-one-blip-block"
    )


def test_a_date_where_a_country_belongs_is_refused(toy: Loaded) -> None:
    assert "--country 2026-02-12 is not in the facts" in refused(
        toy, "status-on", country="2026-02-12", date="2026-02-12"
    )


def test_a_former_id_is_answered_with_the_present_one(toy: Loaded) -> None:
    assert (
        refused(toy, "start-of", measure="xa-blip-ban")
        == "--measure xa-blip-ban has another id now: xa-blip-block-2024"
    )


@pytest.mark.parametrize(
    "text",
    ['Blip" } UNION { ?s ?p ?o }', "Blip') || (1=1", "Blip\\", 'Blip"""', "Blip\n} # ", "?text", "<x> SERVICE <x> {"],
)
def test_what_looks_like_sparql_in_a_text_is_only_a_text(toy: Loaded, text: str) -> None:
    assert rows(toy, "mentions", text="Blip")
    assert rows(toy, "mentions", text=text) == []


def test_a_text_is_compared_as_it_stands(toy: Loaded) -> None:
    """Not as a pattern: a dot is a dot."""
    assert rows(toy, "mentions", text="B.ip") == []
    assert rows(toy, "mentions", text="BLIP") == rows(toy, "mentions", text="blip")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?word WHERE { ?thing skos:prefLabel ?word }",
        "ASK { ?thing skos:prefLabel ?word }",
        "CONSTRUCT WHERE { ?thing skos:prefLabel ?word }",
    ],
)
def test_a_query_that_does_not_select_its_parameters_is_refused(toy: Loaded, sparql: str) -> None:
    bound: dict[ox.Variable, ox.NamedNode | ox.Literal] = {
        ox.Variable("thing"): toy.ontology.vocabulary.node("id:blip")
    }
    with pytest.raises(WrongQuestion, match="must be a SELECT that selects each of them"):
        ask(toy.ontology, toy.store, sparql, bound)
