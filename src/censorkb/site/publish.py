"""Publishing: a folder of output is complete or not there, whatever goes wrong on the way.

Files are written into a draft beside the old folder, synced, and put in its place in one step (renameat2 with
RENAME_EXCHANGE on Linux, two renames elsewhere). A folder that is not ours is never replaced.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

MANIFEST = "MANIFEST.sha256"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class CantPublish(OSError):
    """The output can't be put where it was asked for; the text is a sentence for the user."""


class Draft:
    """A folder in the making.

    Args:
        folder: where its files are written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests: dict[str, str] = {}

    def write(self, name: str, content: bytes) -> None:
        """Write a file, synced to the disk.

        Args:
            name: path in the folder with `/`; it must stay inside.
            content: all of it.
        """
        if name in self.digests or PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"{name} is written twice, or outside the folder")
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        self.digests[name] = hashlib.sha256(content).hexdigest()


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
        folder.mkdir()
        try:
            draft = Draft(folder)
            yield draft
            lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(draft.digests.items()))
            draft.write(MANIFEST, lines.encode())
            for path in (*(p for p in folder.rglob("*") if p.is_dir()), folder):
                _sync(path)
            _put(folder, out)
        finally:
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
