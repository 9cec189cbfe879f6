"""Journals: the steps of a change to a folder, on the disk before the first of them, so that none is left undone.

A run that is killed before the journal is there has changed nothing. If it is killed later, the next one finds the
journal and takes all steps again: each of them can be taken any number of times.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

from censorkb.site import disk
from censorkb.site.last_run import MANIFEST, is_inside

_NAME, _DRAFT = "journal", "journal.draft"


class Disturbed(OSError):
    """Somebody else has put something in the way of a step."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What is to be done to a folder.

    Args:
        base: SHA-256 of its manifest before.
        new: SHA-256 of its manifest afterwards.
        remove: names of files that go.
        put: names of files that come or are replaced, each with the name of the new one beside the journal.
    """

    base: str
    new: str
    remove: list[str]
    put: dict[str, str]


class Journal:
    """The journal of a folder, kept beside it with the new files.

    Args:
        out: the folder.
    """

    def __init__(self, out: str) -> None:
        self.folder = str(Path(out).with_name(f".{Path(out).name}.amendment"))
        self._path, self._out = f"{self.folder}/{_NAME}", out

    @property
    def is_there(self) -> bool:
        """Whether steps are to be taken."""
        return os.path.lexists(self._path)

    def write(self, steps: Steps) -> None:
        """Keep the steps; from here on they will be taken, by this run or the next."""
        text = json.dumps(asdict(steps))
        files = disk.Files()
        try:
            files.write(f"{self.folder}/{_DRAFT}", f"{text}\n{_seal(text)}\n".encode())
            files.sync()
        finally:
            files.close()
        disk.sync_folder(self.folder)
        disk.sync_folder(str(Path(self.folder).parent))
        Path(f"{self.folder}/{_DRAFT}").rename(self._path)
        disk.sync_folder(self.folder)

    def finish(self) -> None:
        """Take the steps, if there are any for the folder as it is, and throw the journal away.

        Raises:
            Disturbed: a step can't be taken, now or later; only a replacement of the whole folder helps.
        """
        steps = self._read()
        try:
            if steps and _digest(f"{self._out}/{MANIFEST}") in (steps.base, steps.new):
                self._take(steps)
        except (FileExistsError, IsADirectoryError, NotADirectoryError) as fault:
            self._throw_away()
            raise Disturbed(fault.errno, fault.strerror, fault.filename) from None
        self._throw_away()

    def _throw_away(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            Path(self._path).unlink()
            disk.sync_folder(self.folder)  # a journal that comes back would undo what later runs do
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self) -> Steps | None:
        """The steps; None if there are none, or if they are damaged."""
        try:
            handle = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW)
            with open(handle, encoding="utf-8") as file:
                text, _, seal = file.read().rstrip("\n").partition("\n")
            steps = Steps(**json.loads(text))
        except (OSError, ValueError, TypeError):
            return None
        return steps if seal == _seal(text) and all(map(is_inside, (*steps.remove, *steps.put))) else None

    def _take(self, steps: Steps) -> None:
        folders = _Folders(self._out)
        for name in steps.remove:
            folders.remove(name)
        for name, new in steps.put.items():
            if name != MANIFEST:
                folders.put(f"{self.folder}/{new}", name)
        folders.sync()
        folders.put(f"{self.folder}/{steps.put[MANIFEST]}", MANIFEST)
        folders.sync()


class _Folders:
    """A folder and those in it, with the memory of which were touched; no link in it is followed."""

    def __init__(self, out: str) -> None:
        self._out = out
        self._touched: set[str] = set()

    def remove(self, name: str) -> None:
        """Remove a file, and the folders that it leaves empty; nothing if it is not there."""
        folder = self._folder(name)
        if self._is_folder(folder) and not self._is_folder(f"{self._out}/{name}"):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self._out}/{name}").unlink()
        self._touched.add(self._pruned(folder))

    def _pruned(self, folder: str) -> str:
        """The nearest folder that is left when empty ones are removed, of which some may be gone already."""
        while folder != self._out:
            if self._is_folder(folder):
                if not _is_empty(folder):
                    break
                Path(folder).rmdir()
                self._touched.discard(folder)
            folder = folder.rpartition("/")[0]
        return folder

    def put(self, new: str, name: str) -> None:
        """Put a new file in its place; nothing if it has been put there."""
        self._make(self._folder(name))
        with contextlib.suppress(FileNotFoundError):
            Path(new).replace(f"{self._out}/{name}")
        self._touched.add(self._folder(name))

    def sync(self) -> None:
        """Make sure that all is on the disk."""
        for folder in sorted(self._touched):
            disk.sync_folder(folder)
        self._touched.clear()

    def _folder(self, name: str) -> str:
        return f"{self._out}/{name}".rpartition("/")[0]

    def _make(self, folder: str) -> None:
        if folder != self._out and not self._is_folder(folder):
            above = folder.rpartition("/")[0]
            self._make(above)
            Path(folder).mkdir()
            self._touched |= {folder, above}

    def _is_folder(self, path: str) -> bool:
        """Whether a path leads to a folder, by folders only."""
        if path == self._out:
            return True
        try:
            return stat.S_ISDIR(os.lstat(path).st_mode) and self._is_folder(path.rpartition("/")[0])
        except (FileNotFoundError, NotADirectoryError):
            return False


def _is_empty(folder: str) -> bool:
    with os.scandir(folder) as entries:
        return not any(entries)


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(path: str) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""
