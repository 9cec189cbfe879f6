"""Stamps: whether a fact file is still the one that was read, at the cost of asking the file system."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

MARGIN = 2_000_000_000  # nanoseconds; no file system in use has coarser times


@dataclass(frozen=True, slots=True)
class Print:
    """What tells one state of a file from another.

    Args:
        stamp: what the file system says of it; empty if a later change might leave it as it is.
        digest: SHA-256; empty if it can't be read or is no file.
    """

    stamp: str
    digest: str

    @classmethod
    def of(cls, path: Path) -> Print:
        """Take the print of a file, before it is read."""
        stamped = settled(path)
        return cls(stamped, _digest(path))


def settled(path: Path) -> str:
    """The stamp of a file that is about to be read; empty if a later change might leave it as it is."""
    now, stamped = time.time_ns(), stamp(path)
    return stamped if _is_settled(stamped, now) else ""


def digest(raw: bytes) -> str:
    """SHA-256 of what was read of a file, as in its print."""
    return hashlib.sha256(raw).hexdigest()


def stamp(path: str | Path) -> str:
    """What tells two states of a file apart: its size, times and number in the file system; empty if it is no file."""
    try:
        found = os.lstat(path)
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}-{found.st_ino}"


def _is_settled(stamped: str, now: int) -> bool:
    """Whether a later change of a file must change its stamp: times have grains, so it must be older than one."""
    return bool(stamped) and max(map(int, stamped.split("-")[1:3])) + MARGIN < now


def _digest(path: Path) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return ""
            with open(handle, "rb", closefd=False) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        finally:
            os.close(handle)
    except OSError:
        return ""
