"""Questions on the terminal for what a command was not told, key by key, with the words of the shapes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from censorkb.desk.inventory import Inventory, Item
    from censorkb.ontology.form import Field
    from censorkb.ontology.ontology import Ontology


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def complete(
    fields: Mapping[str, Field],
    given: Mapping[str, tuple[str, ...]],
    guesses: Mapping[str, str],
    ontology: Ontology,
    inventory: Inventory,
) -> dict[str, list[str]]:
    """Return the answers for some keys: those given, else what is known, else what is asked for.

    Args:
        fields: the keys, by the name of their option.
        given: what stood on the command line, by option.
        guesses: what is known anyway, by option.
        ontology: the words that there are.
        inventory: the things that there are.

    Raises:
        click.UsageError: an answer can't be used, or one is missing and nobody is there to ask.
    """
    from censorkb.desk.answer import WrongAnswer, settled

    answers: dict[str, list[str]] = {}
    missing: dict[str, Field] = {}
    for option, field in fields.items():
        told = [text for text in given.get(option, ()) if text]
        guess = guesses.get(option, "")
        if not told and guess:
            told = [guess]
            if is_terminal():
                click.echo(f"{option}: {guess}", err=True)
        try:
            if told:
                answers[field.key] = [settled(field, text, ontology, inventory) for text in told]
            elif field.required and is_terminal():
                answers[field.key] = [_ask(option, field, ontology, inventory)]
            elif field.required:
                missing[option] = field
        except WrongAnswer as fault:
            raise click.UsageError(str(fault)) from None
    if missing:
        raise click.UsageError(_missing(missing))
    return answers


def hint(field: Field) -> str:
    """Return what to write for a key, with an example."""
    if field.form == "langText":
        return f"{field.description} A name in another language begins with its code: ru=Россия"
    return f"{field.description} For example: {field.example}"


def choose(items: list[Item], what: str) -> Item | None:
    """Show things that may be the one that is meant, and let one be chosen; None if it is none of them."""
    from censorkb.desk.answer import described

    click.echo(f"{what} may be there already:", err=True)
    for number, item in enumerate(items, 1):
        click.echo(f"  {number}  {described(item)}", err=True)
    wanted = click.prompt("which one is it (0 for none)", type=click.IntRange(0, len(items)), default=0, err=True)
    return items[wanted - 1] if wanted else None


def _ask(option: str, field: Field, ontology: Ontology, inventory: Inventory) -> str:
    from censorkb.desk.answer import WrongAnswer, settled

    words = f" Words: {', '.join(ontology.words.of(field.class_))}." if field.form == "concept" and field.class_ else ""
    click.secho(field.description + words if words else hint(field), dim=True, err=True)
    while True:
        answer = click.prompt(option, err=True)
        try:
            return settled(field, answer, ontology, inventory)
        except WrongAnswer as fault:
            click.echo(str(fault), err=True)


def _missing(missing: Mapping[str, Field]) -> str:
    lines = [f"  --{option}  {hint(field)}" for option, field in missing.items()]
    return "\n".join(["say also:", *lines])
