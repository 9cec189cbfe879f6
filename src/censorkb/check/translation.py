"""Translations of all that commands say: reports, explanations of rules, help: `locales/<language>.po`.

A catalogue is a gettext file whose message ids are the English words of `problems.toml`, `phrases.toml`, `terminal.toml`,
`desk/sentences.toml`, the probes, the shapes and `ontology/checks/`, the help of the commands, and the words of click,
which asks gettext for them. It is compiled when its language is wanted for the first time, into the user's cache.
"""

from __future__ import annotations

import functools
import gettext
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from censorkb.check.speech import Speech

CODES = ("en", "fr", "ru")
_DOMAIN = "messages"  # the one that gettext asks, and so click, if nobody names another


@functools.cache
def speech(code: str) -> Speech:
    """A language by its code; English if it has no catalogue."""
    from censorkb.check.speech import English

    return _Translated(code) if code in CODES and code != English.name else English()


def bind(code: str) -> None:
    """Let libraries that ask gettext find their words of a language in its catalogue."""
    if code in CODES[1:]:
        gettext.bindtextdomain(_DOMAIN, _compiled(code))


class _Translated:
    def __init__(self, code: str) -> None:
        self.name = code
        self._catalogue = gettext.translation(_DOMAIN, _compiled(code), [code])

    def say(self, words: str) -> str:
        return self._catalogue.gettext(words) if words else ""

    def count(self, one: str, other: str, number: int) -> str:
        return self._catalogue.ngettext(one, other, number)


@functools.cache
def _compiled(code: str) -> Path:
    """The folder where gettext finds a catalogue, named by what it holds: an older one is never taken for it."""
    import hashlib

    from censorkb.root import caches

    source = resources.files("censorkb").joinpath("locales", f"{code}.po").read_bytes()
    name = f"{code}-{hashlib.sha256(source).hexdigest()[:16]}"
    try:
        return _kept(caches() / "locales" / name, code, source)
    except OSError:  # nothing can be written there
        import atexit
        import shutil
        import tempfile

        folder = Path(tempfile.mkdtemp(prefix="censorkb-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return _kept(folder, code, source)


def _kept(folder: Path, code: str, source: bytes) -> Path:
    """The folder with its catalogue, which is compiled if it is not there yet."""
    path = folder / code / "LC_MESSAGES" / f"{_DOMAIN}.mo"
    if not path.is_file():
        import os
        import tempfile
        from io import BytesIO

        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            write_mo(file, read_po(BytesIO(source), code))
        Path(draft).replace(path)
    return folder
