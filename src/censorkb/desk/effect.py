"""The effect: what follows from the facts now and did not before, for measures and for what they do to their targets."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import groupby, zip_longest
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from censorkb.desk.comparison import Comparison
from censorkb.desk.portrait import Painter, Term, owner
from censorkb.desk.sentence import Sentence, say

_TRUE = "true"
MOST_DAYS = 5  # of one target; more of them say nothing more
_TOLD = ("ckb:earliestStart", "ckb:latestStart", "ckb:earliestEnd", "ckb:latestEnd", "ckb:originCount", "ckb:support")


@dataclass(frozen=True, slots=True)
class Interval:
    """A status and the days on which it certainly holds.

    Args:
        status: in words, with the stage if it was only attempted.
        severity: from 0, open, to 5, blocked.
        begun: the day by which it had begun, as ISO 8601.
        over: the day by which it had ended; empty if it has not.
        support: word of the level of support of its measure.
        origins: how many origins say so.
    """

    status: str | Sentence
    severity: int
    begun: str
    over: str
    support: str
    origins: str

    @property
    def weight(self) -> str:
        """How well it is supported; origins count where nothing weighs more."""
        return f"{self.support} {self.origins}" if self.support == "corroborated" else self.support

    def holds_on(self, day: str) -> bool:
        """Whether it certainly holds on a day."""
        return self.begun <= day and (not self.over or day <= self.over)


T = TypeVar("T")
Timeline = list[Interval]
Spot = tuple[str, str]  # a country and a target
Followed = dict[str, list[str]]  # what follows of a measure, by property


class Span(NamedTuple):
    """Days on which one status held and another one holds now.

    Args:
        first: the first day, as ISO 8601.
        last: the last day; empty if there is none.
        before: the status in the earlier state.
        after: the status in the later state.
    """

    first: str
    last: str
    before: Interval | None
    after: Interval | None

    def difference(self) -> tuple[object, ...]:
        """What a reader is told of the days."""
        return tuple(interval and (interval.status, interval.weight) for interval in (self.before, self.after))

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell."""
        before, after = self.difference()
        return before != after


def effects(comparison: Comparison, painter: Painter, renamed: dict[str, str]) -> list[Sentence]:
    """What the change makes follow, in sentences.

    Args:
        comparison: both states, with what follows.
        painter: gives things their names.
        renamed: former IRIs of things to those that they have now.
    """
    return _Effects(comparison, painter, renamed).all()


