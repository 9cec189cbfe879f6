"""How single values become RDF: literals, words, web addresses, dates and references."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING

from censorkb.facts.document import given_up, is_id
from censorkb.facts.node import Mapping, Node, Scalar, Sequence
from censorkb.graph import edtf, term
from censorkb.graph.scope import Reference
from censorkb.graph.web import is_public
from censorkb.problem import did_you_mean, listed

if TYPE_CHECKING:
    from censorkb.graph.mapper import Mapper
    from censorkb.graph.scope import Scope
    from censorkb.ontology.form import Field

CURLY = frozenset("“”„‟«»‘’")
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_CLAIM = re.compile(r"[a-z0-9-]+([.][a-z0-9-]+)?")


def literal(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """A string, whole number or full date, by the datatype of the shape."""
    names, datatype = mapper.names, f"<{field.datatype.value}>" if field.datatype else mapper.names("xsd:string")
    for value in mapper.scalars(field, subject, node):
        if datatype == names("xsd:integer") and not re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", value.text, re.ASCII):
            mapper.complain(value.place, "wrong-number", key=field.key, value=value.text)
        elif datatype == names("xsd:date") and not _is_day(value.text):
            mapper.complain(value.place, "wrong-full-date", key=field.key, value=value.text)
        else:
            plain = datatype == names("xsd:string")
            made = term.string(value.text) if plain else term.typed(value.text, datatype)
            mapper.add(scope, subject, field.property, made, value.place)
            continue
        mapper.mute(subject, field)


def _is_day(text: str) -> bool:
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is not None and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def lang_text(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Text in English, or a mapping of language to text; it is ours, and not in the quotation marks of a word processor."""
    if not isinstance(node, Mapping):
        _texts(mapper, scope, subject, field, node, "en", plain=True)
        return
    for language, (word, inner) in node.entries.items():
        if term.is_language(language):
            _texts(mapper, scope, subject, field, inner, language, plain=True)
        else:
            mapper.complain(word.place, "unknown-language", language=language)
            mapper.mute(subject, field)


