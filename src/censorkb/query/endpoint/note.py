"""The note: what a push has put into a server, kept beside the store of a build and believed as far as the server counts the same."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from censorkb.query import STORE


class Note:
    """What a server was given.

    Args:
        out: folder of the build.
        store: address of the graph store.
    """

    def __init__(self, out: Path, store: str) -> None:
        name = hashlib.sha256(store.encode()).hexdigest()[:16]
        self._path = out / STORE / f"pushed-{name}.json"
        self.records = self._read()

    def _read(self) -> dict[str, str]:
        """The record of each graph by its IRI; none if there is no note that can be read."""
        try:
            found = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def keep(self) -> None:
        """Write it."""
        self._path.parent.mkdir(exist_ok=True)
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(self.records, indent=0), "utf-8")
        draft.rename(self._path)


def store_of(endpoint: str) -> str:
    """The address of the graph store that goes with a query endpoint, by the habits of Oxigraph and Virtuoso."""
    head, _, last = endpoint.rstrip("/").rpartition("/")
    return f"{head}/{'sparql-graph-crud-auth' if last == 'sparql' else 'store'}"
