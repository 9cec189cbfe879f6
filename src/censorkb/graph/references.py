"""References: every id that a file names is looked up when all files are read, with "did you mean" for the wrong ones."""

from __future__ import annotations

from difflib import get_close_matches

from censorkb.graph.mapper import Mapper
from censorkb.graph.scope import Reference
from censorkb.ontology.form import kebab


def resolve(mapper: Mapper, several_unread: bool) -> None:
    """Look up all references and complain of those that lead nowhere or to a thing of another kind.

    Args:
        mapper: statements and references of all files.
        several_unread: whether a file that names many things could not be read, so that an unknown id may be in it.
    """
    index = _Index(mapper)
    for reference in mapper.references:
        target = mapper.former.get(reference.target, reference.target)
        if target != reference.target:
            mapper.complain(
                reference.place,
                "renamed-reference",
                key=reference.key,
                value=reference.word,
                now=mapper.names.id_of(target),
            )
        classes = index.classes.get(target)
        if classes is None:
            if not target or not index.may_be_unread(target, several_unread):
                _unknown(mapper, index, reference)
        elif reference.kind not in ("", *classes) and target not in mapper.contested:
            found, kind = index.kind_name(classes[0]), index.kind_name(reference.kind)
            hint = index.hint(reference) or "give the id of the right thing"
            mapper.complain(
                reference.place,
                "reference-of-another-kind",
                key=reference.key,
                value=reference.word,
                found=found,
                kind=kind,
                hint=hint,
            )
        if classes is None or reference.kind not in ("", *classes):
            mapper.statements.spoken.add((reference.subject, reference.property))


def _unknown(mapper: Mapper, index: _Index, reference: Reference) -> None:
    hint = index.hint(reference) or index.advice(reference)
    kind = index.kind_name(reference.kind)
    mapper.complain(reference.place, "unknown-reference", key=reference.key, value=reference.word, kind=kind, hint=hint)


class _Index:
    """What exists, of which classes, under which names."""

    def __init__(self, mapper: Mapper) -> None:
        self.mapper = mapper
        self.classes, self.names = mapper.classes, mapper.labels

    def may_be_unread(self, target: str, several_unread: bool) -> bool:
        """Whether a thing may stand in a file or claim that could not be read."""
        id_, doubtful = self.mapper.names.id_of(target), self.mapper.statements.doubtful
        source = self.mapper.names(f"source:{id_.partition('.')[0]}")
        return target in doubtful or ("." in id_ and source in doubtful) or (several_unread and "." not in id_)

    def kind_name(self, class_: str) -> str:
        """A class in words."""
        return kebab(self.mapper.names.id_of(class_)).replace("-", " ") if class_ else "thing"

    def hint(self, reference: Reference) -> str:
        """The nearest ids of the wanted kind, by id, label or alias in any script."""
        source = self.mapper.names.id_of(reference.subject).partition(".")[0] + "."
        known: dict[str, str] = {}
        for term, classes in self.classes.items():
            if reference.kind in classes:
                id_ = self.mapper.names.id_of(term)
                known[id_.removeprefix(source)] = id_.removeprefix(source)
                known |= {name.lower(): id_ for name in self.names.get(term, ())}
        near = get_close_matches(reference.word.lower(), known, 3, 0.6)
        ids = list(dict.fromkeys(known[name] for name in near))
        return f"did you mean {' or '.join(ids)}?" if ids else ""

    def advice(self, reference: Reference) -> str:
        """Where a missing thing would be written."""
        forms = self.mapper.ontology.forms.by_folder.values()
        supers = self.mapper.ontology.vocabulary.superclasses
        kinds = [f.folder for f in forms if f.folder and reference.kind in {f"<{c.value}>" for c in supers(f.class_)}]
        return (
            f"add it under facts/{kinds[0]}/, or look for its id there"
            if kinds
            else "look up the id in the file that makes it"
        )
