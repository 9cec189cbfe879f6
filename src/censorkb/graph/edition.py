"""The edition of the program and the ontology: what a cache was made by."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[1]
# Those whose answers stand in a cache or in pages that it lets be.
_LIBRARIES = ("babel", "jinja2", "msgspec", "pyoxigraph", "pyyaml")
_OF_PROGRAM, _OF_ONTOLOGY = ("**/*.py", "**/*.rq", "**/*.sql", "*.toml"), ("**/*.ttl", "**/*.rq", "checks/*.toml")


def edition(ontology: Path) -> str:
    """A digest of everything that a cache depends on beside the facts: the program, its libraries and the ontology.

    Args:
        ontology: folder of the ontology.
    """
    libraries = " ".join(f"{library} {version(library)}" for library in _LIBRARIES)
    made_by = f"{sys.version} {sys.byteorder} {libraries}"
    return digest(made_by, {_PROGRAM: _OF_PROGRAM, ontology: _OF_ONTOLOGY})


def digest(beside: str, folders: dict[Path, Iterable[str]]) -> str:
    """A digest of the names and bytes of files.

    Args:
        beside: what else it is to depend on.
        folders: patterns of the files that count, by folder.
    """
    whole = hashlib.sha256(f"{beside}\n".encode())
    for folder, patterns in folders.items():
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file()):
            content = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            whole.update(content)
    return whole.hexdigest()
