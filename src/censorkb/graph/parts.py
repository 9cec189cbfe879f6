"""How nested mappings and lists become nodes of their own: dates, copies, errors, quotes and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from censorkb.facts.document import is_id
from censorkb.facts.node import Mapping, Node, Scalar, Sequence
from censorkb.graph import term
from censorkb.graph.scope import Scope
from censorkb.problem import Phrase, did_you_mean, listed, phrase

if TYPE_CHECKING:
    from censorkb.graph.mapper import Mapper
    from censorkb.ontology.form import Field, Form


def _class(mapper: Mapper, form: Form) -> str:
    return mapper.ontology.prefixes.curie(form.class_.value)


def _entries(mapper: Mapper, field: Field) -> Form:
    return mapper.ontology.forms.by_name[field.entries]


def nested(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """One date, as a bare value or as a mapping."""
    _dating(mapper, scope, subject, field, node, field.key)


def _dating(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node, fragment: str) -> str:
    names, form = mapper.names, _entries(mapper, field)
    date, place = names.part(subject, fragment), node.place
    mapper.add(scope, subject, field.property, date, place)
    mapper.declare(scope, date, _class(mapper, form), place)
    if not isinstance(node, Mapping):
        spot = (node.file, node.line, node.column)
        node = Mapping(*spot, {form.scalar_key: (Scalar(*spot, form.scalar_key), node)})
    mapper.fill(scope, date, form, node)
    if "basis" not in node.entries:
        basis = "basis:relative" if "phrase" in node.entries else "basis:stated"
        mapper.add(scope, date, names("ckb:basis"), names(basis), place)
    published = names.part(scope.source, "published") if scope.source else ""
    relative = (date, names("ckb:basis"), names("basis:relative")) in mapper.statements.places
    if relative and published and date != published:
        mapper.add(scope, date, names("ckb:anchor"), published, place)
    return date


def role_map(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Dates by role."""
    roles = mapper.ontology.words.of(mapper.ontology.vocabulary.node("ckb:DateRole"))
    dates = mapper.mapping(field.key, node, phrase("under-its-role", known=listed(roles)))
    if dates is None:
        mapper.mute(subject, field)
        return
    for role, (word, inner) in dates.entries.items():
        if role not in roles:
            hint = did_you_mean(role, roles)
            mapper.complain(word.place, "unknown-word", key=field.key, value=role, hint=hint, known=listed(roles))
            mapper.mute(subject, field)
            continue
        date = _dating(mapper, scope, subject, field, inner, f"date-{role}")
        mapper.add(scope, date, mapper.names("ckb:role"), f"<{roles[role].value}>", word.place)


def nested_map(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Copies by their key."""
    form = _entries(mapper, field)
    entries = mapper.mapping(field.key, node)
    scope.copies_lost = entries is None
    for key, (word, inner) in (entries.entries if entries else {}).items():
        if not is_id(key):
            mapper.refuse_id(word.place, key)
            scope.copies_lost = True
            continue
        part = mapper.names.part(subject, f"copy-{key}")
        mapping = mapper.mapping(key, inner)
        language = mapping.entries.get("language", (None, None))[1] if mapping else None
        scope.copies[key] = (part, language.text if isinstance(language, Scalar) else scope.language)
        mapper.add(scope, subject, field.property, part, word.place)
        mapper.declare(scope, part, _class(mapper, form), word.place)
        if mapping is None:
            mapper.statements.doubtful.add(part)
        else:
            mapper.fill(scope, part, form, mapping)


def nested_list(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Mappings in a list."""
    form = _entries(mapper, field)
    if not isinstance(node, Sequence):
        mapper.complain(node.place, "not-a-list", key=field.key)
        return
    for number, item in enumerate(node.items, 1):
        mapping = mapper.mapping(field.key, item, phrase("reads-means"))
        if mapping:
            part = mapper.names.part(subject, f"error-{number}")
            mapper.add(scope, subject, field.property, part, mapping.place)
            mapper.declare(scope, part, _class(mapper, form), mapping.place)
            mapper.fill(scope, part, form, mapping)


def quote_map(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """Quotes by the copy that they stand in."""
    names, form, number = mapper.names, _entries(mapper, field), 0
    quotes = mapper.mapping(field.key, node, phrase("under-its-copy", known=_copies(scope)))
    if quotes is None:
        mapper.mute(subject, field)
        return
    for key, (word, inner) in quotes.entries.items():
        if key not in scope.copies:
            if not scope.copies_lost:
                hint = did_you_mean(key, scope.copies)
                mapper.complain(word.place, "unknown-copy", copy=key, hint=hint, known=_copies(scope))
            mapper.mute(subject, field)
            continue
        copy, language = scope.copies[key]
        for value in mapper.scalars(field, subject, inner):
            number += 1
            part, place = names.part(subject, f"quote-{number}"), value.place
            mapper.add(scope, subject, field.property, part, place)
            mapper.declare(scope, part, _class(mapper, form), place)
            mapper.add(scope, part, names("ckb:inCopy"), copy, place)
            mapper.add(scope, part, names("ckb:quote"), term.tagged(value.text, language), place)


def _copies(scope: Scope) -> str | Phrase:
    return listed(scope.copies) or phrase("no-copies")


def claim_list(mapper: Mapper, scope: Scope, subject: str, field: Field, node: Node) -> None:
    """The claims of a source."""
    if not isinstance(node, Sequence):
        mapper.complain(node.place, "not-a-list", key=field.key)
        return
    for item in node.items:
        mapping = mapper.mapping("claims", item, phrase("begin-claim"))
        if mapping:
            _claim(mapper, scope, subject, field, mapping)


def _claim(mapper: Mapper, scope: Scope, source: str, field: Field, node: Mapping) -> None:
    names = mapper.names
    if "id" not in node.entries:
        mapper.complain(node.place, "missing-id")
        return
    value = mapper.scalar("id", node.entries["id"][1])
    if value is None:
        return
    if not is_id(value.text):
        mapper.refuse_id(value.place, value.text)
        return
    claim = names(f"claim:{scope.source_id}.{value.text}")
    place = value.place
    if not mapper.own(claim, value.text, place):
        return
    form = mapper.kind(_entries(mapper, field), node)
    if form is None:
        mapper.statements.doubtful.add(claim)
        return
    mapper.claims += 1
    mapper.declare(scope, claim, _class(mapper, form), place)
    mapper.add(scope, source, field.property, claim, place)
    mapper.add(scope, claim, names("ckb:source"), source, place)
    mapper.add(scope, claim, names("ckb:line"), term.typed(str(place.line), names("xsd:integer")), place)
    mapper.fill(scope, claim, form, node, beside=("id", "type"))
    for key, property_, default in (
        ("speaker", "ckb:speaker", scope.publisher),
        ("status", "ckb:status", scope.status),
    ):
        if key not in node.entries:
            # If the head of the file has none, or a wrong one, it is said there and not of every claim.
            mapper.statements.filled.add((claim, names(property_)))
            if default:
                mapper.add(scope, claim, names(property_), default, place)
