"""The sieve: which phrases that look like acts are none, by the names and the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a mark asks the sieve
    from censorkb.extract.marks import Mark


def meant(triggers: list[Mark], names: list[Mark], marks: list[Mark]) -> list[Mark]:
    """The triggers that can be acts.

    Args:
        triggers: the triggers of a sentence; they may overlap.
        names: its names, none inside of another.
        marks: all its marks.
    """
    cues = [m for m in marks if m.sort == "cue"]
    reasons = [m.first for m in cues if m.name in _REASONS]
    passive = {at for m in cues if m.name == "be" for at in (m.last, m.last + 1)}
    objectless = passive | {m.last for m in cues if m.name == "det"}  # "the block on Wednesday over content"
    ands = {m.first for m in cues if m.name == "and"}
    kept = [m for m in triggers if not _is_no_removal(m, names, reasons, objectless)]
    kept = [m for m in kept if not (m.name == "removal" and m.form == "past" and _is_closed(m, names, passive))]
    clauses = [m.first for m in cues if m.name == "clause"]  # "its content, but no decision has been taken"
    kept = [
        m for m in kept if m.name != "removal" or m.form != "passive" or not any(m.first < c < m.last for c in clauses)
    ]
    kept = [m for m in kept if not _is_something(m, names) and not _is_coordinated(m, ands)]
    kept = [m for m in kept if not _is_next_verb(m, kept, ands)]
    return [m for m in kept if m.name != "promote" or _is_promotion(m, names, kept)]


def _is_next_verb(trigger: Mark, triggers: list[Mark], ands: set[int]) -> bool:
    """Whether a phrase reaches over "and" to what belongs to the next verb: "blocked, and barred from the store"."""
    inner = [t.first for t in triggers if t.name == trigger.name and t.last == trigger.last and t.first > trigger.first]
    return any(trigger.first < at < first for first in inner for at in ands)


def _is_coordinated(trigger: Mark, ands: set[int]) -> bool:
    """Whether a passive is two verbs: "imposed a blackout on polling day and lifted it"."""
    return trigger.form == "passive" and trigger.last - 2 in ands


def _is_promotion(trigger: Mark, names: list[Mark], triggers: list[Mark]) -> bool:
    """Whether something is promoted: else an act that stands in the same words counts, as in "barred the use of"."""
    if any(name.kind == "domestic" for name in names):
        return True
    return not any(t is not trigger and trigger.first <= t.first < trigger.last for t in triggers)


def _is_something(trigger: Mark, names: list[Mark]) -> bool:
    """Whether a set phrase that names no act has a target in it after all: "blocked Telegram after a ruling"."""
    inside = [name for name in names if trigger.first < name.first and name.last < trigger.last]
    return trigger.name == "nothing" and any(name.is_target and not name.is_pronoun for name in inside)


def _is_closed(trigger: Mark, names: list[Mark], passive: set[int]) -> bool:
    """Whether a service is what is closed, so that accounts named later are not: "Facebook may be closed to find profiles"."""
    before = [n for n in names if n.is_named and 0 <= trigger.first - n.last <= _CLOSED]
    return trigger.first in passive and bool(before)


def _is_no_removal(trigger: Mark, names: list[Mark], reasons: list[int], passive: set[int]) -> bool:
    """Whether nothing is removed, but something else done: "blocked TikTok because of immoral videos".

    Args:
        trigger: the trigger.
        names: the names of the sentence.
        reasons: where reasons begin.
        passive: where a participle makes a passive, whose object cannot follow: "it was blocked over articles".
    """
    if trigger.name != "removal":
        return False
    whole = [name for name in names if name.first <= trigger.first < name.last]
    media = [n for n in names if n.name == "calls" and n.first > trigger.first and n.last == trigger.last]
    if any(n.sort == "outlet" and n.first == trigger.first + 1 and n.last < trigger.last for n in names):
        return True  # "the channel Dozhd became inaccessible"
    if media and any(n.is_named and n.first == trigger.last + 1 for n in names):
        return True  # "restricted pictures and videos on Facebook"
    if any(name.is_target or name.name == "calls" for name in whole):
        return True  # "text messages were blocked", "the video app was blocked"
    if any(name.is_target and name.first < trigger.last < name.last for name in names):
        return True  # "blocked the video app"
    aimed = [name.last for name in names if name.is_target and trigger.first < name.first < trigger.last]
    if trigger.form == "passive" and any(n.is_pronoun and trigger.first < n.first < trigger.last for n in names):
        return True  # "hand over its users' messages, else it may be banned"
    first = aimed[0] if aimed else trigger.first + 1 if trigger.first in passive else None
    return first is not None and any(first <= at < trigger.last - 1 for at in reasons)


_CLOSED = 3  # words
_REASONS = ("because", "then", "exception", "failure")
