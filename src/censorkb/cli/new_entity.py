"""What `censorkb new` asks for an entity or measure, and how it keeps one thing from being there twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from censorkb.cli import asking
from censorkb.cli.language import said
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.desk.change import Change
    from censorkb.desk.inventory import Inventory
    from censorkb.ontology.form import Form
    from censorkb.ontology.ontology import Ontology


def draft(
    root: Root,
    ontology: Ontology,
    form: Form,
    name: str | None,
    given: Mapping[str, tuple[str, ...]],
    type_: str | None,
    id_: str,
    anyway: bool,
) -> Change:
    """Return the file of a new entity or measure."""
    from censorkb.desk import skeleton
    from censorkb.desk.inventory import Inventory
    from censorkb.facts.document import is_id
    from censorkb.problem import verbatim

    inventory = Inventory(root, ontology)
    type_ = _type(form, type_) if form.type_key else ""
    kind = form.types.get(type_, form)
    strange = [option for option, told in given.items() if told and option not in kind.fields]
    if strange:
        raise click.UsageError(said("no-key", key=strange[0], known=", ".join(kind.fields)))
    label = next(iter(kind.fields))
    fields = {key: field for key, field in kind.fields.items() if key in given}
    told = {**given, label: ((name,) if name else ()) + tuple(given.get(label, ()))}
    if told[label] or asking.is_terminal():
        told[label] = tuple(asking.complete({label: fields[label]}, told, {}, ontology, inventory)[label])
    _refuse_doubles(inventory, (*told[label], *given.get("aliases", ())), (form.folder,), anyway or form.several)
    answers = asking.complete(fields, told, {}, ontology, inventory)
    twins = (
        skeleton.alike(inventory, form, answers) if form.several and not anyway and not answers.get("renews") else []
    )
    if twins:
        raise skeleton.Exists("twin", id=twins[0].id, path=verbatim(twins[0].file))
    id_ = id_ or skeleton.id_of(kind, answers[label][0].partition("=")[2] or answers[label][0], answers)
    if not is_id(id_):
        raise click.UsageError(said("say-id", id=f"'{id_}'"))
    if form.type_key:
        answers[form.type_key] = [type_]
    return skeleton.entity(root, ontology, inventory, form, id_, answers)


def _type(form: Form, type_: str | None) -> str:
    if type_:
        return type_
    if not asking.is_terminal():
        raise click.UsageError(asking.missing({"type": said("one-of", known=", ".join(form.types))}))
    return str(click.prompt("type", type=click.Choice(list(form.types)), err=True))


def _refuse_doubles(inventory: Inventory, names: tuple[str, ...], folders: tuple[str, ...], anyway: bool) -> None:
    """Leave if a thing of this kind has one of the names already; offer those whose names are near."""
    from censorkb.desk.answer import described
    from censorkb.desk.skeleton import Exists
    from censorkb.problem import verbatim

    if anyway:
        return
    for name in (text.partition("=")[2] or text for text in names):
        named = inventory.named(name, folders)
        if named:
            raise Exists("there-already", thing=verbatim(described(named[0])))
        near = inventory.like(name, folders)
        if near and asking.is_terminal():
            chosen = asking.choose(near[:9], name)
            if chosen:
                raise Exists("is-it", id=chosen.id, path=verbatim(chosen.file))
        elif near:
            raise Exists("perhaps-there", near="; ".join(map(described, near[:3])))
