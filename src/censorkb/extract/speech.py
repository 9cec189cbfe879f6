"""Speech: who is said to say it, and through which media it came: "WhatsApp told Reuters", "selon NetBlocks"."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_SPEAKERS = ("service", "company", "agency", "outlet")
_TO = frozenset(("told", "à", "au", "to"))
_BEFORE, _AFTER = 5, 4  # words between a speaker and a verb of saying


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says what a sentence says.

    Args:
        speaker: English name; empty if it is the publisher.
        via: outlets between the speaker and the publisher.
        confirms: whether the speaker confirms it.
    """

    speaker: str = ""
    via: tuple[str, ...] = ()
    confirms: bool = False


def speech(one: Marked, words: Words) -> Speech:
    """Who says what a sentence says."""
    signs = [cue for cue in one.cues if cue.sort == "speech"]
    monitors = [cue for cue in one.cues if cue.sort == "monitor" and cue.name == "names"]
    names = sorted([*one.of(*_SPEAKERS), *monitors], key=lambda m: m.first)
    for sign in signs:
        speaker = _before(sign, names, words) or _after(sign, names, words)
        if speaker is None:
            continue
        told = next((n for n in names if n.sort == "outlet" and n is not speaker and _is_told(n, sign, words)), None)
        confirms = any(cue.name == "confirms" and cue.first == sign.first for cue in signs)
        return Speech(_name(speaker, words), (told.name,) if told else (), confirms)
    return Speech()


def _before(sign: Mark, names: list[Mark], words: Words) -> Mark | None:
    near = [n for n in names if 0 <= sign.first - n.last <= _BEFORE and "," not in _gaps(words, n.last, sign.first)]
    return near[-1] if near else None


def _after(sign: Mark, names: list[Mark], words: Words) -> Mark | None:
    near = [n for n in names if 0 <= n.first - sign.last <= _AFTER and "," not in _gaps(words, sign.last, n.first)]
    return near[0] if near and not _is_told(near[0], sign, words) else None


def _is_told(name: Mark, sign: Mark, words: Words) -> bool:
    return 0 <= name.first - sign.last <= 2 and (words.small[name.first - 1] in _TO)


def _gaps(words: Words, first: int, last: int) -> str:
    return "".join(words.gaps[first : last + 1])


def _name(mark: Mark, words: Words) -> str:
    return " ".join(words.written(at) for at in range(mark.first, mark.last)) if mark.sort == "monitor" else mark.name
