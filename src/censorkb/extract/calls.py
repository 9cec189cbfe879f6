"""Calls: whether it is the calls of a service that something is done to, and not the service."""

from __future__ import annotations

from censorkb.extract.groups import Group
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_BUT = frozenset(("а", "но", "mais", "but"))
_CALLS = ("call", "voice", "appel", "звон", "llamada", "chamada", "ligaç", "anruf", "voip", "audio", "vocal", "голос")
_BEFORE, _AFTER = 3, 5  # words


def has_calls(one: Marked, trigger: Mark, group: Group, words: Words) -> bool:
    """Whether calls stand beside a trigger whose target is a service.

    Args:
        one: the sentence.
        trigger: what is done.
        group: the target.
        words: of the text.
    """
    calls = [n for n in one.names if n.sort == "noun" and n.name == "calls"]
    near = [n for n in calls if 0 <= n.first - trigger.last <= _AFTER or 0 <= trigger.first - n.last <= _BEFORE]
    near = [n for n in near if " - " not in "".join(words.gaps[trigger.last : n.first + 1])]
    near = [n for n in near if not _BUT.intersection(words.small[trigger.last : n.first])]
    return bool(near) and (group.marks[0].is_named or group.marks[0].is_pronoun)


def speaks_of_calls(one: Marked, words: Words) -> bool:
    """Whether a word of a sentence means calls.

    Args:
        one: the sentence.
        words: of the text.
    """
    return any(word.startswith(_CALLS) for word in words.small[one.sentence.first : one.sentence.last])
