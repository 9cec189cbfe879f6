"""Agreement of a found claim with one of the gold, slot by slot."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from censorkb.extract.gold import Claim
from censorkb.extract.roster import Roster

_END_OF_SENTENCE = re.compile(r"[.!?…][\"'”»’)\]]*\s+(?=[^\W\d_a-zа-яё]|[\"'“«(\d])|\n+")
_WEIGHTS = {"date": 3, "status": 2, "agent": 1, "country": 1}
SLOTS = ("status", "country", "date", "same date", "as precise", "agent", "state")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which slots of a found claim are right.

    Args:
        slots: those of `SLOTS` that are: `date` is a date that both allow, `same date` the same text, `as precise` a
            date of the same form, `agent` the same name, `state` an actor of the same state.
    """

    slots: frozenset[str]

    @property
    def weight(self) -> int:
        """How much agrees, for choosing between claims that a found one may stand for."""
        return sum(weight for slot, weight in _WEIGHTS.items() if slot in self.slots)

    @property
    def strict(self) -> bool:
        """Whether all agrees that a reader would have to correct: status, country and date."""
        return {"status", "country", "date"} <= self.slots


def same_act(gold: Claim, found: Claim, roster: Roster) -> bool:
    """Whether a found claim may stand for one of the gold: the same action on the same target."""
    if gold.act is not found.act:
        return False
    return bool(roster.stands_for((gold.target, *gold.aka)) & roster.stands_for((found.target,)))


def agreement(gold: Claim, found: Claim, roster: Roster) -> Agreement:
    """Compare the slots of two claims of the same act."""
    agree = {
        "status": gold.phase is found.phase,
        "country": gold.country == found.country,
        "date": _compatible(gold, found),
        "same date": (gold.date or "") == (found.date or ""),
        "as precise": _precision(gold) == _precision(found),
        "agent": _who(gold, roster) == _who(found, roster),
        "state": _state(gold, roster) == _state(found, roster),
    }
    return Agreement(frozenset(slot for slot in SLOTS if agree[slot]))


def overlaps(text: str, gold: Claim, found: Claim) -> bool:
    """Whether the words of a found claim touch a sentence with the quote of the gold."""
    if found.start is None or found.end is None:
        return False
    place = text.find(gold.quote)
    while place >= 0:
        first, last = _sentence(text, place, place + len(gold.quote))
        if found.start < last and found.end > first:
            return True
        place = text.find(gold.quote, place + 1)
    return False


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    ends = [match.end() for match in _END_OF_SENTENCE.finditer(text)]
    first = max((place for place in ends if place <= start), default=0)
    return first, min((place for place in ends if place >= end), default=len(text))


def _days(claim: Claim) -> tuple[dt.date, dt.date]:
    """First and last day on which the act can have begun, a span being read as some day in it."""
    when = claim.when
    if when is None:
        return dt.date.min, dt.date.max
    last = when.latest_start if when.open_end or when.latest_end is None else when.latest_end
    return when.earliest_start or dt.date.min, last or dt.date.max


def _compatible(gold: Claim, found: Claim) -> bool:
    if not gold.date:
        return True
    if not found.date:
        return False
    (first, last), (begin, end) = _days(gold), _days(found)
    return first <= end and begin <= last


def _precision(claim: Claim) -> str:
    """The form of a date: its text with every digit made alike."""
    return re.sub(r"[\dX]", "0", claim.date or "")


def _who(claim: Claim, roster: Roster) -> frozenset[str]:
    return roster.stands_for((claim.agent,)) if claim.agent else frozenset()


def _state(claim: Claim, roster: Roster) -> str | None:
    """The country of whoever acts: that of an authority that is known, else where the act applies."""
    return (roster.seat(claim.agent) or claim.country) if claim.agent else None
