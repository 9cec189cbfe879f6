"""Weekdays: a phrase such as "on Wednesday" and the day that it was resolved to agree.

The names of the days in all languages come from the scheme of weekdays in the ontology.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pyoxigraph as ox

from censorkb.check.data_graph import DataGraph
from censorkb.graph.knowledge import Knowledge
from censorkb.problem import Phrase, Problem, problem


def check(knowledge: Knowledge, graph: DataGraph) -> Iterator[Problem]:
    """Find dates of one day whose phrase names another day of the week."""
    days = _days(knowledge)
    for row in graph.told("weekday-phrases", "?date", "ckb:Dating"):
        day = dt.date.fromisoformat(row["day"].value[:10])
        words = re.findall(r"\w+", row["phrase"].value.lower())
        said = next((days[word] for word in words if word in days), day.isoweekday())
        if said != day.isoweekday():
            is_day, said_day = _name(knowledge, day.isoweekday()), _name(knowledge, said)
            place = knowledge.place(str(row["date"]), knowledge.names("ckb:phrase"))
            yield problem(place, "weekday", date=day.isoformat(), is_day=is_day, said_day=said_day)


def _days(knowledge: Knowledge) -> dict[str, int]:
    """Each name of a day in each language to its ISO 8601 number."""
    vocabulary, words = knowledge.ontology.vocabulary, knowledge.ontology.words
    return {
        label.lower(): int(vocabulary.text(concept, "ckb:rank"))
        for concept in words.of(vocabulary.node("ckb:Weekday")).values()
        for label in words.labels(concept)
    }


def _name(knowledge: Knowledge, number: int) -> Phrase:
    vocabulary = knowledge.ontology.vocabulary
    rank = ox.Literal(str(number), datatype=vocabulary.node("xsd:integer"))
    weekday = vocabulary.node("ckb:Weekday")
    days = [node for node in vocabulary.subjects("ckb:rank", rank) if weekday in vocabulary.values(node, "rdf:type")]
    return Phrase(vocabulary.text(days[0], "skos:prefLabel") if days else str(number))
