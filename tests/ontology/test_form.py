"""Forms: what a contributor may write is read from the shapes, from a few lines of Turtle as from the real ones."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from censorkb.ontology.form import kebab

TERMS = """
ckb:Thing a owl:Class . ckb:Red a owl:Class ; rdfs:subClassOf ckb:Thing . ckb:Blue a owl:Class ; rdfs:subClassOf ckb:Thing .
ckb:Colour a owl:Class ; rdfs:subClassOf skos:Concept .
colour:dark-red a skos:Concept , ckb:Colour ; skos:notation "dark-red" ; skos:prefLabel "dark red"@en , "тёмно-красный"@ru ; skos:altLabel "maroon"@en .
"""
SHAPES = """
ckb:ThingShape a sh:NodeShape ; sh:targetClass ckb:Thing ; ckb:folder "things" ; ckb:typeKey "type" ;
  sh:property [ sh:path ckb:size ; ckb:key "size" ; ckb:form ckb:literal ; sh:order 2 ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxCount 1 ;
      sh:name "size" ; sh:description "How big." ; skos:example "3" ; sh:message "needs a 'size'" ] ;
  sh:property [ sh:path ckb:name ; ckb:key "name" ; ckb:form ckb:langText ; sh:order 1 ; sh:minCount 1 ] ;
  sh:property [ sh:path ckb:mood ; ckb:key "mood" ; ckb:form ckb:literal ; sh:order 3 ; sh:minCount 1 ; sh:defaultValue "calm" ] ;
  sh:property [ sh:path ckb:owner ; ckb:key "owner" ; ckb:form ckb:entityRef ; sh:order 4 ; sh:class ckb:Thing ; sh:minCount 1 ; ckb:filledIn true ] ;
  sh:property [ sh:path ckb:part ; ckb:key "parts" ; ckb:form ckb:nestedMap ; ckb:entries ckb:DarkPartShape ] ;
  sh:property [ sh:path ckb:computed ; sh:maxCount 1 ] .
ckb:RedShape a sh:NodeShape ; sh:targetClass ckb:Red ; ckb:typeValue "red" ; ckb:inherits ckb:ThingShape ;
  sh:property [ sh:path ckb:heat ; ckb:key "heat" ; ckb:form ckb:literal ; sh:order 1 ] ;
  sh:property [ sh:path ckb:size ; ckb:key "size" ; ckb:form ckb:literal ; sh:order 9 ; sh:datatype xsd:string ] .
