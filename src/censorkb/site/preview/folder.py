"""The folder: which file of a built site an address means, and what kind of file it is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from werkzeug.security import safe_join

_INDEX = "index.html"
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Found:
    """What is at an address.

    Args:
        path: the file; None if there is none.
        is_folder: whether the address wants a `/` at its end.
    """

    path: Path | None
    is_folder: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a page that a browser shows."""
        return self.path is not None and self.path.suffix == ".html"

    @property
    def stamp(self) -> str:
        """What tells two states of the file apart: a build leaves a file alone that has not changed."""
        if self.path is None:
            return "none"
        try:
            state = self.path.stat()
        except OSError:
            return "none"
        return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ino}"


class Folder:
    """The site in a folder; nothing outside of it is ever found.

    Args:
        path: the folder; it may not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        text = resources.files("censorkb.site.preview").joinpath("types.toml").read_text("utf-8")
        self._types: dict[str, str] = tomllib.loads(text)

    def find(self, address: str) -> Found:
        """The file at an address.

        Args:
            address: path in the web address, without percent signs, with `/` at its beginning.
        """
        inside = safe_join(str(self._path), address.removeprefix("/"))
        if inside is None or "\0" in inside:
            return Found(None)
        path = Path(inside)
        try:
            if address.endswith("/"):
                path /= _INDEX
            elif path.is_dir():
                return Found(None, is_folder=True)
            is_inside = path.is_file() and path.resolve().is_relative_to(self._path.resolve())
        except OSError:  # a name that is too long
            is_inside = False
        return Found(path if is_inside else None)

    def kind(self, path: Path) -> str:
        """The media type of a file (RFC 9110, section 8.3)."""
        kind = self._types.get(path.suffix.removeprefix("."), _UNKNOWN)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
