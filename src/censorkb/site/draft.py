"""Drafts: the files of a run on their way into a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from censorkb.site import disk
from censorkb.site.last_run import LastRun, is_inside, link
from censorkb.site.manifest import Digests
from censorkb.site.snapshot import Snapshot

MANY = 20_000  # files, after which the disk is waited for while copies of this process make others


class Stream:
    """A file that is written piece by piece.

    Args:
        handle: of the file.
    """

    def __init__(self, handle: int) -> None:
        self._handle, self._digest = handle, hashlib.sha256()

    def write(self, content: bytes, digest: hashlib._Hash | None = None) -> None:
        """Write some bytes after those before.

        Args:
            content: the bytes.
            digest: SHA-256 of all bytes with these, if it is known; it becomes the stream's own.
        """
        if digest is None:
            self._digest.update(content)
        else:
            self._digest = digest
        disk.put(self._handle, content)

    @property
    def digest(self) -> str:
        """SHA-256 of what was written so far."""
        return self._digest.hexdigest()


class Entry(NamedTuple):
    """A file that was put where it waits for the end of the run.

    Args:
        name: its path in the folder.
        digest: its SHA-256.
        is_same: whether the last run has left it so.
    """

    name: str
    digest: str
    is_same: bool


class Part:
    """A part of a draft, whose files are called by their names in it.

    Args:
        draft: the whole.
        folder: the beginning of their names there.
    """

    def __init__(self, draft: Draft, folder: str) -> None:
        self._draft, self._folder = draft, folder
        self.share, self.settle = draft.share, draft.settle

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write files, each a name and its content."""
        for entry in self.put(files):
            self._draft.take(entry)

    def put(self, files: Iterable[tuple[str, bytes]]) -> Iterator[Entry]:
        """Put files where they wait."""
        return (self._draft.put(f"{self._folder}{name}", content) for name, content in files)

    def take(self, entries: Iterable[Entry]) -> None:
        """Take files that were put for written, as copies of the process tell of them."""
        for number, entry in enumerate(entries, 1):
            self._draft.take(entry)
            if number % MANY == 0:
                self._draft.begin()


class Draft(ABC):
    """The files of a run, each of which is written once; FileExistsError if one is written again.

    `amends` says whether files of the last run stay if they are not written. When all is done, `left` is the snapshot of
    the folder, by which the next run knows that it may amend it.

    Copies of this process can put files, too: it calls `share` before there are any, they call `put`, and `settle` at
    their end, and this one calls `take` for each file that they tell it of.

    Args:
        folder: where they are written.
        last: what the last run has left in the folder that they are for.
        digests: of what is there as it is now.
    """

    amends = False

    def __init__(self, folder: str, last: LastRun, digests: Digests) -> None:
        self.digests, self.left = digests, ""
        self._folder, self._last = folder, last
        self._streams = 0
        self._files = disk.Files()

    def write(self, name: str, content: bytes) -> None:
        """Write a file; one that the last run has left with the same bytes is taken as it is.

        Args:
            name: path in the folder with `/`; it must stay inside.
            content: all of it.
        """
        self.take(self.put(name, content))

    def put(self, name: str, content: bytes) -> Entry:
        """Put a file where it waits; it is not written before its entry is taken."""
        self._claim(name)
        entry = self._entry(name, hashlib.sha256(content).hexdigest(), content)
        if not self._is_reused(entry):
            self._files.write(self._place(name), content)
        return entry

    def take(self, entry: Entry) -> None:
        """Take a file that was put for written."""
        self.digests[entry.name] = entry.digest

    def share(self) -> None:
        """Be ready for copies of this process that put files, too."""
        self._files.share(self._folder)

    def begin(self) -> None:
        """Wait for the disk while copies of this process go on, so that there is less to wait for in the end."""
        self._files.begin()

    def settle(self) -> None:
        """See to it, in a copy of the process, that what it has put is surely on the disk; it puts nothing more."""
        self._files.settle()

    @contextmanager
    def stream(self, name: str) -> Iterator[Stream]:
        """Write a file that is too large for the memory piece by piece, beside others; else the same as `write`."""
        self._claim(name)
        self._streams += 1
        aside = f"{self._folder}/.stream-{self._streams}"
        handle = disk.create(aside)
        try:
            stream = Stream(handle)
            yield stream
        except BaseException:
            os.close(handle)
            raise
        self._files.take(handle)
        entry = self._entry(name, stream.digest, aside)
        if self._is_reused(entry):
            Path(aside).unlink()
        else:
            disk.move(aside, self._place(name))
        self.take(entry)

    @property
    def before(self) -> Mapping[str, str]:
        """The SHA-256 of the files of the last run by name."""
        return self._last.digests

    def aside(self) -> str:
        """The path of a file beside those of the run, for what is not finished; nothing is there."""
        return f"{self._folder}/.aside"

    def same_as(self, name: str, other: str) -> None:
        """Write a file with the bytes of another: the same file under a second name, where the system can.

        Args:
            name: path in the folder.
            other: a file that was written before.
        """
        self._claim(name)
        path = self.path(other)
        entry = self._entry(name, self.digests[other], path)
        if not self._is_reused(entry) and not link(path, place := self._place(name)):
            handle = disk.create(place)
            self._files.take(handle)
            with open(path, "rb") as source, open(handle, "wb", closefd=False) as copy:
                shutil.copyfileobj(source, copy)
        self.take(entry)

    @abstractmethod
    def remove_others(self, folder: str) -> None:
        """Remove all files in a folder that were not written.

        Args:
            folder: the beginning of their names.
        """

    @abstractmethod
    def remove(self, name: str) -> None:
        """See to it that a file is not there."""

    @abstractmethod
    def finish(self) -> None:
        """Put everything in its place; whatever fails, the folder is as it was before, or as it is meant to be."""

    def snapshot(self, closely: Collection[str]) -> Snapshot:
        """What the folder looks like when all is done; OSError if nobody can look at it."""
        return Snapshot(self._last.out, closely)

    def close(self) -> None:
        """Clear away what is not needed any more."""
        self._files.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @abstractmethod
    def _place(self, name: str) -> str:
        """The path at which to write a file."""

    @abstractmethod
    def path(self, name: str) -> str:
        """The path of a file as it is now."""

    @abstractmethod
    def _reuse(self, name: str) -> bool:
        """Let a file of the last run be one of this; False if the system can't."""

    def _is_same(self, name: str, digest: str, content: bytes | str) -> bool:
        """Whether the last run has left a file with the same bytes, given as they are or as a path."""
        return self._last.holds(name, digest, content)

    def _is_reused(self, entry: Entry) -> bool:
        return entry.is_same and self._reuse(entry.name)

    def _entry(self, name: str, digest: str, content: bytes | str) -> Entry:
        return Entry(name, digest, self._is_same(name, digest, content))

    def _claim(self, name: str) -> None:
        if not is_inside(name):
            raise ValueError(f"{name} is outside the folder")
