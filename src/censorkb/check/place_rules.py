"""Where a fact belongs: the path of a file agrees with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from censorkb.facts.document import Document
from censorkb.facts.node import Mapping, Scalar
from censorkb.graph.edtf import WrongDate, parse
from censorkb.graph.knowledge import Knowledge
from censorkb.problem import Place, Problem, problem

_STEM = re.compile(r"(?P<date>\d{4}(-\d\d(-\d\d)?)?)-(?P<rest>.+)")


def check(knowledge: Knowledge) -> Iterator[Problem]:
    """Find files and measures that are not where a reader would look for them."""
    rules = {"sources": _source, "measures": _measures, "entities/countries": _country}
    for document in knowledge.documents:
        if document.node is not None and document.folder in rules:
            yield from rules[document.folder](document, document.node)


def _text(node: Mapping, *keys: str) -> str:
    value = node
    for key in keys:
        inner = value.entries.get(key, (None, None))[1] if isinstance(value, Mapping) else None
        if isinstance(inner, Scalar):
            return inner.text
        if not isinstance(inner, Mapping):
            return ""
        value = inner
    return ""


def _source(document: Document, node: Mapping) -> Iterator[Problem]:
    """sources/<yyyy>/<date>-<publisher>-<topic>.yaml"""
    publisher, written = _text(node, "publisher"), _text(node, "published", "date")
    match = _STEM.fullmatch(document.stem)
    try:
        date = parse(written)
    except WrongDate:
        return
    days = [day.isoformat() for day in (date.earliest_start, date.latest_start) if day]
    fits = (
        match is not None
        and any(day.startswith(match["date"]) for day in days)
        and match["rest"].startswith(f"{publisher}-")
        and document.inside == (match["date"][:4],)
    )
    if publisher and days and not fits:
        stated = days[0] if len(set(days)) == 1 else days[0][:4]
        want = f"sources/{days[0][:4]}/{stated}-{publisher}-<topic>.yaml"
        yield problem(Place(document.name), "source-file-name", want=want)


def _country(document: Document, node: Mapping) -> Iterator[Problem]:
    """entities/countries/<iso code>.yaml"""
    iso = _text(node, "iso")
    if re.fullmatch("[A-Z]{2}", iso) and document.stem != iso.lower():
        yield problem(Place(document.name), "country-file-name", want=f"{iso.lower()}.yaml")


def _measures(document: Document, node: Mapping) -> Iterator[Problem]:
    """measures/<country>/<target>.yaml"""
    for id_, (word, measure) in node.entries.items():
        if isinstance(measure, Mapping):
            country, target = _text(measure, "country"), _text(measure, "target")
            if country and target and (*document.inside, document.stem) != (country, target):
                yield problem(word.place, "measure-file-name", id=id_, want=f"measures/{country}/{target}.yaml")
