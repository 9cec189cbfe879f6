"""Traces: the note of a proposed claim that says who found it, where in the text it stands, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOTE = re.compile(
    r"Proposed by (?P<by>rules|a model|rules and a model), confidence (?P<sure>[01]\.\d\d); quote at (?P<start>\d{1,9})-(?P<end>\d{1,9}), "
    r"the words of the act at (?P<first>\d{1,9})-(?P<last>\d{1,9})(?:; look at: (?P<flags>[a-z, -]+))?"
    r"(?:; the model reads: (?P<differs>[\w ,./:~?%-]+))?\."
)
_BY = {"rules": "rules", "model": "a model", "both": "rules and a model"}


@dataclass(frozen=True, slots=True)
class Trace:
    """What the rules, or a model, leave to a reviewer.

    Args:
        confidence: between 0 and 1.
        quote: where the quote begins in the text, and one after its end, in characters.
        act: likewise the words that name the act.
        flags: what to look at.
        by: who has found it: rules, model, or both.
        differs: slots that a model reads in another way, and how; neither has a comma in it.
    """

    confidence: float
    quote: tuple[int, int]
    act: tuple[int, int]
    flags: tuple[str, ...] = ()
    by: str = "rules"
    differs: tuple[tuple[str, str], ...] = ()

    def note(self) -> str:
        """The note of a claim."""
        flags = f"; look at: {', '.join(self.flags)}" if self.flags else ""
        differs = f"; the model reads: {', '.join(map(' '.join, self.differs))}" if self.differs else ""
        return (
            f"Proposed by {_BY[self.by]}, confidence {self.confidence:.2f}; quote at {self.quote[0]}-{self.quote[1]}, "
            f"the words of the act at {self.act[0]}-{self.act[1]}{flags}{differs}."
        )


def read(note: str) -> Trace | None:
    """The trace in a note; None if somebody has written another."""
    found = _NOTE.fullmatch(note)
    if not found:
        return None
    flags = tuple(found["flags"].split(", ")) if found["flags"] else ()
    quote, act = (int(found["start"]), int(found["end"])), (int(found["first"]), int(found["last"]))
    differs = [row.partition(" ") for row in found["differs"].split(", ")] if found["differs"] else []
    by = next(name for name, words in _BY.items() if words == found["by"])
    return Trace(float(found["sure"]), quote, act, flags, by, tuple((slot, read) for slot, _, read in differs))
