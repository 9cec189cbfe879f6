"""Lexicons: the words of a language that name acts, their stages, kinds of targets, bodies and dates, read from data."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from censorkb.extract.phrase import Matcher

FAMILIES = (
    "block", "cut", "throttle", "disruption", "slowness", "unblock", "delist", "fine", "removal", "arrest", "law", "promote", "affected", "nothing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sign:
    """What a phrase of a language stands for.

    Args:
        sort: trigger, cue, noun, network, category, implied, body, monitor, naming, speech or date.
        name: family of the trigger, name of the cue, kind of noun, name of the body, and so on.
        form: form of the trigger: active, past, passive, noun, state.
    """

    sort: str
    name: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    Args:
        language: its code.
        signs: finds all its phrases.
        costs: what it costs to look for a target on the unlikely side, in words.
        months: number of the month by word.
        weekdays: number of the weekday by word, Monday is 0.
        numbers: small numbers by word.
        sets: small sets of words of the dates.
        units: d, w, m or y by word.
        ordinals: numbers by words such as "third", as in "the third day without a network".
        day_first: whether 02/08/2024 is a day of August.
        joins: words that may stand between two names of one list.
        home: code of the country that is meant if a text names the bodies of a state and no country.
    """

    language: str
    signs: Matcher[Sign]
    costs: dict[str, int]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    sets: dict[str, frozenset[str]]
    units: dict[str, str]
    day_first: bool
    joins: frozenset[str] = frozenset()
    ordinals: dict[str, int] = field(default_factory=dict)
    home: str = ""


def languages() -> list[str]:
    """Codes of the languages that there is a lexicon of."""
    folder = resources.files(__package__) / "languages"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


@functools.cache
def lexicon(language: str) -> Lexicon:
    """Read the lexicon of a language; KeyError if there is none."""
    if language not in languages():
        raise KeyError(language)
    text = (resources.files(__package__) / "languages" / f"{language}.toml").read_text("utf-8")
    return made(tomllib.loads(text))


def made(data: dict[str, Any]) -> Lexicon:
    """Make a lexicon of the data of its file."""
    dates = data["dates"]
    return Lexicon(
        data["language"],
        Matcher(_patterns(data), data["endings"], data.get("paradigms")),
        data["order"],
        _numbered(dates["months"], 1),
        _numbered(dates["weekdays"], 0),
        dates["numbers"],
        {name: frozenset(dates[name]) for name in ("last", "next", "year-words", "before-year", "since", "ago")},
        {word: unit for unit, words in dates["units"].items() for word in words},
        dates["day-first"],
        _joins(data),
        _numbered(dates.get("ordinals", []), 2),
        data.get("home", ""),
    )


def _numbered(entries: list[str], first: int) -> dict[str, int]:
    return {word: number for number, entry in enumerate(entries, first) for word in entry.split("|")}


def _patterns(data: dict[str, Any]) -> Iterator[tuple[str, Sign]]:
    for family in FAMILIES:
        for form, patterns in data.get(family, {}).items():
            yield from ((pattern, Sign("trigger", family, form)) for pattern in patterns)
    for part, sort in (
        ("cues", "cue"),
        ("nouns", "noun"),
        ("networks", "network"),
        ("categories", "category"),
        ("implied", "implied"),
        ("carriers", "carrier"),
        ("bodies", "body"),
        ("monitors", "monitor"),
        ("naming", "naming"),
        ("speech", "speech"),
    ):
        for name, patterns in data.get(part, {}).items():
            if name == "join":  # single words, not phrases
                continue
            yield from ((pattern, Sign(sort, name)) for pattern in patterns)
    for name, patterns in data["dates"]["phrases"].items():
        yield from ((pattern, Sign("date", name)) for pattern in patterns)


def _joins(data: dict[str, Any]) -> frozenset[str]:
    """Words that may stand between two names of one list."""
    written = [word for entry in data["nouns"]["join"] for word in entry.split("|")]
    endings = data["endings"]
    return frozenset(
        form for word in written for form in ([word[:-1] + end for end in endings] if word.endswith("%") else [word])
    )
