"""Sources: what answers queries, be it the embedded store, one in this process, or the server of somebody else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

import pyoxigraph as ox

from censorkb.query.answer import Answer
from censorkb.query.identity import Bound, Tell, silence


class Source(ABC):
    """Something that answers queries until it is closed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def ask(
        self, sparql: str, bound: Bound | None = None, rows: int | None = None, tell: Tell = silence
    ) -> Answer | list[ox.Triple]:
        """Ask a query with the prefixes of the ontology."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""
