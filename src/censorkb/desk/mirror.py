"""A mirror: the fact files of a revision as files, kept beside the cache, so that they are read as any others are.

Only what changed since the mirror was last used is written. Nothing is checked out: a link of the revision becomes an
empty folder of its name, which the reader refuses as it refuses the link, and no path leads out of the mirror.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from censorkb.desk.repository import Blob, NoRevision, Repository
from censorkb.facts.text import MOST_BYTES
from censorkb.root import Root

_FACTS, _LIST = "facts", "files.json"
_FILE = ("100644", "100755", "100664")


@dataclass(frozen=True, slots=True)
class Side:
    """One state of a knowledge base.

    Args:
        root: where its files are.
        digests: SHA-256 of each fact file, if it is known.
    """

    root: Root
    digests: dict[str, str] | None = None


def mirror(repository: Repository, commit: str, folder: Path) -> Side:
    """Make a folder hold the fact files of a commit.

    Args:
        repository: where the commit is.
        commit: its id.
        folder: made if there is none; nobody else uses it.

    Raises:
        NoRevision: git can't read the commit, or a path in it is none that a fact file can have.
        OSError: the folder can't be written.
    """
    wanted = repository.files(commit, _FACTS)
    listed = folder / _LIST
    known = _known(listed)
    if known is None:
        shutil.rmtree(folder, ignore_errors=True)
    old = known or {}
    (folder / _FACTS).mkdir(parents=True, exist_ok=True)
    listed.unlink(missing_ok=True)  # until the files and the list agree again
    kept = {name: row for name, row in old.items() if name in wanted and row[:2] == [*astuple(wanted[name])]}
    for name in old.keys() - kept.keys():
        _remove(folder, name)
    new = [name for name in wanted if name not in kept]
    for name in new:
        _place(folder, name, wanted[name].mode)
    whole = [name for name in new if _is_content(name, wanted[name])]
    rows = {name: [wanted[name].mode, wanted[name].id, ""] for name in new} | kept
    for name, content in zip(whole, repository.contents(wanted[name].id for name in whole), strict=True):
        readable = content[: MOST_BYTES + 1]
        (folder / name).write_bytes(readable)
        rows[name][2] = hashlib.sha256(readable).hexdigest()
    listed.write_text(json.dumps(rows), "utf-8")
    return Side(Root(folder), {name: row[2] for name, row in rows.items()})


def _known(listed: Path) -> dict[str, list[str]] | None:
    try:
        found = json.loads(listed.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    sound = isinstance(found, dict) and all(isinstance(row, list) and len(row) == 3 for row in found.values())
    return found if sound else None


def _is_content(name: str, blob: Blob) -> bool:
    """Whether more than the name of a file matters."""
    return blob.mode in _FILE and name.endswith(".yaml")


def _place(folder: Path, name: str, mode: str) -> None:
    """Make an empty file, or an empty folder in place of a link."""
    parts = name.split("/")
    if parts[0] != _FACTS or {"", ".", ".."} & set(parts) or "\\" in name:
        raise NoRevision("path-leads-out")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode in _FILE:
        path.touch()
    else:
        path.mkdir(exist_ok=True)


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
    for above in path.parents:
        if above == folder / _FACTS:
            return
        with suppress(OSError):  # others are still in it
            above.rmdir()
