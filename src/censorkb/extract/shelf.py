"""The shelf: texts of articles whose proposals wait for a reader, with the caches of the user and never among the facts."""

from __future__ import annotations

import hashlib
import os
import re

from censorkb.facts.text import HIDDEN
from censorkb.root import Root

_HASH = re.compile("[0-9a-f]{64}")


class Shelf:
    """Keeps texts by their SHA-256, readable by the user alone.

    Args:
        root: the knowledge base.
    """

    def __init__(self, root: Root) -> None:
        self._folder = root.cache / "articles"

    def keep(self, text: str) -> None:
        """Keep a text; a disk that is full or can't be written costs the reviewer the sentence, and nothing else."""
        raw = text.encode()
        path = self._folder / hashlib.sha256(raw).hexdigest()
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "wb") as file:
                file.write(raw)
        except OSError:
            return

    def text(self, sha256: str) -> str:
        """A text that was kept; empty if there is none, or it is not that one any more."""
        if not _HASH.fullmatch(sha256):
            return ""
        try:
            raw = (self._folder / sha256).read_bytes()
        except OSError:
            return ""
        return raw.decode("utf-8", "replace") if hashlib.sha256(raw).hexdigest() == sha256 else ""

    def forget(self, sha256: str) -> None:
        """Throw a text away, once nothing that rests on it waits any more."""
        if _HASH.fullmatch(sha256):
            (self._folder / sha256).unlink(missing_ok=True)


def harmless(text: str) -> str:
    """A text of a stranger without what could steer a terminal, each character in its place."""
    return HIDDEN.sub(lambda found: "�" * len(found.group()), text).replace("\r", " ").replace("\t", " ")
