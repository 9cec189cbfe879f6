"""The last run: what it left in a folder, believed only after a look."""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from censorkb.query import STORE
from censorkb.site.manifest import Manifest

MANIFEST = "MANIFEST.sha256"
_BLOCK = 1 << 20


def is_ours(folder: str) -> bool:
    """Whether a folder was made by us."""
    return Path(folder, MANIFEST).is_file()


def begins_with(folder: str, names: tuple[str, ...]) -> bool:
    """Whether the first file in the manifest of a folder has a name that begins so; also if none can be read there."""
    with open(f"{folder}/{MANIFEST}", "rb") as lines:
        name = lines.readline().partition(b"  ")[2]
    return not name or name.startswith(tuple(each.encode() for each in names))


def is_inside(name: str) -> bool:
    """Whether a name with `/` leads to something in a folder."""
    return posixpath.normpath(name) == name and not name.startswith(("/", "../")) and name not in (".", "..")


def _all_in(folder: str) -> Iterator[str]:
    """The name of everything under a folder but the store, links not followed."""
    inner = [(folder, "")]
    while inner:
        path, name = inner.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if not name and entry.name == STORE:
                    continue
                yield f"{name}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    inner.append((entry.path, f"{name}{entry.name}/"))


class LastRun:
    """The folder of the last run, `out`, with the `digests` of its files by name as the manifest has them.

    Args:
        out: the folder, or where it would be.
    """

    def __init__(self, out: str) -> None:
        self.out = out
        self._plain: dict[str, bool] = {"": True}
        self._only_ours: dict[int, bool] = {}
        try:
            text = Path(out, MANIFEST).read_bytes()
            text.decode()  # names that are none lead nowhere
        except (OSError, UnicodeError):
            text = b""
        self.digests = Manifest(text)

    def path(self, name: str) -> str:
        """Where a file is."""
        return f"{self.out}/{name}"

    def holds(self, name: str, digest: str, content: bytes | str) -> bool:
        """Whether a file is there with some bytes, and is a plain file in plain folders with no name elsewhere.

        Args:
            name: of the file.
            digest: of the bytes.
            content: the bytes, or the path of a file that has them.
        """
        if name != MANIFEST and self.digests.get(name) != digest:
            return False
        try:
            found = self._plain_file(name)
            return found is not None and self._is_only_ours(found, digest) and _same(self.path(name), found, content)
        except OSError:
            return False

    def link(self, name: str, path: str) -> bool:
        """Give a file a second name; False where the system can't."""
        return link(self.path(name), path)

    def has_only(self, names: Iterable[str]) -> bool:
        """Whether nothing lies in the folder but some files, all of which are there, and the folders that they need.

        Args:
            names: of the files, each once. There may be a million, so all is counted and nothing compared.
        """
        folders, files = {""}, 0
        for files, name in enumerate(names, 1):  # noqa: B007 - how many there are
            folder = name.rpartition("/")[0]
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return sum(1 for _ in _all_in(self.out)) == files + len(folders - {""})

    def _plain_file(self, name: str) -> os.stat_result | None:
        try:
            found = os.lstat(self.path(name))
            return found if stat.S_ISREG(found.st_mode) and self._is_plain(name.rpartition("/")[0]) else None
        except OSError:
            return None

    def _is_plain(self, folder: str) -> bool:
        """Whether no link leads from the folder of the last run to a folder in it."""
        if folder not in self._plain:
            above = folder.rpartition("/")[0]
            self._plain[folder] = stat.S_ISDIR(os.lstat(self.path(folder)).st_mode) and self._is_plain(above)
        return self._plain[folder]

    def _is_only_ours(self, found: os.stat_result, digest: str) -> bool:
        """Whether all names of a file are in the folder: through another, it could be changed behind our back."""
        if found.st_nlink == 1:
            return True
        if found.st_ino not in self._only_ours:  # later, the draft may have names of it too
            twins = map(self._plain_file, self.digests.named(digest))
            known = sum(twin is not None and os.path.samestat(twin, found) for twin in twins)
            self._only_ours[found.st_ino] = known == found.st_nlink
        return self._only_ours[found.st_ino]


def link(path: str, other: str) -> bool:
    """Give a file a second name; False where the system can't."""
    try:
        os.link(path, other, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def _same(path: str, found: os.stat_result, content: bytes | str) -> bool:
    if isinstance(content, bytes):
        if found.st_size != len(content):
            return False
        with open(path, "rb", buffering=0) as file:
            return file.read() == content
    with open(path, "rb") as one, open(content, "rb") as two:
        other = os.fstat(two.fileno())
        if os.path.samestat(found, other) or found.st_size != other.st_size:
            return found.st_size == other.st_size
        while block := one.read(_BLOCK):
            if block != two.read(_BLOCK):
                return False
    return True
