"""The real shapes: every constraint is broken by some graph, and both engines report the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.check.compiler import compile_shapes
from censorkb.check.constraint import Constraint
from censorkb.check.data_graph import DataGraph
from censorkb.check.finding import Finding
from censorkb.check.referee import judge
from censorkb.check.setwise import run
from censorkb.ontology.vocabulary import Term, Triple, Vocabulary

StoreOf = Callable[[Vocabulary, Iterable[Triple]], ox.Store]
Load = Callable[[Vocabulary, str], ox.Store]

COMPONENTS = ["sh:minCount", "sh:maxCount", "sh:class", "sh:datatype", "sh:pattern", "sh:nodeKind", "sh:uniqueLang"]
COMPONENTS += ["sh:minLength", "sh:maxLength", "sh:minInclusive", "sh:lessThanOrEquals", "sh:sparql"]
FILES = sorted(Path(__file__).with_name("data").glob("*.ttl"))


def test_every_shape_is_compiled_or_refused(vocabulary: Vocabulary) -> None:
    iris = {vocabulary.prefixes.iri(name) for name in COMPONENTS}
    asked = sum(predicate.value in iris for _, predicate, _ in vocabulary.shapes)
    assert len(compile_shapes(vocabulary)) == asked > 0


def test_every_constraint_says_what_to_do(vocabulary: Vocabulary) -> None:
    assert [each.rule for each in compile_shapes(vocabulary) if not each.message] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_rule_finds_the_nodes_that_are_named_after_it(vocabulary: Vocabulary, load: Load, file: Path) -> None:
    store = load(vocabulary, file.read_text("utf-8"))
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    names = {vocabulary.prefixes.local(q.subject.value).rpartition("#")[2] or q.subject.value for q in store}
    rules = {each.rule for each in compile_shapes(vocabulary) if each.component == "sparql"}
    for rule in sorted(rule for rule in rules if any(_breaks(name, rule) for name in names)):
        broken = {_name(vocabulary, finding) for finding in found if finding.rule == rule}
        expected = {name for name in names if _breaks(name, rule)}
        assert {name for name in broken if name.startswith(rule)} == expected, rule
        assert not {name for name in broken if name.startswith(f"{rule}-ok")}, rule
    assert found == judge(vocabulary, store)


def test_every_rule_in_sparql_has_a_graph_that_breaks_it_and_one_that_does_not(vocabulary: Vocabulary) -> None:
    text = "\n".join(file.read_text("utf-8") for file in FILES)
    for each in compile_shapes(vocabulary):
        if each.component == "sparql":
            assert any(f"{start}{each.rule}{end}" in text for start in (":", "#") for end in (" a ", "> a ")), each.rule
            assert f"{each.rule}-ok" in text, each.rule


@pytest.mark.slow
def test_every_property_can_be_broken_in_each_way_and_both_engines_see_it(
    vocabulary: Vocabulary, store_of_triples: StoreOf
) -> None:
    constraints = [each for each in compile_shapes(vocabulary) if each.path is not None]
    store = store_of_triples(vocabulary, [triple for each in constraints for triple in _broken(vocabulary, each)])
    found = run(constraints, DataGraph(store, vocabulary.prefixes))
    seen = {(finding.focus, finding.rule, finding.component) for finding in found}
    wanted = {(_focus(vocabulary, each).value, each.rule, each.component) for each in constraints}
    assert wanted - seen == set()
    assert found == [finding for finding in judge(vocabulary, store) if finding.component != "sparql"]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.slow
def test_both_engines_agree_on_graphs_that_are_broken_at_random(
    vocabulary: Vocabulary, load: Load, store_of_triples: StoreOf, seed: int
) -> None:
    chance = random.Random(seed)
    triples = _facts(vocabulary, load, FILES[seed % len(FILES)])
    store = store_of_triples(vocabulary, _shaken(vocabulary, triples, chance))
    found = run(compile_shapes(vocabulary), DataGraph(store, vocabulary.prefixes))
    assert found == judge(vocabulary, store) != []


def test_findings_do_not_depend_on_the_order_of_facts(
    vocabulary: Vocabulary, load: Load, store_of_triples: StoreOf
) -> None:
    triples = _facts(vocabulary, load, FILES[0])
    constraints = compile_shapes(vocabulary)
    backwards = run(constraints[::-1], DataGraph(store_of_triples(vocabulary, triples[::-1]), vocabulary.prefixes))
    assert run(constraints, DataGraph(store_of_triples(vocabulary, triples), vocabulary.prefixes)) == backwards


def _facts(vocabulary: Vocabulary, load: Load, file: Path) -> list[Triple]:
    store, graph = load(vocabulary, file.read_text("utf-8")), vocabulary.node("graph:entities")
    quads = store.quads_for_pattern(None, None, None, graph)
    return sorted(((q.subject, q.predicate, q.object) for q in quads), key=str)  # type: ignore[misc]  # no triple terms


def _name(vocabulary: Vocabulary, finding: Finding) -> str:
    return vocabulary.prefixes.local(finding.focus).rpartition("#")[2]


def _breaks(name: str, rule: str) -> bool:
    return (name == rule or name.startswith(f"{rule}-")) and not name.startswith(f"{rule}-ok")


def _focus(vocabulary: Vocabulary, constraint: Constraint) -> ox.NamedNode:
    return vocabulary.node(f"id:{constraint.rule}.{constraint.component}")


def _broken(vocabulary: Vocabulary, constraint: Constraint) -> Iterator[Triple]:
    """A node of the class that a constraint is about, with values that break it in several ways."""
    assert constraint.path is not None
    focus, text = _focus(vocabulary, constraint), "long " * 70
    for class_ in vocabulary.superclasses(constraint.target):
        yield (focus, vocabulary.node("rdf:type"), class_)
    for value in _bad_values(vocabulary, constraint.component, text):
        yield (focus, constraint.path, value)
    if constraint.component == "less-than-or-equals":
        for name in ("ckb:latestStart", "ckb:latestEnd"):
            yield (focus, vocabulary.node(name), _day(vocabulary, 2025))


def _day(vocabulary: Vocabulary, year: int) -> ox.Literal:
    return ox.Literal(f"{year}-01-01T00:00:00Z", datatype=vocabulary.node("xsd:dateTime"))


def _bad_values(vocabulary: Vocabulary, component: str, text: str) -> list[Term]:
    datatypes = [vocabulary.node(f"xsd:{name}") for name in ("string", "date", "dateTime", "integer", "anyURI")]
    match component:
        case "min-count":
            return []
        case "unique-lang":
            return [ox.Literal("a", language="en"), ox.Literal("b", language="en")]
        case "min-inclusive":
            return [ox.Literal(-1), ox.Literal(0), ox.Literal(1)]
        case "less-than-or-equals":
            return [_day(vocabulary, 2026)]
    literals = [ox.Literal(word, datatype=datatype) for word in ("", "x\n", text) for datatype in datatypes]
    return [vocabulary.node("id:nobody"), ox.Literal("a", language="en"), ox.Literal(5), *literals]


def _shaken(vocabulary: Vocabulary, triples: list[Triple], chance: random.Random) -> Iterator[Triple]:
    """Triples with some left out, some given to another node and some with a value from elsewhere."""
    kind = vocabulary.node("rdf:type")
    rest = [triple for triple in triples if triple[1] != kind]
    yield from (triple for triple in triples if triple[1] == kind)
    for subject, predicate, object_ in rest:
        match chance.randrange(10):
            case 0:
                continue
            case 1:
                yield (chance.choice(rest)[0], predicate, object_)
            case 2:
                yield (subject, chance.choice(rest)[1], object_)
            case 3:
                yield (subject, predicate, chance.choice(rest)[2])
        yield (subject, predicate, object_)
