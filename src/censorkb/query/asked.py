"""What is asked: the embedded store, or a server that has the same data set."""

from __future__ import annotations

from pathlib import Path

from censorkb.ontology.ontology import Ontology
from censorkb.query.embedded import Embedded
from censorkb.query.generation import Say
from censorkb.query.limits import Limits
from censorkb.query.source import Source


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
