"""The reference of the ontology: every key, word and term in a row, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.ontology.form import Form
from censorkb.ontology.ontology import Ontology
from censorkb.ontology.vocabulary import Node
from censorkb.problem import Phrase, Translate, phrase, verbatim

START, END = "<!-- terms: written by `censorkb terms --write` -->", "<!-- end of terms -->"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language; definitions of terms are in English in all of them.

    Args:
        name: its code, which labels of the ontology have.
        say: gives its words for English ones.
    """

    name: str = "en"
    say: Translate = str

    def words(self, name: str, **gaps: str | Phrase) -> str:
        """Words of the catalogue."""
        return phrase(f"terms-{name}", **gaps).said(self.say)

    def row(self, *names: str) -> str:
        """The head of a table."""
        return _row(*(self.words(name) for name in names)) + "\n" + _row(*("---" for _ in names))


def reference(ontology: Ontology, tongue: Tongue | None = None) -> str:
    """Write the reference of all forms, schemes, classes and properties; in English if no language is given."""
    tongue = tongue or Tongue()
    return "\n".join([*_forms(ontology, tongue), *_schemes(ontology, tongue), *_terms(ontology, tongue)]) + "\n"


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


def _forms(ontology: Ontology, tongue: Tongue) -> Iterator[str]:
    yield f"## {tongue.words('keys')}\n"
    for form in ontology.forms.by_name.values():
        if form.fields and (not form.types or form.folder):
            yield f"### {form.name}\n"
            yield from _form(ontology, form, tongue)
            yield ""


def _form(ontology: Ontology, form: Form, tongue: Tongue) -> Iterator[str]:
    if form.folder:
        yield tongue.words("files", path=verbatim(f"facts/{form.folder}/")) + "\n"
    if form.types:
        types = ", ".join(f"`{name}`" for name in form.types)
        yield tongue.words("one-of", key=form.type_key, known=types) + "\n"
        return
    yield tongue.row("key", "what-to-write", "example", "must")
    for field in form.fields.values():
        about = tongue.say(field.description)
        if field.form == "concept" and field.class_:
            about = tongue.words("see", text=verbatim(about), word=ontology.prefixes.local(field.class_.value))
        yield _row(f"`{field.key}`", about, f"`{field.example}`", tongue.words("yes") if field.required else "")


def _schemes(ontology: Ontology, tongue: Tongue) -> Iterator[str]:
    v = ontology.vocabulary
    yield f"## {tongue.words('words')}\n"
    for scheme in sorted(v.instances("skos:ConceptScheme"), key=str):
        concepts = [c for c in v.subjects("skos:inScheme", scheme) if isinstance(c, ox.NamedNode)]
        classes = [t for t in v.values(concepts[0], "rdf:type") if t != v.node("skos:Concept")]
        names = ", ".join(ontology.prefixes.local(c.value) for c in classes)
        yield f"### {names}: {v.text(scheme, 'skos:prefLabel', tongue.name)}\n"
        yield tongue.row("word", "label", "meaning")
        for concept in concepts:
            yield _row(
                f"`{v.text(concept, 'skos:notation')}`",
                v.text(concept, "skos:prefLabel", tongue.name),
                v.text(concept, "skos:definition", tongue.name) or v.text(concept, "skos:definition"),
            )
        yield ""


def _terms(ontology: Ontology, tongue: Tongue) -> Iterator[str]:
    for heading, kinds in (("classes", ("owl:Class",)), ("properties", ("owl:ObjectProperty", "owl:DatatypeProperty"))):
        yield f"## {tongue.words(heading)}\n"
        yield tongue.row("term", "label", "definition", "example")
        nodes = {node for kind in kinds for node in ontology.vocabulary.instances(kind)}
        for node in sorted(nodes, key=str):
            yield _term(ontology, node, tongue)
        yield ""


def _term(ontology: Ontology, node: Node, tongue: Tongue) -> str:
    v = ontology.vocabulary
    example = v.text(node, "skos:example")
    return _row(
        f"`{ontology.prefixes.curie(node.value)}`",
        v.text(node, "rdfs:label", tongue.name),
        v.text(node, "skos:definition"),
        f"`{example}`" if example else "",
    )
