"""Places: the country where an act applies, from its sentence, else from the article."""

from __future__ import annotations

from collections import Counter

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_ORIGIN = frozenset((
    "owned", "based", "app", "application", "company", "firm", "tech", "giant", "messenger", "platform", "video", "social",
    "messagerie", "géant", "entreprise", "réseau", "plateforme", "мессенджер", "соцсеть", "соцсети", "компания", "компании",
    "компанию", "приложение", "сервис", "made", "billionaire", "born", "developed", "founded", "short", "internet", "parent",
    "messaging", "conglomerate", "платформа", "платформу", "платформы", "принадлежащий", "multinational", "start", "startup",
    "journalist", "journalists", "state", "media", "ai", "artificial", "chatbot",
))  # fmt: skip
_ORIGIN_BEFORE = frozenset(("l", "la", "le", "the", "by", "from"))


class Places:
    """Finds countries.

    Args:
        marked: the sentences of an article.
        words: the text.
    """

    def __init__(self, marked: list[Marked], words: Words) -> None:
        self._w, self._marked = words, marked
        counts: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        for number, one in enumerate(marked):
            for name in one.of("country", "agency"):
                code = self.code(name)
                if code and not self._is_origin(name):
                    counts[code] += 3 if number < 2 else (2 if one.triggers else 1)
                    self._first.setdefault(code, name.first)
        ranked = sorted(counts, key=lambda c: (-counts[c], self._first[c]))
        self.main = ranked[0] if ranked else None

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
        found = [name for name in marked.of("country", "agency") if self.code(name) and not self._is_origin(name)]
        agencies = [name for name in found if name.sort == "agency"]
        if found:
            best = min(found, key=lambda n: self._away(n, trigger))
            if best.sort == "country" and best.kind == "adjective" and agencies and self._away(best, trigger) > 10:
                return self.code(agencies[0])
            return self.code(best)
        return self._before(marked.sentence.number) or self.main

    def _before(self, number: int) -> str | None:
        """The country that was named last, not far before a sentence."""
        near = reversed(self._marked[max(0, number - _NEAR) : number])
        found = [self.code(n) for one in near for n in one.of("country", "agency") if not self._is_origin(n)]
        found = [code for code in found if code]
        return self.main if self.main in found else next(iter(found), None)

    def _away(self, name: Mark, trigger: Mark) -> float:
        away = name.first - trigger.last if name.first >= trigger.last else (trigger.first - name.last) * 1.0
        before = self._w.small[name.first - 1] if name.first else ""
        located = before in _IN
        return away - (3 if located else 0) + (0 if name.first < trigger.first or located else 2)

    def _is_origin(self, name: Mark) -> bool:
        """Whether it only says where a company is from: "the Chinese app", "US-based"."""
        if name.sort != "country" or name.kind != "adjective":
            return False
        after = self._w.small[name.last] if name.last < len(self._w.small) else ""
        before = self._w.small[name.first - 1] if name.first else ""
        return after in _ORIGIN or (
            before in _ORIGIN - {"state", "media", "internet", "video", "social"}
            and self._w.small[name.first][0] not in "mtнм"
            and not self._w.is_capital(name.first)
        )


_NEAR = 3  # sentences
_IN = frozenset(
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
