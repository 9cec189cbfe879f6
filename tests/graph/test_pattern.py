"""The reader of queries sees every pattern in its group, and refuses what it would only half understand."""

from __future__ import annotations

from pathlib import Path

import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.graph.group import Group
from censorkb.graph.pattern import UnknownQuery, read

PROJECT = Path(__file__).parents[2]
ROOMS = ("ontology/rules", "ontology/questions", "site_templates/questions", "src/censorkb/check/sparql")
PIECES = {"target"}  # no query, but a part of many
ABOUT_NOTHING = {"valid-pattern"}


def seen(text: str) -> list[str]:
    """The groups of a query, each with its patterns; what is in a group is set in."""

    def lines(group: Group, depth: int) -> list[str]:
        own = [f"{'  ' * depth}{group.kind}", *(f"{'  ' * depth}- {str(p)[:-2]}" for p in group.patterns)]
        return [*own, *(line for inner in group.groups for line in lines(inner, depth + 1))]

    return lines(read(text), 0)


@pytest.mark.parametrize("room", ROOMS)
def test_every_query_of_the_project_is_understood(room):
    paths = sorted(path for path in PROJECT.joinpath(room).glob("*.rq") if path.stem not in PIECES)
    assert paths
    for path in paths:
        found = [pattern for group in read(path.read_text("utf-8")).walk() for pattern in group.patterns]
        assert bool(found) == (path.stem not in ABOUT_NOTHING), path.name


def test_every_constraint_is_understood(ontology):
    for constraint in compile_shapes(ontology.vocabulary):
        body = read(constraint.query)
        assert "?this" in body.variables, constraint.rule
        assert {p.object for g in body.walk() for p in g.patterns if p.path == "a"} >= {str(constraint.target)}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("SELECT ?x { ?x a ckb:C , ckb:D ; ckb:p ?y ; }", ["select", "- ?x a ckb:C", "- ?x a ckb:D", "- ?x ckb:p ?y"]),
        ("ASK { $x ckb:p $y . # ?x ckb:q ?y\n }", ["select", "- ?x ckb:p ?y"]),
        ("SELECT * { ?x ?p 'a}'@en , \"\"\"b \" {\"\"\" , -5 , '1'^^xsd:int , true }",
         ["select", "- ?x ?p 'a}'@en", '- ?x ?p """b " {"""', "- ?x ?p -5", "- ?x ?p '1'^^xsd:int", "- ?x ?p true"]),
        ("SELECT ?x { ?x ^ckb:p/(ckb:q|<urn:a>)* ckb:z . ?x ckb:r+ ?y ; ckb:s? ?y }",
         ["select", "- ?x ^ckb:p/(ckb:q|<urn:a>)* ckb:z", "- ?x ckb:r+ ?y", "- ?x ckb:s? ?y"]),
        ("SELECT ?x { { ?x a ckb:A } UNION { ?x a ckb:B OPTIONAL { ?x ckb:p ?y } } MINUS { ?x ckb:q ?z } }",
         ["select", "  branch", "  - ?x a ckb:A", "  branch", "  - ?x a ckb:B", "    optional", "    - ?x ckb:p ?y",
          "  minus", "  - ?x ckb:q ?z"]),
        ("SELECT ?x { ?x a ckb:A . FILTER (?x != ckb:z || (!EXISTS { ?x ckb:p ?y FILTER NOT EXISTS { ?y a ckb:B } })) }",
         ["select", "- ?x a ckb:A", "  exists", "  - ?x ckb:p ?y", "    exists", "    - ?y a ckb:B"]),
        ("SELECT ?x { VALUES ?x { ckb:a UNDEF } VALUES (?y ?z) { (1 ')') (2 '}') } BIND (IF(EXISTS { ?x ckb:p ?y }, 1, 2) AS ?n) }",
         ["select", "  exists", "  - ?x ckb:p ?y"]),
        ("SELECT ?x { { SELECT ?x (COUNT(?y) AS ?n) { ?x ckb:p ?y } GROUP BY ?x HAVING (COUNT(?y) > 1) } FILTER regex(?x, '{') } ORDER BY ?x",
         ["select", "  branch", "    select", "    - ?x ckb:p ?y"]),
        ("CONSTRUCT { ?x ckb:q ?y . ?y a ckb:C } WHERE { ?x ckb:p ?y }", ["select", "- ?x ckb:p ?y"]),
        ("CONSTRUCT WHERE { ?x ckb:p ?y }", ["select", "- ?x ckb:p ?y"]),
        ("select ?x where { optional { ?x ckb:p ?y } filter not exists { ?x a ckb:A } }",
         ["select", "  optional", "  - ?x ckb:p ?y", "  exists", "  - ?x a ckb:A"]),
    ],
)  # fmt: skip
def test_each_pattern_is_found_in_its_group(text, groups):
    assert seen(text) == groups


