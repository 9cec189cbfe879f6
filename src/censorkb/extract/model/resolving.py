"""Resolving: an act as a model has read it, made a candidate by the names, dates and sentences that the rules go by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from censorkb.extract.agents import GOVERNMENT, Agents
from censorkb.extract.article import Article
from censorkb.extract.candidate import Candidate
from censorkb.extract.dated import Dated
from censorkb.extract.gazetteer import Gazetteer, country_name
from censorkb.extract.gold import Action, Status
from censorkb.extract.lexicon import lexicon
from censorkb.extract.marks import Mark, Marked, mark
from censorkb.extract.model.answer import Act
from censorkb.extract.model.grounding import Ground, Place
from censorkb.extract.model.request import sent
from censorkb.extract.places import Places
from censorkb.extract.speech import speech
from censorkb.extract.timing import Timing
from censorkb.extract.words import cut

_HEADLINE = 16  # words
_LONGEST_NAME = 6  # words of a target that no list has
_COMING = (Status.THREATENED, Status.ORDERED, Status.DENIED)


class Resolver:
    """Makes candidates of what a model has read in one article.

    Args:
        article: the article.
        gazetteer: the names.
    """

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self._language, self._gazetteer = lexicon(article.language), gazetteer
        self._a, self._w = article, cut(article.text)
        self._marked = mark(self._w, self._language, gazetteer)
        self._ground = Ground(sent(article))
        self._agents, self._places = Agents(gazetteer, self._w), Places(self._marked, self._w)
        for one in self._marked:
            self._agents.remember(one)
        headed = bool(self._marked) and self._marked[0].sentence.last - self._marked[0].sentence.first < _HEADLINE
        self._timing = Timing(self._w, self._language, article.published, headed)

    def candidate(self, act: Act) -> Candidate | None:
        """The candidate of an act; None if its quote or its target is not in the text."""
        quote = self._ground.quote(act.quote)
        one = self._sentence(quote.start) if quote else None
        target = self._target(act.target, one) if one else ""
        if not (quote and one and target):
            return None
        country = self._country(act.country, one) or self._country(act.agent, one) or self._places.main
        agent, is_named = self._agent(act, country, one)
        date = self._date(act, one)
        status = Status.THREATENED if act.action is Action.THREATEN_BLOCK else act.status
        action = Action.UNBLOCK if status is Status.LIFTED else act.action
        if action is Action.BLOCK and status is Status.THREATENED:
            action = Action.THREATEN_BLOCK
        said, is_stated = speech(one, self._w), date is not None and date.first >= 0
        doubts = {
            "no-country": country is None,
            "quote-mended": not quote.verbatim,
            "target-named-before": not self._is_in(act.target, one),
            "agent-not-named": agent is not None and not is_named,
            "no-date": not is_stated,
            "seen-by-users-only": status is Status.REPORTED_DISRUPTION,
        }
        return Candidate(
            action.value,
            target,
            agent,
            country,
            (date.value or None) if date else None,
            status.value,
            self._a.text[quote.start : quote.end],
            quote.start,
            quote.end,
            self._a.text[self._w.starts[date.first] : self._w.ends[date.last - 1]] if date and is_stated else "",
            date.basis if date else "",
            said.speaker,
            said.via,
            "denies" if status is Status.DENIED else "confirms" if said.confirms else "asserts",
            flags=tuple(name for name, holds in doubts.items() if holds),
            trigger=self._trigger(one, quote),
            by="model",
        )

    def _sentence(self, at: int) -> Marked | None:
        word = self._word(at)
        return next((one for one in self._marked if one.sentence.first <= word < one.sentence.last), None)

    def _word(self, at: int) -> int:
        """The word that a character stands in, or before."""
        return bisect_right(self._w.ends, at)

    def _trigger(self, one: Marked, quote: Place) -> tuple[int, int]:
        """The words that name the act, as far as the rules know them; else all of the quote."""
        places = [(self._w.starts[t.first], self._w.ends[t.last - 1]) for t in one.triggers]
        return next((p for p in places if p[0] < quote.end and p[1] > quote.start), (quote.start, quote.end))

    def _target(self, words: str, one: Marked) -> str:
        """The English name of a target; that of the text if no list has it, and nothing if it is not in the text."""
        for name in self._names(words, one):
            if name.is_target and not name.is_pronoun:
                return name.name
        place = self._ground.find(words)
        if place is None or len(words.split()) > _LONGEST_NAME or not any(c.isalnum() for c in words):
            return ""
        return " ".join(self._a.text[place.start : place.end].split())

    def _country(self, words: str | None, one: Marked) -> str | None:
        for name in self._names(words, one):
            code = name.name if name.sort == "country" else name.country
            if code:
                return code
        return None

    def _agent(self, act: Act, country: str | None, one: Marked) -> tuple[str | None, bool]:
        """English name of who acts, and whether the text has it."""
        if not act.agent or act.status is Status.REPORTED_DISRUPTION:
            return None, False
        for name in self._names(act.agent, one):
            if name.sort in ("agency", "body") and (not name.country or country in (name.country, None)):
                return self._agents.named(name, country), True
            if name.sort == "country":
                return GOVERNMENT.format(country=country_name(name.name)), True
        return (GOVERNMENT.format(country=country_name(country)), False) if country else (None, False)

    def _date(self, act: Act, one: Marked) -> Dated | None:
        """The date that some words of the text say; without any, what the day of publication says."""
        for other, first, last in self._standing(act.date, one):
            found = self._timing.within(other, first, last, act.status in _COMING)
            if found and found.basis != "unknown":
                return found
        return self._timing.undated(one)

    def _names(self, words: str | None, one: Marked) -> Iterator[Mark]:
        """What some words stand for in the text; those of another spelling, if the text has what they stand for."""
        for other, first, last in self._standing(words, one):
            yield from (name for name in other.names if name.first < last and name.last > first)
        for alone in mark(cut(words), self._language, self._gazetteer) if words else ():
            for name in alone.names:
                yield from (
                    m for other in self._marked for m in other.names if (m.sort, m.name) == (name.sort, name.name)
                )

    def _standing(self, words: str | None, one: Marked) -> Iterator[tuple[Marked, int, int]]:
        """Where some words stand, in their sentence and else in the text: the sentence, and its words between two."""
        if not words:
            return
        for place in (self._in(words, one), self._ground.find(words)):
            home = self._sentence(place.start) if place else None
            if place and home:
                yield home, self._word(place.start), bisect_left(self._w.starts, place.end)

    def _in(self, words: str, one: Marked) -> Place | None:
        return self._ground.find(words, self._w.starts[one.sentence.first], self._w.ends[one.sentence.last - 1])

    def _is_in(self, words: str, one: Marked) -> bool:
        return self._in(words, one) is not None