class _Effects:
    def __init__(self, comparison: Comparison, painter: Painter, renamed: dict[str, str]) -> None:
        self._comparison, self._painter, self._renamed = comparison, painter, renamed
        self._vocabulary = comparison.ontology.vocabulary
        self._told = {self._vocabulary.node(name).value for name in _TOLD}

    def all(self) -> list[Sentence]:
        changed, store = self._comparison.changes, self._comparison.store
        own = {str(quad) for quad in (*self._comparison.facts.removed, *self._comparison.facts.added)}
        derived = (quad for quad in (*changed.removed, *changed.added) if str(quad) not in own)
        touched = sorted({owner(quad.subject) for quad in derived})
        after, places = self._look(store, touched)
        with self._comparison.as_it_was():
            before, former = (self._by_new_name(found) for found in self._look(store, touched))
            every = sorted({place for found in (*places.values(), *former.values()) for place in found})
            old = {place: self._timeline(store, place) for place in every}
        told = {place: [*self._statuses(place, old[place], self._timeline(store, place))] for place in every}
        found = [sentence for place in every for sentence in told[place]]
        for node in sorted(before.keys() | after.keys()):
            dated = any(told[place] for place in (*places.get(node, ()), *former.get(node, ())))
            found += self._measure(node, before.get(node, {}), after.get(node, {}), dated=dated)
        return found

    def _by_new_name(self, found: dict[str, T]) -> dict[str, T]:
        return {self._renamed.get(node, node): value for node, value in found.items()}

    def _look(self, store: ox.Store, nodes: list[str]) -> tuple[dict[str, Followed], dict[str, set[Spot]]]:
        """What follows of each measure among some nodes, and its country and target."""
        country, target = self._vocabulary.node("ckb:country"), self._vocabulary.node("ckb:concerns")
        is_measure = (self._vocabulary.node("rdf:type"), self._vocabulary.node("ckb:Measure"), None)
        measures = [n for n in map(ox.NamedNode, nodes) if next(store.quads_for_pattern(n, *is_measure), None)]
        spots = {
            node.value: {
                (where.object.value, what.object.value)
                for where in store.quads_for_pattern(node, country, None, None)
                for what in store.quads_for_pattern(node, target, None, None)
                if isinstance(where.object, ox.NamedNode) and isinstance(what.object, ox.NamedNode)
            }
            for node in measures
        }
        return {node.value: self._followed(store, node) for node in measures}, spots

    def _timeline(self, store: ox.Store, place: Spot) -> Timeline:
        """The statuses of a target in a country, the most severe first."""
        country, target = map(ox.NamedNode, place)
        found = self._ask(store, "intervals", country=country, target=target)
        label, word = self._painter.label, functools.partial(self._vocabulary.text, predicate="skos:notation")
        rows = [{v.value: row[v.value] for v in found.variables} for row in found]
        return [
            Interval(
                self._status(row["status"], row["stage"]),
                int(label(row["severity"])),
                label(row["begun"]),
                label(row["over"]) if row["over"] else "",
                word(row["support"]),
                label(row["origins"]) if row["origins"] else "0",
            )
            for row in rows
        ]

    def _status(self, status: Term, stage: Term) -> str | Sentence:
        in_force = stage == self._vocabulary.node("phase:in-force")
        label = self._painter.label
        return label(status) if in_force else say("stage", status=label(status), stage=label(stage))

    def _statuses(self, place: Spot, old: Timeline, new: Timeline) -> Iterator[Sentence]:
        """What is different from which day on; a run of days with the same difference is told once."""
        country, target = (self._painter.label(ox.NamedNode(node)) for node in place)
        told = [_told(target, country, span) for span in _spans(old, new) if span.differs]
        yield from told[:MOST_DAYS]
        if len(told) > MOST_DAYS:
            yield say("status-more", target=target, country=country, n=len(told) - MOST_DAYS)

    def _followed(self, store: ox.Store, node: ox.NamedNode) -> Followed:
        made: Followed = {}
        for row in self._ask(store, "followed", measure=node):
            made.setdefault(row["property"].value, []).append(self._painter.label(row["value"]))
        return made

    def _measure(self, node: str, before: Followed, after: Followed, *, dated: bool) -> Iterator[Sentence]:
        """What else follows of a measure; what its status has told already is left out."""
        measure = self._painter.label(ox.NamedNode(node))
        for property_ in sorted(before.keys() | after.keys()):
            if dated and property_ in self._told:
                continue
            lost = [value for value in before.get(property_, []) if value not in after.get(property_, [])]
            gained = [value for value in after.get(property_, []) if value not in before.get(property_, [])]
            name = self._painter.label(ox.NamedNode(property_))
            if len(lost) == len(gained) == 1:
                yield say("followed-goes", measure=measure, property=name, before=lost[0], after=gained[0])
                continue
            yield from (_lost(measure, name, value) for value in lost)
            yield from (_gained(measure, name, value) for value in gained)

    def _ask(self, store: ox.Store, name: str, **bound: ox.NamedNode) -> ox.QuerySolutions:
        found = store.query(
            _query(name),
            prefixes=self._comparison.ontology.prefixes.names,
            use_default_graph_as_union=True,
            substitutions={ox.Variable(variable): node for variable, node in bound.items()},
        )
        assert isinstance(found, ox.QuerySolutions), f"{name} is no SELECT"
        return found


def _spans(old: Timeline, new: Timeline) -> Iterator[Span]:
    """The days on which any status begins or ends, put together where the difference is the same."""
    days = sorted({day for interval in (*old, *new) for day in (interval.begun, *_next(interval.over))})
    states = [Span(day, "", *(next((i for i in line if i.holds_on(day)), None) for line in (old, new))) for day in days]
    runs = [next(run) for _, run in groupby(states, key=Span.difference)]
    for span, following in zip_longest(runs, runs[1:]):
        yield span._replace(last=_before(following.first)) if following else span


def _told(target: str, country: str, span: Span) -> Sentence:
    before, after, when = span.before, span.after, _when(span.first, span.last)
    if after is None:
        assert before is not None
        return say("status-vanishes", target=target, country=country, when=when, before=before.status)
    support = _support(before, after)
    if before is None:
        return say("status-appears", target=target, country=country, when=when, after=after.status, support=support)
    name = "status-better-supported" if before.status == after.status else "status-goes"
    return say(
        name, target=target, country=country, when=when, before=before.status, after=after.status, support=support
    )


def _support(before: Interval | None, after: Interval | None) -> Sentence:
    """The clause that says how well the later status is supported, if that is new."""
    if after is None or (before and before.weight == after.weight):
        return say("support-same")
    if before and before.support == after.support:
        return say("support-origins", n=int(after.origins), before=before.origins)
    return say(f"support-{after.support}", n=int(after.origins))


def _lost(measure: str, name: str, value: str) -> Sentence:
    if value == _TRUE:
        return say("followed-over", measure=measure, property=name)
    return say("followed-lost", measure=measure, property=name, before=value)


def _gained(measure: str, name: str, value: str) -> Sentence:
    if value == _TRUE:
        return say("followed-now", measure=measure, property=name)
    return say("followed-gained", measure=measure, property=name, after=value)


def _when(day: str, last: str) -> Sentence:
    """The days of a run: from one on, or up to a last one."""
    if day == last:
        return say("when-only", day=day)
    return say("when-between", day=day, last=last) if last else say("when-on", day=day)


def _next(day: str) -> list[str]:
    return [(dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()] if day else []


def _before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


@functools.cache
def _query(name: str) -> str:
    return resources.files("censorkb.desk").joinpath("sparql", f"{name}.rq").read_text("utf-8")
