"""The nearest measures: what is known of the same target in the same country, near the time of a claim."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from censorkb.desk.inventory import Inventory, Item
from censorkb.desk.waiting import Proposal, inner, inner_list, value
from censorkb.facts.node import Mapping, Node, Scalar
from censorkb.graph import edtf

FARTHEST = 90  # days
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A measure that a claim may be about.

    Args:
        id: its id.
        label: what it is called.
        action: the word for what is done.
        days: how far it is from the claim; None if nothing is known of the time of one of them.
        dates: the dates that claims give it.
    """

    id: str
    label: str
    action: str
    days: int | None
    dates: tuple[str, ...]


class Measures:
    """The measures of a knowledge base, by target and country.

    Args:
        inventory: what there is.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._dates: defaultdict[str, list[str]] = defaultdict(list)
        self._claims: defaultdict[str, set[str]] = defaultdict(set)
        for source in inventory.sources.values():
            self.take(source)

    def take(self, source: Item) -> None:
        """Take note of what a source says of measures."""
        for claim in inner_list(source.says, "claims"):
            if isinstance(claim, Mapping):
                self._take(source.id, claim)

    def _take(self, source: str, claim: Mapping) -> None:
        for measure in inner_list(claim, "about"):
            if isinstance(measure, Scalar):
                self._dates[measure.text] += _dates(claim)
                self._claims[measure.text].add(f"{source}.{value(claim, 'id')}")

    def near(self, proposal: Proposal) -> list[Neighbour]:
        """The measures of the same target and country within 90 days, or of a time that nobody gave; the nearest first."""
        found = []
        for item in self._inventory.things.values():
            wanted = proposal.text("target"), proposal.text("country")
            if item.folder != "measures" or (item.text("target"), item.text("country")) != wanted:
                continue
            dates = tuple(sorted(set(self._dates[item.id])))
            days = _apart(_spans(_dates(proposal.says) or [value(proposal.source, "published")]), _spans(dates))
            if days is None or days <= FARTHEST:
                name = item.names[0] if item.names else ""
                found.append(Neighbour(item.id, name, item.text("action"), days, dates))
        same = proposal.text("action")
        return sorted(found, key=lambda n: (n.action != same, n.days is None, n.days or 0, n.id))

    def claims(self, measure: str) -> list[str]:
        """The claims about a measure, as `source.claim`."""
        return sorted(self._claims[measure])


def _dates(claim: Mapping) -> list[str]:
    """What a claim gives as dates of a measure."""
    return [text for node in inner(claim, "dates").values() if (text := _date(node))]


def _date(node: Node) -> str:
    return value(node, "date") if isinstance(node, Mapping) else node.text if isinstance(node, Scalar) else ""


def _spans(dates: list[str] | tuple[str, ...]) -> list[Span]:
    return [span for date in dates if (span := _span(date))]


def _span(date: str) -> Span | None:
    """The first and last day of a date; None if it can't be read or has no such days."""
    try:
        read = edtf.parse(date)
    except ValueError:
        return None
    first, last = read.earliest_start or read.latest_start, read.latest_start or read.earliest_start
    return (first, last) if first and last else None


def _apart(one: list[Span], other: list[Span]) -> int | None:
    """Days between the nearest of some spans; 0 if two have a day in common, None if there are none."""
    gaps = [max((b - a_last).days, (a - b_last).days, 0) for a, a_last in one for b, b_last in other]
    return min(gaps, default=None)
