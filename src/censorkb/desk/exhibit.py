"""Exhibits: what a reviewer needs to see of a proposed claim, the stage of the act first, ready to be shown anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from censorkb.desk.inventory import Inventory
from censorkb.desk.waiting import Proposal, inner, inner_list, value
from censorkb.extract import trace
from censorkb.extract.shelf import Shelf, harmless
from censorkb.extract.words import Words, cut
from censorkb.facts.node import Mapping, Scalar
from censorkb.facts.text import HIDDEN
from censorkb.problem import Phrase, is_phrase, phrase, verbatim

_REFERRING = ("target", "country", "actor", "speaker")
_MOST_AROUND = 400  # characters of a sentence on each side of a quote
_MOST_BESIDE = 200  # characters of the sentence before it, and of the one after


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of a passage.

    Args:
        text: the characters.
        light: quote, act, date, beside for the sentences beside it, or empty.
    """

    text: str
    light: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A proposed claim as a reviewer sees it.

    Args:
        phase: its stage; empty if it has none.
        act: what is done, to what, where.
        rows: further slots, by name.
        passage: the sentence with its spans, and one on each side, or the quotes alone if the text is not at hand.
        is_whole: whether the passage is the sentence, out of the text.
        dates: how each date was reached.
        confidence: between 0 and 1; None if a person wrote the claim.
        doubts: what to look at.
        unknown: names that no file is about yet.
    """

    phase: str
    act: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    passage: tuple[Span, ...]
    is_whole: bool
    dates: tuple[Phrase, ...]
    confidence: float | None
    doubts: tuple[Phrase, ...]
    unknown: tuple[str, ...]


def exhibit(proposal: Proposal, shelf: Shelf, inventory: Inventory) -> Exhibit:
    """What is to be seen of a proposal.

    Args:
        proposal: the claim.
        shelf: has the texts that were read.
        inventory: what there is.
    """
    left = trace.read(proposal.text("note"))
    phrases = [words for _, words, _ in _dates(proposal)]
    sentence = _sentence(shelf.text(proposal.sha256()), left, phrases) if left else ()
    rows = [
        (key, proposal.text(key)) for key in ("about", "actor", "speaker", "stance", "feature") if proposal.text(key)
    ]
    via = ", ".join(node.text for node in inner_list(proposal.says, "via") if isinstance(node, Scalar))
    rows += [("via", via)] if via else []
    rows += [("model", " ".join(row)) for row in left.differs] if left else []
    copies = list(proposal.quotes().items())[1:] if sentence else []
    rows += [(_clean(key), f"“{quote}”") for key, quote in copies]
    rows += [("note", proposal.text("note"))] if proposal.text("note") and not left else []
    return Exhibit(
        _clean(proposal.text("phase")),
        tuple(_clean(proposal.text(key)) for key in ("action", "target", "country") if proposal.text(key)),
        tuple((key, _clean(text)) for key, text in rows),
        sentence or tuple(Span(f"“{_clean(quote)}”", "quote") for quote in proposal.quotes().values()),
        bool(sentence),
        tuple(_reached(proposal)),
        left.confidence if left else None,
        tuple(map(_doubt, left.flags)) if left else (),
        tuple(
            f"{key} {_clean(proposal.text(key))}"
            for key in _REFERRING
            if proposal.text(key) and proposal.text(key) not in inventory.things
        ),
    )


def _doubt(flag: str) -> Phrase:
    """What a flag means; the flag itself if somebody else has written it."""
    return phrase(f"doubt-{flag}") if is_phrase(f"doubt-{flag}") else verbatim(flag)


def _reached(proposal: Proposal) -> Iterator[Phrase]:
    """How each date was reached, in words."""
    published = value(proposal.source, "published")
    for role, words, date in _dates(proposal):
        how = "date-counted" if words and published else "date-of-words" if words else "date-in-text"
        yield phrase(how, role=role, date=date, words=words, day=published)
    if not inner(proposal.says, "dates"):
        yield phrase("date-of-publication" if published else "date-of-nothing", day=published)


def _dates(proposal: Proposal) -> Iterator[tuple[str, str, str]]:
    """Role, phrase and date of each date of a claim."""
    for role, node in inner(proposal.says, "dates").items():
        if isinstance(node, Mapping):
            yield _clean(role), _clean(value(node, "phrase")), _clean(value(node, "date"))
        elif isinstance(node, Scalar):
            yield _clean(role), "", _clean(node.text)


def _sentence(text: str, left: trace.Trace, phrases: list[str]) -> tuple[Span, ...]:
    """The sentences of a quote and one on each side, with what it rests on marked; nothing if they are not in the text."""
    start, end = left.quote
    if not 0 <= start < end <= len(text):
        return ()
    words = cut(text)
    touched = [s for s in words.sentences if words.ends[s.last - 1] > start and words.starts[s.first] < end]
    if not touched:
        return ()
    first = max(words.starts[touched[0].first], start - _MOST_AROUND)
    last = min(_ends(words, touched[-1].number), end + _MOST_AROUND)
    begin = max(words.starts[words.sentences[max(0, touched[0].number - 1)].first], first - _MOST_BESIDE)
    finish = min(_ends(words, touched[-1].number + 1), last + _MOST_BESIDE)
    lights = [("beside", begin, first), ("beside", last, finish), ("quote", start, end)]
    for dated in phrases:
        places = [text.find(dated, *within) for within in ((first, last), (begin, finish)) if dated]
        at = next((place for place in places if place >= 0), -1)
        lights += [("date", at, at + len(dated))] if at >= 0 else []
    lights.append(("act", *left.act))  # the last one wins
    return tuple(_spans(harmless(text), begin, finish, lights))


def _ends(words: Words, number: int) -> int:
    """Where a sentence ends, with what follows its last word; where the text does if there is none of that number."""
    after = words.sentences[number].last if number < len(words.sentences) else len(words.starts)
    return words.starts[after] if after < len(words.starts) else len(words.raw)


def _spans(text: str, first: int, last: int, lights: list[tuple[str, int, int]]) -> Iterator[Span]:
    edges = sorted({first, last, *(edge for _, *place in lights for edge in place if first < edge < last)})
    for one, other in pairwise(edges):
        light = next((name for name, start, end in reversed(lights) if start <= one and other <= end), "")
        part = re.sub(r"\s*\n\s*", " ", text[one:other])
        yield Span(part.rstrip() if other == last else part, light)


def _clean(text: str) -> str:
    """A text without what could steer a terminal."""
    return HIDDEN.sub("�", text)
