"""The edition of the program and the ontology: what a cache was made by."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from glob import glob
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[1]
# Those whose answers stand in a cache or in pages that it lets be.
_LIBRARIES = ("babel", "jinja2", "msgspec", "pyoxigraph", "pyyaml")
_METADATA = (".dist-info", ".egg-info")
_OF_PROGRAM, _OF_ONTOLOGY = ("**/*.py", "**/*.rq", "**/*.sql", "*.toml"), ("**/*.ttl", "**/*.rq", "checks/*.toml")


def edition(ontology: Path) -> str:
    """A digest of everything that a cache depends on beside the facts: the program, its libraries and the ontology.

    Args:
        ontology: folder of the ontology.
    """
    made_by = f"{sys.version} {sys.byteorder} {' '.join(versions(_LIBRARIES))}"
    return digest(made_by, {_PROGRAM: _OF_PROGRAM, ontology: _OF_ONTOLOGY})


def versions(libraries: Collection[str]) -> list[str]:
    """Names and versions of libraries, as installers name the folders of their metadata (PEP 376).

    Args:
        libraries: their names in the package index, in small letters.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in sorted(os.listdir(folder or ".")):  # noqa: PTH208 - names only, of hundreds of folders
                library = name.partition("-")[0].lower()
                if name.endswith(_METADATA) and library in libraries:
                    found.setdefault(library, name)
    return [found[library] if library in found else _told(library) for library in libraries]


def _told(library: str) -> str:
    """The version of a library whose metadata lie elsewhere."""
    from importlib.metadata import version  # takes 30 ms, a fiftieth of a small build

    return f"{library} {version(library)}"


def digest(beside: str, folders: dict[Path, Iterable[str]]) -> str:
    """A digest of the names and bytes of files.

    Args:
        beside: what else it is to depend on.
        folders: patterns of the files that count, by folder.
    """
    whole = hashlib.sha256(f"{beside}\n".encode())
    for folder, patterns in folders.items():
        # An object for each of hundreds of files would take half as long again.
        found = (glob(each, root_dir=folder, recursive=True, include_hidden=True) for each in patterns)  # noqa: PTH207
        for name in sorted(name for names in found for name in names):
            path = f"{folder}/{name}"
            if os.path.isfile(path):  # noqa: PTH113
                with open(path, "rb", buffering=0) as file:
                    content = file.readall()
                whole.update(f"{name.replace(os.sep, '/')} {len(content)}\n".encode())
                whole.update(content)
    return whole.hexdigest()
