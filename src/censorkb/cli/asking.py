"""Questions on the terminal for what a command was not told, key by key, with the words of the shapes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from censorkb.cli.language import said, speech

if TYPE_CHECKING:
    from censorkb.desk.inventory import Inventory, Item
    from censorkb.ontology.form import Field
    from censorkb.ontology.ontology import Ontology
    from censorkb.problem import Phrase


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
    lacking: dict[str, Field] = {}
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
                lacking[option] = field
        except WrongAnswer as fault:
            raise click.UsageError(said(fault)) from None
    if lacking:
        raise click.UsageError(missing({option: hint(field) for option, field in lacking.items()}))
    return answers


def hint(field: Field) -> str:
    """Return what to write for a key, with an example."""
    from censorkb.problem import verbatim

    name = "field-named" if field.form == "langText" else "field-example"
    return said(name, description=_description(field), example=verbatim(field.example))


def choose(items: list[Item], what: str) -> Item | None:
    """Show things that may be the one that is meant, and let one be chosen; None if it is none of them."""
    from censorkb.desk.answer import described

    click.echo(said("maybe-there", name=what), err=True)
    for number, item in enumerate(items, 1):
        click.echo(f"  {number}  {described(item)}", err=True)
    wanted = click.prompt(said("which-one"), type=click.IntRange(0, len(items)), default=0, err=True)
    return items[wanted - 1] if wanted else None


def _ask(option: str, field: Field, ontology: Ontology, inventory: Inventory) -> str:
    from censorkb.desk.answer import WrongAnswer, settled

    words = ontology.words.of(field.class_) if field.form == "concept" and field.class_ else ()
    asked = said("field-words", description=_description(field), known=", ".join(words)) if words else hint(field)
    click.secho(asked, dim=True, err=True)
    while True:
        answer = click.prompt(option, err=True)
        try:
            return settled(field, answer, ontology, inventory)
        except WrongAnswer as fault:
            click.echo(said(fault), err=True)


def _description(field: Field) -> Phrase:
    from censorkb.problem import verbatim

    return verbatim(speech(None).say(field.description))


def missing(options: Mapping[str, str]) -> str:
    """Return what must be said besides, an option a line with its hint."""
    return "\n".join([said("say-also"), *(f"  --{option}  {hint}" for option, hint in options.items())])
