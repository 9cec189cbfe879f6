"""Replacements: a folder of output that takes the place of the old one in one step.

The step is renameat2 with RENAME_EXCHANGE on Linux, two renames elsewhere. A file that has not changed is the same file
as before, with its times, and if none has changed the folder is left alone.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from censorkb.query import STORE
from censorkb.site import disk
from censorkb.site.draft import Draft, Entry
from censorkb.site.last_run import MANIFEST, LastRun, is_ours
from censorkb.site.roll import Roll


class Replacement(Draft):
    """All files of a folder, to take the place of those that are there.

    Args:
        folder: where they are written; made here.
        out: the folder.
    """

    def __init__(self, folder: str, out: str) -> None:
        self._roll = Roll(folder)
        super().__init__(folder, LastRun(out), self._roll)
        self._unchanged = True
        self._made, self._folders = {folder}, {""}  # by path, those of this process; by name, all
        Path(folder).mkdir()

    def take(self, entry: Entry) -> None:
        """Take a file that was put for written."""
        super().take(entry)
        self._unchanged &= entry.is_same
        self._enter(entry.name.rpartition("/")[0])

    def remove(self, name: str) -> None:
        """Nothing: what is not written will not be there."""

    def remove_others(self, folder: str) -> None:
        """Nothing, as well."""

    def finish(self) -> None:
        """Write the manifest, sync all and put it in its place, unless the last run has left the same."""
        with self.stream(MANIFEST) as output:
            for block in self.digests.blocks():
                output.write(block)
        if self._unchanged and self._last.has_only(self.digests):
            return
        self._files.sync()
        for folder in sorted(self._folders):
            disk.sync_folder(self.path(folder))
        out = self._last.out
        put(self._folder, out)
        with contextlib.suppress(OSError):  # without its store, the next question makes another
            Path(self._folder, STORE).rename(Path(out, STORE))

    def close(self) -> None:
        """Clear away what is not needed any more."""
        self._roll.close()
        super().close()

    def _place(self, name: str) -> str:
        path = f"{self._folder}/{name}"
        self._make(path.rpartition("/")[0])
        return path

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            Path(folder).mkdir(exist_ok=True)  # a copy of the process may have made it
            self._made.add(folder)

    def _enter(self, folder: str) -> None:
        """Enter a folder that was made, by whom ever, and those on the way to it."""
        while folder not in self._folders:
            self._folders.add(folder)
            folder = folder.rpartition("/")[0]

    def path(self, name: str) -> str:
        """The path of a file as it is now."""
        return f"{self._folder}/{name}"

    def _reuse(self, name: str) -> bool:
        return self._last.link(name, self._place(name))


def put(folder: str, out: str) -> None:
    """Put a finished folder in the place of an old one; afterwards `folder` holds the old one, if there was one."""
    if not Path(out).exists():
        Path(folder).rename(out)
    elif not disk.exchange(folder, out):
        Path(out).rename(old(out))
        try:
            Path(folder).rename(out)
        except BaseException:
            Path(old(out)).rename(out)
            raise
        shutil.rmtree(old(out), ignore_errors=True)
    disk.sync_folder(str(Path(out).parent))


def old(out: str) -> str:
    """Where an old folder is for a moment, if it can't be exchanged with the new one."""
    return str(Path(out).with_name(f".{Path(out).name}.old"))


def restore(out: str) -> None:
    """Undo what a run that was killed between two renames has left."""
    if is_ours(old(out)) and not Path(out).exists():
        Path(old(out)).rename(out)
    shutil.rmtree(old(out), ignore_errors=True)
