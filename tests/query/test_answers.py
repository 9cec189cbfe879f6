"""Every question is asked of the real facts and of the toy, on two engines, and the answers are compared.

The expected answers in `answers/` were read and checked by hand against the facts; `--renew` writes them anew.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, ask
from censorkb.query.question import Question, read_all
from censorkb.query.table import cell, write

if TYPE_CHECKING:
    from conftest import Loaded

HERE = Path(__file__).resolve().parent
QUESTIONS = read_all(Ontology(HERE.parents[1] / "ontology"))
PARAMETERS = tomllib.loads(HERE.joinpath("parameters.toml").read_text("utf-8"))
# all-claims says in which line of which file a claim stands: that is compared by the tests of the data set.
EVERYWHERE = [name for name in QUESTIONS if name != "all-claims"]
# What the draft of the model asked and answered; the names are those of today.
COMPETENCY = {
    "blocked-on", "start-of", "rests-on-one-story", "who-disputes-what", "relative-dates", "timeline", "led-by-law",
    "worst-status-on", "acknowledged-by", "date-conflicts", "reasons-and-motives", "attribution-chain", "second-hand",
    "audience-figures", "kinds-of-restriction", "alternatives-promoted", "traits-of", "garbled-text",
    "waiting-for-review", "inferred-dates", "accused-by", "law-demands", "stale-statuses", "threatened-then-taken",
    "said-by",
}  # fmt: skip


@pytest.fixture(params=["real", "toy"])
def kind(request: pytest.FixtureRequest) -> str:
    """Which facts are asked."""
    return str(request.param)


@pytest.fixture
def facts(kind: str, request: pytest.FixtureRequest) -> Loaded:
    """The facts that are asked."""
    loaded: Loaded = request.getfixturevalue(kind)
    return loaded


@pytest.fixture(scope="session")
def referee(request: pytest.FixtureRequest) -> Callable[[str], rdflib.Graph]:
    """The facts in rdflib's own memory, loaded once."""
    graphs: dict[str, rdflib.Graph] = {}

    def load(kind: str) -> rdflib.Graph:
        if kind not in graphs:
            graph = rdflib.Graph()
            for quad in request.getfixturevalue(kind).store:
                graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
            graphs[kind] = graph
        return graphs[kind]

    return load


def given(question: Question, kind: str) -> dict[str, str]:
    return PARAMETERS[question.name][kind] if question.parameters else {}


def answered(loaded: Loaded, question: Question, kind: str) -> Answer:
    answer = ask(loaded.ontology, loaded.store, question.sparql, question.bind(loaded.ontology, given(question, kind)))
    assert isinstance(answer, Answer)
    return answer


def test_the_questions_of_the_draft_and_those_of_an_analyst_are_there() -> None:
    assert len(COMPETENCY) == 25
    assert set(QUESTIONS) > COMPETENCY
    assert set(QUESTIONS) > {"status-on", "what-changed-between", "announced-against-in-force", "longest-in-force"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_in_english_what_it_asks(name: str) -> None:
    question = QUESTIONS[name]
    assert question.sentence[0].isupper()
    assert question.sentence.endswith("?")
    assert question.sentence.isascii()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_selects_its_parameters_so_that_they_can_be_bound(name: str) -> None:
    question = QUESTIONS[name]
    head = question.sparql[question.sparql.index("SELECT") : question.sparql.index("WHERE")]
    for parameter in question.parameters:
        assert re.search(rf"\?{parameter.name}\b", head)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_keeps_to_the_sparql_that_all_engines_read_alike(name: str) -> None:
    sparql = QUESTIONS[name].sparql
    for word in ("PREFIX", "BNODE(", "NOT EXISTS", "SERVICE", "NOW(", "RAND(", "SELECT *"):
        assert word not in sparql
    assert "ORDER BY" in sparql


@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_question_has_the_answer_that_was_checked_by_hand(
    name: str, kind: str, facts: Loaded, request: pytest.FixtureRequest
) -> None:
    path = HERE / "answers" / kind / f"{name}.csv"
    answer = write(facts.ontology, answered(facts, QUESTIONS[name], kind), "csv")
    if request.config.getoption("--renew"):
        path.write_text(answer, "utf-8")
    assert answer == path.read_text("utf-8")


@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_question_has_an_answer_in_the_toy_or_in_the_real_facts(name: str) -> None:
    lines = [
        len(HERE.joinpath("answers", kind, f"{name}.csv").read_text("utf-8").splitlines()) for kind in ("real", "toy")
    ]
    assert max(lines) > 1


def test_no_answer_is_kept_for_a_question_that_is_gone() -> None:
    for kind in ("real", "toy"):
        assert sorted(path.stem for path in (HERE / "answers" / kind).iterdir()) == sorted(EVERYWHERE)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_order_of_rows_does_not_hang_on_the_order_of_the_facts(name: str, kind: str, facts: Loaded) -> None:
    answer = answered(facts, QUESTIONS[name], kind)
    turned = ox.Store()
    turned.extend(reversed(list(facts.store)))
    again = ask(
        facts.ontology,
        turned,
        QUESTIONS[name].sparql,
        QUESTIONS[name].bind(facts.ontology, given(QUESTIONS[name], kind)),
    )
    assert isinstance(again, Answer)
    assert again.rows == answer.rows
    assert len({tuple(map(str, row)) for row in answer.rows}) == len(answer.rows)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.slow
def test_a_second_engine_gives_the_same_rows(
    name: str, kind: str, facts: Loaded, referee: Callable[[str], rdflib.Graph]
) -> None:
    question = QUESTIONS[name]
    answer = answered(facts, question, kind)
    query = prepareQuery(question.sparql, initNs=facts.ontology.prefixes.names)
    bound = {v.value: _term(term) for v, term in question.bind(facts.ontology, given(question, kind)).items()}
    found = referee(kind).query(query, initBindings=bound)
    rows = [tuple(_cell(facts.ontology, row.get(column)) for column in answer.columns) for row in map(_named, found)]
    assert sorted(rows) == sorted(tuple(cell(facts.ontology, value) for value in row) for row in answer.rows)


def _named(row: object) -> Mapping[str, rdflib.term.Node]:
    assert isinstance(row, rdflib.query.ResultRow)
    return row.asdict()


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Identifier:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal), "facts have no blank nodes"
    kind = None if term.language else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=kind)


def _cell(ontology: Ontology, term: rdflib.term.Node | None) -> str:
    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return cell(ontology, ox.NamedNode(str(term)))
    assert isinstance(term, rdflib.Literal)
    text = str(term).replace("+00:00", "Z") if term.datatype == rdflib.XSD.dateTime else str(term)
    kind = ox.NamedNode(term.datatype) if term.datatype else None
    return cell(ontology, ox.Literal(text, datatype=kind))
