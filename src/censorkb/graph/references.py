"""References: every id that a file names is looked up when all files are read, with "did you mean" for the wrong ones."""

from __future__ import annotations

from censorkb.facts.document import is_id
from censorkb.graph.mapper import Mapper
from censorkb.graph.register import Register
from censorkb.graph.scope import Reference
from censorkb.ontology.form import kebab
from censorkb.problem import QUOTES, Phrase, is_phrase, near, nearest, phrase


def resolve(mapper: Mapper, register: Register) -> None:
    """Look up the references of a document and complain of those that lead nowhere or to a thing of another kind.

    Args:
        mapper: what the document says; gets the problems.
        register: what exists.
    """
    for reference in mapper.references:
        if not register.is_good(reference.target, reference.kind):
            _complain(mapper, register, reference)


def _complain(mapper: Mapper, register: Register, reference: Reference) -> None:
    target = register.former.get(reference.target, reference.target)
    if target != reference.target:
        now = mapper.names.id_of(target)
        mapper.complain(reference.place, "renamed-reference", key=reference.key, value=reference.word, now=now)
    classes = register.classes(target)
    if not classes:
        if not target or not _may_be_unread(mapper, register, target):
            hint = _hint(mapper, register, reference, _advice(mapper, reference))
            kind = _in_words(mapper, reference.kind)
            mapper.complain(
                reference.place, "unknown-reference", key=reference.key, value=reference.word, kind=kind, hint=hint
            )
    elif reference.kind not in ("", *classes) and target not in register.contested:
        mapper.complain(
            reference.place,
            "reference-of-another-kind",
            key=reference.key,
            value=reference.word,
            found=_in_words(mapper, *classes),
            kind=_in_words(mapper, reference.kind),
            hint=_hint(mapper, register, reference, phrase("right-thing")),
        )
    if reference.kind not in ("", *classes) or not classes:
        mapper.statements.spoken.add((reference.subject, reference.property))


def _may_be_unread(mapper: Mapper, register: Register, target: str) -> bool:
    """Whether a thing may stand in a file or claim that could not be read."""
    id_ = mapper.names.id_of(target)
    source = mapper.names(f"source:{id_.partition('.')[0]}")
    return (
        target in register.doubtful
        or ("." in id_ and source in register.doubtful)
        or (register.lost and "." not in id_)
    )


def _in_words(mapper: Mapper, *classes: str) -> Phrase:
    """A thing in words, by the nearest of its classes that has any."""
    names = [f"kind-{kebab(mapper.names.id_of(class_))}" for class_ in classes if class_]
    return phrase(next(filter(is_phrase, names), "kind-thing"))


def _hint(mapper: Mapper, register: Register, reference: Reference, otherwise: Phrase) -> Phrase:
    """The nearest ids of the wanted kind, by id, label or alias in any script; something else if none is near."""
    source, word = mapper.names.id_of(reference.subject).partition(".")[0] + ".", reference.word.strip(QUOTES).lower()
    known = register.names_of(reference.kind, mapper.names.id_of)
    own = {id_.removeprefix(source): id_ for id_ in map(mapper.names.id_of, mapper.classes) if id_ in known}
    if word in own or word in known:
        return phrase("write-it", word=(own.get(word) or known[word]).removeprefix(source))
    ids = ((own.get(name) or known[name]).removeprefix(source) for name in nearest(word, [*own, *known]))
    return near(dict.fromkeys(ids)) or otherwise


def _advice(mapper: Mapper, reference: Reference) -> Phrase:
    """Where a missing thing would be written."""
    forms = mapper.ontology.forms.by_folder.values()
    supers = mapper.ontology.vocabulary.superclasses
    kinds = [f.folder for f in forms if f.folder and reference.kind in {f"<{c.value}>" for c in supers(f.class_)}]
    several = {f.folder for f in mapper.ontology.forms.by_folder.values() if f.several}
    if not kinds:
        return phrase("look-it-up")
    if is_id(reference.word) and kinds[0] not in several:
        return phrase("add-file", folder=kinds[0], id=reference.word)
    return phrase("add-it", folder=kinds[0])
