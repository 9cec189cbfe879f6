"""Phrases: patterns of words, as the data files write them, and a matcher that finds thousands of them in one pass.

A pattern is words with spaces between: `a|b` is either word, `stem*` any word that begins so, `stem%` the stem with an
ending of the language, `stem%ить` the stem with an ending of the paradigm that is called so, `[a]` may be missing,
`~4` stands for at most four words between, `~4!` for as many with no comma, `=Max` is written exactly so or all in
capitals, `^line` begins with a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from censorkb.extract.folding import fold, lowered
from censorkb.extract.words import Words

T = TypeVar("T")
_KEY = 3
_BREAKS = (";", ":", " - ", "(")
_REASONS = frozenset(("за", "после", "ответ", "pour"))  # "заблокировал сайт за ролики": what follows is why
_COUNTS = frozenset(("un", "une", "deux", "trois", "quatre", "cinq", "six", "huit", "dix", "quinze", "plusieurs"))
_LOOSE = re.compile(r"[^\s\-'\"/.&!]")  # what may not stand inside a phrase: "Hola!VPN" is one


@dataclass(frozen=True, slots=True)
class _Element:
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    optional: bool = False
    most: int = 0
    spellings: frozenset[str] = frozenset()
    capital: bool = False
    closed: bool = False

    def fits(self, words: Words, at: int) -> bool:
        word = words.small[at]
        if word not in self.exact and not (self.prefixes and word.startswith(self.prefixes)):
            return False
        if self.spellings and words.written(at) not in self.spellings:
            return False
        return not self.capital or words.is_capital(at)


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """A pattern with what it stands for."""

    elements: tuple[_Element, ...]
    value: T


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A place where a phrase was found.

    Args:
        first: its first word.
        last: one after its last word.
        value: what the phrase stands for.
    """

    first: int
    last: int
    value: T


class Matcher(Generic[T]):
    """Finds phrases.

    Args:
        patterns: patterns and what they stand for.
        endings: endings that `%` stands for.
        paradigms: endings that `%` and the name of a paradigm stand for.

    Raises:
        KeyError: a pattern names a paradigm that there is none of.
    """

    def __init__(
        self,
        patterns: Iterable[tuple[str, T]],
        endings: Iterable[str] = (),
        paradigms: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._exact: dict[str, list[Phrase[T]]] = {}
        self._prefixed: dict[str, list[Phrase[T]]] = {}
        ends = _ends(tuple(endings) or ("",), paradigms or {})
        for pattern, value in patterns:
            elements = tuple(_elements(pattern, ends))
            while elements:
                self._add(Phrase(elements, value))
                # What may be missing at the beginning is left to phrases of their own, found by their first word.
                elements = elements[1:] if elements[0].optional else ()

    def _add(self, phrase: Phrase[T]) -> None:
        head = phrase.elements[0]
        for word in head.exact:
            self._exact.setdefault(word, []).append(phrase)
        for stem in {prefix[:_KEY] for prefix in head.prefixes}:
            self._prefixed.setdefault(stem, []).append(phrase)

    def matches(self, words: Words, first: int, last: int) -> Iterator[Match[T]]:
        """All places of all phrases between two words, in the order of their first words."""
        small, exact, prefixed = words.small, self._exact, self._prefixed
        for at in range(first, last):
            word = small[at]
            for phrases in (exact.get(word), prefixed.get(word[:_KEY])):
                for phrase in phrases or ():
                    end = _end(phrase.elements, words, at, last)
                    if end:
                        yield Match(at, end, phrase.value)

    def longest(self, words: Words, first: int, last: int) -> list[Match[T]]:
        """The places that are not inside of others, the leftmost and longest first."""
        found = sorted(self.matches(words, first, last), key=lambda m: (m.first, -m.last))
        kept: list[Match[T]] = []
        for match in found:
            if not kept or match.first >= kept[-1].last:
                kept.append(match)
        return kept


def _ends(endings: tuple[str, ...], paradigms: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Endings by the name of their paradigm; those of the language have none."""
    known = {"": endings}
    for name, given in paradigms.items():
        known[name] = tuple(
            end[:-1] + case if end.endswith("%") else end
            for end in given
            for case in (endings if end.endswith("%") else ("",))
        )
    return known


def _elements(pattern: str, endings: Mapping[str, tuple[str, ...]]) -> Iterator[_Element]:
    for part in fold(pattern).replace("'", " ").split():
        if part[0] == "~":
            yield _Element(frozenset(), (), most=int(part[1:].rstrip("!")), closed=part.endswith("!"))
            continue
        optional = part[0] == "["
        exact, prefixes, spellings, capital = set(), [], set(), False
        for written in part.strip("[]").split("|"):
            word = written.lstrip("=^")
            small = lowered(word)
            if written[0] == "=":
                spellings |= {word, word.upper()}
            capital = capital or written[0] == "^"
            if small.endswith("*"):
                prefixes.append(small[:-1])
            elif "%" in small:
                stem, _, paradigm = small.partition("%")
                exact |= {stem + ending for ending in endings[paradigm]}
            else:
                exact.add(small)
        yield _Element(frozenset(exact), tuple(prefixes), optional, 0, frozenset(spellings), capital)


def _is_broken(words: Words, at: int) -> bool:
    """Whether a phrase cannot go on to a word; "pour trois mois" tells no reason."""
    if any(sign in words.gaps[at] for sign in _BREAKS):
        return True
    word = words.small[at]
    return words.small[at - 1] in _REASONS and not word.isdigit() and word not in _COUNTS


def _end(elements: tuple[_Element, ...], words: Words, at: int, last: int) -> int:
    """One after the last word of a phrase that begins at a word; 0 if it does not."""
    if not elements[0].fits(words, at):
        return 0
    if len(elements) == 1:
        return at + 1
    return _rest(elements, 1, words, at + 1, last)


def _rest(elements: tuple[_Element, ...], number: int, words: Words, at: int, last: int) -> int:
    if number == len(elements):
        return at
    element = elements[number]
    if element.most:
        following = elements[number + 1]
        for next_ in range(at, min(at + element.most + 1, last)):
            if _is_broken(words, next_) or (element.closed and "," in words.gaps[next_]):
                return 0
            if following.fits(words, next_):
                end = _rest(elements, number + 2, words, next_ + 1, last)
                if end:
                    return end
        return 0
    if at < last and element.fits(words, at) and not _LOOSE.search(words.gaps[at]):
        end = _rest(elements, number + 1, words, at + 1, last)
        if end:
            return end
    return _rest(elements, number + 1, words, at, last) if element.optional else 0
