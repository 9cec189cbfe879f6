"""Weekdays: a phrase such as "on Wednesday" and the day that it was resolved to agree.

The names of the days in all languages come from the scheme of weekdays in the ontology.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from censorkb.graph.knowledge import Knowledge
from censorkb.problem import Problem, problem


def check(knowledge: Knowledge) -> Iterator[Problem]:
    """Find dates of one day whose phrase names another day of the week."""
    names, statements = knowledge.mapper.names, knowledge.mapper.statements
    wanted = {names(f"ckb:{local}"): local for local in ("phrase", "earliestStart", "latestStart")}
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    for triples in statements.graphs.values():
        for subject, predicate, object_ in triples:
            if predicate in wanted:
                dates[subject][wanted[predicate]] = object_
    days = _days(knowledge)
    for subject, date in dates.items():
        if "phrase" in date and "earliestStart" in date and date["earliestStart"] == date.get("latestStart"):
            day = dt.date.fromisoformat(date["earliestStart"][1:11])
            said = next(
                (days[word] for word in re.findall(r"\w+", date["phrase"].lower()) if word in days), day.isoweekday()
            )
            place = statements.place(subject, names("ckb:phrase"))
            if said != day.isoweekday() and place:
                yield problem(
                    place,
                    "weekday",
                    date=day.isoformat(),
                    is_day=_name(knowledge, day.isoweekday()),
                    said_day=_name(knowledge, said),
                )


def _days(knowledge: Knowledge) -> dict[str, int]:
    """Each name of a day in each language to its ISO 8601 number."""
    vocabulary, words = knowledge.ontology.vocabulary, knowledge.ontology.words
    return {
        label.lower(): int(vocabulary.text(concept, "ckb:rank"))
        for concept in words.of(vocabulary.node("ckb:Weekday")).values()
        for label in words.labels(concept)
    }


def _name(knowledge: Knowledge, number: int) -> str:
    vocabulary = knowledge.ontology.vocabulary
    rank = ox.Literal(str(number), datatype=vocabulary.node("xsd:integer"))
    days = [
        node
        for node in vocabulary.subjects("ckb:rank", rank)
        if vocabulary.node("ckb:Weekday") in vocabulary.values(node, "rdf:type")
    ]
    return vocabulary.text(days[0], "skos:prefLabel") if days else str(number)