def test_of_a_path_the_predicates_and_the_signs_are_told_but_not_those_of_an_iri():
    (plain, path, anything) = read("SELECT * { ?x <http://a/b+c> ?y ; ^ckb:p/(a|<http://a/?d>)* ?y ; ?p ?y }").patterns
    assert (plain.predicates, plain.signs) == ({"<http://a/b+c>"}, set())
    assert (path.predicates, path.signs) == ({"ckb:p", "a", "<http://a/?d>"}, {"^", "/", "|", "*"})
    assert (anything.predicates, anything.signs) == (set(), set())
    assert anything.variables == {"?x", "?p", "?y"}


def test_it_is_told_what_a_select_hands_on_and_which_variable_stands_for_another():
    body = read(
        "SELECT ?n { { SELECT ?a (MAX(?b) AS ?c) { ?a ckb:p ?b } GROUP BY ?a } BIND (?a AS ?page) BIND (STR(?c) AS ?n) }"
    )
    assert body.groups[0].groups[0].selected == {"?a", "?c"}
    assert body.bound == {"?page": "?a"}


def test_the_branches_of_one_union_know_each_other():
    one, two, three, alone, other, another = read(
        "SELECT * { { ?x a ?a } UNION { ?x a ?b } UNION { ?x a ?c } { ?x a ?d } { ?x a ?e } UNION { ?x a ?f } }"
    ).groups
    assert one.union == two.union == three.union != 0
    assert other.union == another.union not in (0, one.union)
    assert alone.union == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x ckb:p [ ckb:q ?y ] }",
        "SELECT ?x { ?x ckb:p [] }",
        "SELECT ?x { _:b ckb:p ?x }",
        "SELECT ?x { ?x ckb:p _:b }",
        "SELECT ?x { ?x ckb:p (1 2) }",
        "SELECT ?x { GRAPH ?g { ?x ckb:p ?y } }",
        "SELECT ?x { SERVICE <urn:s> { ?x ckb:p ?y } }",
        "SELECT ?x FROM <urn:g> { ?x ckb:p ?y }",
        "SELECT ?x FROM NAMED <urn:g> WHERE { ?x ckb:p ?y }",
        "SELECT ?x { ?x !ckb:p ?y }",
        "SELECT ?x { ?x !(ckb:p|^ckb:q) ?y }",
        "SELECT ?x { ?x ckb:p 1.5 }",
        "SELECT ?x { ?x ckb:p ?y } VALUES ?x { ckb:a }",
        "SELECT ?x { { SELECT ?x { ?x ckb:p ?y } VALUES ?x { ckb:a } } ?x ckb:q ?z }",
        "SELECT ?x { { SELECT ?x { ?x ckb:p ?y } GROUP BY ?x HAVING (EXISTS { ?x a ?c }) } ?x ckb:q ?z }",
        "DESCRIBE ?x { ?x ckb:p ?y }",
        "PREFIX ckb: <urn:other> SELECT ?x { ?x ckb:p ?y }",
        "DELETE { ?x ckb:p ?y } WHERE { ?x ckb:q ?y }",
        "SELECT ?x { OPTIONAL ?x ckb:p ?y }",
        "SELECT ?x { UNION { ?x ckb:p ?y } }",
        "SELECT ?x { ?x ckb:p ?y } }",
        "SELECT ?x { BIND (?x) }",
        "SELECT ?x { BIND ?x AS ?y }",
        "?this a ckb:C .",
        "",
    ],
)  # fmt: skip
def test_what_it_does_not_understand_it_refuses(text):
    with pytest.raises(UnknownQuery):
        read(text)


def test_half_a_query_is_refused_wherever_it_ends():
    text = """SELECT ?x (COUNT ( ?y ) AS ?n ) WHERE { ?x a ckb:C ; ckb:p / ckb:q ?y , 'z' @ en . OPTIONAL { ?x ckb:r ?z }
      { ?y a ckb:D } UNION { SELECT ?y { ?y ckb:s + ?x } GROUP BY ?y } FILTER NOT EXISTS { ?x ckb:t ?y }
      FILTER ( ?x IN ( ckb:a ) ) BIND ( ?x AS ?page ) VALUES ( ?a ?b ) { ( 1 2 ) } MINUS { ?x a ckb:E } }"""
    words = text.split()
    read(text)
    for end in range(len(words)):
        with pytest.raises(UnknownQuery):
            read(" ".join(words[:end]))
