"""Scope: what the things of one file share while it is mapped."""

from __future__ import annotations

from dataclasses import dataclass, field

from censorkb.problem import Place


@dataclass(slots=True)
class Scope:
    """What a nested thing needs to know of the file that it is in.

    Args:
        graph: named graph of the file.
        source: term of the source, if the file is one; likewise its id.
        language: language of the source, for its title and quotes without a copy's language.
        publisher: terms of the publisher, the default speaker.
        status: terms of the review status of the file.
        copies: key of a copy to its term and language.
        copies_lost: whether there may be copies that could not be read.
    """

    graph: str
    source: str = ""
    source_id: str = ""
    language: str = "und"
    publisher: str = ""
    status: str = ""
    copies: dict[str, tuple[str, str]] = field(default_factory=dict)
    copies_lost: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that names something else, to be looked up when all files are read.

    Args:
        subject: the thing that refers, and the property by which it does.
        target: term that is referred to; empty if the word can't be an id.
        word: what the author wrote.
        key: the YAML key.
        kind: class that the target should have.
        place: where it is written.
    """

    subject: str
    property: str
    target: str
    word: str
    key: str
    kind: str
    place: Place
