"""Dates in news: what "on Wednesday", "в декабре" or "l'année dernière" means in an article of a known day.

The answer is EDTF (levels 0 and 1) with the words that it rests on; precision is never added. A weekday is the last one,
the day of publication included; a bare month is the last one, unless the clause speaks of what is to come.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from censorkb.extract.dated import Dated, shifted, whole
from censorkb.extract.lexicon import Lexicon
from censorkb.extract.words import Words

_YEARS = range(1990, 2040)
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|го|е)?")
_JOINS = frozenset(("of", "de", "del", "do", "den"))


class Calendar:
    """Reads the dates of an article.

    Args:
        lexicon: the language.
        published: the day of publication, if it is known.
    """

    def __init__(self, lexicon: Lexicon, published: dt.date | None) -> None:
        self._l, self.published = lexicon, published

    def dates(
        self, words: Words, first: int, last: int, phrases: list[tuple[int, int, str]], future: bool
    ) -> list[Dated]:
        """All dates between two words.

        Args:
            words: the text.
            first: the first word.
            last: one after the last word.
            phrases: phrases such as "last year" with their places and codes.
            future: whether the clause speaks of what is to come.
        """
        found: list[Dated] = []
        codes = {start: (end, code) for start, end, code in sorted(phrases, key=lambda p: p[1])}
        at = first
        while at < last:
            made = None if self._counts(words, at, last) else self._month(words, at, last, codes, future)
            made = made or self._numeric(words, at, last)
            made = (
                made
                or self._nth(words, at, last)
                or self._span(words, at, last)
                or self._weekday(words, at, last, future)
                or self._phrase(at, codes)
                or self._year(words, at, last)
            )
            if made and made.basis == "next":
                made = self._next_day(made, found)
            if made:
                found.append(made)
            at = max(made.last, at + 1) if made else at + 1
        return whole(words, found)

    def _counts(self, words: Words, at: int, last: int) -> bool:
        """Whether a word that may be a month counts: "sept mois"."""
        return words.small[at] in self._l.numbers and at + 1 < last and words.small[at + 1] in self._l.units

    @staticmethod
    def _next_day(made: Dated, found: list[Dated]) -> Dated | None:
        """The day after the last one that was named."""
        try:
            day = dt.date.fromisoformat(found[-1].value) if found else None
        except ValueError:
            day = None
        return replace(made, value=(day + dt.timedelta(days=1)).isoformat(), basis="relative") if day else None

    def _month(self, words: Words, at: int, last: int, codes: dict[int, tuple[int, str]], future: bool) -> Dated | None:
        small, months = words.small, self._l.months
        day, start = self._day(words, at), at
        if day:
            at += 1
            at += self._range(words, at, last)
            if at < last and small[at] in _JOINS:
                at += 1
        if (
            at >= last
            or small[at] not in months
            or (small[at] in _OFTEN_NAMES and not self._l.day_first and not words.is_capital(at))
        ):
            return None
        month, end = months[small[at]], at + 1
        if start == at and small[at] in _ALSO_VERBS and not self._l.day_first and not self._is_month(words, at, last):
            return None
        if not day and end < last:
            day = self._day(words, end)
            if day and not (end + 1 < last and small[end + 1] in months):
                end += 1
            else:
                day = 0
        year, end = self._year_after(words, end, last, codes)
        if year is None and self.published is None:
            return Dated(start, end, f"XXXX-{month:02}" + (f"-{day:02}" if day else ""), "unknown")
        basis = "stated" if year else "relative"
        if year is None:
            before = small[start - 1] if start else ""
            year = self._nearest_year(month, day, future or before in DEADLINE, before)
        try:
            value = dt.date(year, month, day).isoformat() if day else f"{year:04}-{month:02}"
        except ValueError:
            return None
        return Dated(start, end, value, basis)

    def _range(self, words: Words, at: int, last: int) -> int:
        """How many words end a range of days that begins with the word before: "9-13 June", "с 9 по 13 июня"."""
        if words.gaps[at : at + 1] == ["-"] and self._day(words, at):
            return 1
        return 2 if at + 1 < last and words.small[at] in _UNTIL and self._day(words, at + 1) else 0

    def _is_month(self, words: Words, at: int, last: int) -> bool:
        """Whether May or March is a month and not a verb."""
        before = words.small[at - 1] if at else ""
        after = words.small[at + 1] if at + 1 < last else ""
        return words.is_capital(at) and (
            before in self._l.sets["before-year"] or before in self._l.sets["last"] or after.isdigit()
        )

    def _day(self, words: Words, at: int) -> int:
        if at >= len(words.small):
            return 0
        found = _ORDINAL.fullmatch(words.small[at])
        return int(found[1]) if found and 1 <= int(found[1]) <= 31 else 0

    def _year_after(
        self, words: Words, at: int, last: int, codes: dict[int, tuple[int, str]]
    ) -> tuple[int | None, int]:
        """The year that follows a month, and one after its words."""
        for skip in (0, 1):
            place = at + skip
            if place >= last or (skip and words.small[at] not in (*_JOINS, "in")):
                break
            word = words.small[place]
            if word.isdigit() and len(word) == 4 and int(word) in _YEARS:
                end = place + 1
                return int(word), end + (end < last and words.small[end] in self._l.sets["year-words"])
            for start in (place, place + 1):
                end, code = codes.get(start, (0, ""))
                if (
                    code in ("y-1", "y0", "y+1")
                    and self.published
                    and (start == place or words.small[place] in _JOINS | {"l"})
                ):
                    return self.published.year + int(code[1:]), end
            if word in self._l.sets["last"] and self.published:
                return None, place + 1
        return None, at

    def _nearest_year(self, month: int, day: int, future: bool, before: str) -> int:
        assert self.published
        year, now = self.published.year, (self.published.month, self.published.day)
        if future and before not in self._l.sets["last"]:
            return min(
                (year - 1, year, year + 1),
                key=lambda y: abs((y - year) * 12 + month - now[0]) - 2 * ((y, month) > (year, now[0])),
            )
        if before in self._l.sets["last"]:
            return year if month < now[0] else year - 1
        if day and before in _FROM and (soon := self._soon(month, day)):
            return soon  # "с 1 марта", said at the end of February
        return year if (month, day) <= now else year - 1

    def _soon(self, month: int, day: int) -> int:
        """The year of a day that comes within some weeks; 0 if it does not."""
        assert self.published
        for year in (self.published.year, self.published.year + 1):
            try:
                away = (dt.date(year, month, day) - self.published).days
            except ValueError:
                continue
            if 0 < away <= _SOON:
                return year
        return 0

    def _numeric(self, words: Words, at: int, last: int) -> Dated | None:
        """2026-02-11, 11.02.2026, 11/02/2026."""
        if at + 2 >= last or not (words.gaps[at + 1] == words.gaps[at + 2] and words.gaps[at + 1] in ("-", ".", "/")):
            return None
        parts = words.small[at : at + 3]
        if not all(part.isdigit() for part in parts):
            return None
        if len(parts[0]) == 4:
            year, month, day = map(int, parts)
        elif len(parts[2]) == 4:
            year, month, day = int(parts[2]), int(parts[1]), int(parts[0])
            if words.gaps[at + 1] == "/" and not self._l.day_first:
                if month <= 12 and day <= 12 and month != day:
                    return Dated(at, at + 3, str(year), "stated")
                month, day = (month, day) if month <= 12 else (day, month)
        else:
            return None
        try:
            return Dated(at, at + 3, dt.date(year, month, day).isoformat(), "stated") if year in _YEARS else None
        except ValueError:
            return None

    def _span(self, words: Words, at: int, last: int) -> Dated | None:
        """ "Three days ago", "for more than two months": as precise as the unit."""
        word = words.small[at]
        count = int(word) if word.isdigit() and len(word) < 3 else self._l.numbers.get(word, 0)
        if not count or at + 1 >= last or words.small[at + 1] not in self._l.units:
            return None
        unit, end = self._l.units[words.small[at + 1]], at + 2
        since = any(word in self._l.sets["since"] for word in words.small[max(0, at - 3) : at])
        ago = end < last and words.small[end] in self._l.sets["ago"]
        if at and words.small[at - 1] in _LONG and not ago:
            return None  # "отключали на четыре месяца"
        if not (since or ago) or (end < last and words.small[end] in _AFTER and not words.gaps[end].strip()):
            return None
        if self.published is None:
            return Dated(at, end + ago, "", "unknown")
        return Dated(at, end + ago, shifted(self.published, f"{unit}-{count}"), "relative" if ago else "span")

    def _nth(self, words: Words, at: int, last: int) -> Dated | None:
        """ "The third day without a network": it began two days ago."""
        nth, small = self._l.ordinals.get(words.small[at], 0), words.small
        if not nth and small[at].isdigit() and len(small[at]) < 3 and at + 2 < last and small[at + 1] in _ENDING:
            nth, at = int(small[at]), at + 1  # "21-й день"
        if not nth or self.published is None or at + 1 >= last or small[at + 1] not in self._l.units:
            return None
        if (at and small[at - 1] in _ON_DAY) or (at + 2 < last and small[at + 2] in _AFTER):
            return None  # "на третий день после выборов"
        return Dated(at, at + 2, shifted(self.published, f"{self._l.units[small[at + 1]]}-{nth - 1}"), "span")

    def days(self, small: list[str], at: int) -> int:
        """How many days two words count, "two days" or "a week"; 0 if they count none."""
        unit = {"d": 1, "w": 7}.get(self._l.units.get(small[at + 1], ""), 0)
        return unit * (
            int(small[at]) if small[at].isdigit() and len(small[at]) < 3 else self._l.numbers.get(small[at], 0)
        )

    def _weekday(self, words: Words, at: int, last: int, future: bool) -> Dated | None:
        small = words.small
        if small[at] not in self._l.weekdays or (small[at] in _SHORT_DAYS and not words.is_capital(at)):
            return None
        if self.published is None:
            return Dated(at, at + 1, "", "unknown")
        back = (self.published.weekday() - self._l.weekdays[small[at]]) % 7
        before, after = small[at - 1] if at else "", small[at + 1] if at + 1 < last else ""
        coming = before in self._l.sets["next"] or after in self._l.sets["next"]
        starts = before in ("from", "с") or (before == "de" and small[at - 2] in ("partir", "compter"))
        coming = coming or (future and back > 0 and starts)  # "will be blocked from Monday"
        if back == 0 and (before in self._l.sets["last"] or after in self._l.sets["last"]):
            back = 7
        day = self.published + dt.timedelta(days=(7 - back) if coming else -back)
        return Dated(at, at + 1, day.isoformat(), "relative")

    def _phrase(self, at: int, codes: dict[int, tuple[int, str]]) -> Dated | None:
        end, code = codes.get(at, (0, ""))
        if not code or code == "skip":
            return None
        if code in ("none", "+1"):
            return Dated(at, end, "", "next" if code == "+1" else "none")
        if self.published is None:
            return None
        return Dated(at, end, shifted(self.published, code), "relative")

    def _year(self, words: Words, at: int, last: int) -> Dated | None:
        word = words.small[at]
        if not (word.isdigit() and len(word) == 4 and int(word) in _YEARS):
            return None
        after = words.small[at + 1] if at + 1 < last else ""
        before = words.small[at - 1] if at else ""
        if after in self._l.sets["year-words"] or before in self._l.sets["before-year"]:
            return Dated(at, at + 1 + (after in self._l.sets["year-words"]), word, "stated")
        return Dated(at, at + 1, word, "stated") if words.gaps[at].strip() == "(" else None


_ALSO_VERBS = frozenset(("may", "march", "mar", "mai", "mars", "marche", "sep", "dec", "jan"))
_OFTEN_NAMES = frozenset(("may", "march", "mar", "jan", "sep", "dec"))


DEADLINE = frozenset(("until", "till", "by", "до", "к", "jusqu", "ici", "hasta", "até", "bis"))
_UNTIL = frozenset(("по", "au", "to"))
_AFTER = frozenset(("after", "later", "before", "après", "avant", "после", "спустя"))
_ON_DAY = frozenset(("на", "в", "le", "du", "au"))
_ENDING = frozenset(("й", "ый", "ой", "я", "е", "eme", "ème", "e"))
_FROM, _SOON = frozenset(("с", "со", "from", "dès")), 45  # days
_LONG = frozenset(("на", "pour", "für"))
_SHORT_DAYS = frozenset(("sun", "sat", "mon", "fri"))
