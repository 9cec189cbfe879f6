"""Places: the country where an act applies, from its sentence, else from the article."""

from __future__ import annotations

import re
from collections import Counter

from censorkb.extract.gazetteer import REGION, SHARED
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_ORIGIN = frozenset((
    "owned", "based", "app", "application", "company", "firm", "tech", "giant", "messenger", "platform", "video", "social",
    "messagerie", "géant", "entreprise", "réseau", "plateforme", "мессенджер", "соцсеть", "соцсети", "компания", "компании",
    "компанию", "приложение", "сервис", "made", "billionaire", "born", "developed", "founded", "short", "internet", "parent",
    "messaging", "conglomerate", "платформа", "платформу", "платформы", "принадлежащий", "multinational", "start", "startup",
    "journalist", "journalists", "агентств", "агентства", "сми", "телеканалов", "телеканалы", "каналов", "изданий", "сайтов",
    "сайты", "сайтам", "сервисов", "платформ", "мессенджеров", "приложений", "ресурсов", "медиа", "блогеров", "networks", "sites", "services", "platforms", "apps", "companies", "firms", "websites", "state", "media", "ai", "artificial", "chatbot",
))  # fmt: skip
# What begins a clause of its own after a comma: "to remove articles, in which the war in Ukraine".
_CLAUSES = frozenset(("где", "что", "чтобы", "когда", "пока", "qui", "que", "où", "dont", "which", "who", "where"))
_ORIGIN_NOUNS = frozenset(
    (
        "conglomérat",
        "géant",
        "groupe",
        "entreprise",
        "société",
        "application",
        "maison",
        "firme",
        "messagerie",
        "plateforme",
        "companhia",
        "empresa",
        "gigante",
        "propriété",
        "groupes",
        "entreprises",
        "applications",
        "plateformes",
    )
)


class Places:
    """Finds countries.

    Args:
        marked: the sentences of an article.
        words: the text.
        home: the country that is meant if bodies of a state are named and no country; empty if none is.
    """

    def __init__(self, marked: list[Marked], words: Words, home: str = "") -> None:
        self._w, self._marked = words, marked
        # A town, a person or a shared name tells the country only if the article names no other: Iran has a Kurdistan, too.
        self._named = {self.code(n) for one in marked for n in one.of("country", "agency") if self._is_plain(n)} - {""}
        counts: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        for number, one in enumerate(marked):
            for name in one.of("country", "agency"):
                code = self.code(name)
                if code and self._tells(name):
                    counts[code] += 3 if number < 2 else (2 if one.triggers else 1)
                    self._first.setdefault(code, name.first)
        ranked = sorted(counts, key=lambda c: (-counts[c], self._first[c]))
        told = next((self.code(n) for one in marked for n in one.of("country", "agency") if self.code(n)), None)
        self.assumed = bool(home) and not ranked and not told and any(one.of("body", "agency") for one in marked)
        # A country that is told once may be in the name of what was hit: "made thousands of Spanish websites unreachable".
        self.main = ranked[0] if ranked else told or (home if self.assumed else None)

    @staticmethod
    def code(name: Mark) -> str:
        """The code of a country or of the country of an agency."""
        return name.name if name.sort == "country" else name.country

    def of(self, marked: Marked, trigger: Mark) -> str | None:
        """The country of an act.

        Args:
            marked: its sentence.
            trigger: its trigger.
        """
        found = [name for name in marked.of("country", "agency") if self.code(name) and self._tells(name)]
        agencies = [name for name in found if name.sort == "agency"]
        if found:
            wide = [n for n in found if self.code(n) == "EU" and not self._w.small[n.first].isascii()]
            inner = [name for name in found if name not in wide] or found  # "первая территория ЕС, где"
            best = min(inner, key=lambda n: self._away(n, trigger))
            if best.sort == "country" and best.kind == "adjective" and agencies and self._away(best, trigger) > 10:
                return self.code(agencies[0])
            return self.code(best)
        return self._before(marked.sentence.number) or self.main

    def all(self, marked: Marked, trigger: Mark) -> list[str | None]:
        """The countries of an act: one, or all that are listed together ("Mali, Niger and Chad have also blocked")."""
        one = self.of(marked, trigger)
        names = [n for n in marked.of("country") if n.kind == "name"]
        lists: list[list[Mark]] = []
        for name in names:
            if lists and self._is_listed(lists[-1][-1], name):
                lists[-1].append(name)
            else:
                lists.append([name])
        home = next((group for group in lists if len(group) > 1 and any(n.name == one for n in group)), None)
        near = home is not None and (0 <= trigger.first - home[-1].last <= 4 or 0 <= home[0].first - trigger.last <= 12)
        if home is None or not near or not set(self._w.small[home[0].last : home[-1].first]) & _CONJUNCTIONS:
            return [one]
        return list(dict.fromkeys(n.name for n in home))

    def _is_listed(self, one: Mark, other: Mark) -> bool:
        between = self._w.small[one.last : other.first]
        gaps = "".join(self._w.gaps[one.last : other.first + 1])
        return len(between) <= 4 and all(word in _LISTING for word in between) and bool(between or "," in gaps)

    def _before(self, number: int) -> str | None:
        """The country that was named last, not far before a sentence."""
        near = [one for one in reversed(self._marked) if number - _NEAR <= one.sentence.number < number]
        found = [self.code(n) for one in near for n in one.of("country", "agency") if self._tells(n)]
        found = [code for code in found if code]
        return self.main if self.main in found else next(iter(found), None)

    def _away(self, name: Mark, trigger: Mark) -> float:
        away = name.first - trigger.last if name.first >= trigger.last else (trigger.first - name.last) * 1.0
        before = self._w.small[name.first - 1] if name.first else ""
        located = before in IN
        low, high = sorted((name.first, trigger.first))
        away += _CLAUSE if ";" in "".join(self._w.gaps[low : high + 1]) else 0
        inner = (at for at in range(trigger.last, name.first) if "," in self._w.gaps[at])
        said = (
            _SAYING.intersection(self._w.small[trigger.last : name.first]) and self._w.small[name.first - 1] not in IN
        )
        away += _CLAUSE * bool(said)  # "has restricted it, saying Israel used it"
        away += 15 * any(
            word in _CLAUSES or word.startswith("котор") for at in inner for word in self._w.small[at : at + 2]
        )
        if tuple(self._w.small[name.first - 2 : name.first]) == _TERRITORY:
            return 0  # "France has banned it in its territory of New Caledonia"
        return away - (3 if located else 0) + (0 if name.first < trigger.first or located else 2)

    def _is_plain(self, name: Mark) -> bool:
        return name.kind not in (REGION, SHARED) and not self._is_origin(name)

    def _tells(self, name: Mark) -> bool:
        """Whether a name says where something happens."""
        if name.kind in (REGION, SHARED) and self._named and self.code(name) not in self._named:
            return False
        return not self._is_origin(name)

    def _is_compared(self, name: Mark) -> bool:
        """Whether it only stands beside another: "unlike Russia", "has joined Russia in blocking it", "Ouest-France"."""
        before = " ".join(self._w.small[max(0, name.first - 4) : name.first])
        follows = self._w.small[name.last : name.last + 2]
        if follows[:1] == ["which"]:
            return False  # "unlike in Cuba, which blocked Signal"
        if before.endswith(_JOINED):
            return follows[:1] == ["in"] and follows[-1].endswith("ing")
        part = bool(name.first) and self._w.gaps[name.first] == "-" and name.kind == "name"
        ends = (*_FOLLOWED, *_LIKENED, *_WROTE_FROM)
        return part or before.endswith(ends) or any(too.search(before) for too in (_LIKENED_TOO, _FOLLOWED_TOO))

    def _is_origin(self, name: Mark) -> bool:
        """Whether it only says where a company is from: "the Chinese app", "US-based"."""
        if name.sort == "country" and name.first and self._w.small[name.first - 1] in _BESIDE:
            verb = self._w.small[name.last : name.last + 1]
            return not (verb and (verb[0] in _DOING or verb[0].endswith("ed")))  # "neighbouring Uganda banned it"
        if name.sort == "country" and self._is_compared(name):
            return True
        if name.sort != "country" or name.kind != "adjective":
            return False
        after = self._w.small[name.last] if name.last < len(self._w.small) else ""
        if self._w.small[name.last : name.last + 2] == ["app", "store"]:
            return False
        before = self._w.small[name.first - 1] if name.first else ""
        if before in _ORIGIN_NOUNS:
            return True
        if after == "app" and " ".join(self._w.small[name.last : name.last + 2]).startswith("app store"):
            return False  # "its Iraqi App Store"
        return after in _ORIGIN or (
            before in _ORIGIN - {"state", "media", "internet", "video", "social"}
            and self._w.small[name.first][0] not in "mtнм"
            and not self._w.is_capital(name.first)
        )


