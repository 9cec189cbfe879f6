"""Every term is named in three languages, defined, shown by an example, and used."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.facts.node import Mapping
from censorkb.facts.reader import Reader
from censorkb.graph.forms import WAYS
from censorkb.graph.mapper import Mapper
from censorkb.graph.scope import Scope
from censorkb.ontology.form import shape_name
from censorkb.ontology.ontology import Ontology

PROJECT = Path(__file__).parents[2]
ONTOLOGY = Ontology(PROJECT / "ontology")
VOCABULARY = ONTOLOGY.vocabulary
KINDS = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")


def curie(node: ox.NamedNode) -> str:
    return ONTOLOGY.prefixes.curie(node.value)


def declared(*kinds: str) -> list[str]:
    return sorted({curie(node) for kind in kinds for node in VOCABULARY.instances(kind)})


TERMS, CONCEPTS, SCHEMES = declared(*KINDS), declared("skos:Concept"), declared("skos:ConceptScheme")
SHAPES = declared("sh:NodeShape")
FIELDS = [(form, key) for form in sorted(ONTOLOGY.forms.by_name) for key in ONTOLOGY.forms.by_name[form].fields]


def languages(term: str, property_: str) -> list[str]:
    return sorted(o.language or "" for o in VOCABULARY.values(VOCABULARY.node(term), property_) if o.value.strip())


def test_there_are_terms_to_look_at():
    assert len(TERMS) > 100
    assert len(CONCEPTS) > 100
    assert len(SHAPES) > 20


@pytest.mark.parametrize("term", TERMS)
def test_a_class_or_property_has_a_name_in_three_languages_a_definition_and_an_example(term):
    node = VOCABULARY.node(term)
    assert term.startswith("ckb:"), "terms of others are used, not declared"
    assert languages(term, "rdfs:label") == ["en", "fr", "ru"]
    assert VOCABULARY.text(node, "skos:definition").endswith(".")
    assert VOCABULARY.text(node, "skos:example")


@pytest.mark.parametrize("form", declared("ckb:Form"))
def test_a_form_has_a_name_a_definition_and_an_example(form):
    node = VOCABULARY.node(form)
    assert "en" in languages(form, "rdfs:label")
    assert VOCABULARY.text(node, "skos:definition")
    assert VOCABULARY.text(node, "skos:example")


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_concept_has_a_name_in_three_languages_a_definition_a_word_and_a_scheme(concept):
    node = VOCABULARY.node(concept)
    assert languages(concept, "skos:prefLabel") == ["en", "fr", "ru"]
    assert VOCABULARY.text(node, "skos:definition").endswith(".")
    assert [o.value for o in VOCABULARY.values(node, "skos:notation")] == [concept.partition(":")[2]]
    [scheme] = VOCABULARY.values(node, "skos:inScheme")
    assert curie(scheme) in SCHEMES
    classes = {curie(o) for o in VOCABULARY.values(node, "rdf:type")} - {"skos:Concept"}
    assert len(classes) == 1, "the class says under which keys its word may stand"
    assert classes <= set(TERMS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_has_a_name_in_three_languages_a_definition_and_a_file_of_its_own(scheme):
    assert languages(scheme, "skos:prefLabel") == ["en", "fr", "ru"]
    assert VOCABULARY.text(VOCABULARY.node(scheme), "skos:definition").endswith(".")
    assert (PROJECT / f"ontology/schemes/{scheme.partition(':')[2]}.ttl").is_file()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_no_two_concepts_of_a_scheme_have_the_same_name(language):
    seen: dict[tuple[str, str], str] = {}
    for concept in CONCEPTS:
        node = VOCABULARY.node(concept)
        key = (curie(VOCABULARY.value(node, "skos:inScheme")), VOCABULARY.text(node, "skos:prefLabel", language))
        assert key not in seen, f"{concept} and {seen[key]} have the same name"
        seen[key] = concept


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_names_only_terms_that_exist(shape):
    known = set(TERMS) | set(CONCEPTS)
    node = VOCABULARY.node(shape)
    named = {curie(o) for o in VOCABULARY.values(node, "sh:targetClass")}
    for property_shape in VOCABULARY.values(node, "sh:property"):
        for property_ in ("sh:path", "sh:class", "sh:defaultValue", "sh:lessThanOrEquals"):
            named |= {curie(o) for o in VOCABULARY.values(property_shape, property_) if isinstance(o, ox.NamedNode)}
        entries = [curie(o) for o in VOCABULARY.values(property_shape, "ckb:entries")]
        assert set(entries) <= set(SHAPES)
    assert {curie(o) for o in VOCABULARY.values(node, "ckb:inherits")} <= set(SHAPES)
    assert not {name for name in named - known if name.partition(":")[0] not in ("skos", "dcterms", "xsd", "rdf")}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_part_of_a_shape_says_in_words_what_is_wrong(shape):
    for part in ("sh:property", "sh:sparql"):
        for node in VOCABULARY.values(VOCABULARY.node(shape), part):
            assert VOCABULARY.text(node, "sh:message"), f"{shape} {node}"


@pytest.mark.parametrize(("form", "key"), FIELDS)
def test_a_key_has_a_name_a_description_and_an_example_that_is_valid(form, key):
    field = ONTOLOGY.forms.by_name[form].fields[key]
    assert field.name
    assert field.description
    assert field.example
    reader = Reader("example.yaml")
    node = reader.read(f"{key}: {field.example}")
    assert isinstance(node, Mapping), reader.problems
    mapper = Mapper(ONTOLOGY)
    scope = Scope(graph=mapper.names("graph:x"), source=mapper.names("source:x"), source_id="x", language="en")
    scope.copies = {name: (mapper.names(f"source:x#copy-{name}"), "en") for name in ("page", "article")}
    WAYS[field.form](mapper, scope, mapper.names("id:x"), field, node.entries[key][1])
    assert [problem.message for problem in mapper.problems] == []
    for pattern in _patterns(form, key):
        for value in _texts(node.entries[key][1]):
            assert re.search(pattern, value), f"{value} is not like {pattern}"


def _patterns(form: str, key: str) -> list[str]:
    shapes = [VOCABULARY.node(shape) for shape in SHAPES if shape_name(VOCABULARY, VOCABULARY.node(shape)) == form]
    properties = [node for shape in shapes for node in VOCABULARY.values(shape, "sh:property")]
    mine = [
        node
        for node in properties
        if VOCABULARY.text(node, "ckb:key") == key and VOCABULARY.text(node, "ckb:form") == ""
    ]
    literal = VOCABULARY.node("ckb:literal")
    return [
        VOCABULARY.text(node, "sh:pattern")
        for node in mine
        if VOCABULARY.value(node, "ckb:form") == literal and VOCABULARY.text(node, "sh:pattern")
    ]


def _texts(node: object) -> list[str]:
    return [item.text for item in getattr(node, "items", [node])]


def test_every_form_that_shapes_name_has_a_way_and_every_way_is_named():
    used = {curie(o).partition(":")[2] for s, p, o in VOCABULARY.shapes if curie(p) == "ckb:form"}
    assert used == set(WAYS) == {form.partition(":")[2] for form in declared("ckb:Form")}


def test_every_key_is_a_word():
    assert not {key for _, key in FIELDS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)}


def written() -> str:
    """All text in which a term may be used by its short name."""
    files = [
        p for folder in ("rules", "questions", "shapes") for p in sorted((PROJECT / "ontology" / folder).iterdir())
    ]
    files += [
        p
        for room in ("src", "site_templates", "tests")
        for p in sorted((PROJECT / room).rglob("*"))
        if p.suffix in (".py", ".rq", ".toml", ".html", ".xml", ".ttl", ".j2")
    ]
    return "\n".join(path.read_text("utf-8") for path in files if path.is_file() and path != Path(__file__))


@pytest.fixture(scope="module")
def used(real, toy) -> set[str]:
    """Terms in the statements and conclusions of both knowledge bases, and in text."""
    names = set(re.findall(r"(?<![\w-])[a-z]+:[\w-]+", written()))
    ontology = ONTOLOGY.prefixes.node("graph:ontology")
    for loaded in (real, toy):
        for quad in loaded.store:
            if quad.graph_name != ontology:
                names |= {curie(term) for term in (quad.predicate, quad.object) if isinstance(term, ox.NamedNode)}
    templates = "".join(path.read_text("utf-8") for path in (PROJECT / "site_templates").rglob("*.html"))
    for concept in CONCEPTS:
        [class_] = {curie(o) for o in VOCABULARY.values(VOCABULARY.node(concept), "rdf:type")} - {"skos:Concept"}
        if concept in names:
            names.add(class_)  # a class of concepts is used if one of them is
        elif class_ == "ckb:Weekday" or f"'{concept.partition(':')[2]}'" in templates:
            names.add(concept)  # the program asks for all days of the week; a template asks for a word
    return names


# What is there for readers only, and why.
FOR_READERS = {"ckb:rfc9505": "leads from a technique to its description"}


def test_no_term_is_without_use(used):
    assert not sorted({*TERMS, *CONCEPTS} - used - set(FOR_READERS))
    assert not set(FOR_READERS) & used, "an exception that is none any more"


def test_every_key_is_used_in_a_fact_or_a_fact_of_the_toy(real, toy):
    """A key that no fact uses is a key that nobody has tried."""
    predicates = {quad.predicate for loaded in (real, toy) for quad in loaded.store}
    fields = {(form, key): ONTOLOGY.forms.by_name[form].fields[key].path for form, key in FIELDS}
    assert not sorted(f"{form}: {key}" for (form, key), path in fields.items() if path not in predicates)
