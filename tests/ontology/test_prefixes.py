"""Short names: set once, and the same in every file."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.ontology.prefixes import Prefixes

FOLDER = Path(__file__).parents[2] / "ontology"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.ttl") if path.name != "prefixes.ttl")


def test_a_short_name_is_written_in_full_and_back(ontology):
    prefixes = ontology.prefixes
    assert prefixes.iri("ckb:Claim") == f"{prefixes.base}ns#Claim"
    assert prefixes.curie(prefixes.iri("ckb:Claim")) == "ckb:Claim"
    assert prefixes.curie(prefixes.iri("action:block")) == "action:block"
    assert prefixes.local(prefixes.iri("id:ru-whatsapp-block")) == "ru-whatsapp-block"


def test_the_longest_namespace_wins():
    prefixes = Prefixes("https://example.org/", {"a": "https://example.org/", "b": "https://example.org/b/"})
    assert prefixes.curie("https://example.org/b/c") == "b:c"
    assert prefixes.curie("https://example.org/c") == "a:c"


def test_a_name_outside_all_namespaces_stays_as_it_is(ontology):
    assert ontology.prefixes.curie("mailto:a") == "mailto:a"
    assert ontology.prefixes.local("mailto:a") == "mailto:a"


def test_an_unknown_prefix_is_a_fault_of_the_program(ontology):
    with pytest.raises(KeyError):
        ontology.prefixes.node("nobody:x")


def test_prefixes_without_a_base_are_refused(tmp_path):
    (tmp_path / "prefixes.ttl").write_text("@prefix a: <https://example.org/> .")
    with pytest.raises(ValueError, match="@base"):
        Prefixes.read(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_declares_the_prefixes_that_it_uses_and_as_they_are_set(ontology, name):
    prefixes = ontology.prefixes
    content = (FOLDER / name).read_bytes()
    parser = ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=prefixes.base)
    assert list(parser)
    for prefix, namespace in parser.prefixes.items():
        # Alignments name the vocabularies of others, which nothing else may use.
        assert prefixes.names.get(prefix, namespace if name == "alignments.ttl" else "") == namespace, prefix
        body = re.sub(r"^@prefix.*$", "", content.decode(), flags=re.MULTILINE)
        assert re.search(rf"(?<![\w-]){prefix}:", body), f"{prefix}: is declared and not used"


@pytest.mark.parametrize("name", FILES)
def test_no_file_but_that_of_the_prefixes_knows_the_base(ontology, name):
    assert ontology.prefixes.base not in (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("path", sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*.rq")))
def test_a_query_declares_no_prefix_and_uses_declared_ones_only(ontology, path):
    text = re.sub(r'"[^"]*"|<[^>]*>|^\s*#.*$', "", (FOLDER / path).read_text("utf-8"), flags=re.MULTILINE)
    assert "PREFIX" not in text.upper().split()
    used = set(re.findall(r"(?<![\w?$:-])([A-Za-z][\w-]*):(?=[A-Za-z])", text))
    assert used
    assert used <= set(ontology.prefixes.names)


def test_shacl_is_told_every_prefix(ontology):
    vocabulary = ontology.vocabulary
    declared = {
        vocabulary.text(node, "sh:prefix"): vocabulary.text(node, "sh:namespace")
        for node in vocabulary.values(vocabulary.node("ckb:prefixes"), "sh:declare")
    }
    assert declared == ontology.prefixes.names
