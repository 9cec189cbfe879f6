"""Grounding: where words that a model gives stand in the text, letter for letter, folded, or nearly; else nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from censorkb.extract.folding import fold, lowered
from censorkb.extract.quotes import MOST

LIKE = 90  # percent of letters in order, below which a quote is none
_BETWEEN = " \n\t\u00a0,;:"  # what parts a quote from the words around it
_SHORTEST = 12  # characters of words that may differ in some; shorter ones are like too much


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand.

    Args:
        start: the first character.
        end: one after the last.
        verbatim: whether the text has these very words, typography aside.
    """

    start: int
    end: int
    verbatim: bool = True


class Ground:
    """A text in which words are looked up.

    Args:
        text: the unaltered text.
    """

    def __init__(self, text: str) -> None:
        self._raw, self._low = text, lowered(fold(text))

    def quote(self, words: str) -> Place | None:
        """The place of a quote: exact, else folded, else at least 90 % alike; None if it has one word, or more than 12."""
        if not 1 < len(words.split()) <= MOST:
            return None
        exact = self.find(words) or self._like(lowered(fold(" ".join(words.split()))))
        return exact if exact and len(self._raw[exact.start : exact.end].split()) <= MOST else None

    def find(self, words: str, start: int = 0, end: int | None = None) -> Place | None:
        """The first place of whole words between two characters, exact or folded."""
        end = len(self._raw) if end is None else end
        for text, sought in ((self._raw, words), (self._low, lowered(fold(words)))):
            pattern = r"\s+".join(map(re.escape, sought.split()))
            found = re.compile(rf"(?<!\w){pattern}(?!\w)").search(text, start, end) if pattern else None
            if found:
                return Place(*found.span())
        return None

    def _like(self, quote: str) -> Place | None:
        if not _SHORTEST <= len(quote) <= len(self._low):
            return None
        found = fuzz.partial_ratio_alignment(quote, self._low, score_cutoff=LIKE)
        if found is None:
            return None
        start, end = found.dest_start, found.dest_end
        while start < end and self._raw[start] in _BETWEEN:
            start += 1
        while end > start and self._raw[end - 1] in _BETWEEN:
            end -= 1
        while start and self._raw[start - 1].isalnum() and self._raw[start].isalnum():
            start -= 1
        while end < len(self._raw) and self._raw[end].isalnum() and self._raw[end - 1].isalnum():
            end += 1
        return Place(start, end, verbatim=False) if start < end else None
