"""Translations of reports, of what commands say, of the explanations of rules and of questions: `locales/<language>.po`.

A catalogue is a gettext file whose message ids are the English words of `problems.toml`, `phrases.toml`, `terminal.toml`,
`desk/sentences.toml`, the shapes, `ontology/checks/` and `ontology/questions/`. It is read when its language is wanted,
and only then.
"""

from __future__ import annotations

import functools
import gettext
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from censorkb.check.speech import Speech

CODES = ("en", "fr", "ru")


@functools.cache
def speech(code: str) -> Speech:
    """A language by its code; English if it has no catalogue."""
    from censorkb.check.speech import English

    return _Translated(code) if code in CODES and code != English.name else English()


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
