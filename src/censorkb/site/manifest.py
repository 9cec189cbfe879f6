"""Manifests: the names of all files in a folder of output with their SHA-256, as `sha256sum --check` reads them.

A large folder has a hundred thousand lines, of which a small change touches a few. So the text of the last run stays as it
is: a name is found by halving, what changes is held beside it, and a new text is the old one with some lines exchanged.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, MutableMapping
from io import BytesIO

_DIGEST, NAME = 64, 66  # where a digest ends in a line, and where the name begins
_BLOCK = 1 << 20


def line_of(name: str, digest: bytes) -> bytes:
    """The line of a file."""
    return f"{digest.hex()}  {name}\n".encode()


class Digests(Mapping[str, str]):
    """SHA-256 in hexadecimal digits by the names of files, to which others can be added."""

    @abstractmethod
    def __setitem__(self, name: str, digest: str) -> None: ...

    @abstractmethod
    def count(self, ending: str) -> int:
        """How many names have an ending."""

    @abstractmethod
    def blocks(self) -> Iterator[bytes]:
        """The lines of a manifest, in code-point order of the names, piece by piece."""

    def ordered(self, start: str) -> Iterator[str]:
        """The names that begin so, in code-point order and without the list of them in the memory.

        Args:
            start: the beginning of the names.
        """
        wanted = start.encode()
        lines = (line for block in self.blocks() for line in BytesIO(block))
        return (line[NAME:-1].decode() for line in lines if line.startswith(wanted, NAME))


class Manifest(MutableMapping[str, str], Digests):
    """Digests by name, of the last run and what is exchanged of them.

    Args:
        text: lines of a digest, two spaces and a name, in code-point order of the names. Of a text in another order, or
            one that is none, some names or all will not be found.
    """

    def __init__(self, text: bytes = b"") -> None:
        self._text = text if text.endswith(b"\n") or not text else text + b"\n"
        self._changed: dict[str, bytes | None] = {}  # half as large as hexadecimal digits; None for what is gone

    def copy(self) -> Manifest:
        """Another manifest with the same lines."""
        made = Manifest(self._text)
        made._changed = dict(self._changed)
        return made

    def named(self, digest: str) -> Iterator[str]:
        """The names of all files with a digest."""
        start, at = f"{digest}  ".encode(), 0
        while (at := self._text.find(start, at)) >= 0:
            end = self._end(at)
            name = self._text[at + NAME : end].decode()
            if name not in self._changed:
                yield name
            at = end
        yield from (name for name, found in self._changed.items() if found and found.hex() == digest)

    def count(self, ending: str) -> int:
        """How many names have an ending."""
        known = self._text.count(f"{ending}\n".encode())
        for name, found in self._changed.items():
            if name.endswith(ending):
                known += (found is not None) - (self._line(name) is not None)
        return known

    def blocks(self) -> Iterator[bytes]:
        """The text as it is now, piece by piece."""
        made, size, last = list[bytes](), 0, 0
        for name in sorted(self._changed):
            at, digest = self._position(name), self._changed[name]
            line = line_of(name, digest) if digest else b""
            made += (self._text[last:at], line)
            size += at - last + len(line)
            last = at if self._line(name) is None else self._end(at) + 1
            if size >= _BLOCK:
                yield b"".join(made)
                made, size = [], 0
        yield b"".join([*made, self._text[last:]])

    def __getitem__(self, name: str) -> str:
        found = self._changed[name] if name in self._changed else self._line(name)
        if found is None:
            raise KeyError(name)
        return found.hex()

    def __setitem__(self, name: str, digest: str) -> None:
        self._changed[name] = bytes.fromhex(digest)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self._changed[name] = None

    def __iter__(self) -> Iterator[str]:
        lines = (line[NAME:].decode() for line in self._text.split(b"\n") if line)
        yield from (name for name in lines if name not in self._changed)
        yield from (name for name, digest in self._changed.items() if digest)

    def __len__(self) -> int:
        return self.count("")

    def _line(self, name: str) -> bytes | None:
        """The digest that the text has for a name."""
        if not self._text:  # asked for each file of a new folder
            return None
        at = self._position(name)
        if self._text[at + NAME : self._end(at)] != name.encode():
            return None
        try:
            return bytes.fromhex(self._text[at : at + _DIGEST].decode())
        except ValueError:
            return None

    def _position(self, name: str) -> int:
        """Where the line of a name begins, or would begin."""
        wanted, low, high = name.encode(), 0, len(self._text)
        while low < high:
            middle = (low + high) // 2
            start = max(low, self._text.rfind(b"\n", low, middle) + 1)
            end = self._end(middle)
            if self._text[start + NAME : end] < wanted:
                low = end + 1
            else:
                high = start
        return low

    def _end(self, at: int) -> int:
        """Where the line of a position ends; behind the text, that is where it is."""
        found = self._text.find(b"\n", at)
        return found if found >= 0 else at
