"""The languages of reports: English, and those that have a catalogue in `locales/`.

A catalogue is a gettext file whose message ids are the English words of `problems.toml`, `phrases.toml`, `terminal.toml`,
`desk/sentences.toml`, the shapes and `ontology/checks/`. It is read when something is said in its language, and only then.
"""

from __future__ import annotations

import functools
import gettext
import os
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from censorkb.check.speech import Speech
    from censorkb.problem import Phrase

CODES = ("en", "fr", "ru")
_SET_BY = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is set and not empty


def of_environment(environment: Mapping[str, str]) -> str:
    """The language that a user has chosen for messages; English if it has no catalogue."""
    chosen = next((environment[name] for name in _SET_BY if environment.get(name)), "")
    return next((code for code in CODES if chosen.partition(".")[0].partition("_")[0] == code), CODES[0])


def speech(code: str | None) -> Speech:
    """A language by its code; that of the environment if none is given."""
    from censorkb.check.speech import English

    code = code or of_environment(os.environ)
    return English() if code == English.name else _translated(code)


@functools.cache
def _translated(code: str) -> Speech:
    return _Translated(code)


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


class _Translated:
    def __init__(self, code: str) -> None:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        self.name = code
        compiled = BytesIO()
        with resources.files("censorkb").joinpath("locales", f"{code}.po").open("rb") as file:
            write_mo(compiled, read_po(file, code))
        compiled.seek(0)
        self._catalogue = gettext.GNUTranslations(compiled)

    def say(self, words: str) -> str:
        return self._catalogue.gettext(words) if words else ""

    def count(self, one: str, other: str, number: int) -> str:
        return self._catalogue.ngettext(one, other, number)
