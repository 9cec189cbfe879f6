"""Publishing: a folder of output is complete or not there, whatever goes wrong on the way.

Files are written into a draft beside the old folder, synced, and put in its place in one step (renameat2 with
RENAME_EXCHANGE on Linux, two renames elsewhere). A file that has not changed is the same file as before, with its times,
and if none has changed the folder is left alone. A folder that is not ours is never replaced.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

MANIFEST = "MANIFEST.sha256"
BATCH = 100
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class CantPublish(OSError):
    """The output can't be put where it was asked for; the text is a sentence for the user."""


class Draft:
    """A folder in the making.

    Args:
        folder: where its files are written.
        out: the folder whose place it will take, with the files of the last run if there are any.
    """

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder = folder
        self.digests: dict[str, str] = {}
        self._last, self._unchanged = _Last(out), True
        self._folders: set[Path] = set()
        self._unsynced: list[BinaryIO] = []

    def write(self, name: str, content: bytes) -> None:
        """Write a file; one that is in the folder of the last run with the same bytes is taken from there as it is.

        Args:
            name: path in the folder with `/`; it must stay inside.
            content: all of it.
        """
        if name in self.digests or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"{name} is written twice, or outside the folder")
        path = self.folder / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        digest = hashlib.sha256(content).hexdigest()
        same = self._last.holds(name, content, digest)
        self._unchanged &= same
        if not (same and self._last.link(name, path)):
            self._write(path, content)
        self.digests[name] = digest

    def finish(self) -> bool:
        """Write the manifest and sync all; False if the last run's folder is the same, so that nothing need be put in place."""
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.digests.items()))
        self.write(MANIFEST, lines.encode())
        if self._unchanged and self._last.has_only(self.digests):
            return False
        self._sync_files()
        for path in (*(p for p in self.folder.rglob("*") if p.is_dir()), self.folder):
            _sync(path)
        return True

    def close(self) -> None:
        """Close what is still open."""
        while self._unsynced:
            self._unsynced.pop().close()

    def _write(self, path: Path, content: bytes) -> None:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        file = os.fdopen(handle, "wb", buffering=0)
        self._unsynced.append(file)
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        if len(self._unsynced) >= BATCH:
            self._sync_files()

    def _sync_files(self) -> None:
        """Sync what was written.

        In batches, since the first sync of a batch takes most of the others along: two to three times as fast as one
        after each file. As safe, because nothing is put in place before all are synced, and because each is synced
        through the handle that wrote it, which is told of a fault of the disk. `syncfs` would be faster still, but
        neither old kernels nor all file systems tell of faults in it.
        """
        for file in self._unsynced:
            os.fsync(file.fileno())
        self.close()


class _Last:
    """The folder of the last run: what it holds is believed only after a look at the bytes.

    Args:
        out: the folder, or where it would be.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._plain: dict[Path, bool] = {}
        try:
            lines = (out / MANIFEST).read_text("utf-8").splitlines() if _is_ours(out) else []
        except (OSError, UnicodeError):
            lines = []
        self._digests = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}

    def holds(self, name: str, content: bytes, digest: str) -> bool:
        """Whether a file is there with these bytes, and is a plain file in plain folders that has no other name."""
        if name != MANIFEST and self._digests.get(name) != digest:
            return False
        path = self._out / name
        try:
            found = path.lstat()
            plain = stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and found.st_size == len(content)
            return plain and self._is_plain(path.parent) and path.read_bytes() == content
        except OSError:
            return False

    def link(self, name: str, path: Path) -> bool:
        """Give a file a second name; False where the system can't."""
        try:
            os.link(self._out / name, path, follow_symlinks=False)
        except (OSError, NotImplementedError):
            return False
        return True

    def has_only(self, names: Iterable[str]) -> bool:
        """Whether nothing lies in the folder but these files and the folders that they need."""
        folders = {parent for name in names for parent in PurePosixPath(name).parents}
        wanted = {*names, *(folder.as_posix() for folder in folders)} - {"."}
        return {path.relative_to(self._out).as_posix() for path in self._out.rglob("*")} == wanted

    def _is_plain(self, folder: Path) -> bool:
        """Whether no link leads from the folder of the last run to a folder in it."""
        if folder not in self._plain:
            self._plain[folder] = not folder.is_symlink() and (folder == self._out or self._is_plain(folder.parent))
        return self._plain[folder]


@contextmanager
def publishing(out: Path) -> Iterator[Draft]:
    """Write a folder's files into a draft and put it in the folder's place if nothing went wrong.

    Raises:
        CantPublish: the folder is not ours, or another run is writing it.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link in the place of the folder
    if out.is_symlink() or (out.exists() and not (out.is_dir() and (_is_ours(out) or not any(out.iterdir())))):
        raise CantPublish(f"{out} exists and was not made by censorkb; choose another folder with --out")
    out.parent.mkdir(parents=True, exist_ok=True)
    with _lock(out):
        folder = out.with_name(f".{out.name}.draft")
        _tidy(folder, out)
        draft = Draft(folder, out)
        folder.mkdir()
        try:
            yield draft
            if draft.finish():
                _put(folder, out)
        finally:
            draft.close()
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def _old(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _tidy(folder: Path, out: Path) -> None:
    """Undo what a run that was killed has left: a draft, or an old folder that was out of its place."""
    shutil.rmtree(folder, ignore_errors=True)
    if _is_ours(_old(out)) and not out.exists():
        _old(out).rename(out)
    shutil.rmtree(_old(out), ignore_errors=True)


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    handle = os.open(out.with_name(f".{out.name}.lock"), os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    with os.fdopen(handle, "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CantPublish(f"another run is writing {out}; wait for it to end") from None
        yield


def _put(folder: Path, out: Path) -> None:
    """Put a finished folder in the place of an old one; afterwards `folder` holds the old one, if there was one."""
    if not out.exists():
        folder.rename(out)
    elif not _exchange(folder, out):
        out.rename(_old(out))
        try:
            folder.rename(out)
        except BaseException:
            _old(out).rename(out)
            raise
        shutil.rmtree(_old(out), ignore_errors=True)
    _sync(out.parent)


def _sync(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system can't."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
