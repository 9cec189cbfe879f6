"""Doubts: what a reviewer should look at in a candidate, and how sure the rules are."""

from __future__ import annotations

from censorkb.extract.acts import Act
from censorkb.extract.calibration import measured

# What each doubt takes from the score; what a score stands for is measured, see `calibration`.
_WEIGHTS = {
    "no-country": 0.3,
    "garbled": 0.4,
    "target-named-before": 0.15,
    "ambiguous-name": 0.15,
    "agent-not-named": 0.1,
    "no-date": 0.05,
    "named-by-a-noun": 0.1,
    "seen-by-users-only": 0.1,
    "attempted": 0.0,
    "register": 0.0,
}
_REGISTERS = ("directory", "register", "registry", "répertoire", "registre", "реестр", "каталог")


def doubts(act: Act, quote: str, trigger: str) -> tuple[str, ...]:
    """What a reviewer should look at, the weightiest first.

    Args:
        act: the act.
        quote: its quote.
        trigger: the words that name the act.
    """
    small = trigger.lower()
    found = {
        "no-country": act.country is None or act.assumed,
        "garbled": act.mark.kind == "glued" or "\ufffd" in quote,
        "target-named-before": act.pronoun,
        "ambiguous-name": act.mark.kind in ("ambiguous", "unknown"),
        "agent-not-named": act.agent is not None and not act.agent.certain,
        "no-date": act.date is None or act.date.first < 0,
        "named-by-a-noun": act.noun,
        "seen-by-users-only": act.status == "reported-disruption",
        "attempted": any(0 <= act.trigger.first - cue.last <= 3 for cue in act.marked.cue("attempt")),
        "register": act.action == "delist" and any(word in small for word in _REGISTERS),
    }
    return tuple(name for name in sorted(_WEIGHTS, key=lambda n: -_WEIGHTS[n]) if found[name])


def confidence(flags: tuple[str, ...]) -> float:
    """How often claims with as weighty doubts were right, between 0 and 1."""
    return measured(score(flags))


def score(flags: tuple[str, ...]) -> float:
    """How little there is to doubt, between 0 and 1."""
    return round(max(0.05, 0.95 - sum(_WEIGHTS[flag] for flag in flags)), 2)
