"""Quotes: at most twelve words of a sentence, verbatim, around the words that name the act and its target."""

from __future__ import annotations

from censorkb.extract.marks import Mark
from censorkb.extract.words import Sentence, Words

MOST = 12


def quote(words: Words, sentence: Sentence, trigger: Mark, first: int, last: int) -> tuple[int, int]:
    """Where the quote of an act begins and ends in the text.

    Args:
        words: the text.
        sentence: the sentence of the act.
        trigger: the trigger.
        first: the first word of the target.
        last: one after the last word of the target.
    """
    begin, end = min(trigger.first, first), max(trigger.last, last)
    if not (sentence.first <= first < sentence.last) or _spaced(words, begin, end) > MOST:
        begin, end = trigger.first, trigger.last
    while end > begin + 1 and _spaced(words, begin, end) > MOST:
        end -= 1
    grown = True
    while grown:
        grown = False
        for back, on in ((1, 0), (0, 1)):
            if (
                begin - back >= sentence.first
                and end + on <= sentence.last
                and _spaced(words, begin - back, end + on) <= MOST
            ):
                begin, end, grown = begin - back, end + on, True
    return words.starts[begin], words.ends[end - 1]


def _spaced(words: Words, first: int, last: int) -> int:
    """How many words a reader counts, who goes by the spaces."""
    return len(words.folded[words.starts[first] : words.ends[last - 1]].split())
