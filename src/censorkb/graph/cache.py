"""The cache: what a run leaves to the next one, so that it need not read, map and check what has not changed.

A folder outside the knowledge base (a stranger's pull request must not bring its own) with a ledger of documents and
their triples in a store on disk. It can be deleted at any time. One run at a time uses it. It is marked before the store
is touched and every record has a checksum, so that a cache that is damaged, half-written or of another edition is thrown
away, never believed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.edition import edition
from censorkb.graph.ledger import Damaged, Ledger
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

PATIENCE = 10.0  # seconds to wait for another run
LINES_AT_ONCE = 200_000
_EDITION, _STATE, _CLEAN, _TOUCHED = "edition", "state", "clean", "touched"
PENDING = "pending"  # note of the changes since conclusions and pages were last renewed


# How damage shows: SQLite's own faults, records with a wrong checksum, and what the store says of its files.
DAMAGES = (sqlite3.Error, Damaged, OSError)


class Cache:
    """A cache in use.

    Args:
        folder: where it is; no other run is using it.
        ontology: what the facts are mapped by.
    """

    def __init__(self, folder: Path, ontology: Ontology) -> None:
        self.folder, self._ontology = folder, ontology
        self._edition = edition(ontology.folder)
        self._store: ox.Store | None = None
        self.ledger = Ledger(folder / "ledger")

    @property
    def is_whole(self) -> bool:
        """Whether it holds what a run of this edition left."""
        return self.ledger.note(_EDITION) == self._edition and self.ledger.note(_STATE) == _CLEAN

    @property
    def store(self) -> ox.Store:
        """All facts and terms in the default graph, and conclusions in graphs of their own."""
        if self._store is None:
            self._store = ox.Store(self.folder / "store")
        return self._store

    def touch(self) -> None:
        """Mark it, before the store is changed."""
        self.ledger.write_note(_STATE, _TOUCHED)

    def settle(self) -> dict[str, str]:
        """Put the store on the disk.

        Returns:
            The notes that go with the records of this state.
        """
        self.store.flush()
        return {_EDITION: self._edition, _STATE: _CLEAN}

    def fill(self, lines: Iterable[str]) -> None:
        """Load an empty store.

        Args:
            lines: N-Triples without their ends.
        """
        chunk: list[str] = []
        for line in lines:
            chunk.append(line)
            if len(chunk) == LINES_AT_ONCE:
                self._load(chunk)
        self._load(chunk)
        self.store.bulk_extend(ox.Quad(s, p, o) for s, p, o in self._ontology.vocabulary.terms)

    def _load(self, chunk: list[str]) -> None:
        self.store.bulk_load("\n".join(chunk).encode(), format=ox.RdfFormat.N_TRIPLES)
        chunk.clear()

    def clear(self) -> None:
        """Throw away what it holds."""
        self.close()
        _wipe(self.folder)
        self.ledger = Ledger(self.folder / "ledger")

    def close(self) -> None:
        """Let go of its files."""
        self._store = None
        self.ledger.close()


@contextmanager
def caching(root: Root, ontology: Ontology) -> Iterator[Cache | None]:
    """Open the cache of a knowledge base, empty if it can't be believed; None if there can be none.

    Args:
        root: the knowledge base.
        ontology: what its facts are mapped by.
    """
    folder = root.cache
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:  # no home, a disk that is full or read-only: the work is done without
        yield None
        return
    with os.fdopen(handle, "wb") as lock:
        if not _locked(lock.fileno()):
            yield None
            return
        cache = _opened(folder, ontology)
        try:
            yield cache
        finally:
            cache.close()


def _locked(handle: int) -> bool:
    """Wait for the lock, but not for ever."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        else:
            return True


def _opened(folder: Path, ontology: Ontology) -> Cache:
    try:
        cache = Cache(folder, ontology)
        if cache.is_whole:
            return cache
        cache.close()
    except DAMAGES:
        pass
    _wipe(folder)
    return Cache(folder, ontology)


def _wipe(folder: Path) -> None:
    """Empty the folder of a cache; the lock stays."""
    shutil.rmtree(folder / "store", ignore_errors=True)
    for path in folder.glob("ledger*"):
        path.unlink(missing_ok=True)
