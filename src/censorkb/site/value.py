"""Values: terms of RDF as templates show them, in one language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Value

Names = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A node: an entity, a claim, a concept, a part of something. There is one object for each in a language.

    Args:
        iri: its name on the web, unique.
        id: its short name, as contributors write it.
        label: its name for people.
        language: language of the label; empty if the label is the id.
        page: address of its page from the folder of the language; empty if it has none.
    """

    iri: str
    id: str
    label: str
    language: str
    page: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language of its own.

    Args:
        text: the words.
        language: their language tag.
    """

    text: str
    language: str

    def __str__(self) -> str:
        """The words."""
        return self.text


@dataclass(frozen=True, slots=True)
class DateText:
    """A date in EDTF.

    Args:
        text: the date as the graph holds it.
    """

    text: str


Shown = Thing | Text | DateText | dt.date | int | bool | str | None


def names_of(rows: list[tuple[Value, ...]]) -> Names:
    """Collect names by thing and language; of two in one language the first in code-point order counts."""
    names: Names = {}
    for thing, label in rows:
        if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal):
            known = names.setdefault(thing.value, {})
            tag = label.language or ""
            known[tag] = min(label.value, known.get(tag, label.value))
    return names


class Shower(dict[Value, Shown]):
    """The value of each term, made when it is first asked for; None of an unbound variable.

    Args:
        ontology: its prefixes and datatypes.
        names: names of things by language.
        pages: addresses of pages by thing.
        languages: language of the reader, then those that serve if it is missing.
    """

    def __init__(self, ontology: Ontology, names: Names, pages: dict[str, str], languages: tuple[str, ...]) -> None:
        super().__init__({None: None})
        self._prefixes = ontology.prefixes
        self._names, self._pages, self._languages = names, pages, languages
        node = ontology.vocabulary.node
        self._literals: dict[str, Callable[[str], Shown]] = {
            node("edtf:EDTF").value: DateText,
            node("xsd:integer").value: int,
            node("xsd:boolean").value: lambda text: text in ("true", "1"),
            node("xsd:dateTime").value: lambda text: dt.date.fromisoformat(text[:10]),
            node("xsd:date").value: lambda text: dt.date.fromisoformat(text[:10]),
        }

    def __missing__(self, term: Value) -> Shown:
        made = self[term] = self._made(term)
        return made

    def _made(self, term: Value) -> Shown:
        assert term is not None
        if isinstance(term, ox.Literal):
            if term.language:
                return Text(term.value, term.language)
            return self._literals.get(term.datatype.value, str)(term.value)
        id_ = self._prefixes.local(term.value)
        label, language = self._label(term.value, id_, self._languages)
        return Thing(term.value, id_, label, language, self._pages.get(term.value, ""))

    def _label(self, iri: str, id_: str, languages: tuple[str, ...]) -> tuple[str, str]:
        known = self._names.get(iri, {})
        for language in (*languages, *sorted(known)):
            if language in known:
                return known[language], language
        return id_, ""
