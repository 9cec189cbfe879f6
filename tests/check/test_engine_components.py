"""Each SHACL component of the shapes: what it lets pass, what it finds, the same in both engines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.check.data_graph import DataGraph
from censorkb.check.referee import judge
from censorkb.check.setwise import focus_counts, run
from censorkb.ontology.vocabulary import Vocabulary
from censorkb.problem import Severity

Tiny = Callable[[str], Vocabulary]
Load = Callable[[Vocabulary, str], ox.Store]

SHAPE = """ckb:ThingShape a sh:NodeShape ; sh:targetClass ckb:Thing ;
    sh:property [ sh:path ckb:p ; ckb:form ckb:literal ; sh:message "is wrong: {{?value}}" ; {component} ] ."""

# Component, Turtle of good values, Turtle of bad values; each bad value is a finding of its own unless it counts.
VALUES = [
    ("sh:minCount 1", ["1", "1, 2", "id:a"], [""]),
    ("sh:maxCount 1", ["", "1", "1, 1"], ["1, 2", "'a', 'a'@en", "1, 1.0", "'a'@en, 'a'@fr"]),
    ("sh:uniqueLang true", ["'a'@en, 'b'@fr", "'a', 'b'", "1, 2"], ["'a'@en, 'b'@en", "'a'@en-gb, 'b'@en-GB"]),
    ("sh:nodeKind sh:IRI", ["id:a", ""], ["'a'", "1"]),
    ("sh:class ckb:Thing", ["id:thing", "id:sub", ""], ["id:nothing", "'a'", "id:other", "1"]),
    ("sh:datatype xsd:string", ["'a'", "''", "'a', 'b'"], ["'a'@en", "1", "id:a", "'a'^^xsd:anyURI"]),
    ("sh:datatype rdf:langString", ["'a'@en", "'a'@zh-Hans"], ["'a'", "id:a", "1"]),
    ("sh:datatype xsd:anyURI", ["'https://example.org/ü'^^xsd:anyURI", "'no address'^^xsd:anyURI"], ["'a'", "id:a"]),
    ("sh:datatype edtf:EDTF", ["'2026-02?'^^edtf:EDTF", "'x'^^edtf:EDTF"], ["'2026'", "'2026-02-11'^^xsd:date"]),
    (
        "sh:datatype xsd:integer",
        ["1", "-1", "007", "'+5'^^xsd:integer"],
        ["1.0", "1e0", "'1'", "id:a", "true"]
        + [f"'{text}'^^xsd:integer" for text in ("x", "", "1.0", "1e3", "1_000", " 1", "1 ", "٣", "−1")],
    ),
    (
        "sh:datatype xsd:date",
        ["'2026-02-11'^^xsd:date", "'2024-02-29'^^xsd:date", "'2026-02-11Z'^^xsd:date"],
        ["'2026-02-11'"]
        + [f"'{text}'^^xsd:date" for text in ("2026-02-30", "2026-02", "2026", "20260211", "2026-W07", "2026-W07-3")]
        + [f"'{text}'^^xsd:date" for text in ("", "11.2.2026", "2026-02-11T00:00:00Z", " 2026-02-11", "2026-13-01")],
    ),
    (
        "sh:datatype xsd:dateTime",
        ["'2026-02-11T00:00:00Z'^^xsd:dateTime", "'2026-02-11T10:00:00.5+03:00'^^xsd:dateTime"],
        ["'2026-02-11'^^xsd:date"]
        + [f"'{text}'^^xsd:dateTime" for text in ("2026-02-30T00:00:00Z", "2026-02-11", "2026-02-11T00:00Z", "x")]
        + [f"'{text}'^^xsd:dateTime" for text in ("2026-02-11 00:00:00", "20260211T000000Z", "2026-W07-3T00:00:00Z")],
    ),
    ("sh:datatype xsd:decimal", ["1.5", "'1'^^xsd:decimal"], [f"'{t}'^^xsd:decimal" for t in ("1e3", "NaN", "1_0.5")]),
    ("sh:datatype xsd:boolean", ["true", "'0'^^xsd:boolean"], ["'yes'^^xsd:boolean", "'true'", "1"]),
    ("sh:pattern '^[A-Z]{2}$'", ["'RU'", "'RU'@en", "'RU'^^xsd:anyURI"], ["'RUS'", "'ru'", "''", "'RU\\n'", "1"]),
    ("sh:pattern '/Q[1-9][0-9]*$'", ["wikidata:Q159"], ["wikidata:P31", "wikidata:Q159x", "'Q159'"]),
    (
        r"sh:pattern '^\\s*(\\S+\\s+){0,11}\\S+\\s*$'",
        ["'" + "слово " * 12 + "'", "' one '@en", "'non\u00a0breaking'"],
        ["'" + "word " * 13 + "'", "''", "' '", "'" + "word\u00a0" * 13 + "'"],
    ),
    ("sh:minLength 2", ["'ab'", "'жы'", "10"], ["'a'", "''", "1"]),
    ("sh:maxLength 2", ["'ab'", "'жы'@ru", "'😀😀'", "10"], ["'abc'", "100", "id:a"]),
    ("sh:minInclusive 1", ["1", "2", "1.0", "1.5", "1e0"], ["0", "-1", "0.9", "'2'", "id:a", "'x'^^xsd:integer"]),
]
CASES = [(component, value, good) for component, *sides in VALUES for good in (1, 0) for value in sides[1 - good]]


@pytest.mark.parametrize(("component", "value", "good"), CASES, ids=[f"{c[0]} {c[1]}"[:60] for c in CASES])
def test_each_component_finds_bad_values_and_only_those(
    tiny: Tiny, load: Load, component: str, value: str, good: int
) -> None:
    vocabulary = tiny(SHAPE.format(component=component))
    store = load(
        vocabulary,
        f"""id:focus a ckb:Thing . id:thing a ckb:Thing ; ckb:p 1 . id:other a ckb:Other .
        ckb:Sub rdfs:subClassOf ckb:Thing . id:sub a ckb:Thing , ckb:Sub .
        {f"id:focus ckb:p {value} ." if value else ""}""",
    )
    mine = [
        f for f in run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes)) if f.focus.endswith("/focus")
    ]
    assert bool(mine) is not bool(good)
    assert mine == [f for f in judge(vocabulary, store) if f.focus.endswith("/focus")]
    assert {(f.rule, f.severity) for f in mine} <= {("thing.p", Severity.ERROR)}


DAY = "'2026-02-11T00:00:00Z'^^xsd:dateTime"
PAIRS = [
    (DAY, DAY, True),
    ("'2026-02-10T00:00:00Z'^^xsd:dateTime", DAY, True),
    ("'2026-02-11T01:00:00+03:00'^^xsd:dateTime", "'2026-02-10T22:00:00Z'^^xsd:dateTime", True),
    ("'2026-02-12T00:00:00Z'^^xsd:dateTime", DAY, False),
    ("1", "1.5", True),
    ("2e0", "1.5", False),
    ("'a'", "'b'", True),
    ("'b'", "'a'", False),
    ("'2026-02-11'^^xsd:date", DAY, False),
    ("'x'^^xsd:dateTime", DAY, False),
    (DAY, "'2026-02-30T00:00:00Z'^^xsd:dateTime", False),
    ("1", DAY, False),
    (DAY, "1", False),
    ("'2026'", DAY, False),
    (DAY, "id:a", False),
]


@pytest.mark.parametrize(("first", "second", "good"), PAIRS)
def test_a_value_may_not_exceed_that_of_another_property_and_must_compare_with_it(
    tiny: Tiny, load: Load, first: str, second: str, good: bool
) -> None:
    vocabulary = tiny(SHAPE.format(component="sh:lessThanOrEquals ckb:q"))
    store = load(vocabulary, f"id:f a ckb:Thing ; ckb:p {first} ; ckb:q {second} .")
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert found == judge(vocabulary, store)
    assert [f.component for f in found] == ([] if good else ["less-than-or-equals"])


# The embedded store has 64-bit integers and years of any length, pySHACL Python's integers and the years 1 to 9999.
# pySHACL compares IRIs and texts of all languages as texts; SPARQL has no order for them. No fact holds such values.
DIFFERENT = [
    ("sh:datatype xsd:integer", "100000000000000000000", ["datatype"], []),
    ("sh:datatype xsd:date", "'12026-01-01'^^xsd:date", [], ["datatype"]),
    ("sh:datatype xsd:date", "'0000-01-01'^^xsd:date", [], ["datatype"]),
    ("sh:lessThanOrEquals ckb:q", "id:a", ["less-than-or-equals"], []),
    ("sh:lessThanOrEquals ckb:q", "'a'@en", ["less-than-or-equals"], []),
]


@pytest.mark.parametrize(("component", "value", "engine", "referee"), DIFFERENT)
def test_the_engines_are_known_to_differ_where_no_fact_goes(
    tiny: Tiny, load: Load, component: str, value: str, engine: list[str], referee: list[str]
) -> None:
    vocabulary = tiny(SHAPE.format(component=component))
    store = load(vocabulary, f"id:f a ckb:Thing ; ckb:p {value} ; ckb:q 'z' .")
    assert [
        finding.component for finding in run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    ] == engine
    assert [finding.component for finding in judge(vocabulary, store)] == referee


def test_a_value_without_its_counterpart_is_not_compared(tiny: Tiny, load: Load) -> None:
    vocabulary = tiny(SHAPE.format(component="sh:lessThanOrEquals ckb:q"))
    store = load(vocabulary, "id:f a ckb:Thing ; ckb:p '2026-02-12T00:00:00Z'^^xsd:dateTime .")
    assert run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes)) == judge(vocabulary, store) == []


def test_a_triple_in_two_graphs_counts_once(tiny: Tiny, load: Load) -> None:
    vocabulary = tiny(SHAPE.format(component="sh:maxCount 1 ; sh:uniqueLang true"))
    store = load(vocabulary, "id:f a ckb:Thing ; ckb:p 'a'@en .")
    store.extend([ox.Quad(q.subject, q.predicate, q.object, vocabulary.node("graph:derived")) for q in store])
    assert run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes)) == judge(vocabulary, store) == []


def test_severity_is_that_of_the_shape_itself(tiny: Tiny, load: Load) -> None:
    vocabulary = tiny(
        """ckb:AShape a sh:NodeShape ; sh:targetClass ckb:Thing ; sh:severity sh:Info ; sh:sparql ckb:some-rule ;
            sh:property [ sh:path ckb:p ; sh:minCount 1 ; sh:severity sh:Warning ] , [ sh:path ckb:q ; sh:minCount 1 ] .
        ckb:some-rule a sh:SPARQLConstraint ; sh:prefixes ckb:prefixes ;
            sh:select "SELECT $this WHERE { $this a ckb:Thing }" ."""
    )
    store = load(vocabulary, "id:f a ckb:Thing .")
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert found == judge(vocabulary, store)
    assert {f.rule: f.severity.value for f in found} == {"a.p": "warning", "a.q": "error", "some-rule": "note"}


def test_focus_nodes_are_counted_so_that_a_check_of_nothing_is_noticed(tiny: Tiny, load: Load) -> None:
    vocabulary = tiny(
        """ckb:AShape a sh:NodeShape ; sh:targetClass ckb:Thing ; sh:property [ sh:path ckb:p ; sh:minCount 1 ] .
        ckb:BShape a sh:NodeShape ; sh:targetClass ckb:Missing ; sh:property [ sh:path ckb:p ; sh:minCount 1 ] ."""
    )
    store = load(vocabulary, "id:a a ckb:Thing . id:b a ckb:Thing . id:c a ckb:Other .")
    counts = focus_counts(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert counts == {vocabulary.prefixes.iri("ckb:Missing"): 0, vocabulary.prefixes.iri("ckb:Thing"): 2}


def test_a_class_whose_superclass_is_not_written_out_is_refused(tiny: Tiny, load: Load) -> None:
    vocabulary = tiny(SHAPE.format(component="sh:minCount 1"))
    classes = "ckb:Sub rdfs:subClassOf ckb:Middle . ckb:Middle rdfs:subClassOf ckb:Thing ."
    store = load(vocabulary, f"{classes} id:f a ckb:Sub .")
    with pytest.raises(ValueError, match="not written out"):
        run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))


REFUSED = [
    "sh:in ( 1 2 )",
    "sh:hasValue 1",
    "sh:or ( [ sh:class ckb:A ] )",
    "sh:node ckb:ThingShape",
    "sh:minCount 2",
    "sh:maxCount 3",
    "sh:uniqueLang false",
    "sh:nodeKind sh:Literal",
    "sh:datatype xsd:gYear",
    "sh:pattern '(?=a)'",
    "sh:pattern 'a' ; sh:flags 'i'",
    "sh:severity ckb:Grave ; sh:minCount 1",
    "sh:deactivated true",
]


@pytest.mark.parametrize("component", REFUSED)
def test_what_the_compiler_does_not_understand_is_refused(tiny: Tiny, component: str) -> None:
    with pytest.raises(NotImplementedError):
        compile_shapes(tiny(SHAPE.format(component=component)))


TARGETED = "ckb:AShape a sh:NodeShape ; sh:targetClass ckb:Thing ; "
STRAY = [
    "ckb:AShape a sh:NodeShape ; sh:targetNode id:a .",
    "ckb:AShape a sh:NodeShape ; sh:property [ sh:path ckb:p ; sh:minCount 1 ] .",
    "ckb:AShape sh:targetClass ckb:Thing ; sh:property [ sh:path ckb:p ; sh:minCount 1 ] .",
    TARGETED + "sh:closed true .",
    "ckb:AShape a sh:NodeShape , owl:Class ; sh:targetClass ckb:Thing .",
    TARGETED + "sh:property [ sh:path ( ckb:p ckb:q ) ; sh:minCount 1 ] .",
    TARGETED + "sh:property [ sh:path [ sh:inversePath ckb:p ] ; sh:minCount 1 ] .",
    TARGETED + "sh:class ckb:Other .",
    "ckb:a-rule a sh:SPARQLConstraint ; sh:prefixes ckb:prefixes ; sh:select 'SELECT $this WHERE { $this ckb:p 1 }' .",
]


@pytest.mark.parametrize("shapes", STRAY)
def test_shapes_that_would_never_run_are_refused(tiny: Tiny, shapes: str) -> None:
    with pytest.raises(NotImplementedError):
        compile_shapes(tiny(shapes))


def test_the_engine_does_without_the_referee_and_its_libraries() -> None:
    code = "import sys, censorkb.check.setwise, censorkb.check.referee; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_the_referee_says_nothing_on_the_way(tiny: Tiny, load: Load, capfd: pytest.CaptureFixture[str]) -> None:
    vocabulary = tiny(SHAPE.format(component="sh:datatype xsd:date"))
    assert judge(vocabulary, load(vocabulary, "id:f a ckb:Thing ; ckb:p '2026-02-30'^^xsd:date ."))
    assert capfd.readouterr() == ("", "")
