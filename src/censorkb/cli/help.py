"""Help: commands whose help, examples and placeholders are in another language than the code.

English stands in the code, where click wants it; that is what a catalogue knows it by: a paragraph of a docstring on one
line, the help of an option, the name of a placeholder. Paragraphs that click leaves as they are, those after `\\b`, are
translated line by line.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import TypeVar

import click

_AS_IS = "\b\n"  # what begins a paragraph that click does not wrap
_Command = TypeVar("_Command", bound=click.Command)


def examples(*lines: str) -> str:
    """Return the examples of a command as click shows them below its options."""
    return f"{_AS_IS}Examples:\n" + "\n".join(f"  {line}" for line in lines)


def spoken(command: _Command, say: Callable[[str], str]) -> _Command:
    """Return a copy of a command, and of all commands of a group, that helps in another language.

    Args:
        command: in English; it stays as it is.
        say: gives the words for English ones.
    """
    told = copy.copy(command)
    told._help_option = None  # click keeps it, in the language in which it was asked for first
    told.help = told.help and "\n\n".join(_paragraph(text, say) for text in inspect.cleandoc(told.help).split("\n\n"))
    told.short_help = told.short_help and say(told.short_help)
    told.epilog = told.epilog and _examples(told.epilog, say)
    told.params = [_parameter(parameter, say) for parameter in command.params]
    told.options_metavar = told.options_metavar and say(told.options_metavar)
    if isinstance(told, click.Group):
        told.subcommand_metavar = say(told.subcommand_metavar)
        told.commands = {name: spoken(each, say) for name, each in told.commands.items()}
    return told


def _paragraph(text: str, say: Callable[[str], str]) -> str:
    if not text.startswith(_AS_IS):
        return say(" ".join(text.split()))
    return _AS_IS + "\n".join(f"  {say(line.strip())}" for line in text.removeprefix(_AS_IS).splitlines())


def _examples(text: str, say: Callable[[str], str]) -> str:
    heading, end, lines = text.removeprefix(_AS_IS).partition("\n")
    return f"{_AS_IS}{say(heading)}{end}{lines}"


def _parameter(parameter: click.Parameter, say: Callable[[str], str]) -> click.Parameter:
    told = copy.copy(parameter)
    told.type = copy.copy(parameter.type)
    if not isinstance(told.type, click.Choice):
        told.type.name = say(parameter.type.name)
    told.metavar = parameter.metavar and say(parameter.metavar)
    if isinstance(told, click.Option):
        told.help = told.help and say(told.help)
    elif told.metavar is None and told.name:
        told.metavar = _placeholder(told, say(told.name.upper()))
    return told


def _placeholder(argument: click.Parameter, word: str) -> str:
    """How the usage of a command shows an argument, with the signs of click."""
    return (word if argument.required else f"[{word}]") + ("" if argument.nargs == 1 else "...")