_FOLLOWED_TOO = re.compile(r"\b(?:вслед за|как и|comme en) \w+ (?:и|et)$")  # "вслед за Катаром и Кувейтом"
_LIKENED = (
    "likened to",
    "compared to",
    "akin to",
    "reminiscent of",
    "similar to",
    "example of",
    "model of",
    "worthy of",
)
_LIKENED_TOO = re.compile(rf"(?:{'|'.join(_LIKENED)}) \w+ and$")
_WROTE_FROM = tuple(f"{verb} from" for verb in ("wrote", "said", "tweeted", "posted", "spoke", "speaking", "reported"))
_DOING = frozenset(("has", "had", "also", "did", "cut", "shut", "is"))
_BESIDE = frozenset(("neighbouring", "neighboring", "nearby", "voisin", "соседней", "соседнем", "соседнего"))
_FOLLOWED = ("вслед за", "in line with", "comme en", "unlike", "unlike in", "like in", "как и", "так же как")
_SAYING = frozenset(("saying", "claiming", "alleging", "accusing", "citing", "arguing"))
_JOINED = tuple(f"{stem}{end}" for stem in ("join", "follow") for end in ("", "s", "ed", "ing"))
_TERRITORY = ("territory", "of")
_CONJUNCTIONS = frozenset(("and", "or", "et", "ou", "и", "или", "y", "e", "und", "mais"))
_LISTING = frozenset(
    (
        "and",
        "or",
        "et",
        "ou",
        "и",
        "или",
        "mais",
        "aussi",
        "l",
        "la",
        "le",
        "les",
        "the",
        "in",
        "en",
        "au",
        "в",
        "y",
        "e",
        "und",
        "also",
        "also",
        "as",
        "well",
        "а",
        "также",
    )
)
_CLAUSE = 20  # what a country in another clause is farther, in words
_NEAR = 3  # sentences
IN = frozenset(
    (
        "in",
        "across",
        "within",
        "en",
        "au",
        "aux",
        "в",
        "во",
        "на",
        "à",
        "no",
        "na",
        "em",
        "throughout",
        "inside",
        "into",
    )
)
