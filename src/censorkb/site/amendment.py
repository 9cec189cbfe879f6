"""Amendments: the files by which a folder of output changes, put in their places one by one.

For a small change to a large folder, of which nobody has touched anything since the last run as far as a snapshot tells:
files that are not written are taken for what the manifest says, unread. A reader may see some new files beside some old ones for a moment; a journal sees to it
that this does not last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from censorkb.site.draft import Draft, Entry
from censorkb.site.journal import Journal, Steps
from censorkb.site.last_run import MANIFEST, LastRun
from censorkb.site.snapshot import Snapshot


class Amendment(Draft):
    """Some files of a folder; the others stay.

    Args:
        journal: of the folder; the new files are written beside it.
        out: the folder, as the last run has left it.
        before: what it looks like.
    """

    amends = True

    def __init__(self, journal: Journal, out: str, before: Snapshot) -> None:
        last = LastRun(out)
        self._digests = last.digests.copy()
        super().__init__(journal.folder, last, self._digests)
        self._snapshot = before
        self._claimed: set[str] = set()
        self._journal = journal
        self._put: dict[str, str] = {}
        self._removed: set[str] = set()
        Path(self._folder).mkdir()

    def take(self, entry: Entry) -> None:
        """Take a file that was put for written; FileExistsError if another copy of the process has put one, too."""
        self._claim(entry.name)
        self._claimed.add(entry.name)
        super().take(entry)
        self._removed.discard(entry.name)
        if not entry.is_same:
            self._put[entry.name] = _waiting(entry.name)

    def remove(self, name: str) -> None:
        """Remove a file of the last run; nothing if there is none."""
        if name in self._claimed:
            raise ValueError(f"{name} is written and removed")
        if self._digests.pop(name, ""):
            self._removed.add(name)

    def remove_others(self, folder: str) -> None:
        """Remove all files in a folder that were not written."""
        for name in [name for name in self._digests if name.startswith(folder) and name not in self._claimed]:
            self.remove(name)

    def finish(self) -> None:
        """Sync the new files, write down what is to be done with them, and do it."""
        if not self._put and not self._removed:
            return
        before = Path(self._last.path(MANIFEST)).read_bytes()
        after = b"".join(self._digests.blocks())
        self._files.write(self._place(MANIFEST), after)
        self._put[MANIFEST] = _waiting(MANIFEST)
        self._files.sync()
        base, new = (hashlib.sha256(content).hexdigest() for content in (before, after))
        self._journal.write(Steps(base, new, sorted(self._removed), self._put))
        self._journal.finish()

    def snapshot(self, closely: Collection[str]) -> Snapshot:  # noqa: ARG002 - those of the snapshot before
        """What the folder looked like before, with what was put into it or removed; nothing else was touched by us."""
        self._snapshot.look_again({*self._put, *self._removed})
        return self._snapshot

    def close(self) -> None:
        """Clear away what is not needed any more; what the journal speaks of is."""
        if self._journal.is_there:
            self._files.close()
        else:
            super().close()

    def _claim(self, name: str) -> None:
        super()._claim(name)
        if name in self._claimed:
            raise FileExistsError(name)

    def _place(self, name: str) -> str:
        return f"{self._folder}/{_waiting(name)}"

    def path(self, name: str) -> str:
        """The path of a file as it is now."""
        return f"{self._folder}/{self._put[name]}" if name in self._put else self._last.path(name)

    def _reuse(self, name: str) -> bool:  # noqa: ARG002 - all stay where they are
        return True

    def _is_same(self, name: str, digest: str, content: bytes | str) -> bool:
        if isinstance(content, str):  # what is too large for the memory was looked at closely
            return self._last.digests.get(name) == digest
        return super()._is_same(name, digest, content)


def _waiting(name: str) -> str:
    """What a file is called until it is put in its place, whichever copy of the process writes it."""
    return hashlib.sha256(name.encode()).hexdigest()
