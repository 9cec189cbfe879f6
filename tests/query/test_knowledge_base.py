"""`censorkb.open()` gives rows as Python values, with the same refusals as the command line."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

import censorkb
from censorkb.query.dataset import NotBuilt
from censorkb.query.knowledge_base import KnowledgeBase, Notice
from censorkb.query.limits import Exceeded
from censorkb.query.question import WrongQuestion
from censorkb.query.rows import Rows
from censorkb.root import Root
from censorkb.site.build import build

pytestmark = pytest.mark.slow

TOY = Path(__file__).resolve().parents[1] / "toy"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output for the toy."""
    path = tmp_path_factory.mktemp("output") / "build"
    assert not build(Root(TOY), path, "facts/", lambda _: None, fresh=True).checked.errors
    return path


@pytest.fixture(scope="module")
def kb(out: Path) -> Iterator[KnowledgeBase]:
    """The toy, open."""
    with censorkb.open(TOY, out=out) as found:
        yield found


def rows(kb: KnowledgeBase, query: str) -> Rows:
    found = kb.sparql(query)
    assert isinstance(found, Rows)
    return found


def test_a_question_gives_rows_of_python_values(kb: KnowledgeBase) -> None:
    found = kb.ask("status-on", country="xa", date="2024-09-16")
    assert found
    assert found.columns == (
        "target", "feature", "status", "certainty", "stage", "since", "by", "last_evidenced", "support", "measure",
        "according_to",
    )  # fmt: skip
    row = found[0]
    assert row.target == row[0] == row.asdict()["target"]
    assert isinstance(row.last_evidenced, dt.date)
    assert found.to_dicts()[0] == row.asdict()
    assert found[:1] == [row]


def test_a_day_may_be_a_date(kb: KnowledgeBase) -> None:
    day = kb.ask("status-on", country="xa", date=dt.date(2024, 9, 16))
    assert list(day) == list(kb.ask("status-on", country="xa", date="2024-09-16"))


def test_every_type_has_its_python_type(kb: KnowledgeBase) -> None:
    query = """SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g ?h ?i) { (7 1.50 1e3 true "x"@en UNDEF id:xa
        "2026-02-12T00:00:00Z"^^xsd:dateTime "2026-02-12T01:02:03Z"^^xsd:dateTime) } }"""
    moment = dt.datetime(2026, 2, 12, 1, 2, 3, tzinfo=dt.UTC)
    assert rows(kb, query)[0] == (7, Decimal("1.5"), 1000.0, True, "x", None, "xa", dt.date(2026, 2, 12), moment)
    assert (
        rows(kb, 'SELECT ?a { VALUES ?a { "soon"^^xsd:date "9999999-01-01T00:00:00Z"^^xsd:dateTime } }')[0].a == "soon"
    )


def test_terms_are_there_in_full(kb: KnowledgeBase) -> None:
    found = rows(kb, "SELECT ?x { VALUES ?x { id:xa } }")
    assert found.terms == [(ox.NamedNode("https://w3id.org/censorkb/id/xa"),)]


def test_rows_show_themselves_as_a_table(kb: KnowledgeBase) -> None:
    found = kb.ask("all-claims")
    assert repr(found).splitlines()[0].startswith("claim ")
    assert repr(found).endswith(f"… {len(found) - 20} more")
    assert repr(rows(kb, "SELECT ?x { VALUES ?x { 1 } }")[0]) == "Row(x=1)"


def test_rows_become_a_data_frame(kb: KnowledgeBase) -> None:
    frame = kb.ask("status-on", country="xa", date="2024-09-16").to_pandas()
    assert next(iter(frame.columns)) == "target"
    assert len(frame) == len(kb.ask("status-on", country="xa", date="2024-09-16"))
    assert list(rows(kb, "SELECT ?x { FILTER (false) }").to_pandas().columns) == ["x"]


def test_an_id_that_was_given_up_is_answered_as_the_present_one_with_a_warning(kb: KnowledgeBase) -> None:
    words = "--target blipp is called blip now; the answer is about blip"
    with pytest.warns(Notice, match=words) as warned:
        found = kb.ask("timeline", country="xa", target="blipp")
    assert found.notices == (words,)
    assert warned[0].filename == __file__
    assert list(found) == list(kb.ask("timeline", country="xa", target="blip"))
    assert kb.ask("timeline", country="xa", target="blip").notices == ()


def test_a_query_of_ones_own_with_such_an_id_is_asked_as_it_stands_with_a_warning(kb: KnowledgeBase) -> None:
    with pytest.warns(Notice, match="^id:blipp is id:blip now"):
        assert rows(kb, "SELECT ?now { id:blipp dcterms:isReplacedBy ?now }")[0].now == "blip"
    with pytest.warns(Notice, match="^id:blipp is id:blip now"):
        assert kb.sparql("CONSTRUCT { id:blipp ?p ?o } WHERE { id:blipp a ?o }") == []


def test_queries_of_each_form_have_answers_of_their_own(kb: KnowledgeBase) -> None:
    assert kb.sparql("ASK { ?x a ckb:Country }") is True
    assert kb.sparql("ASK { ?x a ckb:Nothing }") is False
    triples = kb.sparql("DESCRIBE id:xa")
    assert isinstance(triples, list)
    assert {triple.subject for triple in triples} == {ox.NamedNode("https://w3id.org/censorkb/id/xa")}


def test_a_limit_is_told(kb: KnowledgeBase) -> None:
    found = kb.ask("all-claims", limit=3)
    assert (len(found), found.is_whole) == (3, False)
    assert kb.ask("all-claims").is_whole


@pytest.mark.parametrize(
    ("question", "values", "sentence"),
    [
        ("status-onn", {}, "there is no question status-onn; did you mean status-on?"),
        ("status-on", {"country": "xa"}, "needs --date: the day"),
        ("status-on", {"contry": "xa"}, "did you mean country?"),
        ("status-on", {"country": "2024-09-16", "date": "2024-09-16"}, "--country 2024-09-16 is not in the facts"),
        ("status-on", {"country": "xa> ?p ?o", "date": "2024-09-16"}, "is not an id"),
    ],
)
def test_wrong_questions_are_refused_in_words(
    kb: KnowledgeBase, question: str, values: dict[str, str], sentence: str
) -> None:
    with pytest.raises(WrongQuestion) as fault:
        kb.ask(question, **values)
    assert sentence in str(fault.value)


def test_questions_say_what_they_take(kb: KnowledgeBase) -> None:
    known = kb.questions["status-on"]
    assert known.sentence.startswith("What is the status of everything in a country on a day")
    assert [(p.name, p.type) for p in known.parameters] == [("country", "entity"), ("date", "date")]


def test_limits_and_missing_builds_are_words(out: Path, tmp_path: Path) -> None:
    with censorkb.open(TOY, out=out, timeout=0.3) as kb, pytest.raises(Exceeded, match=r"within 0\.3 seconds"):
        kb.sparql("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a = CONCAT(STR(?d), STR(?g))) }")
    with censorkb.open(TOY, out=tmp_path) as kb, pytest.raises(NotBuilt):
        kb.ask("all-claims")
    with pytest.raises(NotADirectoryError, match="is no folder of a knowledge base"):
        censorkb.open(tmp_path / "none")


def test_the_package_loads_nothing_before_it_is_asked() -> None:
    program = "import sys, censorkb; assert not {'pyoxigraph', 'click', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
