"""The disk: files and folders that are surely on it, whatever happens to the machine afterwards."""

from __future__ import annotations

import ctypes
import functools
import os
import re
from pathlib import Path

MOST_OPEN = 200  # some systems allow a program 256 open files
TELLING = ("ext4", "xfs")  # file systems whose `syncfs` tells of every fault, on a kernel from this on: see sync(2)
_TELLING_SINCE = (5, 8)
_MOUNTS = "/proc/self/mountinfo"
_AT_FDCWD, _RENAME_EXCHANGE, _SYNC_FILE_RANGE_WRITE = -100, 2, 2


class Files:
    """Files that were written and are not yet surely on the disk.

    The first are waited for one by one, through the handles that wrote them, which are told of a fault of the disk. If
    there are more, the whole disk is waited for once in the end, where it tells of faults as surely: that takes a tenth
    of the time, but it waits for what other programs write, too.
    """

    def __init__(self) -> None:
        self._handles: list[int] = []
        self._disk: int | None = None
        self._is_shared = False  # whether a copy of this process can leave it to this one to wait for the disk

    def write(self, path: str, content: bytes) -> None:
        """Write a new file; FileExistsError if there is one."""
        handle = create(path)
        self._handles.append(handle)
        put(handle, content)
        if self._disk is not None:
            self._close_files()
        elif len(self._handles) >= MOST_OPEN:
            self.sync()
            self._disk = whole_disk(str(Path(path).parent))  # it tells of faults from now on

    def share(self, folder: str) -> None:
        """Be ready for copies of this process that write files, too: the whole disk is waited for, here, if it tells of faults.

        Args:
            folder: on the disk.
        """
        if self._disk is None:
            self.sync()
            self._disk = whole_disk(folder)
        self._is_shared = self._disk is not None

    def begin(self) -> None:
        """Wait for what copies of this process have written so far, while they go on; OSError if the disk has a fault."""
        if self._disk is not None:
            _wait_for(self._disk)

    def settle(self) -> None:
        """See to it, in a copy of the process, that what it has written is waited for by the first, or by itself."""
        if self._is_shared:
            self._close_files()
        else:
            self.sync()

    def take(self, handle: int) -> None:
        """Take over a file that somebody else has written."""
        self._handles.append(handle)

    def sync(self) -> None:
        """Make sure that all are on the disk, and close them; OSError if the disk has a fault."""
        self.begin()
        for handle in self._handles:  # the system begins to write all of them before anybody waits for the first
            _begin(handle)
        for handle in self._handles:
            os.fsync(handle)
        self.close()

    def close(self) -> None:
        """Close all."""
        self._close_files()
        if self._disk is not None:
            disk, self._disk = self._disk, None
            os.close(disk)

    def _close_files(self) -> None:
        while self._handles:
            os.close(self._handles.pop())


def whole_disk(folder: str) -> int | None:
    """Something to wait for all of a disk with; None if its system would not tell of every fault from now on.

    Args:
        folder: on the disk.
    """
    release = re.match(r"(\d+)\.(\d+)", os.uname().release)
    if not release or tuple(map(int, release.groups())) < _TELLING_SINCE or not hasattr(_system(), "syncfs"):
        return None
    return os.open(folder, os.O_RDONLY) if _file_system(folder) in TELLING else None


def _file_system(folder: str) -> str:
    """The type of the file system of a folder; empty if nobody can tell (proc(5), mountinfo)."""
    device = Path(folder).stat().st_dev
    try:
        mounts = Path(_MOUNTS).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    found = (line.partition(" - ") for line in mounts if line.split()[2] == f"{os.major(device)}:{os.minor(device)}")
    return next((after.split()[0] for _, _, after in found), "")


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


def _wait_for(disk: int) -> None:
    if _system().syncfs(disk):
        raise OSError(fault := ctypes.get_errno(), os.strerror(fault))


def _begin(handle: int) -> None:
    """Let the system begin to write a file; where it can't, or fails, waiting for the file does all and tells."""
    begin = getattr(_system(), "sync_file_range", None)
    if begin is not None:
        begin(handle, ctypes.c_int64(0), ctypes.c_int64(0), _SYNC_FILE_RANGE_WRITE)


@functools.cache
def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
