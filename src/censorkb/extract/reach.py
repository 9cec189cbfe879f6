"""Reach: which cues of a sentence speak of a trigger: those near it, in the same clause."""

from __future__ import annotations

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

# How far before a trigger a cue reaches, in words.
REACH = {
    "negation": 3,
    "denial": 12,
    "denial after": 8,
    "threat": 7,
    "future": 4,
    "order": 12,
    "plea": 9,
    "attempt": 5,
    "evasion": 5,
    "failure": 3,
    "never": 9,
    "further": 6,
}
_SAID_AFTER, _SAID = ("threat", "order", "plea"), 7  # words
_PAST = ("л", "ла", "ло", "ли")  # endings of the Russian past
_PAST_FINITE = (*_PAST, "лся", "лась", "лось", "лись")
_WRAPPING = frozenset(
    ("block", "cut", "throttle", "law", "fine")
)  # families of which phrases may hold their object and a cue
_NEXT = frozenset(("и", "а", "но", "однако", "зато"))
_TO = ("to", "de", "d")
_CUTTING = ("block", "cut", "throttle")
_AND = ("and", "et", "и")
_ASKED = [[word] for word in ("why", "how", "whether", "who", "what")]
_NOT = ("not", "t", "never")
_TERMS = frozenset((
    "further", "midnight", "noon", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
))  # fmt: skip
_JOINS = ("and", "but", "while", "whereas")
_FINITE = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "remain", "remains", "remained", "stay", "stays", "stayed")
)
_CHAIN = ("to", "and", "or")
_SPOKEN = ("order", "threat", "future", "plea", "denial")
_SPOKEN_AT_LENGTH = ("denial", "order", "plea")
_AFTER = {"pas", "plus", "jamais", "no"}  # French negates after the verb; "has blocked no site"


