"""The reference of the ontology: every key, word and term in a row, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from censorkb.ontology.form import Form
from censorkb.ontology.ontology import Ontology
from censorkb.ontology.vocabulary import Node

START, END = "<!-- terms: written by `censorkb terms --write` -->", "<!-- end of terms -->"


def reference(ontology: Ontology) -> str:
    """Write the reference of all forms, schemes, classes and properties."""
    return "\n".join([*_forms(ontology), *_schemes(ontology), *_terms(ontology)]) + "\n"


def renew(text: str, ontology: Ontology) -> str:
    """Put the reference between the markers of a text.

    Raises:
        ValueError: a marker is missing.
    """
    before, found, rest = text.partition(START)
    _, found_end, after = rest.partition(END)
    if not found or not found_end:
        raise ValueError("the markers of the reference are missing")
    return f"{before}{START}\n{reference(ontology)}{END}{after}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _forms(ontology: Ontology) -> Iterator[str]:
    yield "## Keys\n"
    for form in ontology.forms.by_name.values():
        if form.fields and (not form.types or form.folder):
            yield f"### {form.name}\n"
            yield from _form(ontology, form)
            yield ""


def _form(ontology: Ontology, form: Form) -> Iterator[str]:
    if form.folder:
        yield f"Files in `facts/{form.folder}/`.\n"
    if form.types:
        yield f"`{form.type_key}` is one of {', '.join(f'`{name}`' for name in form.types)}.\n"
        return
    yield _row("key", "what to write", "example", "must")
    yield _row("---", "---", "---", "---")
    for field in form.fields.values():
        words = (
            f" Words: see {ontology.prefixes.local(field.class_.value)}."
            if field.form == "concept" and field.class_
            else ""
        )
        yield _row(f"`{field.key}`", field.description + words, f"`{field.example}`", "yes" if field.required else "")


def _schemes(ontology: Ontology) -> Iterator[str]:
    v = ontology.vocabulary
    yield "## Words\n"
    for scheme in sorted(v.instances("skos:ConceptScheme"), key=str):
        concepts = [c for c in v.subjects("skos:inScheme", scheme) if isinstance(c, ox.NamedNode)]
        classes = [t for t in v.values(concepts[0], "rdf:type") if t != v.node("skos:Concept")]
        names = ", ".join(ontology.prefixes.local(c.value) for c in classes)
        yield f"### {names}: {v.text(scheme, 'skos:prefLabel')}\n"
        yield _row("word", "label", "meaning")
        yield _row("---", "---", "---")
        for concept in concepts:
            yield _row(
                f"`{v.text(concept, 'skos:notation')}`",
                v.text(concept, "skos:prefLabel"),
                v.text(concept, "skos:definition"),
            )
        yield ""


def _terms(ontology: Ontology) -> Iterator[str]:
    for heading, kinds in (("Classes", ("owl:Class",)), ("Properties", ("owl:ObjectProperty", "owl:DatatypeProperty"))):
        yield f"## {heading}\n"
        yield _row("term", "label", "definition", "example")
        yield _row("---", "---", "---", "---")
        nodes = {node for kind in kinds for node in ontology.vocabulary.instances(kind)}
        for node in sorted(nodes, key=str):
            yield _term(ontology, node)
        yield ""


def _term(ontology: Ontology, node: Node) -> str:
    v = ontology.vocabulary
    example = v.text(node, "skos:example")
    return _row(
        f"`{ontology.prefixes.curie(node.value)}`",
        v.text(node, "rdfs:label"),
        v.text(node, "skos:definition"),
        f"`{example}`" if example else "",
    )
