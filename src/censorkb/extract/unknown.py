"""Unknown names: sites, apps and games that no gazetteer has, told by the word before them: "the news site Prachatai"."""

from __future__ import annotations

from collections.abc import Iterator

from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_BETWEEN = frozenset((
    "of", "the", "news", "outlet", "outlets", "independent", "online", "called", "named", "sharing", "messaging", "game",
    "d", "de", "du", "information", "actualité", "en", "ligne", "indépendant", "appelé", "appelée", "издания", "издание",
    "телеканала", "проекта", "сми", "de", "noticias", "digital", "von", "независимого", "новостного",
))  # fmt: skip
_MOST_BETWEEN, _MOST_WORDS = 4, 3
_TITLE = 0.6  # share of capitals above which a sentence is a headline, where capitals tell nothing


def unknown(marked: Marked, words: Words, lexicon: Lexicon) -> Iterator[Mark]:
    """Names of targets in a sentence that are in no list."""
    if not marked.triggers:
        return
    first, last = marked.sentence.first, marked.sentence.last
    capitals = sum(words.is_capital(at) for at in range(first, last))
    if capitals > _TITLE * (last - first):
        return
    taken = {at for name in marked.names for at in range(name.first, name.last)}
    for cue in marked.cues:
        if cue.sort == "naming":
            found = _name(cue.last, last, words, lexicon, taken)
            if found:
                yield found


def _name(at: int, last: int, words: Words, lexicon: Lexicon, taken: set[int]) -> Mark | None:
    start = at
    while (
        start < last and start - at < _MOST_BETWEEN and words.small[start] in _BETWEEN and not words.is_capital(start)
    ):
        start += 1
    end = start
    while end < last and end - start < _MOST_WORDS and _is_part(end, start, words, lexicon, taken):
        end += 1
    if end == start or len("".join(words.small[start:end])) < 3:
        return None
    return Mark(start, end, "domain", words.folded[words.starts[start] : words.ends[end - 1]], "unknown")


def _is_part(at: int, start: int, words: Words, lexicon: Lexicon, taken: set[int]) -> bool:
    word, gap = words.small[at], words.gaps[at].strip()
    if at in taken or not words.is_capital(at) or word in lexicon.months or word in lexicon.weekdays:
        return False
    return gap in ("", '"', "(", "-") if at == start else gap in ("", "-")
