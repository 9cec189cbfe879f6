"""Probes: queries with known answers that a server must give before it is trusted with ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import NOTHING, Phrase, phrase, shown, verbatim
from censorkb.query.endpoint.client import Client, EndpointFailed
from censorkb.query.endpoint.remote import Remote
from censorkb.query.limits import Limits
from censorkb.query.question import WrongQuestion
from censorkb.query.table import cell

_TRIPLES = "application/n-triples"
_ROW, _COUNT = "#= ", "#rows "
_GONE = 404


@dataclass(frozen=True, slots=True)
class Probe:
    """A query and what it must give.

    Args:
        name: of its file.
        sentence: what is true of a server that gives it, in English.
        rows: cells as a reader writes them, in order; nothing if only their number is known.
        count: how many rows.
        sparql: the query.
    """

    name: str
    sentence: str
    rows: tuple[str, ...]
    count: int
    sparql: str

    @classmethod
    def read(cls, file: Traversable) -> Probe:
        """Read a file: `# sentence`, then `#= cell | cell` for each row or `#rows number`, then the query."""
        text = file.read_text("utf-8")
        lines = text.splitlines()
        rows = tuple(line.removeprefix(_ROW) for line in lines if line.startswith(_ROW))
        told = [int(line.removeprefix(_COUNT)) for line in lines if line.startswith(_COUNT)]
        return cls(
            file.name.removesuffix(".rq"), lines[0].removeprefix("# "), rows, told[0] if told else len(rows), text
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a server gave.

    Args:
        probe: what was asked.
        fault: what is wrong with the answer; nothing if it is right.
    """

    probe: Probe
    fault: Phrase


def read_all() -> list[Probe]:
    """All probes by name."""
    files = resources.files("censorkb.query.endpoint").joinpath("probes").iterdir()
    return sorted((Probe.read(file) for file in files if file.name.endswith(".rq")), key=lambda probe: probe.name)


def check(ontology: Ontology, endpoint: str, store: str, limits: Limits) -> Iterator[Found]:
    """Put the data of the probes into a server, ask all of them, and take the data away.

    Args:
        ontology: its prefixes.
        endpoint: address for queries.
        store: address of the graph store.
        limits: for each request.

    Raises:
        EndpointFailed: the server can't be reached, or takes no data.
    """
    text = resources.files("censorkb.query.endpoint").joinpath("probes", "data.trig").read_bytes()
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TRIG):
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    with Client(store, limits.seconds) as client, Remote(ontology, endpoint, limits) as remote:
        try:
            for name, triples in graphs.items():
                body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
                client.send("PUT", store, {"graph": name}, body or b"", {"Content-Type": _TRIPLES})
            for probe in read_all():
                yield Found(probe, _fault(ontology, remote, probe))
        finally:
            for name in graphs:
                client.send("DELETE", store, {"graph": name}, also=(_GONE,))


def _fault(ontology: Ontology, remote: Remote, probe: Probe) -> Phrase:
    try:
        answer = remote.send(probe.sparql)
    except (EndpointFailed, WrongQuestion) as fault:
        return fault.why
    if not probe.rows:
        got = len(answer.rows)
        return NOTHING if got == probe.count else phrase("probe-count", wanted=f"{probe.count:,}", got=f"{got:,}")
    rows = tuple(" | ".join(cell(ontology, value) for value in row) for row in answer.rows)
    return NOTHING if rows == probe.rows else phrase("probe-rows", wanted=_listed(probe.rows), got=_listed(rows))


def _listed(rows: tuple[str, ...]) -> Phrase:
    return verbatim(shown("; ".join(rows))) if rows else phrase("probe-nothing")
