"""Portraits: all that the files say of one thing, by key and in words, so that two states can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

import pyoxigraph as ox

from censorkb.graph.knowledge import whole
from censorkb.ontology.form import Field, Form
from censorkb.ontology.ontology import Ontology

Path = tuple[str, ...]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
About = dict[str, dict[str, list[Term]]]  # what is said of each thing or part, by property


@dataclass(slots=True)
class Portrait:
    """One thing in one state of the files.

    Args:
        node: the thing.
        form: its keys; None if the files say nothing of it.
        kind: what it is called in words, such as `claim` or `newspaper`.
        values: what each key says, as terms with their words; nested keys follow those that they are in.
        terms: the same as terms, by property.
        keys: the keys of each path, from which its name is made.
    """

    node: str
    form: Form | None = None
    kind: str = ""
    values: dict[Path, dict[str, str]] = field(default_factory=dict)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    keys: dict[Path, Field] = field(default_factory=dict)

    def word(self, property_: str) -> str:
        """The first value of a property (an IRI) as plain text; empty if there is none."""
        found = self.terms.get(property_, [])
        return next((t.value for t in found if isinstance(t, ox.NamedNode | ox.Literal)), "")


class Painter:
    """Draws portraits from statements.

    Args:
        ontology: forms and words.
        store: where names of other things are looked up.
        language: that in which things are named, where they have a name in it.
    """

    def __init__(self, ontology: Ontology, store: ox.Store, language: str = "en") -> None:
        self._ontology, self.store, self._spoken = ontology, store, language
        self._forms = {form.class_: form for form in ontology.forms.by_name.values()}
        self._type = ontology.vocabulary.node("rdf:type")

    def portrait(self, node: str, statements: Iterable[ox.Triple]) -> Portrait:
        """The portrait of a thing.

        Args:
            node: its IRI.
            statements: what is said of it and of its parts.
        """
        about: About = {}
        for triple in sorted(statements, key=str):
            if isinstance(triple.subject, ox.NamedNode):
                about.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
        made = Portrait(node, terms=about.get(node, {}))
        made.form = self._form(made.terms)
        if made.form:
            made.kind = self.label(made.form.class_)
            self._fill(made, about, node, made.form, ())
        return made

    def label(self, term: Term) -> str:
        """A thing or word by its name in the language, else in English, else by any name, else by its id; a text as it stands; a date by its day."""
        if isinstance(term, ox.Literal):
            day = self._ontology.vocabulary.node("xsd:dateTime")
            return term.value.partition("T")[0] if term.datatype == day else term.value
        if not isinstance(term, ox.NamedNode):
            return str(term)
        for property_ in ("skos:prefLabel", "rdfs:label", "dcterms:title", "ckb:says"):
            named = self.store.quads_for_pattern(term, self._ontology.vocabulary.node(property_), None)
            found = [quad.object for quad in named if isinstance(quad.object, ox.Literal)]
            if found:
                return min(found, key=self.preference).value
        return self._ontology.prefixes.local(term.value)

    def preference(self, text: ox.Literal) -> tuple[bool, bool, str, str]:
        """The order in which texts of several languages are taken: the language, English, and the others by their code."""
        return text.language != self._spoken, text.language != "en", text.language or "", text.value

    def _form(self, terms: dict[str, list[Term]]) -> Form | None:
        """The form of the nearest class that has one."""
        above = self._ontology.vocabulary.superclasses
        classes = filter(_is_node, terms.get(self._type.value, []))
        forms = [self._forms[class_] for class_ in classes if class_ in self._forms]
        return max(forms, key=lambda form: (len(above(form.class_)), form.name), default=None)

    def _fill(self, made: Portrait, about: About, node: str, form: Form, path: Path) -> None:
        for key in form.fields.values():
            for term in about.get(node, {}).get(key.path.value, ()):
                if not key.entries:
                    self._note(made, (*path, key.key, *self._language(term, key)), key, term)
                elif isinstance(term, ox.NamedNode) and "#" in term.value and term.value in about:
                    self._enter(made, about, (node, term.value), key, path)

    def _enter(self, made: Portrait, about: About, way: tuple[str, str], key: Field, path: Path) -> None:
        """Go from a node into a part; one without keys of its own is words in another part, as a quote is in a copy."""
        node, part = way
        inner = self._ontology.forms.by_name[key.entries]
        if inner.fields:
            self._fill(made, about, part, inner, (*path, *self._name(about[part], part.removeprefix(node)[1:], key)))
            return
        copy = self._ontology.vocabulary.node("ckb:inCopy").value
        names = [term.value.rpartition("#copy-")[2] for term in about[part].get(copy, []) if _is_node(term)]
        for term in (term for terms in about[part].values() for term in terms):
            if isinstance(term, ox.Literal):
                self._note(made, (*path, key.key, *names), key, term)

    def _name(self, terms: dict[str, list[Term]], fragment: str, key: Field) -> Path:
        """The names by which a part is found: its key, and the role of a date or the key of a copy."""
        role = self._ontology.vocabulary.node("ckb:role").value
        words = [self._ontology.vocabulary.text(t, "skos:notation") for t in terms.get(role, []) if _is_node(t)]
        return (key.key, *words) if words or key.key == fragment else (key.key, fragment.partition("-")[2])

    @staticmethod
    def _language(term: Term, key: Field) -> Path:
        """The key of a translation; English stands without."""
        language = term.language if isinstance(term, ox.Literal) and key.form == "langText" else None
        return (language,) if language and language != "en" else ()

    def _note(self, made: Portrait, path: Path, key: Field, term: Term) -> None:
        made.values.setdefault(path, {})[str(term)] = self.label(term)
        made.keys[path] = key


def statements_of(store: ox.Store, node: str) -> Iterator[ox.Triple]:
    """What a store says of a thing and of its parts.

    Args:
        store: facts.
        node: IRI of the thing.
    """
    queue, seen = [ox.NamedNode(node)], {node}
    while queue:
        for quad in store.quads_for_pattern(queue.pop(), None, None, None):
            yield quad.triple
            part = quad.object
            if isinstance(part, ox.NamedNode) and part.value not in seen and part.value.startswith(f"{node}#"):
                seen.add(part.value)
                queue.append(part)


def owner(term: Term) -> str:
    """The IRI of the thing that a term is, or is a part of."""
    return whole(str(term))[1:-1]


def _is_node(term: Term) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)
