"""Compiled templates, kept for all languages and from run to run: to compile them takes longer than to render a thousand pages."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from censorkb.graph.edition import versions

_SITE = Path(__file__).parent
_LIBRARIES = ("jinja2", "markupsafe")
_DIGEST = 32


class Compiled(BytecodeCache):
    """Keeps compiled templates for a run, and in a folder, each under a digest of what it was made from and one of itself.

    What is damaged, half-written or made from something else is compiled again, and what can't be kept is not.

    Args:
        known: those of this run, by name and digest.
        folder: only this user may be able to write to it, since what it holds is run; nowhere if there is none.
    """

    def __init__(self, known: dict[tuple[str, str], CodeType], folder: Path | None) -> None:
        self._known, self._folder = known, folder
        edition = hashlib.sha256(f"{sys.version} {' '.join(versions(_LIBRARIES))}".encode())
        for path in sorted(_SITE.glob("*.py")):
            edition.update(hashlib.sha256(path.read_bytes()).digest())
        self._edition = edition.hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """A digest of all that a compiled template depends on."""
        return hashlib.sha256(f"{self._edition} {source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a compiled template, be it from the folder, if it is whole there; Jinja compares what it was made from."""
        key = bucket.key, bucket.checksum
        if key not in self._known and self._folder:
            with contextlib.suppress(OSError):
                kept = (self._folder / bucket.key).read_bytes()
                if hashlib.sha256(kept[_DIGEST:]).digest() == kept[:_DIGEST]:
                    bucket.bytecode_from_string(kept[_DIGEST:])
        bucket.code = self._known.get(key, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        assert bucket.code is not None
        self._known[bucket.key, bucket.checksum] = bucket.code
        if not self._folder:
            return
        content = bucket.bytecode_to_string()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._folder / bucket.key).write_bytes(hashlib.sha256(content).digest() + content)
        except OSError:
            return
