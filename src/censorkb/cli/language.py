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


def of_environment(environment: Mapping[str, str]) -> str:
    """The language that a user has chosen for messages; English if it has no catalogue."""
    chosen = next((environment[name] for name in _SET_BY if environment.get(name)), "")
    codes = translation.CODES
    return next((code for code in codes if chosen.partition(".")[0].partition("_")[0] == code), codes[0])


def speech(code: str | None) -> Speech:
    """A language by its code; that of the environment if none is given."""
    return translation.speech(code or of_environment(os.environ))


def said(words: str | Phrase | Exception, /, **gaps: str | int | Phrase) -> str:
    """What a command says, in the language of the environment.

    Args:
        words: the name of a phrase of `terminal.toml`; or a phrase, or a failure, which has one if it is a refusal.
        gaps: what fills the phrase that was named.
    """
    from censorkb.problem import Phrase, Refusal, phrase

    if isinstance(words, Exception):
        if not isinstance(words, Refusal):
            return str(words)
        words = words.why
    filled = words if isinstance(words, Phrase) else phrase(words, **gaps)
    return filled.said(speech(None).say)


def counted(name: str, number: int, **gaps: str) -> str:
    """Words of `terminal.toml` in the form that a number asks for, in the language of the environment."""
    from censorkb.problem import counted as forms

    return speech(None).count(*forms(name), number).format(n=f"{number:,}", **gaps)