class Reach:
    """Finds the cues that govern a trigger.

    Args:
        marked: the sentence.
        words: the text.
    """

    def __init__(self, marked: Marked, words: Words) -> None:
        self._m, self._w = marked, words

    def near(self, name: str, trigger: Mark, before: bool = True) -> Mark | None:
        """The last cue of a name that governs a trigger, or the first one after it."""
        if not before:
            reach = {"negation": 1, "exception": 14, "future": 4}[name]
            after = [cue for cue in self._m.cue(name) if 0 <= cue.first - trigger.last <= reach]
            if name == "exception":
                after = [cue for cue in after if not self._is_term(cue)]
            after = [
                cue for cue in after if name != "negation" or cue.kind == "after" or self._w.small[cue.first] in _AFTER
            ]
            return after[0] if after else None
        found = None
        for cue in self._m.cue(name):
            if self._is_part_of_other(cue, name):
                continue
            away = trigger.first - cue.last
            if name == "future" and cue.first == trigger.first:
                found = cue  # the verb itself is in the future
            elif name == "order" and cue.first == trigger.first and trigger.name in _CUTTING and self._orders(cue):
                found = cue  # "ordered a shutdown"
            elif name in ("threat", "future") and trigger.name in _WRAPPING and self._is_within(cue, trigger):
                found = cue  # "the speed may fall", "доступ к нему могут закрыть"
            elif 0 <= away <= REACH[name] and self._governs(cue, trigger, name):
                found = cue
        return found or (self._after_infinitive(name, trigger) if name in _SAID_AFTER else None)

    def _after_infinitive(self, name: str, trigger: Mark) -> Mark | None:
        """What follows a Russian infinitive and its object: "закрыть мессенджер власти могут", "запрет предложили"."""
        infinitive = self._w.small[trigger.first].endswith(("ть", "ться", "ти"))
        if not infinitive and (trigger.form != "noun" or name != "threat"):
            return None
        for cue in self._m.cue(name if infinitive else "proposed"):
            between = range(trigger.last, cue.first)
            parted = any(sign in gap for gap in self._w.gaps[trigger.last : cue.first + 1] for sign in ",;:(-")
            if 0 <= cue.first - trigger.last <= _SAID and not parted:
                return cue if not any(t.first in between for t in self._m.triggers) else None
        return None

    def _is_part_of_other(self, cue: Mark, name: str) -> bool:
        """Whether a cue only belongs to another that says the opposite: "has not ruled out"."""
        threats = self._m.cue("threat")
        if name == "denial":
            return cue.first > 0 and self._w.small[cue.first - 1] in ("не", "not")
        if name == "negation":
            return any(t.first < cue.last and cue.first < t.last for t in threats)
        return name == "order" and any(
            cue.last < t.last and (t.first < cue.first or (t.first == cue.first and self._w.small[t.last - 1] in _TO))
            for t in threats
        )  # "asked the government to ban it"

    def _is_term(self, cue: Mark) -> bool:
        """Whether it only says how long: "until 3 p.m.", "until further notice"."""
        following = self._w.small[cue.last : cue.last + 1]
        return (
            self._w.small[cue.first] == "until"
            and bool(following)
            and (following[0].isdigit() or following[0] in _TERMS)
        )

    def _aside(self, trigger: Mark) -> list[Mark]:
        """Where an aside begins in which a state does it: "ordered a search for users of X, which the state blocked"."""
        states = [name.first for name in self._m.names if name.sort in ("agency", "body", "country")]
        return [
            cue
            for cue in self._m.cue("relative")
            if "," in self._w.gaps[cue.first] and any(cue.last <= at < trigger.first for at in states)
        ]

    def _is_within(self, cue: Mark, trigger: Mark) -> bool:
        """Whether a cue stands inside of a trigger of several words."""
        return (
            trigger.first <= cue.first
            and cue.last <= trigger.last
            and cue.last - cue.first < trigger.last - trigger.first
            and self._w.small[cue.last : cue.last + 1] not in (["no"], ["not"])  # "may no longer" is a duty
        )

    def _is_next_clause(self, cue: Mark, trigger: Mark) -> bool:
        """Whether a verb of the past begins a clause of its own: "пообещал отсрочку, и сервис заработал"."""
        past = any(self._w.small[at].endswith(_PAST_FINITE) for at in range(trigger.first, trigger.last))
        ands = [at for at in range(cue.last, trigger.first) if self._w.small[at] in _NEXT and "," in self._w.gaps[at]]
        return past and bool(ands)

    def _has_auxiliary(self, trigger: Mark) -> bool:
        return any(0 <= trigger.first - cue.last <= 2 for cue in (*self._m.cue("be"), *self._m.cue("have")))

    def _governs(self, cue: Mark, trigger: Mark, name: str) -> bool:
        between = range(cue.last, trigger.first)
        # Commas between the names of a list are none between clauses.
        listed = {at for n in self._m.names if n.is_target for at in (n.first, n.last)}
        gaps = self._w.gaps[cue.last : trigger.first + 1]
        commas = sum("," in gap for at, gap in enumerate(gaps, cue.last) if at not in listed)
        if any(sign in gap for gap in gaps for sign in ";:") or commas > (2 if name in _SPOKEN_AT_LENGTH else 1):
            return False
        if trigger.form != "noun" and self._is_next_clause(cue, trigger):
            return False
        if name == "order" and any(cue.last < c.first < trigger.first for c in self._aside(trigger)):
            return False
        if (
            name in _SPOKEN
            and self._w.small[trigger.first - 1] not in _TO
            and any(cue.last <= c.first < trigger.first for c in self._m.cue("then"))
        ):
            return False  # "announced it two days after mobile data was switched off"
        if name == "order" and self._w.small[cue.last : cue.last + 1] in _ASKED:
            return False  # "has yet to tell why it is blocked"
        if (name in _SPOKEN or name == "negation") and self._has_subject(cue, trigger):
            return False  # "only 301 sites can be opened and social media stay barred"
        if name == "negation" and self._w.small[cue.last - 1] in _NOT and self._has_finite(cue, trigger):
            return False  # "those who do not comply will be blocked"
        others = [t for t in self._m.triggers if t is not trigger and t.first in between]
        if trigger.form == "past" and self._w.small[trigger.first - 1] in _AND and not self._has_auxiliary(trigger):
            return False  # "declared a state of emergency and banned TikTok"
        if others and all(self._w.small[t.first - 1] in _CHAIN or t.first == cue.last for t in (*others, trigger)):
            return True  # "ordered operators to cut the internet and block Facebook"
        return all(t.name == trigger.name and trigger.first - t.last <= 4 for t in others)

    def _has_finite(self, cue: Mark, trigger: Mark) -> bool:
        """Whether a verb of its own stands between a negation and a trigger."""
        return any(word in _FINITE or word == "will" for word in self._w.small[cue.last + 1 : trigger.first])

    def _has_subject(self, cue: Mark, trigger: Mark) -> bool:
        """Whether a passive has a subject and a finite verb of its own after "and" or "but"."""
        finite = [
            c.first for n in ("be", "have", "lasting") for c in self._m.cue(n) if self._w.small[c.first] in _FINITE
        ]
        ends = {n.last + 1 for n in self._m.names if n.is_target}  # one word, "and", after a name: a list
        subjects = [n for n in self._m.names if n.is_target and cue.last < n.first and n.last <= trigger.first]
        subjects = [n for n in subjects if n.first not in ends]
        return trigger.form != "noun" and any(
            self._w.small[n.first - 1] in _JOINS
            and any(n.last <= at <= n.last + 1 and at < trigger.first for at in finite)
            for n in subjects
        )

    def _orders(self, cue: Mark) -> bool:
        return self._w.small[cue.first].startswith("order")
