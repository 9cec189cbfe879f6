"""The edition of the program and the ontology: what a cache was made by."""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[1]
_LIBRARIES = ("pyoxigraph", "pyyaml")


def edition(ontology: Path) -> str:
    """A digest of everything that a cache depends on beside the facts: the program, its libraries and the ontology.

    Args:
        ontology: folder of the ontology.
    """
    digest = hashlib.sha256(f"{sys.version} {sys.byteorder}".encode())
    digest.update(" ".join(f"{library} {version(library)}" for library in _LIBRARIES).encode())
    for folder, patterns in ((_PROGRAM, ("**/*.py", "**/*.rq", "*.toml")), (ontology, ("**/*.ttl", "rules/*.rq"))):
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
