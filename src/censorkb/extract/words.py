"""Words of a text with their places, and the sentences that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from censorkb.extract.folding import fold, lowered

_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s)|\n+|(?<=\w)\s+[•·|]\s")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|vs|no|inc|ltd|co|corp|gen|sen|rep|gov|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
    r"|approx|etc|al|janv|févr|avr|juil|déc|mme|mlle|art|им|ул|тыс|млн|млрд|руб|см|др|ст|г|гг|п|ч|т)|\b(?![XxХх])[^\W\d_])$",
    re.IGNORECASE,
)
_LONGEST = 150  # words of a sentence
_STARTS_SMALL = re.compile(r"\s+[\"'(]*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words.

    Args:
        number: its place among the sentences.
        first: its first word.
        last: one after its last word.
    """

    number: int
    first: int
    last: int


@dataclass(slots=True)
class Words:
    """A text cut into words and sentences.

    Args:
        raw: the text as it was given; all places are places in it.
        folded: the text with plain quotes and spaces.
        small: each word, folded and in small letters.
        starts: where each word begins.
        ends: where each word ends.
        gaps: what stands before each word, after the word before it.
        sentences: the sentences in their order.
    """

    raw: str
    folded: str
    small: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def written(self, word: int) -> str:
        """A word as it is written, but for quotes."""
        return self.folded[self.starts[word] : self.ends[word]]

    def is_capital(self, word: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.folded[self.starts[word]].isupper()


def cut(raw: str) -> Words:
    """Cut a text into words and sentences."""
    folded = fold(raw)
    low = lowered(folded)
    words = Words(raw, folded)
    before = 0
    for found in _WORD.finditer(low):
        start, end = found.span()
        words.small.append(found.group())
        words.starts.append(start)
        words.ends.append(end)
        words.gaps.append(folded[before:start])
        before = end
    _sentences(words)
    return words


def _sentences(words: Words) -> None:
    ends = [found for found in _END.finditer(words.folded) if _ends(words.folded, found)]
    first, at = 0, 0
    for found in ends:
        while at < len(words.starts) and words.starts[at] < found.end():
            at += 1
        first = _take(words, first, at)
    _take(words, first, len(words.starts))


def _take(words: Words, first: int, last: int) -> int:
    """Take the words between two as a sentence, in pieces if it is longer than any writer's."""
    while first < last:
        end = min(last, first + _LONGEST)
        words.sentences.append(Sentence(len(words.sentences), first, end))
        first = end
    return first


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, and is not that of an abbreviation or a number."""
    if found.group()[0] != ".":
        return True
    if found.group() == "." and _ABBREVIATED.search(text, max(0, found.start() - 8), found.start()):
        return False
    after = _STARTS_SMALL.match(text, found.end())
    return not (after and after.group()[-1].islower())
