"""Snapshots: what a folder of output looks like, so that the next run knows whether somebody has been there.

A look at every file would cost as much as a large site is large, however small the change. So it is the folders that are
looked at, whose times tell of every file that was put in, taken out or replaced; and closely only the files that the next
run reads again. A file that was changed where it lies is seen when it is next written, or by a run without caches.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterator

from censorkb.query import STORE

_TOP = ""


class Snapshot:
    """What a folder looks like; `str` is a text by which that can be kept.

    Args:
        folder: which.
        closely: folders in it whose files are looked at, too, as are those that lie in no other.
        marks: what each folder and file looked like, by its path with `/`; what they look like now if there are none.
            OSError if nobody can look at them.
    """

    def __init__(self, folder: str, closely: Collection[str], marks: dict[str, str] | None = None) -> None:
        self._folder, self._closely = folder, {_TOP, *closely}
        self._marks = {name: _mark(folder, name) for name in self._all()} if marks is None else marks

    def __str__(self) -> str:
        return json.dumps(self._marks, sort_keys=True)

    @classmethod
    def still(cls, folder: str, closely: Collection[str], text: str) -> Snapshot | None:
        """A snapshot that was kept as a text; None if the folder looks different now, or the text is none."""
        try:
            kept: dict[str, str] = json.loads(text)
            same = _TOP in kept and all(_mark(folder, name) == mark for name, mark in kept.items())
        except (OSError, ValueError, TypeError):
            return None
        return cls(folder, closely, kept) if same else None

    def look_again(self, names: Collection[str]) -> None:
        """Look again at some files and the folders on the way to them; what else has changed is not ours, and stays unseen.

        Args:
            names: paths in the folder, of files that may be there or not.
        """
        for name in {above for name in names for above in _above(name)}:
            self._look(name)
        for name in (name for name in {*self._marks, *names} if name and name.rpartition("/")[0] in self._closely):
            before = self._marks.get(name, "")
            self._look(name)
            # A second name that we have given to a file is not a change of it.
            if name not in names and before.partition("|")[0] != self._marks.get(name, "").partition("|")[0]:
                self._marks[name] = before

    def _look(self, name: str) -> None:
        try:
            self._marks[name] = _mark(self._folder, name)
        except (FileNotFoundError, NotADirectoryError):
            self._marks.pop(name, None)

    def _all(self) -> Iterator[str]:
        """The names of all that is looked at; links are not followed."""
        inner = [_TOP]
        while inner:
            above = inner.pop()
            yield above
            with os.scandir(f"{self._folder}/{above}") as entries:
                for entry in entries:
                    name = f"{above}/{entry.name}" if above else entry.name
                    if name == STORE:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        inner.append(name)
                    elif above in self._closely:
                        yield name


def _above(name: str) -> Iterator[str]:
    """The folders on the way to a file, and the one that they are in."""
    while name:
        name = name.rpartition("/")[0]
        yield name


def _mark(folder: str, name: str) -> str:
    """What a file or a folder looks like, and after a `|` what changes with a second name of it, too.

    Of the folder itself it is the names in it: questions keep their store there, which changes its times.
    """
    if name == _TOP:
        return "/".join(sorted({*os.listdir(folder)} - {STORE}))
    found = os.lstat(f"{folder}/{name}")
    size = found.st_size if stat.S_ISREG(found.st_mode) else 0
    return f"{found.st_mode} {found.st_ino} {size} {found.st_mtime_ns}|{found.st_ctime_ns} {found.st_nlink}"
