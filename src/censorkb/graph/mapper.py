"""The mapper: a mapping of a fact file and its form to a node with its properties.

The form says which keys there are and how each becomes RDF; the modules `values` and `parts` hold one function for
each of those ways.
"""

from __future__ import annotations

from collections.abc import Callable

from censorkb.facts.document import slug
from censorkb.facts.node import Mapping, Node, Scalar, Sequence
from censorkb.graph.names import Names
from censorkb.graph.scope import Reference, Scope
from censorkb.graph.statements import Statements
from censorkb.ontology.form import Field, Form
from censorkb.ontology.ontology import Ontology
from censorkb.problem import NOTHING, Phrase, Place, Problem, did_you_mean, listed, near, nearest, phrase, problem

TO_DO = "TODO"  # stands in a skeleton for what its author has still to write


class Mapper:
    """Collects the statements, problems and references of one document.

    Args:
        ontology: forms, words and prefixes.
        names: mints terms; may be shared, since it keeps those it has made.
        taken: where an id stands that another document has, if one has it.
    """

    def __init__(
        self, ontology: Ontology, names: Names | None = None, taken: Callable[[str], Place | None] = lambda _: None
    ) -> None:
        self.ontology = ontology
        self.names = names or Names(ontology.prefixes)
        self.statements = Statements()
        self.problems: list[Problem] = []
        self.references: list[Reference] = []
        self.owners: dict[str, Place] = {}
        self.classes: dict[str, tuple[str, ...]] = {}  # of things with an id, the nearest class first
        self.naming = (self.names("skos:prefLabel"), self.names("skos:altLabel"))
        self.labels: dict[str, list[str]] = {}
        self.former: dict[str, str] = {}
        self.claims = 0
        self.contested: set[str] = set()  # ids used twice: nobody knows which thing a reference means
        self._taken = taken

    def complain(self, place: Place, rule: str, **values: str | int | Phrase) -> None:
        """Note a problem of a rule in the catalogue."""
        self.problems.append(problem(place, rule, **values))

    def refuse_id(self, place: Place, word: str) -> None:
        """Complain of a word that can't be an id, with the one that it was most likely meant to be."""
        self.complain(place, "wrong-id", id=word, want=slug(word) or "name")

    def mute(self, subject: str, field: Field) -> None:
        """Keep shapes from complaining about a key that a text rule has complained about."""
        self.statements.spoken.add((subject, field.property))

    def add(self, scope: Scope, subject: str, property_: str, value: str, place: Place) -> None:
        """State something."""
        self.statements.add(scope.graph, (subject, property_, value), place)

    def declare(self, scope: Scope, subject: str, class_: str, place: Place) -> None:
        """State the class of a thing and all classes above it."""
        supers = self.names.supers(class_, self.ontology.vocabulary)
        self.statements.places.setdefault((subject,), place)
        if subject in self.owners:
            self.classes[subject] = supers
        for above in supers:
            self.add(scope, subject, self.names("rdf:type"), above, place)

    def own(self, subject: str, id_: str, place: Place) -> bool:
        """Take an id; False, with a problem, if it is taken."""
        first = self.owners.get(subject) or self._taken(subject)
        if first:
            self.complain(place, "duplicate-id", id=id_, first=str(first))
            self.contested.add(subject)
            return False
        self.owners[subject] = place
        return True

    def kind(self, form: Form, node: Mapping) -> Form | None:
        """The form that a mapping's type picks; None, with a problem, if it picks none."""
        if self._is_away_from_home(form, node):
            return None
        if not form.type_key:
            return form
        if form.type_key not in node.entries:
            self.complain(node.place, "missing-type", key=form.type_key, known=listed(form.types))
            return None
        value = self.scalar(form.type_key, node.entries[form.type_key][1])
        if value is None:
            return None
        if value.text not in form.types:
            hint = did_you_mean(value.text, form.types)
            self.complain(
                value.place, "unknown-type", key=form.type_key, value=value.text, hint=hint, known=listed(form.types)
            )
            return None
        return form.types[value.text]

    def _is_away_from_home(self, form: Form, node: Mapping) -> bool:
        """Whether the type of a thing is one of another folder, which is then said."""
        for other in self.ontology.forms.by_folder.values() if form.folder else ():
            value = node.entries[other.type_key][1] if other.type_key in node.entries else None
            taken = value.text in form.types or other.type_key in form.fields if isinstance(value, Scalar) else True
            if isinstance(value, Scalar) and value.text in other.types and not taken:
                told = {"type": value.text, "folder": form.folder, "want": other.folder}
                self.complain(value.place, "wrong-home", **told)
                return True
        return False

    def fill(self, scope: Scope, subject: str, form: Form, node: Mapping, beside: tuple[str, ...] = ()) -> None:
        """State what a mapping says of a subject.

        Args:
            scope: what the file shares.
            subject: term of the thing.
            form: its keys.
            node: the mapping.
            beside: keys that were read already.
        """
        from censorkb.graph.forms import WAYS  # the ways fill nested things by this very function

        for key, (word, _) in node.entries.items():
            if key not in form.fields and key not in beside:
                known = [*beside, *form.fields]
                inside = self._inside(form, key)
                meant = [] if inside else nearest(key, known)
                hint = inside or near(meant) or phrase("keys-are", known=listed(known))
                self.complain(word.place, "unknown-key", key=key, hint=hint)
                for name in meant[:1]:
                    if name in form.fields and name not in node.entries:  # it is not missing too
                        self.mute(subject, form.fields[name])
        for key, field in form.fields.items():
            if key in node.entries and key not in beside:
                word, value = node.entries[key]
                self.statements.places.setdefault((subject, field.property), word.place)
                WAYS[field.form](self, scope, subject, field, value)
            elif field.default is not None and key not in node.entries:
                self.add(scope, subject, field.property, str(field.default), node.place)

    def _inside(self, form: Form, key: str) -> Phrase:
        """Where a key belongs that is one of a form within this one; nothing if it is none."""
        for field in form.fields.values():
            inner = self.ontology.forms.by_name.get(field.entries)
            if inner and any(key in each.fields for each in (inner, *inner.types.values())):
                return phrase("belongs-inside", inside=field.key)
        return NOTHING

    def scalar(self, key: str, node: Node) -> Scalar | None:
        """The single value of a key; None, with a problem, if it is empty or something else."""
        if not isinstance(node, Scalar):
            self.complain(node.place, "not-one-value", key=key, hint=phrase("one-value"))
            return None
        if node.empty or not node.text:
            self.complain(node.place, "empty-value", key=key)
            return None
        if node.text == TO_DO:
            self.complain(node.place, "to-do", key=key)
            return None
        return node

    def scalars(self, field: Field, subject: str, node: Node) -> list[Scalar]:
        """The values of a key that takes one or several; those that can't be used are left out with a problem."""
        nodes = node.items if isinstance(node, Sequence) else [node]
        found = [self.scalar(field.key, item) for item in nodes]
        if None in found or not found:
            self.mute(subject, field)
        if not nodes:
            self.complain(node.place, "empty-value", key=field.key)
        return [value for value in found if value is not None]

    def mapping(self, key: str, node: Node, hint: Phrase | None = None) -> Mapping | None:
        """The mapping of a key; None, with a problem, if it is something else."""
        if isinstance(node, Mapping):
            return node
        self.complain(node.place, "not-a-mapping", key=key, hint=hint or phrase("below-the-key"))
        return None
