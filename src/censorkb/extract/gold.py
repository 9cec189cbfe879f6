"""Gold and predictions: articles with their claims as JSON Lines, read strictly, every fault at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import msgspec

from censorkb.graph import edtf
from censorkb.problem import Phrase, Place, Problem, phrase, problem

MOST_WORDS = 12  # of a quote
_OPEN_START = re.compile(r"(\.\.)?/(?=[^./]+$)")
_SEASON = re.compile(r"(\d{4})-2([1-4])")
_FAULT = re.compile(
    r"(?:[^`]*missing required field `(?P<key>\w+)`|[^`']*enum value '(?P<word>.*)')?.*?(?: - at `\$\.?(?P<place>[^`]*)`)?",
    re.DOTALL,
)
_Row = TypeVar("_Row")


class Action(StrEnum):
    """What was done."""

    BLOCK = "block"
    THROTTLE = "throttle"
    RESTRICT_FEATURE = "restrict-feature"
    SHUTDOWN = "shutdown"
    DELIST = "delist"
    FINE = "fine"
    LAW = "law"
    ORDER_REMOVAL = "order-removal"
    UNBLOCK = "unblock"
    ARREST = "arrest"
    THREATEN_BLOCK = "threaten-block"
    PROMOTE_ALTERNATIVE = "promote-alternative"
    VPN_RESTRICTION = "vpn-restriction"


class Status(StrEnum):
    """How far it has come, according to the text."""

    ENACTED = "enacted"
    ORDERED = "ordered"
    THREATENED = "threatened"
    LIFTED = "lifted"
    DENIED = "denied"
    REPORTED_DISRUPTION = "reported-disruption"


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One act that a text puts forward.

    Args:
        action: what was done.
        status: how far it has come.
        target: what it was done to, by its English name.
        agent: who did it, by its English name; None if the text names nobody.
        country: where it applies, ISO 3166-1 alpha-2.
        date: when it began, EDTF; None if the text does not say.
        quote: the words of the text that carry it.
        start: where the words begin in the text, in characters.
        end: where they end.
        optional: whether finding it counts neither for nor against.
        aka: further names of the target that count as right.
    """

    action: Action
    status: Status
    target: str
    agent: str | None = None
    country: str | None = None
    date: str | None = None
    quote: str = ""
    start: int | None = None
    end: int | None = None
    optional: bool | None = False
    aka: tuple[str, ...] = ()

    @property
    def act(self) -> Action:
        """The action, a threat to block being a block that has come as far as a threat."""
        return Action.BLOCK if self.action is Action.THREATEN_BLOCK else self.action

    @property
    def phase(self) -> Status:
        """The status, that of a threat to block being that of a threat."""
        return Status.THREATENED if self.action is Action.THREATEN_BLOCK else self.status

    @property
    def when(self) -> edtf.Edtf | None:
        """The date; None if there is none."""
        return edtf.parse(_plain(self.date)) if self.date else None


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article and its claims, by a person or by a program.

    Args:
        id: its name.
        claims: what it says.
        lang: its language; a program need not repeat it.
        published: when it was published, year-month-day, if that is known.
        text: what it says in full, if that is at hand.
    """

    id: str
    claims: tuple[Claim, ...]
    lang: str = "und"
    published: str | None = None
    text: str = ""


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """An article before anybody has read it.

    Args:
        id: its name.
        text: what it says.
    """

    id: str
    text: str


def read(path: Path) -> tuple[dict[str, Article], list[Problem]]:
    """Read articles with claims.

    Returns:
        The articles by id, and what is wrong with the file.

    Raises:
        OSError: it can't be read.
    """
    articles: dict[str, Article] = {}
    problems: list[Problem] = []
    for place, article in _lines(path, msgspec.json.Decoder(Article), problems):
        if article.id in articles:
            problems.append(problem(place, "twice-in-gold", id=article.id))
        else:
            articles[article.id] = article
        problems += [fault for claim in article.claims for fault in _faults(place, article, claim)]
    return articles, problems


def read_texts(path: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read articles: rows of JSON Lines, or the `.txt` files of a folder, whose names are the ids.

    Returns:
        The texts by id, and what is wrong with the file.

    Raises:
        OSError: it can't be read.
    """
    problems: list[Problem] = []
    if path.is_dir():
        texts = {}
        for file in sorted(path.glob("*.txt")):
            try:
                texts[file.stem] = file.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                problems.append(problem(Place(file.name), "not-utf8"))
        return texts, problems
    return {text.id: text.text for _, text in _lines(path, msgspec.json.Decoder(Text), problems)}, problems


def _lines(path: Path, decoder: msgspec.json.Decoder[_Row], problems: list[Problem]) -> Iterator[tuple[Place, _Row]]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        place = Place(path.name, number)
        try:
            if line.strip():
                yield place, decoder.decode(line)
        except msgspec.ValidationError as fault:
            problems.append(problem(place, "wrong-gold-value", why=_why(str(fault))))
        except (msgspec.DecodeError, RecursionError):
            problems.append(problem(place, "not-a-json-line"))


def _why(fault: str) -> Phrase:
    """What is wrong with a line that has another form, in our words: msgspec names the place, and a key or a word."""
    found = _FAULT.fullmatch(fault)
    key, word, place = (found["key"], found["word"], found["place"]) if found else ("", "", "")
    where = phrase("gold-at", place=place) if place else phrase("gold-line")
    if key:
        return phrase("gold-lacks", where=where, key=key)
    if word is not None:
        return phrase("gold-no-word", where=where, word=word)
    return phrase("gold-other-kind", where=where)


def _plain(date: str) -> str:
    """A date of EDTF levels 0 and 1 as facts write it: seasons as the months of the north, open starts with dots."""
    season = _SEASON.fullmatch(date)
    if season:
        year, first = int(season[1]), 3 * int(season[2])
        return f"{year}-{first:02}..{year + first // 12}-{(first + 1) % 12 + 1:02}"
    return _OPEN_START.sub("..", date, count=1) if _OPEN_START.match(date) else date


def _faults(place: Place, article: Article, claim: Claim) -> Iterator[Problem]:
    """What is wrong with a claim that has the right keys."""
    try:
        _ = claim.when
    except edtf.WrongDate as fault:
        yield problem(place, "wrong-date", key="date", value=claim.date or "", why=fault.why, hint=fault.hint)
    if len(claim.quote.split()) > MOST_WORDS:
        yield problem(place, "long-quote", quote=claim.quote, most=MOST_WORDS)
    if article.text and claim.quote not in article.text:
        yield problem(place, "quote-not-in-article", quote=claim.quote, id=article.id)
