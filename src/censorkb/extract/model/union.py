"""Union: what the rules and a model have found, each act once; where both agree it is surer, where not a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from censorkb.extract.candidate import Candidate

_ALONE = 0.5  # confidence in what only a model has found
_DOUBT = 0.1  # what each doubt takes from it
_LEAST = 0.05


def united(rules: list[Candidate], model: Iterable[Candidate]) -> list[Candidate]:
    """The candidates of both, in the order of the text.

    Args:
        rules: what the rules have found; each stays, whatever the model says.
        model: what the model has found.
    """
    seconds = list(model)
    kept = []
    for one in rules:
        same = [other for other in seconds if _is_same(one, other)]
        best = max(same, key=lambda other: -len(_differences(one, other)), default=None)
        # what the model says of the act once more, in a headline or at another stage, is no further act
        seconds = [other for other in seconds if other is not best and not (best and _repeats(other, one, best))]
        kept.append(_compared(one, best))
    for other in seconds:
        if not any(_key(other) == _key(earlier) for earlier in kept):
            kept.append(_alone(other))
    return sorted(kept, key=lambda one: (one.start, one.end))


def _act(one: Candidate) -> tuple[str, str]:
    return ("block" if one.action == "threaten-block" else one.action), one.target


def _key(one: Candidate) -> tuple[object, ...]:
    return *_act(one), one.country, one.status, one.date


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two readers can mean one act: no act has two countries, unless one of them has seen none."""
    return _act(one) == _act(other) and (one.country == other.country or None in (one.country, other.country))


def _repeats(other: Candidate, one: Candidate, best: Candidate) -> bool:
    return _is_same(one, other) and (_key(other) == _key(best) or other.start == best.start)


def _differences(one: Candidate, other: Candidate) -> tuple[tuple[str, str], ...]:
    """The slots that the second reads in another way, and how; a date that is only less precise is no other."""
    found = []
    if other.status != one.status:
        found.append(("status", other.status))
    if other.country and other.country != one.country:
        found.append(("country", other.country.lower()))
    if other.phrase and other.date and not _is_like(one.date, other.date):
        found.append(("date", other.date))
    return tuple(found)


def _is_like(one: str | None, other: str) -> bool:
    return bool(one) and (str(one).startswith(other) or other.startswith(str(one)))


def _compared(one: Candidate, other: Candidate | None) -> Candidate:
    if other is None:
        return replace(one, flags=(*one.flags, "model-silent"))
    differs = _differences(one, other)
    if differs:
        return replace(one, flags=(*one.flags, "model-differs"), by="both", differs=differs)
    return replace(one, by="both", confidence=round(1 - (1 - one.confidence) / 2, 2))


def _alone(one: Candidate) -> Candidate:
    sure = max(_LEAST, _ALONE - _DOUBT * len(one.flags))
    return replace(one, flags=(*one.flags, "model-only"), confidence=round(sure, 2))
