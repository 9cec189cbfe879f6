"""The disk: files and folders that are surely on it, whatever happens to the machine afterwards."""

from __future__ import annotations

import ctypes
import functools
import os
from pathlib import Path

MOST_OPEN = 200  # some systems allow a program 256 open files
_AT_FDCWD, _RENAME_EXCHANGE, _SYNC_FILE_RANGE_WRITE = -100, 2, 2


class Files:
    """Files that were written and are not yet surely on the disk."""

    def __init__(self) -> None:
        self._handles: list[int] = []

    def write(self, path: str, content: bytes) -> None:
        """Write a new file; FileExistsError if there is one."""
        handle = create(path)
        self._handles.append(handle)
        put(handle, content)
        if len(self._handles) >= MOST_OPEN:
            self.sync()

    def take(self, handle: int) -> None:
        """Take over a file that somebody else has written."""
        self._handles.append(handle)

    def sync(self) -> None:
        """Make sure that all are on the disk, and close them.

        Many at once: the system begins to write all of them before anybody waits for the first. Each is waited for
        through the handle that wrote it, which is told of a fault of the disk; one `syncfs` for all would be faster
        still, but neither old kernels nor all file systems tell of faults in it.
        """
        for handle in self._handles:
            _begin(handle)
        for handle in self._handles:
            os.fsync(handle)
        self.close()

    def close(self) -> None:
        """Close all."""
        while self._handles:
            os.close(self._handles.pop())


def create(path: str, *, also_read: bool = False) -> int:
    """Make a new file; FileExistsError if there is one, or a link."""
    return os.open(path, (os.O_RDWR if also_read else os.O_WRONLY) | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)


def put(handle: int, content: bytes) -> None:
    """Write all of some bytes."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def move(path: str, place: str) -> None:
    """Give a file another name; FileExistsError if there is one that has it."""
    if os.path.lexists(place):
        raise FileExistsError(place)
    Path(path).rename(place)


def sync_folder(path: str) -> None:
    """Make sure that the names in a folder are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange(one: str, other: str) -> bool:
    """Exchange two folders in one step; False where the system can't."""
    renameat2 = getattr(_system(), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _begin(handle: int) -> None:
    """Let the system begin to write a file; where it can't, or fails, waiting for the file does all and tells."""
    begin = getattr(_system(), "sync_file_range", None)
    if begin is not None:
        begin(handle, ctypes.c_int64(0), ctypes.c_int64(0), _SYNC_FILE_RANGE_WRITE)


@functools.cache
def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
