"""Agents: who is said to have done it, from the regulator by name to the government of the country."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.extract.gazetteer import Gazetteer, country_name
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.places import IN
from censorkb.extract.words import Words

GOVERNMENT = "Government of {country}"
ARTICLES = frozenset(("l", "la", "le", "les", "the", "el", "o", "a"))
_BY = frozenset(("by", "par", "por", "von", "durch", "à", "from", "de"))


@dataclass(frozen=True, slots=True)
class Agent:
    """Who did it.

    Args:
        name: English name.
        certain: whether the sentence names them.
    """

    name: str
    certain: bool


class Agents:
    """Finds agents.

    Args:
        gazetteer: knows the regulators of countries.
        words: the text.
    """

    def __init__(self, gazetteer: Gazetteer, words: Words) -> None:
        self._g, self._w = gazetteer, words
        self._last: dict[str, str] = {}

    def remember(self, marked: Marked) -> None:
        """Take note of the bodies of a sentence, so that "the regulator" can mean them later."""
        for name in marked.of("agency"):
            if name.country and name.name != "Kremlin":
                self._last[name.country] = name.name

    def of(self, marked: Marked, trigger: Mark, voice: str, country: str | None) -> Agent | None:
        """The agent of an act; None if the text has nobody and no country."""
        bodies = [
            name for name in marked.of("agency", "body") if name.last <= trigger.first or name.first >= trigger.last
        ]
        bodies = [name for name in bodies if not name.country or country is None or name.country == country]
        best = min(bodies, key=lambda name: self._away(name, trigger, voice), default=None)
        far = 22 if best is not None and best.sort == "agency" else 14
        if best is not None and self._away(best, trigger, voice) <= far:
            return Agent(self.named(best, country), True)
        if country is None:
            return None
        acting = any(n.name == country and self._acts(n, trigger, voice) for n in marked.of("country"))
        return Agent(GOVERNMENT.format(country=country_name(country)), True) if acting else None

    def _acts(self, name: Mark, trigger: Mark, voice: str) -> bool:
        """Whether a country is said to act: "Iran blocked", "blocked by Iran", and not "blocked in Iran"."""
        before = self._w.small[name.first - 1] if name.first else ""
        if before in ARTICLES:
            before = self._w.small[name.first - 2] if name.first > 1 else ""
        if name.first >= trigger.last:
            return before in _BY
        return before not in IN and (voice in ("active", "noun") or name.kind == "adjective")

    def _away(self, name: Mark, trigger: Mark, voice: str) -> float:
        after = name.first >= trigger.last
        away = float(name.first - trigger.last if after else trigger.first - name.last)
        if after and voice in ("passive", "noun", "state"):
            away += 0 if self._w.small[name.first - 1] in _BY or self._w.small[name.first - 2] in _BY else 5
        elif after:
            away += 9
        away -= 4 if name.sort == "agency" else 0
        if name.sort == "body" and name.name == GOVERNMENT:
            away += 3
        return away

    def named(self, name: Mark, country: str | None) -> str:
        """English name of a body, which is that of its country if the text has only its kind."""
        if name.sort == "agency":
            return name.name
        place = country_name(country) if country else ""
        if name.name == "regulator":
            if country and (country in self._last or country in self._g.regulators):
                return self._last.get(country) or self._g.regulators[country]
            return GOVERNMENT.format(country=place) if place else "regulator"
        return name.name.format(country=place) if place else name.name.partition(" of ")[0]
