"""Archives: many files as one zip, of which the memory holds neither a file nor the list.

The list of all files stands at the end of a zip, so it is kept in a file of its own until then. The format is that of
PKWARE's APPNOTE.TXT, whose sections are named here. The same files give the same bytes: one time for all, no owner.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO

LONG, MANY = (1 << 32) - 1, (1 << 16) - 1  # what stands for a number that is told elsewhere, in eight bytes (4.4.1.4)
_ENTRY = struct.Struct("<4s5H3L2H")  # local file header (4.3.7)
_LISTED = struct.Struct("<4s6H3L5H2L")  # central directory header (4.3.12)
_END_64 = struct.Struct("<4sQ2H2L4Q")  # Zip64 end of central directory record (4.3.14), 12 of whose bytes don't count
_LOCATOR = struct.Struct("<4sLQL")  # Zip64 end of central directory locator (4.3.15)
_END = struct.Struct("<4s4H2LH")  # end of central directory record (4.3.16)
_BY_UNIX = 3 << 8  # says how to read the mode (4.4.2)
_PLAIN, _WIDE = 20, 45  # version of the format that is needed (4.4.3)
_UTF8 = 1 << 11  # the letters of names (4.4.4)
_STORED, _DEFLATED = 0, 8  # 4.4.5
_TIME, _DATE = 0, 1 << 5 | 1  # the first that a zip can have: midnight of 1 January 1980 (4.4.6)
_MODE = 0o644 << 16  # 4.4.15
_NUMBERS = 1  # Zip64 extended information (4.5.3)
_BLOCK = 1 << 20  # what is in the memory at once


class Archive:
    """A zip that is written.

    Args:
        write: takes the bytes of the zip, piece by piece.
        listed: an empty file, for the list.
        folder: for what is larger than a block.
        long: from where on a number is told in eight bytes in the place of four.
        many: the same in the place of two.
    """

    def __init__(
        self, write: Callable[[bytes], object], listed: IO[bytes], folder: str, long: int = LONG, many: int = MANY
    ) -> None:
        self._write, self._listed, self._folder = write, listed, folder
        self._long, self._many = long, many
        self._at, self._count = 0, 0

    def add(self, name: str, content: IO[bytes], *, deflate: bool) -> None:
        """Add a file.

        Args:
            name: path with `/`; each comes once.
            content: the file, which stands at its beginning and can be read twice.
            deflate: whether to make it smaller.
        """
        with SpooledTemporaryFile(_BLOCK, dir=self._folder) as smaller:
            crc, size = _read(content, smaller if deflate else None)
            body = smaller if deflate else content  # which is read again rather than copied
            self._head(name.encode(), deflate, crc, size, body.tell())
            body.seek(0)
            self._put(body)

    def finish(self) -> None:
        """Write the list, and where it is."""
        start, size = self._at, self._listed.tell()
        self._listed.seek(0)
        self._put(self._listed)
        count, at, length = self._count, _told(start, self._long, LONG), _told(size, self._long, LONG)
        if LONG in (at, length) or count >= self._many:
            numbers = (0, 0, count, count, size, start)
            end = _END_64.pack(b"PK\6\6", _END_64.size - 12, _BY_UNIX | _WIDE, _WIDE, *numbers)
            self._write(end + _LOCATOR.pack(b"PK\6\7", 0, self._at, 1))
            count = _told(count, self._many, MANY)
        self._write(_END.pack(b"PK\5\6", 0, 0, count, count, length, at, 0))

    def _head(self, name: bytes, deflate: bool, crc: int, size: int, packed: int) -> None:
        """Write what stands before a file, and its line in the list."""
        is_long, is_far = max(size, packed) >= self._long, self._at >= self._long
        needed = _WIDE if is_long or is_far else _PLAIN
        sizes, told = ((size, packed), (LONG, LONG)) if is_long else ((), (packed, size))
        shared = (needed, _UTF8, _DEFLATED if deflate else _STORED, _TIME, _DATE, crc, *told, len(name))
        extra = _numbers(*sizes)
        entry = _ENTRY.pack(b"PK\3\4", *shared, len(extra)) + name + extra
        extra = _numbers(*sizes, self._at) if is_far else extra
        at = _told(self._at, self._long, LONG)
        self._listed.write(_LISTED.pack(b"PK\1\2", _BY_UNIX | needed, *shared, len(extra), 0, 0, 0, _MODE, at))
        self._listed.write(name + extra)
        self._count += 1
        self._at += len(entry)
        self._write(entry)

    def _put(self, content: IO[bytes]) -> None:
        """Write a file as it is, from where it stands."""
        while block := content.read(_BLOCK):
            self._at += len(block)
            self._write(block)


@contextmanager
def archive(write: Callable[[bytes], object], folder: str, long: int = LONG, many: int = MANY) -> Iterator[Archive]:
    """Write a zip, whose list is written at the end of the block.

    Args:
        write: takes the bytes of the zip, piece by piece.
        folder: where there is room, for files that have no name.
        long: see `Archive`.
        many: the same.
    """
    with TemporaryFile(dir=folder) as listed:
        made = Archive(write, listed, folder, long, many)
        yield made
        made.finish()


def _read(content: IO[bytes], smaller: IO[bytes] | None) -> tuple[int, int]:
    """The CRC-32 of a file (4.4.7) and how long it is.

    Args:
        content: the file.
        smaller: what takes it deflated, if anything does.
    """
    crc, size, deflating = 0, 0, zlib.compressobj(wbits=-zlib.MAX_WBITS) if smaller else None
    while block := content.read(_BLOCK):
        crc, size = zlib.crc32(block, crc), size + len(block)
        if smaller and deflating:
            smaller.write(deflating.compress(block))
    if smaller and deflating:
        smaller.write(deflating.flush())
    return crc, size


def _told(number: int, limit: int, elsewhere: int) -> int:
    """What stands where there is room for a small number."""
    return number if number < limit else elsewhere


def _numbers(*numbers: int) -> bytes:
    """The numbers of a file for which there was no room, in the order of section 4.5.3: both sizes, and where it is."""
    return struct.pack(f"<2H{len(numbers)}Q", _NUMBERS, 8 * len(numbers), *numbers) if numbers else b""
