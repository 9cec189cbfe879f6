"""Changes of fact files: what was in them, what is to be, and how it gets there without a file being lost."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one file.

    Args:
        name: path from the knowledge base, with `/`.
        before: its text; empty if there is no such file yet.
        after: its text to be; empty if it is to go.
    """

    name: str
    before: str
    after: str


def apply(root: Path, changes: Iterable[Change]) -> None:
    """Make the changes, each file at once or not at all.

    Args:
        root: folder of the knowledge base.
        changes: what is to become of each file.
    """
    for change in changes:
        path = root / change.name
        if change.after:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, change.after.encode())
        else:
            path.unlink()


def create(path: Path, text: str) -> None:
    """Write a new file; FileExistsError if there is one, or a link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb") as file:
        file.write(text.encode())


def _replace(path: Path, content: bytes) -> None:
    """Put a new file in the place of an old one, with the same rights, once all of it is on the disk."""
    mode = path.stat().st_mode & 0o7777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
