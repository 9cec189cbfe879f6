"""Twins: copies and translations of one story, which are one source."""

from __future__ import annotations

import re
from itertools import pairwise

from censorkb.extract.proposal import Read

_ENOUGH = 3  # acts that two articles must share
_ALIKE = 0.6
_WORDS = re.compile(r"\w+")


def stories(reads: list[Read]) -> list[list[Read]]:
    """Articles put together by story; each story begins with its original, as far as that can be told.

    Args:
        reads: articles with their candidates, in their order.
    """
    found: list[list[Read]] = []
    for read in reads:
        home = next((story for story in found if any(are_twins(read, other) for other in story)), None)
        if home is None:
            found.append([read])
        else:
            home.append(read)
    return [sorted(story, key=_originality) for story in found]


def are_twins(one: Read, other: Read) -> bool:
    """Whether two articles are one story: the same words, or the same acts in another language."""
    first, second = one.article.published, other.article.published
    if first and second and abs((first - second).days) > 1:
        return False
    if one.article.language == other.article.language:
        return _overlap(_shingles(one.article.text), _shingles(other.article.text)) >= _ALIKE
    acts = [{(c.action, c.target, c.country, c.status) for c in read.candidates} for read in (one, other)]
    return len(acts[0] & acts[1]) >= _ENOUGH and _overlap(*acts) >= _ALIKE


def _originality(read: Read) -> tuple[bool, int]:
    """English first, since most wires write in it; then the one that says most."""
    return (read.article.language != "en", -len(read.candidates))


def _shingles(text: str) -> set[object]:
    words = _WORDS.findall(text.lower())
    return {(a, *b) for a, b in pairwise(list(pairwise(words)))}


def _overlap(
    one: set[object] | set[tuple[str, str, str | None, str]], other: set[object] | set[tuple[str, str, str | None, str]]
) -> float:
    """How much of the smaller set is in the larger one."""
    small = min(len(one), len(other))
    return len(set(one) & set(other)) / small if small else 0.0
