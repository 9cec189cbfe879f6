"""Marks: what each run of words of an article stands for, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from censorkb.extract.gazetteer import Gazetteer, Name
from censorkb.extract.gazetteer import one_word as _one_word
from censorkb.extract.lexicon import Lexicon, Sign
from censorkb.extract.phrase import Match
from censorkb.extract.sieve import meant
from censorkb.extract.words import Sentence, Words

_DOMAIN = re.compile(
    r"(?<![\w@./])(?:[a-z0-9][a-z0-9-]{1,40}\.)+(?:com|org|net|ru|info|io|me|tv|news|ir|tr|by|kz|ua|co|uk|fr|de|cn|in|pk|uz|kg"
    r"|рф|eu|su|app|media|live|online|site|press|today|world|la|az|ge|am|vn|tm|tj)(?![\w-]|/\w)",  # with a path: a link, not a target
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of words that stands for something.

    Args:
        first: its first word.
        last: one after its last word.
        sort: service, outlet, company, agency, country, domain, or the sort of a sign.
        name: what it stands for.
        kind: kind of a service or form of a trigger.
        country: code of the country of an agency.
    """

    first: int
    last: int
    sort: str
    name: str
    kind: str = ""
    country: str = ""

    @property
    def form(self) -> str:
        """The form of a trigger."""
        return self.kind

    @property
    def is_hint(self) -> bool:
        """Whether it is a trigger of everyday words, which tells an act only beside another one."""
        return self.sort == "trigger" and self.kind == "hint"

    @property
    def is_named(self) -> bool:
        """Whether it names one thing that can be blocked."""
        return self.sort in ("service", "outlet", "domain")

    @property
    def is_network(self) -> bool:
        """Whether it is a network."""
        return self.sort == "network"

    @property
    def is_category(self) -> bool:
        """Whether it is a kind of services."""
        return self.sort == "category"

    @property
    def is_pronoun(self) -> bool:
        """Whether it stands for what was named before."""
        return self.sort == "noun" and self.name in ("service", "services")

    @property
    def is_target(self) -> bool:
        """Whether it can be what an act aims at."""
        return self.is_named or self.is_network or self.is_category or self.is_pronoun


@dataclass(slots=True)
class Marked:
    """A sentence with its marks.

    Args:
        sentence: where it is.
        names: names and nouns, none inside of another.
        triggers: triggers, none inside of another.
        cues: cues, monitors, verbs of saying and phrases of dates; they may overlap.
    """

    sentence: Sentence
    names: list[Mark] = field(default_factory=list)
    triggers: list[Mark] = field(default_factory=list)
    cues: list[Mark] = field(default_factory=list)

    def of(self, *sorts: str) -> list[Mark]:
        """Names of some sorts."""
        return [mark for mark in self.names if mark.sort in sorts]

    def cue(self, name: str) -> list[Mark]:
        """Cues of a name."""
        return [mark for mark in self.cues if mark.sort == "cue" and mark.name == name]


def mark(words: Words, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Marked]:
    """Mark all sentences of a text."""
    last = len(words.small)
    allowed: dict[int, bool] = {}
    names = [
        Mark(found.first, found.last, found.value.sort, found.value.name, found.value.kind, found.value.country)
        for found in gazetteer.names.matches(words, 0, last)
        if _is_allowed(found.value, gazetteer, words, allowed)
    ]
    names += [*_domains(words), *_glued(words)]
    signs = list(lexicon.signs.matches(words, 0, last))
    signs = [s for s in signs if not (s.value.name == "threat" and s.last - s.first == 1 and _is_may(words, s.first))]
    marked = [Marked(sentence) for sentence in words.sentences]
    for at, inside in _by_sentence(words, [*names, *(_counted(_sign(sign), words) for sign in signs)]):
        _fill(marked[at], inside)
    return marked


def _is_may(words: Words, at: int) -> bool:
    """Whether it is the month of May."""
    return words.small[at] == "may" and words.is_capital(at)


def _is_allowed(name: Name, gazetteer: Gazetteer, words: Words, known: dict[int, bool]) -> bool:
    if name.near is None:
        return True
    if id(name) not in known:
        known[id(name)] = gazetteer.allowed(name, words)
    return known[id(name)]


def _sign(found: Match[Sign]) -> Mark:
    return Mark(found.first, found.last, found.value.sort, found.value.name, found.value.form)


def _counted(sign: Mark, words: Words) -> Mark:
    """A noun after a figure, which Russian puts in the singular, as the kind that it is: "заблокировала 443 сайта"."""
    one = sign.is_pronoun and sign.first > 0 and words.small[sign.first - 1].isdigit()
    return Mark(sign.first, sign.last, "category", "websites") if one and _is_site(words.small[sign.first]) else sign


def _is_site(word: str) -> bool:
    return word.startswith(("сайт", "ресурс"))


def _glued(words: Words) -> Iterator[Mark]:
    """Names of services that a garbled text has stuck to the word before: "YuanWhatsApp"."""
    for at, word in enumerate(words.small):
        if len(word) < 8 or (written := words.written(at)).islower() or written.isupper():
            continue
        inner = next((n for n in range(2, len(word) - 4) if written[n].isupper() and written[n - 1].islower()), 0)
        if inner and word not in _one_word() and word[inner:] in _one_word():
            yield Mark(at, at + 1, "service", _one_word()[word[inner:]], "glued")


