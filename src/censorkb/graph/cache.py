"""The cache: what a run leaves to the next one, so that it need not read, map and check what has not changed.

A folder outside the knowledge base (a stranger's pull request must not bring its own) with a ledger of documents and
their triples in a store on disk. It can be deleted at any time. One run at a time uses it. Its seal is broken before it is
touched and renewed when all is written, so that a cache that is damaged, half-written or of another edition is thrown away,
never believed.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.edition import edition
from censorkb.graph.ledger import Damaged, Ledger
from censorkb.graph.seal import LEDGER, STORE, Seal
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

PATIENCE = 10.0  # seconds to wait for another run
LINES_AT_ONCE = 50_000  # a store on the disk takes four times their room to sort them
PENDING = "pending"  # note of the changes since conclusions and pages were last renewed

# How damage shows: SQLite's own faults, records with a wrong checksum, and what the store and the system say of its files.
DAMAGES = (sqlite3.Error, Damaged, OSError, RuntimeError)


class Cache:
    """A cache in use.

    Args:
        folder: where it is; no other run is using it.
        ontology: what the facts are mapped by.
        edition: what makes it.
    """

    def __init__(self, folder: Path, ontology: Ontology, edition: str) -> None:
        self.folder, self._ontology, self._seal = folder, ontology, Seal(folder, edition)
        self._store: ox.Store | None = None
        self._is_open = False
        self.is_settled = self._seal.is_whole()  # whether all that it holds goes together
        if not self.is_settled:
            self._seal.wipe()
        self.ledger = Ledger(folder / LEDGER)

    @property
    def store(self) -> ox.Store:
        """All facts and terms in the default graph, and conclusions in graphs of their own."""
        if self._store is None:
            self._open()  # RocksDB writes files of its own whenever it is opened
            self._store = ox.Store(self.folder / STORE)
        return self._store

    def touch(self) -> None:
        """Break its seal, before anything in it is changed."""
        self._open()
        self.is_settled = False

    def _open(self) -> None:
        self._seal.open()
        self._is_open = True

    def settle(self) -> None:
        """Put the store on the disk; the records that go with it are in the ledger."""
        if self._store is not None:
            self._store.flush()
        self.is_settled = True

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
        self.touch()
        self._let_go()
        self._seal.wipe()
        self.ledger = Ledger(self.folder / LEDGER)

    def close(self) -> None:
        """Let go of its files, and seal them if something new in them is settled."""
        self._let_go()
        if self._is_open and self.is_settled:
            with suppress(OSError):  # without a seal, the next run begins anew
                self._seal.close()

    def _let_go(self) -> None:
        self._store = None
        self.ledger.close()


@contextmanager
def caching(root: Root, ontology: Ontology, name: str = "") -> Iterator[Cache | None]:
    """Open the cache of a knowledge base, empty if it can't be believed; None if there can be none.

    Args:
        root: the knowledge base.
        ontology: what its facts are mapped by.
        name: of a cache beside the one of checks and builds.
    """
    folder = root.cache / name
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
        try:
            cache = Cache(folder, ontology, edition(ontology.folder))
        except DAMAGES:  # it can't be read, nor thrown away
            yield None
            return
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