ckb:BlueShape a sh:NodeShape ; sh:targetClass ckb:Blue ; ckb:typeValue "blue" ; ckb:inherits ckb:ThingShape .
ckb:DarkPartShape a sh:NodeShape ; sh:targetClass ckb:Colour ; ckb:scalarKey "tone" ; ckb:several true .
ckb:ThingWarningShape a sh:NodeShape ; sh:targetClass ckb:Thing ; sh:severity sh:Warning .
"""


@pytest.fixture
def forms(make):
    return make(TERMS, SHAPES).forms


def test_a_form_is_named_after_its_shape_and_found_by_its_folder(forms):
    assert set(forms.by_name) == {"thing", "red", "blue", "dark-part"}
    assert forms.by_folder == {"things": forms.by_name["thing"]}


def test_keys_come_in_the_order_in_which_they_are_best_written(forms):
    assert list(forms.by_name["thing"].fields) == ["name", "size", "mood", "owner", "parts"]


def test_a_property_without_a_key_is_no_key(forms):
    assert "computed" not in {field.path.value.rpartition("#")[2] for field in forms.by_name["thing"].fields.values()}


def test_a_key_carries_what_its_shape_says(forms):
    size = forms.by_name["thing"].fields["size"]
    assert (size.form, size.order, size.name, size.description, size.example, size.message) == (
        "literal",
        2,
        "size",
        "How big.",
        "3",
        "needs a 'size'",
    )
    assert (size.required, size.default, size.class_, size.entries) == (True, None, None, "")
    assert size.datatype == ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def test_a_key_with_a_default_or_filled_in_need_not_be_written(forms):
    fields = forms.by_name["thing"].fields
    assert fields["mood"].default == ox.Literal("calm")
    assert [key for key, field in fields.items() if field.required] == ["name", "size"]


def test_a_type_takes_the_keys_of_the_shape_above_and_may_replace_them(forms):
    red = forms.by_name["thing"].types["red"]
    assert set(red.fields) == {"name", "size", "mood", "owner", "parts", "heat"}
    assert red.fields["size"].datatype == ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
    assert set(forms.by_name["thing"].types) == {"red", "blue"}


def test_nested_mappings_name_the_form_of_their_entries(forms):
    assert forms.by_name["thing"].fields["parts"].entries == "dark-part"
    assert forms.by_name["dark-part"].scalar_key == "tone"
    assert forms.by_name["dark-part"].several


def test_shapes_of_lesser_weight_are_no_forms(forms):
    assert "thing-warning" not in forms.by_name


@pytest.mark.parametrize(("camel", "word"), [("MeasureClaim", "measure-claim"), ("Law", "law"), ("", ""), ("A", "a")])
def test_a_name_in_capitals_becomes_words(camel, word):
    assert kebab(camel) == word


def test_a_class_and_all_above_it_are_found_nearest_first(make):
    ontology = make(
        "ckb:A a owl:Class . ckb:B a owl:Class ; rdfs:subClassOf ckb:A , skos:Concept . ckb:C a owl:Class ; rdfs:subClassOf ckb:B ."
    )
    node = ontology.vocabulary.node
    assert ontology.vocabulary.superclasses(node("ckb:C")) == (node("ckb:C"), node("ckb:B"), node("ckb:A"))
    assert ontology.vocabulary.superclasses(node("ckb:unknown")) == ()


def test_classes_in_a_circle_end(make):
    ontology = make("ckb:A a owl:Class ; rdfs:subClassOf ckb:B . ckb:B a owl:Class ; rdfs:subClassOf ckb:A .")
    node = ontology.vocabulary.node
    assert set(ontology.vocabulary.superclasses(node("ckb:A"))) == {node("ckb:A"), node("ckb:B")}


def test_a_word_leads_to_its_concept_and_its_names(make):
    ontology = make(TERMS, SHAPES)
    node = ontology.vocabulary.node
    assert ontology.words.of(node("ckb:Colour")) == {"dark-red": node("colour:dark-red")}
    assert ontology.words.labels(node("colour:dark-red")) == ["dark red", "тёмно-красный", "maroon"]
    assert ontology.words.of(node("ckb:Thing")) == {}


def test_look_ups_in_the_vocabulary(make):
    vocabulary = make(TERMS + "ckb:list rdf:value ( 1 2 3 ) .", SHAPES).vocabulary
    dark = vocabulary.node("colour:dark-red")
    assert vocabulary.text(dark, "skos:prefLabel", "ru") == "тёмно-красный"
    assert vocabulary.text(dark, "skos:prefLabel", "fr") == ""
    assert vocabulary.value(dark, "skos:definition") is None
    assert vocabulary.subjects("skos:notation", ox.Literal("dark-red")) == [dark]
    head = vocabulary.value(vocabulary.node("ckb:list"), "rdf:value")
    assert [item.value for item in vocabulary.items(head)] == ["1", "2", "3"]


def test_blank_nodes_of_two_files_do_not_meet(make, tmp_path):
    from censorkb.ontology.vocabulary import Vocabulary

    folder = make("_:a rdfs:label 'one' .").folder
    (folder / "schemes").mkdir()
    (folder / "schemes/x.ttl").write_text("_:a <http://www.w3.org/2000/01/rdf-schema#label> 'two' .")
    subjects = {subject for subject, _, _ in Vocabulary(folder).terms}
    assert len(subjects) == 2
