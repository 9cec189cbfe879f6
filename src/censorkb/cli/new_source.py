"""What `censorkb new source` takes from a file or an address, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import asking
from censorkb.cli.language import said
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.desk.change import Change
    from censorkb.desk.inventory import Inventory
    from censorkb.desk.reading import Reading
    from censorkb.ontology.ontology import Ontology

OF_COPY = {"kind": "copy-kind", "language": "copy-language", "note": "copy-note"}  # names that the source has as well
DERIVED = ("errors", "sha256", "file")


def draft(
    root: Root,
    ontology: Ontology,
    what: str | None,
    given: Mapping[str, tuple[str, ...]],
    topic: str,
    claims: tuple[str, ...],
    anyway: bool,
) -> Change:
    """Return the file of a new source."""
    from censorkb.desk import skeleton
    from censorkb.desk.inventory import Inventory

    inventory = Inventory(root, ontology)
    form = next(form for form in ontology.forms.by_folder.values() if "copies" in form.fields)
    copy_form = ontology.forms.by_name[form.fields["copies"].entries]
    reading = _read(what, inventory)
    address = next(iter(given.get("url", ())), reading.copy.get("url", ""))
    if not anyway:
        _refuse_doubles(inventory, {"url": address, "sha256": reading.copy.get("sha256", "")})
    if reading.publisher and not given.get("publisher"):
        click.echo(said("unknown-publisher", publisher=reading.publisher), err=True)
    head_keys = {key: field for key, field in form.fields.items() if key in given and key not in OF_COPY.values()}
    head = asking.complete(head_keys, given, reading.source, ontology, inventory)
    guesses = {
        "host": head["publisher"][0],
        "copy-kind": "original",
        "copy-language": head["language"][0],
        **reading.copy,
    }
    copy_keys = {OF_COPY.get(key, key): field for key, field in copy_form.fields.items() if key not in DERIVED}
    copy = asking.complete(copy_keys, given, guesses, ontology, inventory)
    copy |= {key: [reading.copy[key]] for key in ("file", "sha256") if key in reading.copy}
    if not {"url", "archived", "sha256"} & set(copy):
        raise click.UsageError(said("say-where"))
    topic = topic or skeleton.topic_of(head["title"][0])
    return skeleton.source(root, ontology, form, topic or "story", head, copy, claims)


def _read(what: str | None, inventory: Inventory) -> Reading:
    from censorkb.desk import reading
    from censorkb.graph.web import is_public
    from censorkb.problem import verbatim

    if what is None:
        return reading.Reading()
    if "://" in what:
        if not is_public(what):
            raise click.UsageError(said("not-public"))
        return reading.of_address(what, inventory)
    try:
        return reading.of_file(Path(what), inventory)
    except reading.Unreadable as fault:
        raise click.UsageError(said("of-file", path=verbatim(click.format_filename(what)), why=fault.why)) from None


def _refuse_doubles(inventory: Inventory, traces: Mapping[str, str]) -> None:
    """Leave if a known source has a copy with the same address or text."""
    from censorkb.desk.skeleton import Exists
    from censorkb.problem import verbatim

    for key, value in traces.items():
        known = inventory.with_copy(key, value) if value else []
        if known:
            raise Exists("copy-there", key=key, path=verbatim(known[0].file))
