"""What is asked: the embedded store, or a server that has the same data set."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, Self

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.query.embedded import Embedded
from censorkb.query.generation import Say
from censorkb.query.identity import Bound, Tell, silence
from censorkb.query.limits import Limits


class Source(Protocol):
    """Something that answers queries until it is closed."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def ask(
        self, sparql: str, bound: Bound | None = None, rows: int | None = None, tell: Tell = silence
    ) -> Answer | list[ox.Triple]:
        """Ask a query with the prefixes of the ontology."""

    def close(self) -> None:
        """Let go of what is open."""


def source(ontology: Ontology, out: Path, limits: Limits, endpoint: str, say: Say = lambda _: None) -> Source:
    """What to ask.

    Args:
        ontology: its prefixes and terms.
        out: folder of the build.
        limits: what a question may cost.
        endpoint: address of a server that is asked instead of the build; empty for none.
        say: told what is being done.

    Raises:
        EndpointFailed: the address is none.
    """
    if not endpoint:
        return Embedded(ontology, out, limits, say)
    from censorkb.query.endpoint.remote import Remote  # httpx takes longer to load than most questions take

    return Remote(ontology, endpoint, limits)
