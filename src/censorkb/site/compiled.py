"""Compiled templates, kept from run to run: to compile them takes longer than to render a thousand pages."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from censorkb.graph.edition import versions

_SITE = Path(__file__).parent
_LIBRARIES = ("jinja2", "markupsafe")
_DIGEST = 32


class Compiled(BytecodeCache):
    """Keeps compiled templates in a folder, each under a digest of what it was made from and one of itself.

    What is damaged, half-written or made from something else is compiled again, and what can't be kept is not.

    Args:
        folder: where; only this user may be able to write to it, since what it holds is run.
        words: what is put into the templates while they are compiled.
    """

    def __init__(self, folder: Path, words: bytes) -> None:
        self._folder = folder
        edition = hashlib.sha256(f"{sys.version} {' '.join(versions(_LIBRARIES))}".encode())
        for part in (words, *(path.read_bytes() for path in sorted(_SITE.glob("*.py")))):
            edition.update(hashlib.sha256(part).digest())
        self._edition = edition.hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """A digest of all that a compiled template depends on."""
        return hashlib.sha256(f"{self._edition} {source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a compiled template from the folder, if it is there and whole; Jinja compares what it was made from."""
        try:
            kept = (self._folder / bucket.key).read_bytes()
        except OSError:
            return
        if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
            bucket.bytecode_from_string(kept[_DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put a compiled template into the folder."""
        content = bucket.bytecode_to_string()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / bucket.key).write_bytes(hashlib.sha256(content).digest() + content)
        except OSError:
            return
