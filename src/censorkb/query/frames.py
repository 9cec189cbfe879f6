"""Frames: how a question and its answer pass between this program and the process that answers it.

Requests and verdicts are one line of JSON. An answer is a head, pieces of text with their lengths before them, an empty
piece, and a verdict, so that one which breaks off anywhere is never taken for a whole one.
"""

from __future__ import annotations

import io
import json
from typing import Any, BinaryIO

_LENGTH = 4  # bytes
_PIECE = 1 << 16


class BrokenOff(EOFError):
    """The other side has gone in the middle of what it had to say."""


def put(out: BinaryIO, message: dict[str, Any]) -> None:
    """Write a message on a line of its own."""
    out.write(json.dumps(message).encode() + b"\n")
    out.flush()


def take(source: BinaryIO) -> dict[str, Any]:
    """Read a message.

    Raises:
        BrokenOff: there is none.
    """
    line = source.readline()
    if not line.endswith(b"\n"):
        raise BrokenOff
    message = json.loads(line)
    assert isinstance(message, dict)
    return message


class TooMany(Exception):
    """The answer has more lines than were wanted."""


class Pieces:
    """Writes a text in pieces.

    Args:
        out: where to.
        most: lines after which it is enough; None for no bound.
    """

    def __init__(self, out: BinaryIO, most: int | None) -> None:
        self._out, self._most = out, most
        self._buffer = bytearray()

    def write(self, text: bytes) -> int:
        """Write some of the text; TooMany once it has more lines than are wanted, and those stand there."""
        if self._most is not None:
            lines = text.count(b"\n")
            if lines > self._most:
                self._buffer += b"".join(text.splitlines(keepends=True)[: self._most])
                self._most = 0
                raise TooMany
            self._most -= lines
        self._buffer += text
        if len(self._buffer) >= _PIECE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        if self._buffer:
            self._out.write(len(self._buffer).to_bytes(_LENGTH, "big") + self._buffer)
            self._buffer.clear()

    def end(self) -> None:
        """Say that this was all."""
        self.flush()
        self._out.write(bytes(_LENGTH))


class Text(io.RawIOBase):
    """A text in pieces, read as a file; afterwards its `verdict` is there.

    Args:
        source: where from.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._left = source, 0
        self.verdict: dict[str, Any] | None = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read some bytes.

        Raises:
            BrokenOff: the text has no end.
        """
        if self.verdict is not None:
            return 0
        if not self._left:
            length = self._source.read(_LENGTH)
            if len(length) < _LENGTH:
                raise BrokenOff
            self._left = int.from_bytes(length, "big")
            if not self._left:
                self.verdict = take(self._source)
                return 0
        part = self._source.read(min(len(buffer), self._left))
        if not part:
            raise BrokenOff
        self._left -= len(part)
        buffer[: len(part)] = part
        return len(part)
