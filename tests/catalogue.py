"""Catalogues: what they have, and what they must have besides the words of reports: help, the words of click, and the probes of a server."""

from __future__ import annotations

from pathlib import Path

import click
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from censorkb.cli import SECTIONS, main
from censorkb.cli.help import spoken
from censorkb.cli.new import KINDS
from censorkb.ontology.ontology import Ontology
from censorkb.query.endpoint.probe import read_all
from censorkb.query.question import read_all as read_questions

LOCALES = Path(__file__).parents[1] / "src/censorkb/locales"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
# What click says to programmers, or never where no command asks for it.
TO_PROGRAMMERS = {
    "d",
    "(dynamic)",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Choice({choices})",
    "Could not determine name for option with declarations {decls!r}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    (
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
        " Did you mean to pass '--{name}'?"
    ),
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Value must be an iterable.",
    "Windows error: {error}",
}


def commands() -> dict[tuple[str, ...], click.Command]:
    """All commands by their words, as they are in the environment's language."""
    found: dict[tuple[str, ...], click.Command] = {}

    def walk(words: tuple[str, ...], command: click.Command) -> None:
        found[words] = command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None
                walk((*words, name), inner)

    walk((), main)
    return found


def of_help() -> set[str]:
    """The words of all help, as the code has them; what comes of the keys of facts is in the ontology."""
    heard: set[str] = set(SECTIONS)

    def say(words: str) -> str:
        heard.add(words)
        return words

    for words, command in commands().items():
        if words[:1] == ("new",) and words[1:] and words[1] in KINDS:
            command.params = [each for each in command.params if not (each.name or "").startswith("key_")]
        spoken(command, say)
    return heard


def of_click() -> set[str | tuple[str, str]]:
    """What click says, in its own source; the forms for one and for several as a pair."""
    folder = Path(click.__file__).parent
    found = {message for _, _, message, _, _ in extract_from_dir(folder, keywords=KEYWORDS)}
    return {message if isinstance(message, str) else (message[0], message[1]) for message in found} - TO_PROGRAMMERS


def of_probes() -> set[str]:
    """What is true of a server that can be trusted."""
    return {probe.sentence for probe in read_all()}


def of_questions(ontology: Ontology) -> set[str]:
    """What the questions ask, and what they leave open."""
    parameters = [parameter for question in read_questions(ontology).values() for parameter in question.parameters]
    sentences = {question.sentence for question in read_questions(ontology).values()}
    return sentences | {each.meaning for each in parameters} | {each.type.upper() for each in parameters}


def entries(code: str) -> dict[str | tuple[str, str], Message]:
    """All that a catalogue has, by the English."""
    with (LOCALES / f"{code}.po").open("rb") as file:
        return {message.id: message for message in read_po(file, code, abort_invalid=True) if message.id}