def source_text(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Text in the language of the source."""
    _texts(mapper, scope, subject, field, node, scope.language)


def _texts(
    mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node, language: str, *, plain: bool = False
) -> None:
    for value in mapper.scalars(field, subject, node):
        if plain and value.text[0] in CURLY and value.text[-1] in CURLY and not CURLY & {*value.text[1:-1]}:
            mapper.complain(value.place, "curly-quotes")
        if field.property in mapper.naming:
            mapper.labels.setdefault(subject, []).append(value.text)
        mapper.add(scope, subject, field.property, term.tagged(value.text, language), value.place)


def concept(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """A word of the scheme that the shape names."""
    assert field.class_ is not None
    words = mapper.ontology.words.of(field.class_)
    for value in mapper.scalars(field, subject, node):
        if value.text in words:
            mapper.add(scope, subject, field.property, f"<{words[value.text].value}>", value.place)
        else:
            hint = did_you_mean(value.text, words)
            mapper.complain(
                value.place, "unknown-word", key=field.key, value=value.text, hint=hint, known=listed(words)
            )
            mapper.mute(subject, field)


def url(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """A public web address."""
    for value in mapper.scalars(field, subject, node):
        if is_public(value.text):
            made = term.typed(value.text, mapper.names("xsd:anyURI"))
            mapper.add(scope, subject, field.property, made, value.place)
        else:
            mapper.complain(value.place, "wrong-url", key=field.key, value=value.text)
            mapper.mute(subject, field)


def wikidata(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """An item of Wikidata; the shape complains of a wrong one, which is kept as a harmless string."""
    for value in mapper.scalars(field, subject, node):
        good = _ITEM.fullmatch(value.text)
        made = mapper.names(f"wikidata:{value.text}") if good else term.string(value.text)
        mapper.add(scope, subject, field.property, made, value.place)


def former_id(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """An id that the subject had before; the old IRI points to the new one."""
    for value in mapper.scalars(field, subject, node):
        _leads_on(mapper, scope, subject, field, value, value.text)


def merged_id(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """The id of what turned out to be the same, alone or after the day on which it was given up: `2026-05-02: hallo`."""
    for value in mapper.scalars(field, subject, node):
        day, id_ = given_up(value.text)
        if day and not _is_day(day):
            mapper.complain(value.place, "wrong-full-date", key=field.key, value=day)
        elif old := _leads_on(mapper, scope, subject, field, value, id_):
            mapper.add(scope, old, mapper.names("ckb:mergedInto"), subject, value.place)
            if day:
                mapper.add(
                    scope, old, mapper.names("ckb:mergedOn"), term.typed(day, mapper.names("xsd:date")), value.place
                )


def _leads_on(mapper: Mapper, scope: Scope, subject: str, field: Field, value: Scalar, id_: str) -> str:
    """Let the IRI of an old id point to the subject; the IRI, or nothing if there can be no such id or another has it."""
    space = mapper.ontology.prefixes.curie(subject[1:-1]).partition(":")[0]
    old = mapper.names(f"{space}:{id_}") if _CLAIM.fullmatch(id_) else subject
    if old == subject:
        mapper.refuse_id(value.place, id_)
    elif mapper.own(old, id_, value.place):
        mapper.former[old] = subject
        mapper.add(scope, subject, field.property, term.string(id_), value.place)
        mapper.add(scope, old, mapper.names("dcterms:isReplacedBy"), subject, value.place)
        return old
    return ""


def edtf_date(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """A date and the days that bound it."""
    names = mapper.names
    if isinstance(node, Sequence):
        mapper.complain(node.place, "list-as-date")
        mapper.mute(subject, field)
        return
    value = mapper.scalar(field.key, node)
    try:
        date = edtf.parse(value.text) if value else None
    except edtf.WrongDate as fault:
        assert value is not None
        mapper.complain(value.place, "wrong-date", key=field.key, value=value.text, why=fault.why, hint=fault.hint)
        date = None
    if value is None or date is None:
        mapper.mute(subject, field)
        return
    place = value.place
    mapper.add(scope, subject, field.property, term.typed(date.text, names("edtf:EDTF")), place)
    bounds = (date.earliest_start, date.latest_start, date.earliest_end, date.latest_end)
    for property_, day in zip(("earliestStart", "latestStart", "earliestEnd", "latestEnd"), bounds, strict=True):
        if day is not None:
            mapper.add(scope, subject, names(f"ckb:{property_}"), term.instant(day, names("xsd:dateTime")), place)
    for property_, holds in (
        ("openEnd", date.open_end),
        ("uncertain", date.uncertain),
        ("approximate", date.approximate),
    ):
        if holds:
            mapper.add(scope, subject, names(f"ckb:{property_}"), term.typed("true", names("xsd:boolean")), place)


def entity_ref(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """The id of an entity or measure."""
    for value in mapper.scalars(field, subject, node):
        _refer(mapper, scope, subject, field, value, f"id:{value.text}")


def source_ref(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """The id of a source."""
    for value in mapper.scalars(field, subject, node):
        _refer(mapper, scope, subject, field, value, f"source:{value.text}")


def claim_ref(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """The id of a claim: `claim` in the same file, or `source.claim`."""
    for value in mapper.scalars(field, subject, node):
        full = value.text if "." in value.text else f"{scope.source_id}.{value.text}"
        _refer(mapper, scope, subject, field, value, f"claim:{full}")


def ordered_refs(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Agents in order: each by itself, and as a step with its rank."""
    names = mapper.names
    for rank, value in enumerate(mapper.scalars(field, subject, node), 1):
        target = _refer(mapper, scope, subject, field, value, f"id:{value.text}")
        if target:
            step, place = names.part(subject, f"{field.key}-{rank}"), value.place
            mapper.add(scope, subject, names("ckb:step"), step, place)
            mapper.declare(scope, step, "ckb:ViaStep", place)
            mapper.add(scope, step, names("ckb:rank"), term.typed(str(rank), names("xsd:integer")), place)
            mapper.add(scope, step, names("ckb:medium"), target, place)


def _refer(mapper: Mapper, scope: Scope, subject: str, field: Field, value: Scalar, curie: str) -> str:
    """Refer to a thing; empty if the word can't be an id (a name such as Россия, of which `references` makes a hint)."""
    possible = len(curie) < 256 and _is_reference(curie)  # what is longer than any id is not kept
    target, property_, place = mapper.names(curie) if possible else "", field.property, value.place
    kind = _class(field.class_.value) if field.class_ else ""
    mapper.references.append(Reference(subject, property_, target, value.text, field.key, kind, place))
    if target:
        mapper.add(scope, subject, property_, target, place)
    return target


@functools.cache  # there are a few classes, and millions of references that keep them
def _class(iri: str) -> str:
    return f"<{iri}>"


@functools.lru_cache(maxsize=4096)
def _is_reference(curie: str) -> bool:
    return curie.count(".") <= 1 and all(is_id(part) for part in curie.partition(":")[2].split("."))
