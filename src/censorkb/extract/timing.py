"""Timing: which of the dates of a sentence is that of an act, and what is said if there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from censorkb.extract.dated import Dated
from censorkb.extract.dates import DEADLINE, Calendar
from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_FAR = 40
_COUNTED = 6  # words
_COUNTS = frozenset(("after", "before", "later"))
_COUNT_OF = frozenset(("for", "of", "by"))  # "fined for repeatedly failing"
_OF = frozenset(("of", "from", "dated"))
_MANY = frozenset(("many", "several", "some", "a", "the"))
_LAWS = frozenset(("law", "act", "decree", "ruling", "laws"))
_EVENT = frozenset(("of", "before", "after", "following", "to", "for"))
_BESIDE = 2  # words
_AUXILIARY = 4  # words
_SHORT = 16  # words of a headline


class Timing:
    """Dates the acts of an article.

    Args:
        words: its words.
        lexicon: its language.
        published: the day of publication, if it is known.
        headed: whether the first sentence is a headline.
    """

    def __init__(self, words: Words, lexicon: Lexicon, published: dt.date | None, headed: bool) -> None:
        self._w, self._calendar, self._published = words, Calendar(lexicon, published), published
        self._english = lexicon.language == "en"
        self._lead = 4 if headed else 2
        self._known: dict[tuple[int, bool], list[Dated]] = {}

    def of(self, one: Marked, trigger: Mark, future: bool, earlier: bool = False) -> Dated | None:
        """The date of an act.

        Args:
            one: its sentence.
            trigger: its trigger.
            future: whether the act is yet to come.
            earlier: whether the article told of an act of an earlier day before.
        """
        dates = [
            date
            for date in self._dates(one, future)
            if not self._is_others(date, trigger, one)
            and not (future and date.value.startswith("../"))
            and not (date.first and self._w.small[date.first - 1] in _DEADLINES)
            and not self._is_end(date, one)
            and not (date.basis == "none" and self._english and self._w.small[date.first - 1] in _COUNT_OF)
            and not (date.basis == "none" and self._is_term(date) and not self._lasts(one, trigger))
            and not (date.basis == "span" and (future or not self._lasts(one, trigger)))
        ]
        others = [t for t in one.triggers if t is not trigger]
        best = min(dates, key=lambda d: self._away(d, trigger, others, future), default=None)
        if best and self._away(best, trigger, others, future) < _FAR:
            return replace(best, value="") if best.basis == "unknown" else best
        return self.undated(one, earlier)

    def counted(self, one: Marked, trigger: Mark, told: str) -> Dated | None:
        """The date that is counted from another: "two days after it cut mobile data", "came back four days later".

        Args:
            one: the sentence.
            trigger: the trigger that the count stands beside.
            told: the day of the act before, as EDTF; empty if there is none.
        """
        small = self._w.small
        for at in range(max(one.sentence.first, trigger.first - _COUNTED), one.sentence.last - 2):
            days = self._calendar.days(small, at)
            word = small[at + 2]
            if not days or word not in _COUNTS or any(at < t.first < trigger.first for t in one.triggers):
                continue
            after = word in ("after", "before")
            if (
                trigger.first - at > _COUNTED
                or (after and at > trigger.first)
                or (not after and at - trigger.last > _COUNTED)
            ):
                continue
            if any(0 <= d.first - at - 3 <= _BESIDE for d in self._dates(one, False)):
                continue  # "six days later, on 4 November"
            if not after and len(one.triggers) == 1 and any(self._is_before(d, at, trigger) for d in self._stated(one)):
                continue  # "ordered them on November 9 to restore it, and again two days later"
            full = [d.value for d in self._dates(one, False) if d.last <= at and len(d.value) == 10]
            anchor = full[-1] if full and (after or self._english) else told
            if len(anchor) == 10 and "/" not in anchor:
                day = dt.date.fromisoformat(anchor) + dt.timedelta(days=days if word in ("later", "before") else -days)
                return Dated(at, at + 3, day.isoformat(), "relative")
        return None

    def _is_term(self, date: Dated) -> bool:
        """Whether it is for how long: "obliges providers to block it for three years"."""
        small = self._w.small
        return (
            self._english
            and small[date.first] == "for"
            and date.last - date.first > 2
            and small[date.first + 1] not in _MANY
        )

    @staticmethod
    def _is_before(date: Dated, at: int, trigger: Mark) -> bool:
        """Whether a date stands before a word, and not in the phrase of a trigger."""
        return date.last <= at and not trigger.first <= date.first < trigger.last

    def _stated(self, one: Marked) -> list[Dated]:
        """The days that an English sentence states."""
        return [date for date in self._dates(one, False) if len(date.value) == len("2026-01-01") and self._english]

    def undated(self, one: Marked, earlier: bool = False) -> Dated | None:
        """What the day of publication says of an act that has no date: see `of`."""
        if self._published is None:
            return None
        if one.sentence.number < self._lead and not earlier:
            return Dated(-1, -1, f"{self._published:%Y-%m}", "lead")
        return Dated(-1, -1, f"../{self._published.isoformat()}", "before")

    def within(self, one: Marked, first: int, last: int, future: bool) -> Dated | None:
        """The date of a sentence that has most of some words; None if they say no date.

        Args:
            one: the sentence.
            first: the first of the words.
            last: one after the last of them.
            future: whether the act is yet to come.
        """
        touched = [date for date in self._dates(one, future) if date.first < last and date.last > first]
        return max(touched, key=lambda date: min(date.last, last) - max(date.first, first), default=None)

    def beside(self, one: Marked, first: int, last: int) -> Dated | None:
        """The date that stands right before or after some words: "and Facebook since 2009"; None if there is none.

        Args:
            one: their sentence.
            first: the first of them.
            last: one after the last of them.
        """
        near = [d for d in self._dates(one, False) if 0 <= d.first - last <= _BESIDE or 0 <= first - d.last <= _BESIDE]
        near = [d for d in near if "," not in "".join(self._w.gaps[last : d.first + 1])]
        best = min(near, key=lambda d: (max(d.first - last, first - d.last), d.first < first), default=None)
        return replace(best, value="") if best and best.basis == "unknown" else best

    def _is_end(self, date: Dated, one: Marked) -> bool:
        """Whether it is when something ends: "stay cut until the results are published on January 6"."""
        first = max(one.sentence.first, date.first - _COUNTED)
        until = [at for at in range(first, date.first) if self._w.small[at] in ("until", "till")]
        return bool(until) and "," not in "".join(self._w.gaps[until[-1] : date.first + 1])

    def _lasts(self, one: Marked, trigger: Mark) -> bool:
        """Whether "for two months" ends with the publication: "has been blocked for two months"."""
        if trigger.name == "unblock" or (self._english and self._w.small[trigger.first - 1] == "to"):
            return False  # "has opened access after more than a year"
        near = {name for name in ("have", "be") for c in one.cue(name) if 0 <= trigger.first - c.last <= _AUXILIARY}
        if any(self._w.small[c.first] == "had" and 0 <= trigger.first - c.last <= _AUXILIARY for c in one.cue("have")):
            return False  # "which had been cut for a week in November"
        near |= {"be"} if trigger.form in ("state", "hint", "noun") else set()
        return (
            not self._english
            or near == {"have", "be"}
            or any(0 <= trigger.first - cue.last <= 2 for cue in one.cue("lasting"))
        )

    def _is_others(self, date: Dated, trigger: Mark, one: Marked) -> bool:
        """Whether a date after a trigger belongs to a later trigger, with the target of the first between them."""
        if (
            date.last < one.sentence.last
            and self._w.small[date.last] == "s"
            and self._w.small[date.first - 1] in _EVENT
        ):
            return True  # "ahead of next month's election"
        if self._w.small[date.first - 1] == "since" and self._w.small[date.first - 2] == "time":
            return True  # "can use it again for the first time since August"
        if self._english and (self._is_in_aside(date, trigger, one) or self._is_of_order(date, trigger, one)):
            return True
        inner = [cue for cue in one.cue("relative") if trigger.last <= cue.first < date.first]
        if trigger.name == "unblock" and inner and "," not in "".join(self._w.gaps[inner[-1].last : date.first + 1]):
            return True  # "lifted the ban, which had held since August"
        later = [t.first for t in one.triggers if trigger.last <= t.first < date.first]
        return bool(later) and any(n.is_target and trigger.last <= n.first < later[0] for n in one.names)

    def _is_of_order(self, date: Dated, trigger: Mark, one: Marked) -> bool:
        """Whether it is when it was ordered: "has begun to block it, in line with a court order of last Friday"."""
        orders = [cue.last for cue in one.cue("order") if trigger.last < cue.first]
        orders += [at for at in range(trigger.last, date.first) if self._w.small[at - 1] in _LAWS]
        at = date.first - (self._w.small[date.first - 1] == "last")  # "of last Friday"
        return self._w.small[at - 1] in _OF and at - 1 in orders

    def _is_in_aside(self, date: Dated, trigger: Mark, one: Marked) -> bool:
        """Whether a date is that of a verb in an aside before: "the net, which had been cut in March, works again"."""
        asides = [cue.first for cue in one.cue("relative") if cue.first < date.first and "," in self._w.gaps[cue.first]]
        verbs = [t.first for t in one.triggers if asides and asides[-1] < t.first < date.first]
        closed = date.last <= trigger.first and "," in "".join(self._w.gaps[date.last : trigger.first + 1])
        return bool(verbs) and closed and trigger.first > date.first

    def _dates(self, one: Marked, future: bool) -> list[Dated]:
        key = (one.sentence.number, future)
        if key not in self._known:
            phrases = [(cue.first, cue.last, cue.name) for cue in one.cues if cue.sort == "date"]
            found = self._calendar.dates(self._w, one.sentence.first, one.sentence.last, phrases, future)
            self._known[key] = self._ranges(found)
        return self._known[key]

    def _ranges(self, dates: list[Dated]) -> list[Dated]:
        """Dates with those that only end a range left out: an act begins with the first."""
        kept: list[Dated] = []
        for date in dates:
            before = kept[-1] if kept else None
            if (
                before
                and date.first - before.last <= 2
                and set(self._w.small[before.last : date.first]) <= _TO
                and _is_full(date)
            ):
                year = date.value[:4]
                if (
                    before.basis in ("relative", "unknown")
                    and date.basis == "stated"
                    and len(before.value) == len(date.value)
                ):
                    kept[-1] = replace(before, value=year + before.value[4:], last=date.last, basis="stated")
                    continue
                kept[-1] = replace(before, last=date.last)
                continue
            kept.append(date)
        return kept

    def _is_clause(self, date: Dated, trigger: Mark, others: list[Mark]) -> bool:
        """Whether a date stands in the clause of a verb before, from which a Russian "and then" parts the trigger."""
        verbs = [t.last for t in others if date.last <= t.first < trigger.first]
        return any(
            "," in self._w.gaps[at] and self._w.small[at] in _THEN
            for last in verbs[-1:]
            for at in range(last, trigger.first)
        )

    def _away(self, date: Dated, trigger: Mark, others: list[Mark], future: bool) -> float:
        """How far a date is from a trigger; what stands nearer to another trigger belongs to that."""
        after = date.first >= trigger.first
        away = float(max(0, date.first - trigger.last) if after else trigger.first - date.last)
        low, high = (trigger.last, date.first) if after else (date.last, trigger.first)
        between = sum(1 for t in others if low <= t.first < high)
        away += (15 if after else 6) * between
        commas = "".join(self._w.gaps[low : high + 1]).count(",")
        away += (6 if after else 2) * commas
        parted = "," in "".join(self._w.gaps[max(low, date.first - 1) : date.first + 1])
        beside = [t for t in others if t.first >= date.last and t.first - date.last <= _BESIDE]
        if after and parted and beside:
            away += _FAR  # "замедлил, а 14 марта заблокирует"
        if not after and self._is_clause(date, trigger, others):
            away += _FAR  # "ещё в мае закрыл X, а на день выборов отключил интернет"
        inside = 8 if trigger.first < date.first < trigger.last else 0
        end = 10 if date.first and self._w.small[date.first - 1] in DEADLINE else 0
        return away + inside + end - (3 if after and future else 0) + (8 if date.value.startswith("../") else 0)


_THEN = frozenset(("а", "затем", "потом", "позже", "позднее"))
_DEADLINES = frozenset(
    ("до", "к", "ко", "jusqu", "avant", "until", "till")
)  # what ends with a day does not begin on it
_TO = frozenset(
    ("and", "to", "until", "et", "au", "à", "и", "по", "до", "till", "through", "le", "y", "al", "e", "a", "bis", "und")
)


def _is_full(date: Dated) -> bool:
    return len(date.value) >= 7 or date.basis == "unknown"
