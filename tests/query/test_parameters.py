"""Parameters of questions: what an asker may write, what is refused and in which words."""

from __future__ import annotations

from dataclasses import replace
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


def told(toy: Loaded, name: str, **values: str) -> list[str]:
    """What an asker is told beside the answer."""
    asked, said = read_all(toy.ontology)[name], list[str]()
    bound = asked.bind(toy.ontology, values)
    ask(toy.ontology, toy.store, asked.sparql, bound, lambda notice: said.append(str(notice)))
    return said


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


def test_a_former_id_is_answered_as_the_present_one_and_the_asker_is_told(toy: Loaded) -> None:
    assert told(toy, "timeline", country="xa", target="blipp") == [
        "--target blipp is called blip now; the answer is about blip"
    ]
    assert (
        rows(toy, "timeline", country="xa", target="blipp") == rows(toy, "timeline", country="xa", target="blip") != []
    )
    assert told(toy, "claims-of", source="2024-03-06-wire-one-blip") == [
        (
            "--source 2024-03-06-wire-one-blip is called 2024-03-06-wire-one-blip-blocked now;"
            " the answer is about 2024-03-06-wire-one-blip-blocked"
        )
    ]
    assert told(toy, "claim-in-context", claim="2025-06-06-wire-one-shutdown.mobile-internet")


def test_the_id_of_what_was_the_same_thing_is_answered_as_that(toy: Loaded) -> None:
    assert told(toy, "start-of", measure="xa-blip-ban") == [
        "--measure xa-blip-ban turned out to be the same as xa-blip-block-2024; the answer is about xa-blip-block-2024"
    ]
    assert rows(toy, "start-of", measure="xa-blip-ban") == rows(toy, "start-of", measure="xa-blip-block-2024") != []


def test_a_claim_that_was_withdrawn_is_answered_and_the_asker_is_told_why(toy: Loaded) -> None:
    assert told(toy, "claim-in-context", claim="2025-04-10-wire-one-hallo-slow.payments") == [
        (
            "--claim 2025-04-10-wire-one-hallo-slow.payments no longer counts (retracted: source-corrected, source-withdrawn):"
            " Wire One corrected the article on 14 April 2025."
        )
    ]


def test_a_claim_with_a_successor_is_answered_with_the_name_of_that(toy: Loaded) -> None:
    """The question is what replaces it, so its successor can't be asked about instead."""
    old = "2025-04-10-wire-one-hallo-slow.slow-by-north-post"
    (said,) = told(toy, "claim-in-context", claim=old)
    assert said.startswith(f"--claim {old} no longer counts (superseded")
    (new,) = {row[1] for row in rows(toy, "claim-in-context", claim=old) if row[0] == ox.Literal("is superseded by")}
    assert isinstance(new, ox.NamedNode)
    assert said.endswith(f"in its place stands {toy.ontology.prefixes.local(new.value)}")


def test_a_source_is_withdrawn_when_all_that_it_says_is(toy: Loaded) -> None:
    store = ox.Store()
    store.bulk_extend(iter(toy.store))
    node = toy.ontology.vocabulary.node
    source, status = node("source:2024-03-06-wire-one-blip-blocked"), node("ckb:status")
    for quad in list(store.quads_for_pattern(None, node("ckb:source"), source)):
        for old in list(store.quads_for_pattern(quad.subject, status, None)):
            store.remove(old)
        store.add(ox.Quad(quad.subject, status, node("review:retracted")))
        store.add(ox.Quad(quad.subject, node("ckb:statusNote"), ox.Literal("It took\x1b[1m all back.", language="en")))
    found = replace(toy, store=store)
    assert told(toy, "claims-of", source="2024-03-06-wire-one-blip-blocked") == []
    assert told(found, "claims-of", source="2024-03-06-wire-one-blip-blocked") == [
        "--source 2024-03-06-wire-one-blip-blocked no longer counts (retracted): It took\\u001b[1m all back."
    ]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT ?p { id:blipp ?p ?o }", "id:blipp is id:blip now"),
        ("ASK { <https://w3id.org/censorkb/id/blipp> ?p ?o }", "id:blipp is id:blip now"),
        ("PREFIX : <https://w3id.org/censorkb/id/> CONSTRUCT { ?s a :x } WHERE { ?s ?p :blipp}", "id:blipp is id:blip now"),
        (
            "SELECT ?p { claim:2025-06-06-wire-one-shutdown.mobile-internet ?p ?o.}",
            "claim:2025-06-06-wire-one-shutdown.mobile-internet is",
        ),
    ],
)  # fmt: skip
def test_an_id_in_a_query_of_ones_own_is_left_and_the_asker_is_told(toy: Loaded, query: str, named: str) -> None:
    said: list[str] = []
    ask(toy.ontology, toy.store, query, tell=lambda notice: said.append(str(notice)))
    assert len(said) == 1
    assert said[0].startswith(named)
    assert "dcterms:isReplacedBy" in said[0]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?p { id:blip ?p ?o }",
        "SELECT ?p { ?s ?p 'id:blipp' } # id:blipp",
        "SELECT ?p { ?s ?p ckb:blipp }",
        "SELECT ?blipp { id:blippp ?blipp id:blip. }",
    ],
)
def test_nothing_is_told_of_a_query_without_former_ids(toy: Loaded, query: str) -> None:
    said: list[object] = []
    ask(toy.ontology, toy.store, query, tell=said.append)
    assert said == []


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
