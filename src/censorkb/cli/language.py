"""The language of reports: the one that was asked for, else that of the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from censorkb.check import translation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from censorkb.check.speech import Speech
    from censorkb.problem import Phrase

_SET_BY = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set and not empty
_NO_LANGUAGE = ("", "C", "POSIX")


def of_environment(environment: Mapping[str, str]) -> str:
    """The language that a user has chosen for messages; English if it has no catalogue.

    As GNU gettext does it: LANGUAGE lists further wishes of those who have a locale at all.
    """
    locale = next((environment[name] for name in _SET_BY if environment.get(name)), "")
    if locale.partition(".")[0] in _NO_LANGUAGE:
        return translation.CODES[0]
    wishes = (environment.get("LANGUAGE") or locale).split(":")
    languages = (wish.partition(".")[0].partition("@")[0].partition("_")[0] for wish in wishes)
    return next((language for language in languages if language in translation.CODES), translation.CODES[0])


def bind() -> None:
    """Let click speak the language of the environment, too."""
    translation.bind(of_environment(os.environ))


def speech(code: str | None) -> Speech:
    """A language by its code; that of the environment if none is given."""
    return translation.speech(code or of_environment(os.environ))


def said(words: str | Phrase | Exception, /, **gaps: str | int | Phrase) -> str:
    """What a command says, in the language of the environment.

    Args:
        words: the name of a phrase of `terminal.toml`; or a phrase, or a failure.
        gaps: what fills the phrase that was named.
    """
    from censorkb.problem import Phrase, phrase, why

    if isinstance(words, Exception):
        words = why(words)
    filled = words if isinstance(words, Phrase) else phrase(words, **gaps)
    return filled.said(speech(None).say)


def counted(name: str, number: int, **gaps: str) -> str:
    """Words of `terminal.toml` in the form that a number asks for, in the language of the environment."""
    from censorkb.problem import counted as forms

    return speech(None).count(*forms(name), number).format(n=f"{number:,}", **gaps)
