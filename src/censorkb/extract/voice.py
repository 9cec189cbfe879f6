"""Voices: whether a form of a trigger is active, passive, a noun or a state, by the words before and after it."""

from __future__ import annotations

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_OBJECTS = frozenset(("risk", "risks", "face", "faces", "facing", "heavy", "huge", "possible", "million"))
_FATES = ("sort", "sorts")  # "ont subi le même sort"
_ADVERBS, _HAD = 3, 9
_JOINED = 2  # words
_AND = frozenset(("and", "or", "then", "et", "ou", "puis", "и", "или"))
_SAME = frozenset(("cut", "shut", "put", "hit"))  # the infinitive is written as the participle


def voice(trigger: Mark, marked: Marked, words: Words) -> str:
    """The voice of a trigger."""
    if trigger.form == "active" and trigger.last - trigger.first < 3 and _is_noun(trigger, marked, words):
        return "noun"
    if trigger.form != "past":
        return "state" if trigger.is_hint else trigger.form
    if _last_before("det", trigger, marked, 0) and words.small[trigger.first] in ("cut", "shut"):
        return "noun"
    if words.small[trigger.first - 1] == "to" and words.small[trigger.first] in _SAME:
        return "active"  # "have been told to cut off"
    if _is_had_done(trigger, marked) or _is_fate(trigger, words):
        return "passive"
    be = _last_before("be", trigger, marked)
    have = _last_before("have", trigger, marked)
    if be and (not have or be.last > have.last):
        return "passive"
    if have:
        return "active"
    if (joined := _joined(trigger, marked, words)) and voice(joined, marked, words) == "passive":
        return "active" if _has_object(trigger, marked, words) else "passive"  # "were throttled or blocked"
    if (
        _follows_target(trigger, marked)
        and not _has_object(trigger, marked, words)
        and _ends_here(trigger, marked, words)
    ):
        return "passive"
    return "active"


def _is_fate(trigger: Mark, words: Words) -> bool:
    """Whether it is what befell somebody: "have met the same fate"."""
    word = words.small[trigger.last - 1]
    return word == "fate" or (trigger.name == "affected" and word in _FATES)


def _joined(trigger: Mark, marked: Marked, words: Words) -> Mark | None:
    """The participle that another one is joined to by "and" or "or"."""
    before = [t for t in marked.triggers if t.form == "past" and 1 <= trigger.first - t.last <= _JOINED]
    return before[-1] if before and words.small[before[-1].last] in _AND else None


def _is_noun(trigger: Mark, marked: Marked, words: Words) -> bool:
    """Whether a word that is a verb or a noun is a noun: "the block", "a ban on"."""
    if words.small[trigger.first].endswith("ing") or not any(cue.sort == "cue" for cue in marked.cue("det")):
        return False
    after = words.small[trigger.last] if trigger.last < marked.sentence.last else ""
    if words.small[trigger.first - 1] in _OBJECTS:
        return True  # "platforms risk fines"
    return _last_before("det", trigger, marked, 0) is not None or after == "on"


def _last_before(name: str, trigger: Mark, marked: Marked, most: int = _ADVERBS) -> Mark | None:
    near = [cue for cue in marked.cue(name) if 0 <= trigger.first - cue.last <= most]
    between = [t.first for t in marked.triggers if t.name != trigger.name]
    near = [cue for cue in near if not any(cue.last <= at < trigger.first for at in between)]
    return near[-1] if near else None


def _is_had_done(trigger: Mark, marked: Marked) -> bool:
    """Whether somebody has others do it: "had twelve sites of the party blocked"."""
    others = [t.first for t in marked.triggers if t is not trigger]
    for have in marked.cue("have"):
        inside = [n for n in marked.names if have.last <= n.first < trigger.first]
        far = trigger.first - have.last
        if (
            0 < far <= _HAD
            and any(n.is_target for n in inside)
            and not any(have.last <= at < trigger.first for at in others)
        ):
            return not any(n.sort in ("country", "agency", "body") for n in inside)
    return False


def _follows_target(trigger: Mark, marked: Marked) -> bool:
    """Whether a target stands right before: "Telegram, blocked since 2018", "Instagram blocked in Turkey"."""
    return any(
        name.is_target and name.last - name.first > name.is_pronoun and 0 <= trigger.first - name.last <= 1
        for name in marked.names
    )


def _ends_here(trigger: Mark, marked: Marked, words: Words) -> bool:
    """Whether no object follows: "Instagram blocked in Turkey", not "Twitter banned him"."""
    if trigger.last >= marked.sentence.last or words.gaps[trigger.last].strip():
        return True
    return words.small[trigger.last] in _AFTER


_AFTER = frozenset((
    "in", "by", "for", "over", "after", "since", "as", "across", "from", "until", "nationwide", "amid", "on", "following",
    "despite", "again", "at", "during", "and", "or", "but", "ahead", "before", "because", "there", "here", "to", "due",
    "en", "au", "aux", "par", "depuis", "pour", "à", "après", "dans", "jusqu", "et", "ou", "sur", "avant", "suite", "dès",
    "no", "na", "por", "desde", "tras", "em", "pelo", "pela", "von", "seit", "im", "durch", "temporarily", "completely",
    "yesterday", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "last", "this",
    "while", "under", "within", "throughout", "with", "without", "when", "where", "which", "hier", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "temporairement", "totalement", "le",
))  # fmt: skip


def _has_object(trigger: Mark, marked: Marked, words: Words) -> bool:
    near = any(name.is_target and 0 <= name.first - trigger.last <= 3 for name in marked.names)
    return near and "," not in words.gaps[trigger.last]  # "Twitter restreint, données mobiles coupées"
