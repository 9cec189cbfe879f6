"""Where a fact belongs: the path of a file agrees with what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from censorkb.check.data_graph import DataGraph
from censorkb.graph.knowledge import Knowledge
from censorkb.problem import Place, Problem, problem

_STEM = re.compile(r"(?P<date>\d{4}(-\d\d(-\d\d)?)?)-(?P<rest>.+)")


def check(knowledge: Knowledge, graph: DataGraph) -> Iterator[Problem]:
    """Find files and measures that are not where a reader would look for them."""
    yield from _sources(knowledge, graph)
    yield from _countries(graph)
    yield from _measures(knowledge, graph)


def _sources(knowledge: Knowledge, graph: DataGraph) -> Iterator[Problem]:
    """sources/<yyyy>/<date>-<publisher>-<topic>.yaml"""
    prefixes = knowledge.ontology.prefixes
    for row in graph.told("files-of-sources", "?thing", "ckb:Source"):
        path = PurePosixPath(row["file"].value)
        publisher = prefixes.local(row["publisher"].value)
        days = [row[bound].value[:10] for bound in ("earliest", "latest") if bound in row]
        match = _STEM.fullmatch(path.stem)
        fits = (
            match is not None
            and any(day.startswith(match["date"]) for day in days)
            and match["rest"].startswith(f"{publisher}-")
            and path.parent.name == match["date"][:4]
            and path.parent.parent.name == "sources"
        )
        if days and not fits:
            stated = days[0] if len(set(days)) == 1 else days[0][:4]
            want = f"sources/{days[0][:4]}/{stated}-{publisher}-<topic>.yaml"
            yield problem(Place(row["file"].value), "source-file-name", want=want)


def _countries(graph: DataGraph) -> Iterator[Problem]:
    """entities/countries/<iso code>.yaml"""
    for row in graph.told("files-of-countries", "?thing", "ckb:Country"):
        iso, path = row["iso"].value, PurePosixPath(row["file"].value)
        if re.fullmatch("[A-Z]{2}", iso) and path.stem != iso.lower():
            yield problem(Place(row["file"].value), "country-file-name", want=f"{iso.lower()}.yaml")


def _measures(knowledge: Knowledge, graph: DataGraph) -> Iterator[Problem]:
    """measures/<country>/<target>.yaml"""
    prefixes = knowledge.ontology.prefixes
    rows = list(graph.told("files-of-measures", "?thing", "ckb:Measure"))
    times = Counter(str(row["thing"]) for row in rows)
    for row in rows:
        if times[str(row["thing"])] > 1:  # of two targets or countries nobody knows which is meant
            continue
        thing, country, target = (prefixes.local(row[name].value) for name in ("thing", "country", "target"))
        want = f"measures/{country}/{target}.yaml"
        place = knowledge.register.place(str(row["thing"]))
        if row["file"].value != f"facts/{want}" and place:
            yield problem(place, "measure-file-name", id=thing, want=want)
