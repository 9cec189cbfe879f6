"""Gazetteer: names of services, agencies, outlets and countries in all scripts, and what they stand for."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from babel import Locale

from censorkb.extract.phrase import Matcher
from censorkb.extract.words import Words

LANGUAGES = ("en", "fr", "ru", "es", "pt", "de")
ENDINGS = (
    "", "а", "я", "о", "е", "ы", "и", "у", "ю", "й", "ь", "ой", "ей", "ом", "ем", "ам", "ям", "ах", "ях", "ами", "ями",
    "ов", "ев", "ью", "ию", "ия", "ии", "ией", "ий", "ый", "ая", "ое", "ые", "ие", "ого", "его", "ому", "ему", "ым",
    "им", "ую", "юю", "ых", "их", "ыми", "ими", "s", "es",
)  # fmt: skip
_VOWELS = "аяйьеоиы"
_SERVICES = frozenset(("messenger", "social-network", "video-platform", "platform", "website", "vpn", "domestic"))


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for.

    Args:
        sort: service, outlet, company, agency or country.
        name: its English name; the code of a country.
        kind: kind of a service.
        country: code of the country of an agency.
        near: words of which one must be in the article, if the name is also an everyday word.
    """

    sort: str
    name: str
    kind: str = ""
    country: str = ""
    near: Matcher[str] | None = None


class Gazetteer:
    """Finds names.

    Args:
        extra: names that the knowledge base adds, and what they stand for.
    """

    def __init__(self, extra: Iterable[tuple[str, Name]] = ()) -> None:
        self.regulators: dict[str, str] = {}
        self.names = Matcher(self._patterns(extra), ENDINGS)

    def _patterns(self, extra: Iterable[tuple[str, Name]]) -> Iterator[tuple[str, Name]]:
        yield from extra
        yield from _services(_data("services"))
        for country, agency, kind, spellings in _agencies():
            self.regulators.setdefault(country, agency)
            yield from ((spelling, Name("agency", agency, kind, country)) for spelling in spellings)
        yield from _countries(_data("places"))

    def allowed(self, name: Name, words: Words) -> bool:
        """Whether an article gives a name its sense."""
        return name.near is None or next(name.near.matches(words, 0, len(words.small)), None) is not None


@functools.cache
def country_name(code: str) -> str:
    """The English name of a country, as the codebook writes it."""
    known = {
        "RU": "Russia",
        "TR": "Turkey",
        "CD": "DR Congo",
        "CG": "Congo",
        "MM": "Myanmar",
        "HK": "Hong Kong",
        "CI": "Ivory Coast",
        "EU": "European Union",
    }
    return known.get(code) or Locale("en").territories.get(code, code)


SHARED = "shared"  # the kind of a body whose name bodies of other countries have, too
REGION = "region"  # the kind of what lies in a country or leads it
GENERIC = frozenset(("authorities", "government", "officials", "state", "media", "critics", "users", "platforms"))


@functools.cache
def listed_names() -> frozenset[str]:
    """All names and spellings of services and agencies in the data files, in small letters."""
    found: set[str] = set()
    listed = [(name, given) for entries in _data("services").values() for name, given in entries.items()]
    for english, given in (*listed, *((agency, spellings) for _, agency, _, spellings in _agencies())):
        spellings = given["patterns"] if isinstance(given, dict) else given
        found |= {english.lower(), *(spelling.lstrip("=").lower() for spelling in spellings)}
    return frozenset(found)


@functools.cache
def one_word() -> dict[str, str]:
    """English names of services by a spelling of one long word in small letters."""
    kinds = (entries for kind, entries in _data("services").items() if kind in _SERVICES)
    pairs = (
        (spelling, english) for entries in kinds for english, given in entries.items() for spelling in (english, *given)
    )
    return {spelling.lower(): english for spelling, english in pairs if spelling.isalpha() and len(spelling) > 5}


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "names" / f"{name}.toml").read_text("utf-8"))


def _services(data: dict[str, Any]) -> Iterator[tuple[str, Name]]:
    for kind, entries in data.items():
        for english, given in entries.items():
            spellings, near = (given["patterns"], given["near"]) if kind == "ambiguous" else (given, None)
            sort = "service" if kind in (*_SERVICES, "ambiguous") else kind
            sense = given.get("kind", kind) if isinstance(given, dict) else kind
            context = Matcher([(word, word) for word in near]) if near else None
            own = () if near or any(spelling[0] == "=" for spelling in spellings) else (english.replace("+", ""),)
            more = " [vpn]" if kind == "vpn" else ""  # "Speedify VPN"
            yield from (
                (_in_all_cases(spelling) + more, Name(sort, english, sense, near=context))
                for spelling in (*own, *spellings)
            )


def _agencies() -> Iterator[tuple[str, str, str, list[str]]]:
    """Country, name, kind and spellings of the bodies of states."""
    agencies = _data("agencies")
    shared = agencies.pop("shared")
    for kind, countries in (("", agencies), (SHARED, shared)):
        for country, names in countries.items():
            yield from ((country, agency, kind, spellings) for agency, spellings in names.items())


def _countries(places: dict[str, Any]) -> Iterator[tuple[str, Name]]:
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
                plain = name.partition(" (")[0].replace("’", " ").replace("-", " ")
                pattern = _declined(plain) if language == "ru" else plain
                if plain not in _ALSO_WORDS:
                    yield (f"^{pattern}", Name("country", code, "name"))
    for kind, entries in (("adjective", places), (REGION, places["regions"])):
        for code, patterns in entries.items():
            if code != "regions":
                yield from ((p, Name("country", code, "name" if p.startswith(_NAMES) else kind)) for p in patterns)


_SHORTEST = 5  # letters; shorter names are too often other words with an ending
_NAMES = ("turkey|", "britain", "united states", "uk", "ivory coast", "congo", "drc")  # as people say, not CLDR
_ALSO_WORDS = frozenset(("Того", "Нигер", "Congo"))
_NO_COUNTRY = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "JE", "IM", "GG", "AQ", "IO"))


def _in_all_cases(spelling: str) -> str:
    """A pattern with the endings of cases at the Russian words of names that are given in one form."""
    plain = spelling.replace(" ", "").isalpha() and "а" <= spelling[0].lower() <= "я"
    return _declined(spelling) if plain and len(spelling) > _SHORTEST else spelling


def _declined(name: str) -> str:
    """A Russian name with any endings of its words."""
    return " ".join(word[:-1] + "%" if word[-1] in _VOWELS and len(word) > 3 else word + "%" for word in name.split())
