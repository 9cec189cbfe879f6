"""Sheets: all that waits for a decision at once, ready to be shown on a page, and told from what it was before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from censorkb.desk.exhibit import Exhibit
from censorkb.desk.nearest import Neighbour
from censorkb.desk.session import Session
from censorkb.desk.waiting import Proposal, inner, value
from censorkb.facts.node import Mapping
from censorkb.facts.text import HIDDEN

MOST_NEAR = 9  # measures, so that each has a digit
_PAGES = frozenset({"https", "http"})
_OF_SOURCE = ("title", "publisher", "published", "language")


@dataclass(frozen=True, slots=True)
class Card:
    """A proposed claim as a page shows it.

    Args:
        file: path from the knowledge base.
        id: its id in the file.
        was: what tells its lines from others.
        title: headline of its source.
        publisher: who published it.
        published: when.
        language: code of the language of its text.
        address: where it was read on the web; empty if nowhere.
        seen: what is to be seen of it.
        near: the known measures that it may be about.
        lines: its lines in the file.
    """

    file: str
    id: str
    was: str
    title: str
    publisher: str
    published: str
    language: str
    address: str
    seen: Exhibit
    near: tuple[Neighbour, ...]
    lines: str


def cards(session: Session) -> list[Card]:
    """What waits in a session, in its order."""
    return [_card(session, proposal) for proposal in session.waiting()]


def mark(lines: str) -> str:
    """What tells the lines of a claim from others."""
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _card(session: Session, proposal: Proposal) -> Card:
    lines = session.lines(proposal)
    title, publisher, published, language = (_clean(value(proposal.source, key)) for key in _OF_SOURCE)
    return Card(
        proposal.file,
        proposal.id,
        mark(lines),
        title,
        publisher,
        published,
        language,
        _address(proposal.source),
        session.exhibit(proposal),
        tuple(session.near(proposal)[:MOST_NEAR]),
        lines,
    )


def _address(source: Mapping) -> str:
    """Where a source was read; what is no address of a page is none."""
    for copy in inner(source, "copies").values():
        found = value(copy, "url") if isinstance(copy, Mapping) else ""
        if found.partition(":")[0] in _PAGES and found == _clean(found):
            return found
    return ""


def _clean(text: str) -> str:
    return HIDDEN.sub("\ufffd", text)
