"""A query asked about some nodes answers what the whole query says of them, and no node that a change affects is missed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.graph import rule
from censorkb.graph.focus import Focus
from censorkb.graph.hand import in_hand
from censorkb.graph.pattern import UnknownQuery
from censorkb.ontology.ontology import Ontology
from censorkb.ontology.prefixes import Prefixes
from censorkb.site.plan import Plan

TEMPLATES = Path(__file__).parents[2] / "site_templates"
MADE = re.compile("#(status|date-by-publication)(?=>)")  # parts that rules make; chance makes things of other parts
Rows = dict[str, list[str]]
Triples = Collection[ox.Triple]


@dataclass(frozen=True)
class Query:
    """A query of the project and how it is asked about some nodes."""

    name: str
    focus: Focus
    about: Callable[..., str]

    def ask(self, store: ox.Store, text: str = "") -> Rows:
        """Its rows by the node that they are about, in its order, but conclusions in any; rows about no node are left out."""
        answer = store.query(
            text or self.focus.text, prefixes=self.focus.prefixes.names, use_default_graph_as_union=True
        )
        found: Rows = {}
        if isinstance(answer, ox.QueryTriples):
            for line in sorted({str(triple) for triple in answer}):
                found.setdefault(MADE.sub("", line.partition(" ")[0]), []).append(line)
            return found
        for row in answer:
            if node := row[self.focus.variable[1:]]:
                found.setdefault(str(node), []).append(" ".join(map(str, row)))
        return found

    def ask_about(self, store: ox.Store, nodes: Collection[str]) -> Rows:
        """The rows of some nodes, asked about these only."""
        with in_hand(store, self.focus.prefixes, nodes) as only:
            found = self.ask(store, self.about(only))
        return {node: rows for node, rows in found.items() if node in nodes}


@pytest.fixture(scope="module")
def queries(ontology: Ontology) -> list[Query]:
    """Every rule, every question of the site by each column that its pages are found by, and every constraint."""
    plan = Plan.read(TEMPLATES)
    sections = {(s.question, s.by) for kind in plan.kinds for s in kind.sections.values()}
    sections |= {(s.question, s.by) for s in plan.lines.values()}
    sections |= {(path.stem, "page") for path in TEMPLATES.glob("questions/*.rq")}
    found = [Query(each.name, each.focus, each.focus.about) for each in rule.read_all(ontology)]
    for question, column in sorted(sections):
        text = (TEMPLATES / "questions" / f"{question}.rq").read_text("utf-8")
        if f"?{column} " in text:
            focus = Focus(text, f"?{column}", ontology.prefixes)
            found.append(Query(f"{question} by {column}", focus, focus.about))
    shapes = [(each, Focus(each.query, "?this", ontology.prefixes)) for each in compile_shapes(ontology.vocabulary)]
    return [*found, *(Query(f"{each.rule}: {each.component}", focus, each.about) for each, focus in shapes)]


@pytest.fixture
def facts(toy) -> ox.Store:
    """The facts, terms and conclusions of the toy, without graphs, to be changed."""
    store = ox.Store()
    store.extend({ox.Quad(*quad.triple) for quad in toy.store})
    return store


class Fate:
    """Changes triples at random."""

    def __init__(self, store: ox.Store, type_: ox.NamedNode, seed: int) -> None:
        self.store, self.type, self.random = store, type_, random.Random(seed)
        self.by_predicate: dict[str, list[ox.Triple]] = {}
        for triple in sorted((quad.triple for quad in store), key=str):
            self.by_predicate.setdefault(triple.predicate.value, []).append(triple)
        self.predicates = sorted(self.by_predicate)

    def any(self, predicate: str = "") -> ox.Triple:
        return self.random.choice(self.by_predicate[predicate or self.random.choice(self.predicates)])

    def strike(self) -> tuple[Triples, Triples]:
        """What is removed and what is added: triples dropped, given another object, another subject, another class."""
        removed, added = set(), set()
        for _ in range(self.random.choice([1, 1, 2, 3, 6])):
            way, one = self.random.random(), self.any()
            other = self.any(one.predicate.value)
            if way < 0.2:
                removed.add(one)
            elif way < 0.4:
                added.add(ox.Triple(one.subject, one.predicate, other.object))
            elif way < 0.7:
                removed.add(one)
                added.add(ox.Triple(one.subject, one.predicate, other.object))
            elif way < 0.85:
                added.add(ox.Triple(one.subject, *(lambda t: (t.predicate, t.object))(self.any())))
            else:
                one, other = self.any(self.type.value), self.any(self.type.value)
                removed.add(one)
                added.add(ox.Triple(one.subject, one.predicate, other.object))
        return (
            sorted((t for t in removed - added if ox.Quad(*t) in self.store), key=str),
            sorted((t for t in added - removed if ox.Quad(*t) not in self.store), key=str),
        )


def by_predicate(*triples: Iterable[ox.Triple]) -> dict[str, list[ox.Quad]]:
    found: dict[str, list[ox.Quad]] = {}
    for triple in (triple for each in triples for triple in each):
        found.setdefault(triple.predicate.value, []).append(ox.Quad(*triple))
    return found


def touched(query: Query, store: ox.Store, removed: Triples, added: Triples) -> set[str] | None:
    """What a change touches, told before it; afterwards the store holds what was removed and what was added."""
    store.extend(ox.Quad(*triple) for triple in (*removed, *added))
    changed = by_predicate(removed, added)
    return query.focus.touched(store, changed) if query.focus.looks_at(changed) else set()


def unordered(rows: Rows) -> set[tuple[str, tuple[str, ...]]]:
    return {(node, tuple(sorted(found))) for node, found in rows.items()}


def differing(before: Rows, after: Rows) -> set[str]:
    return {node for node, _ in unordered(before) ^ unordered(after)}


# --- asking about some nodes


@pytest.mark.parametrize("faulty", [False, True], ids=["right facts", "wrong facts"])
def test_about_some_nodes_it_says_what_it_says_of_them_in_all(queries, facts, ontology, faulty):
    fate = Fate(facts, ontology.vocabulary.node("rdf:type"), 1)
    for removed, added in (fate.strike() for _ in range(500 if faulty else 0)):
        facts.extend(ox.Quad(*triple) for triple in added)
        for triple in removed:
            facts.remove(ox.Quad(*triple))
    answered = 0
    for query in queries:
        everything = query.ask(facts)
        known = sorted(node for node in everything if node.startswith("<"))
        nodes = {*fate.random.sample(known, min(4, len(known))), str(fate.any().subject)}
        whole, some = {n: rows for n, rows in everything.items() if n in nodes}, query.ask_about(facts, nodes)
        assert unordered(some) == unordered(whole), query.name
        assert some == whole or faulty, query.name  # what is said twice may stand in any order
        answered += bool(everything)
    assert answered > (len(queries) * 0.5 if faulty else 65), "there are answers to be compared"


def test_about_many_nodes_at_once_it_says_the_same(queries, facts):
    for query in queries:
        everything = query.ask(facts)
        if len(everything) > 3:
            nodes = {node for node in everything if node.startswith("<")} | {f"<urn:nothing-{n}>" for n in range(100)}
            nodes.remove(min(nodes & everything.keys()))
            assert query.ask_about(facts, nodes) == {n: rows for n, rows in everything.items() if n in nodes}, (
                query.name
            )
    assert not list(facts.quads_for_pattern(None, queries[0].focus.prefixes.node("sh:focusNode"), None)), (
        "a mark is left"
    )


# --- what a change touches


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_whatever_changes_no_node_with_another_answer_is_missed(queries, facts, ontology, seed):
    fate = Fate(facts, ontology.vocabulary.node("rdf:type"), seed)
    before = {query.name: query.ask(facts) for query in queries}
    changed = blind = 0
    strikes = 8 if seed == 1 else 100
    for _ in range(strikes):
        removed, added = fate.strike()
        told = {query.name: touched(query, facts, removed, added) for query in queries}
        for triple in removed:
            facts.remove(ox.Quad(*triple))
        for query in queries:
            after = query.ask(facts)
            differ, known = differing(before[query.name], after), told[query.name]
            if known is None:
                blind += 1
            else:
                assert differ <= known, (query.name, removed, added)
            changed += len(differ)
            before[query.name] = after
    assert changed > strikes
    assert blind < strikes, "only the count of targets by status rests on the day up to which everything is known"


TRICKY = [
    "?this a ckb:A ; ckb:p ?x . OPTIONAL { ?x ckb:q ?y . OPTIONAL { ?y ckb:r ?z } }",
    "{ ?this ckb:p ?x } UNION { ?x ckb:q ?this } ?x ckb:r ?y",
    "{ ?this ckb:p ?x } UNION { ?x ckb:q ?y } ?x ckb:r ?z",
    "{ ?this ckb:p ?x } UNION { ?this ckb:q ?z } ?x ckb:r ?y",
    "{ { ?x ckb:p ?y } UNION { ?this ckb:q ?x } } ?x ckb:r ?z",
    "?this ckb:p ?x FILTER NOT EXISTS { ?x ckb:q ?y FILTER NOT EXISTS { ?y ckb:r ?this } }",
    "?this ckb:p ?x MINUS { ?x ckb:q ?y . ?y ckb:r ?z }",
    "?this ckb:p ?x FILTER (?x = ckb:n1 || EXISTS { ?x ckb:q ?y })",
    "?this ckb:p ?x . ?y ckb:q ?z",
    "?this ckb:p ?x FILTER EXISTS { ?y ckb:q ckb:n2 }",
    "?this ckb:p ?y { SELECT ?y { ?x ckb:q ?y ; ckb:r ?this } }",
    "?this ckb:p ?x { SELECT ?y { ?x ckb:q ?y } } ?x ckb:r ?y",
    "?this ckb:p ?x { SELECT ?x (COUNT(?y) AS ?n) { ?x ckb:q ?y } GROUP BY ?x }",
    "?this ckb:p ?x { SELECT (COUNT(?x) AS ?n) { ?x ckb:q ?y } }",
    "?this ckb:p ?x { SELECT * { ?x ckb:q ?y } }",
    "?this ckb:p+ ?x . ?x ckb:q ?y",
    "?this ckb:p/ckb:q* ?x . ?x ckb:r ?y",
    "?x a ckb:A ; (^ckb:p/ckb:q)+ ?this",
    "?this a ckb:A ; ckb:p|^ckb:q ?x . ?x ckb:r ?y",
    "?this a ckb:A ; ckb:p? ?x . ?x ckb:q ckb:n3",
    "?this ckb:p ?this",
    "?this ckb:p ckb:n1 ; ?p ?x . ?x ckb:q ?y",
    "?x ckb:p ?y ; ckb:q ?z . OPTIONAL { ?y ckb:r ?k } BIND (?x AS ?this)",
    "VALUES ?x { ckb:n1 ckb:n2 } ?this ckb:p ?x . OPTIONAL { ?x ckb:q ?y } FILTER (!BOUND(?y))",
    "?this a ckb:A . OPTIONAL { ?x ckb:p ?this . { SELECT ?x { ?x ckb:q ?y } } }",
]  # fmt: skip


@pytest.mark.parametrize("body", TRICKY)
def test_a_tricky_query_is_about_its_nodes_and_misses_none(body, ontology):
    chance, node, prefixes = random.Random(body), ontology.prefixes.node, ontology.prefixes
    things, properties = [node(f"ckb:n{n}") for n in range(5)], [node(f"ckb:{name}") for name in "pqr"]
    pairs = [(p, o) for p in properties for o in things] + [(node("rdf:type"), node("ckb:A"))]
    possible = [ox.Triple(s, p, o) for s in things for p, o in pairs]
    focus = Focus(f"SELECT * {{ {body} }}", "?this", prefixes)
    query = Query(body, focus, focus.about)
    for _ in range(60):
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in chance.sample(possible, chance.choice([6, 12, 25])))
        before = query.ask(store)
        nodes = focus.nodes(store)
        assert nodes is None or {rows[0] for rows in unordered(before)} <= nodes
        one = str(chance.choice(things))
        assert unordered(query.ask_about(store, {one})) == {rows for rows in unordered(before) if rows[0] == one}
        removed = [quad.triple for quad in chance.sample(sorted(store, key=str), chance.choice([0, 1, 2]))]
        added = [t for t in chance.sample(possible, chance.choice([0, 1, 2])) if ox.Quad(*t) not in store]
        told = touched(query, store, removed, added)
        for triple in removed:
            store.remove(ox.Quad(*triple))
        assert told is None or differing(before, query.ask(store)) <= told


def test_a_query_that_leaves_out_rows_is_about_no_node(ontology):
    for end in ("ORDER BY ?this LIMIT 1", "OFFSET 2", "limit 3"):
        with pytest.raises(UnknownQuery):
            Focus(f"SELECT ?this {{ ?this ckb:p ?x }} {end}", "?this", ontology.prefixes)


# --- how few


def reached(queries: list[Query], facts: ox.Store, removed: Triples, added: Triples) -> dict[str, set[str]]:
    """The things that a change touches, by query."""
    told = {query.name: touched(query, facts, removed, added) for query in queries}
    assert None not in told.values()
    return {name: things for name, nodes in told.items() if (things := {n for n in nodes or () if n[0] == "<"})}


def said(facts: ox.Store, prefixes: Prefixes, predicate: str) -> ox.Triple:
    """What a certain claim says under a property."""
    claim = prefixes.node("claim:2025-04-10-wire-one-hallo-slow.slow")
    return next(facts.quads_for_pattern(claim, prefixes.node(predicate), None)).triple


def test_other_words_of_a_claim_touch_no_measure_and_no_other_claim(queries, facts, ontology):
    says = said(facts, ontology.prefixes, "ckb:says")
    other = ox.Triple(says.subject, says.predicate, ox.Literal("Otherwise.", language="en"))
    told = reached(queries, facts, [says], [other])
    assert not {each.name for each in rule.read_all(ontology)} & told.keys()
    constraints = {name: things for name, things in told.items() if ":" in name}
    assert {name.partition(":")[0] for name in constraints} == {"claim.says"}
    assert set().union(*constraints.values()) == {str(says.subject)}


def test_another_name_of_a_party_of_which_everybody_speaks_touches_that_party_alone(queries, facts, ontology):
    prefixes = ontology.prefixes
    speakers = Counter(quad.object for quad in facts.quads_for_pattern(None, prefixes.node("ckb:speaker"), None))
    [(party, claims)] = speakers.most_common(1)
    assert claims > 5
    name = ox.Triple(party, prefixes.node("skos:altLabel"), ox.Literal("Other", language="en"))
    assert set().union(*reached(queries, facts, [], [name]).values()) == {str(party)}


def test_a_claim_of_a_country_does_not_touch_the_other_claims_of_the_country(queries, facts, ontology):
    """A path of one step stays one, even if its predicate is written in full."""
    country = said(facts, ontology.prefixes, "ckb:country")
    told = reached(queries, facts, [country], [])
    constraints = [things for name, things in told.items() if ":" in name]
    about = {
        str(quad.object) for quad in facts.quads_for_pattern(country.subject, ontology.prefixes.node("ckb:about"), None)
    }
    assert len(constraints) > 3
    assert set().union(*constraints) <= {str(country.subject), *about}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("SELECT ?this ?n { { SELECT ?this (COUNT(?x) AS ?n) { ?this ckb:p ?x } GROUP BY ?this } }", set()),
        ("SELECT ?this ?n { ?this ckb:p ?x BIND (STRDT(STR(?x), edtf:EDTF) AS ?n) }", set()),
        ("SELECT ?this ?n { ?this ckb:p ?x BIND (IRI(STR(?x)) AS ?n) }", {"?x"}),
        ("SELECT ?this ?n { { SELECT ?this (IRI(MIN(STR(?x))) AS ?n) { ?this ckb:p ?x } GROUP BY ?this } }", {"?x"}),
    ],
)
def test_a_number_or_a_date_made_of_things_shows_none_of_them(ontology, text, sources):
    assert Focus(text, "?this", ontology.prefixes).sources("?n") == sources


def test_a_thing_is_shown_only_where_all_patterns_with_its_variable_hold(ontology):
    prefixes = ontology.prefixes
    store = ox.Store()
    claim, party, type_ = prefixes.node("claim:c"), prefixes.node("id:p"), prefixes.node("rdf:type")
    store.add(ox.Quad(claim, prefixes.node("ckb:speaker"), party))
    store.add(ox.Quad(prefixes.node("source:s"), prefixes.node("ckb:makes"), claim))
    store.add(ox.Quad(party, type_, prefixes.node("ckb:Agent")))
    focus = Focus("SELECT ?page { ?page a ckb:Agent . OPTIONAL { ?any ?part ?page } }", "?page", prefixes)
    assert focus.mentions(store, {str(party)})
    assert not focus.mentions(store, {str(claim)})
