"""SPARQL constraints run once for all nodes mean what SHACL means by running them once a node."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.check.data_graph import DataGraph
from censorkb.check.referee import judge
from censorkb.check.select import Select
from censorkb.check.setwise import run
from censorkb.ontology.vocabulary import Vocabulary

Tiny = Callable[[str], Vocabulary]
Load = Callable[[Vocabulary, str], ox.Store]

SELECTS = tomllib.loads(Path(__file__).with_name("data").joinpath("selects.toml").read_text("utf-8"))


def _shape(message: str, select: str) -> str:
    quoted = select.replace("\\", "\\\\").replace('"', '\\"')
    return f"""ckb:ThingShape a sh:NodeShape ; sh:targetClass ckb:Thing ; sh:sparql ckb:a-rule .
    ckb:a-rule a sh:SPARQLConstraint ; sh:prefixes ckb:prefixes ;
        sh:message "{message}" ; sh:select \"\"\"{quoted}\"\"\" ."""


@pytest.mark.parametrize("select", SELECTS["same"].values(), ids=SELECTS["same"].keys())
def test_a_query_finds_the_same_at_once_as_node_by_node(tiny: Tiny, load: Load, select: str) -> None:
    vocabulary = tiny(_shape("is wrong", select))
    things = "id:bad a ckb:Thing ; ckb:p 1 . id:good a ckb:Thing ; ckb:p 2 ; ckb:r 3 . id:stranger ckb:p 1 ."
    store = load(vocabulary, things)
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert [vocabulary.prefixes.local(f.focus) for f in found] == ["bad"]
    assert found == judge(vocabulary, store)


def test_messages_name_what_the_query_has_bound(tiny: Tiny, load: Load) -> None:
    head, body = "SELECT $this (ckb:p AS ?path) ?value ?text ?none", "$this ckb:p ?value ; ckb:q ?text ."
    select = f"{head} WHERE {{ {body} OPTIONAL {{ $this ckb:r ?none }} }}"
    vocabulary = tiny(_shape("{?this} {$value} {?path} {?text} {?none}", select))
    texts = "'https://w3id.org/censorkb/id/v' , 'a\\\\d\\u001b'@en"
    store = load(vocabulary, f"id:f a ckb:Thing ; ckb:p id:v , wikidata:Q1 ; ckb:q {texts} .")
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert found == judge(vocabulary, store)
    assert [f.message for f in found] == [
        "f Q1 p a\\d\\u001b {?none}",
        "f Q1 p https://w3id.org/censorkb/id/v {?none}",
        "f v p a\\d\\u001b {?none}",
        "f v p https://w3id.org/censorkb/id/v {?none}",
    ]


def test_the_node_itself_is_no_value(tiny: Tiny, load: Load) -> None:
    vocabulary = tiny(_shape("is wrong", "SELECT $this ($this AS ?value) WHERE { $this ckb:p 1 }"))
    store = load(vocabulary, "id:f a ckb:Thing ; ckb:p 1 .")
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert [f.value for f in found] == [None]
    assert found == judge(vocabulary, store)


@pytest.mark.parametrize("select", SELECTS["refused"].values(), ids=SELECTS["refused"].keys())
def test_what_cannot_run_at_once_is_refused(tiny: Tiny, select: str) -> None:
    with pytest.raises(NotImplementedError):
        compile_shapes(tiny(_shape("is wrong", select)))


def test_a_message_about_what_is_not_selected_is_refused(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match="does not select other"):
        compile_shapes(tiny(_shape("{?other}", "SELECT $this WHERE { $this ckb:p ?other }")))


def test_groups_that_do_not_mention_the_node_are_left_alone() -> None:
    text = "SELECT $this WHERE { $this ckb:p ?x . { ?x ckb:q 1 } UNION { ?x ckb:q 2 } }"
    assert Select(text).of("TARGET").count("TARGET") == 1
