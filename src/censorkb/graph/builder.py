"""The builder: a document to the statements that it makes, by the form of its folder."""

from __future__ import annotations

from censorkb.facts.document import Document, is_id, slug
from censorkb.facts.node import Mapping, Scalar
from censorkb.graph import term
from censorkb.graph.mapper import Mapper
from censorkb.graph.scope import Scope
from censorkb.ontology.form import Form
from censorkb.problem import Place


def build(mapper: Mapper, document: Document, node: Mapping | None) -> None:
    """Map a document.

    Args:
        mapper: collects its statements and what is wrong with it.
        document: the fact file.
        node: what it says; None if it can't be read.
    """
    form = mapper.ontology.forms.by_folder[document.folder]
    if form.several:
        _several(mapper, form, node)
    else:
        _one(mapper, form, document, node)


def _several(mapper: Mapper, form: Form, whole: Mapping | None) -> None:
    scope = Scope(graph=mapper.names("graph:entities"))
    for id_, (word, node) in (whole.entries if whole else {}).items():
        subject = mapper.names(f"id:{id_}") if is_id(id_) else ""
        if not subject:
            mapper.refuse_id(word.place, id_)
            if meant := slug(id_):
                mapper.statements.doubtful.add(mapper.names(f"id:{meant}"))
        elif mapper.own(subject, id_, word.place):
            mapping = mapper.mapping(id_, node)
            if mapping is None:
                mapper.statements.doubtful.add(subject)
            else:
                mapper.declare(scope, subject, mapper.ontology.prefixes.curie(form.class_.value), word.place)
                _trace(mapper, scope, subject, word.place)
                mapper.fill(scope, subject, form, mapping)


def _one(mapper: Mapper, form: Form, document: Document, node: Mapping | None) -> None:
    is_source = form.class_ == mapper.ontology.vocabulary.node("ckb:Source")
    subject = mapper.names(f"{'source' if is_source else 'id'}:{document.stem}")
    place = node.place if node else Place(document.name)
    if not mapper.own(subject, document.stem, place):
        return
    kind = mapper.kind(form, node) if node else None
    if node is None or kind is None:
        mapper.statements.doubtful.add(subject)
        return
    scope = _source_scope(mapper, subject, document, node) if is_source else Scope(graph=mapper.names("graph:entities"))
    mapper.declare(scope, subject, mapper.ontology.prefixes.curie(kind.class_.value), place)
    _trace(mapper, scope, subject, place)
    mapper.fill(scope, subject, kind, node, beside=(form.type_key,) if form.type_key else ())


def _trace(mapper: Mapper, scope: Scope, subject: str, place: Place) -> None:
    """Say in which file a thing stands, so that a page can lead to it."""
    mapper.add(scope, subject, mapper.names("ckb:file"), term.string(place.file), place)


def _source_scope(mapper: Mapper, subject: str, document: Document, node: Mapping) -> Scope:
    """What the claims of a source inherit from its head, read before anything else."""
    head = {key: value.text for key, (_, value) in node.entries.items() if isinstance(value, Scalar)}
    words = mapper.ontology.words.of(mapper.ontology.vocabulary.node("ckb:ReviewStatus"))
    publisher, status = head.get("publisher", ""), head.get("status", "candidate")
    return Scope(
        graph=mapper.names(f"graph:{document.stem}"),
        source=subject,
        source_id=document.stem,
        language=head.get("language", "und"),
        publisher=mapper.names(f"id:{publisher}") if is_id(publisher) else "",
        status=f"<{words[status].value}>" if status in words else "",
    )
