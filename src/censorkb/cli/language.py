"""The languages of reports: English, and those that have a catalogue in `locales/`.

A catalogue is a gettext file whose message ids are the English words of `problems.toml`, `phrases.toml`, the shapes and
`ontology/checks/`. It is read when a report is wanted in its language, and only then.
"""

from __future__ import annotations

import gettext
import os
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from censorkb.check.speech import Speech

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
    return English() if code == English.name else _Translated(code)


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