def _domains(words: Words) -> Iterator[Mark]:
    if "." not in words.folded:
        return
    for found in _DOMAIN.finditer(words.folded):
        first, last = bisect_left(words.starts, found.start()), bisect_left(words.starts, found.end())
        if first < last:
            yield Mark(first, last, "domain", found.group().lower())


def _by_sentence(words: Words, marks: list[Mark]) -> Iterator[tuple[int, list[Mark]]]:
    homes = [0] * len(words.small)
    for sentence in words.sentences:
        homes[sentence.first : sentence.last] = [sentence.number] * (sentence.last - sentence.first)
    inside: dict[int, list[Mark]] = {}
    for one in marks:
        if homes[one.first] == homes[one.last - 1]:
            inside.setdefault(homes[one.first], []).append(one)
    yield from sorted(inside.items())


_RANK = {
    "service": 0,
    "outlet": 0,
    "domain": 1,
    "agency": 2,
    "company": 3,
    "country": 4,
    "network": 5,
    "category": 5,
    "body": 6,
    "noun": 7,
}


def _fill(marked: Marked, marks: list[Mark]) -> None:
    monitors = [m for m in marks if m.sort == "monitor"]
    speaks = {m.first for m in marks if m.sort == "speech"}
    names = _outermost([
        m for m in marks if m.sort in _RANK and not _is_inside(m, monitors) and not _is_speaking(m, monitors, speaks)
    ])  # fmt: skip
    bodies = [m for m in names if m.sort == "body"]
    places = [m for m in marks if m.sort == "country" and _is_inside(m, bodies)]  # "l'autorité russe des télécoms"
    marked.names = sorted([*(part for m in names for part in _parts(m)), *places], key=lambda m: m.first)
    triggers = [
        m for m in marks if m.sort == "trigger" and not _is_inside(m, monitors)
    ]  # a monitor is called "Сбой.рф"
    triggers = _outermost(meant(triggers, marked.names, marks))
    marked.triggers = [m for m in triggers if m.name != "nothing"]
    cues = [m for m in marks if m.sort not in _RANK and m.sort != "trigger" and not _is_on_service(m, marked.names)]
    marked.cues = sorted(cues, key=lambda m: m.first)


def _parts(name: Mark) -> Iterator[Mark]:
    """The networks that are named in one breath, each at its place: "mobile and broadband services"."""
    parts = name.name.split(_WITH) if name.is_network else [name.name]
    for number, part in enumerate(parts):
        last = name.last if number == len(parts) - 1 else name.first + number + 1
        yield replace(name, first=name.first + number, last=last, name=part) if len(parts) > 1 else name


def _is_speaking(name: Mark, monitors: list[Mark], speaks: set[int]) -> bool:
    """Whether it is a monitor who only tells: "GreatFire said the app had been blocked"."""
    return name.last in speaks and any((m.first, m.last) == (name.first, name.last) for m in monitors)


def _is_on_service(cue: Mark, names: list[Mark]) -> bool:
    """Whether it is calls on a service, and not a call on somebody to do something."""
    if cue.name not in ("plea", "threat"):
        return False
    calls = any(name.sort == "noun" and name.name == "calls" and name.first <= cue.first < name.last for name in names)
    return calls and any((name.is_named or name.is_pronoun) and 0 <= name.first - cue.last <= _CALLED for name in names)


_WITH = "+"  # between networks that a phrase of the lexicon names together
_CALLED = 5  # words from a call to the service that it is made on
_FORMS = {"past": 0, "passive": 1, "active": 2, "state": 3, "hint": 3, "noun": 4}
_FAMILIES = {
    "unblock": 0,
    "delist": 1,
    "removal": 2,
    "fine": 3,
    "law": 4,
    "throttle": 5,
    "block": 6,
    "promote": 7,
    "cut": 8,
    "disruption": 9,
    "slowness": 8,
}


def _rank(mark: Mark) -> tuple[int, int]:
    if mark.sort == "noun" and mark.name == "other":
        return (-1, 0)  # "internet provider" is no internet
    if _WITH in mark.name:
        return (0, 0)
    return (_RANK.get(mark.sort, _FAMILIES.get(mark.name, 9)), _FORMS.get(mark.form, 0))


def _is_inside(mark: Mark, others: list[Mark]) -> bool:
    """Whether a name is part of a longer one: Cloudflare in "Cloudflare Radar"."""
    return any(
        o.first <= mark.first and mark.last <= o.last and o.last - o.first > mark.last - mark.first for o in others
    )


def _outermost(marks: list[Mark]) -> list[Mark]:
    """Marks that are not inside of others: the longest first, then by their rank."""
    kept: list[Mark] = []
    taken: set[int] = set()
    for one in sorted(marks, key=lambda m: (m.is_hint, m.first - m.last, _rank(m), m.first)):
        if taken.isdisjoint(range(one.first, one.last)):
            taken.update(range(one.first, one.last))
            kept.append(one)
    return sorted(kept, key=lambda m: m.first)
