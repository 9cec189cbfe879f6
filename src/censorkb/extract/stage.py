"""Stages: whether an act is said to be done, ordered, threatened, ended, denied, or only noticed by users."""

from __future__ import annotations

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

# How far before a trigger a cue reaches, in words.
_REACH = {
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
_ABLE = ("could", "can")  # "could log in again"
_WOULD = ("would", "serait", "seraient")
_PAST = ("л", "ла", "ло", "ли")  # endings of the Russian past
_PAST_FINITE = (*_PAST, "лся", "лась", "лось", "лись")
_WRAPPING = frozenset(
    ("block", "cut", "throttle", "law", "fine")
)  # families of which phrases may hold their object and a cue
_NEXT = frozenset(("и", "а", "но", "однако", "зато"))
_RUSSIAN_INFINITIVE = ("ть", "ться")
_INFINITIVES = (*_RUSSIAN_INFINITIVE, "er", "ir", "re")
_TO = ("to", "de", "d")
_CUTTING = ("block", "cut", "throttle")
_AND = ("and", "et", "и")
_CHAIN = ("to", "and", "or")
_SPOKEN = ("order", "threat", "future", "plea", "denial")
_SPOKEN_AT_LENGTH = ("denial", "order", "plea")
_AFTER = {"pas", "plus", "jamais", "no"}  # French negates after the verb; "has blocked no site"


class Stage:
    """Finds the stage of a trigger.

    Args:
        marked: the sentence.
        words: the text.
    """

    def __init__(self, marked: Marked, words: Words) -> None:
        self._m, self._w = marked, words

    def of(self, trigger: Mark, voice: str) -> str:
        """The status of a trigger; empty if it is no act (a plea, or the evasion of a block)."""
        if self._is_no_act(trigger, voice):
            return ""
        if self._is_denied(trigger, voice):
            said = trigger.name not in ("removal", "unblock") or self._near("denial", trigger) is not None
            return "denied" if said and trigger.name not in ("fine", "arrest") else ""
        ordered, threatened = self._near("order", trigger), self._near("threat", trigger)
        if trigger.name in ("disruption", "slowness"):
            return self._noticed(trigger, threatened)
        if trigger.name == "promote":
            return "ordered" if self._near("future", trigger) else "enacted"
        if trigger.name == "unblock":
            done = ordered is not None and self._is_carried_out(trigger, ordered)
            able = voice == "state" and (threatened is None or self._w.small[threatened.first] in _ABLE)
            feared = not able and (bool(threatened) or self._is_conditional(trigger))
            return self._unblocked(trigger, bool(ordered) and not done, feared)
        if ordered and self._is_done(trigger, ordered):
            ordered = None
        if threatened and self._is_reported(threatened):
            return "ordered"
        if threatened and not (ordered and ordered.first >= threatened.first and ordered.last <= trigger.first):
            return "" if self._is_feared(trigger, voice) else "threatened"
        later = self._near("future", trigger, before=voice != "noun") or self._near("future", trigger)
        if later and not ordered and self._is_conditional(trigger):
            return "threatened"
        return "ordered" if ordered or later else "enacted"

    def _orders(self, cue: Mark) -> bool:
        return self._w.small[cue.first].startswith("order")

    def _noticed(self, trigger: Mark, threatened: Mark | None) -> str:
        if threatened and self._is_to_come(trigger, threatened):
            return "threatened"
        return "ordered" if self._near("future", trigger) and self._states() else "reported-disruption"

    def _is_to_come(self, trigger: Mark, threat: Mark) -> bool:
        """Whether speeds "could drop": what "could not be opened" is seen already."""
        near = self._near("negation", trigger) or trigger.name == "disruption"
        return not near and threat.last <= trigger.last

    @staticmethod
    def _is_feared(trigger: Mark, voice: str) -> bool:
        """Whether a fine is only what a law provides for: "faces a fine of up to"."""
        return trigger.name == "fine" and voice != "active"

    def _is_done(self, trigger: Mark, order: Mark) -> bool:
        """Whether what is announced is past: "announced that it had blocked", "объявил, что заблокировал"."""
        if any(order.last <= cue.first < trigger.first for cue in self._m.cue("have")):
            return True
        if self._is_carried_out(trigger, order):
            return True
        return trigger.form == "active" and self._w.small[trigger.first].endswith(_PAST)

    def _is_carried_out(self, trigger: Mark, order: Mark) -> bool:
        """Whether it was done because it was ordered: "at the demand of the regulator, Apple removed"."""
        because = [cue for cue in self._m.cue("company-order") if cue.first < order.first and order.last <= cue.last]
        small = self._w.small
        infinitive = small[trigger.first - 1] in _TO or small[trigger.first].endswith(_INFINITIVES)
        return bool(because) and trigger.form in ("active", "past", "passive", "state") and not infinitive

    def _is_reported(self, threat: Mark) -> bool:
        """Whether "would" is the "will" of somebody whose words are reported: "said that it would block"."""
        if self._w.small[threat.first] not in _WOULD or threat.last - threat.first > 1:
            return False
        said = any(0 <= threat.first - cue.last <= 6 for cue in self._m.cues if cue.sort == "speech")
        return said and not self._m.cue("further")

    def _is_no_act(self, trigger: Mark, voice: str) -> bool:
        """Whether it is what somebody fails to do, a condition, or what a text only presupposes: "to bypass the ban"."""
        if trigger.name == "unblock" and voice == "state" and self._near("negation", trigger):
            return True  # "the network is not back"
        if self._near("failure", trigger) or (trigger.name == "unblock" and self._near("further", trigger)):
            return True
        if voice == "noun" and any(0 <= trigger.first - cue.last <= 3 for cue in self._m.cue("silence")):
            return True  # "n'ont pas annoncé de coupure"
        if voice == "noun" and self._is_unsaid(trigger):
            return True
        if trigger.name == "removal" and self._near("negation", trigger) and not self._near("denial", trigger):
            return True  # what a company did not remove
        plea, threat = self._near("plea", trigger), self._near("threat", trigger)
        called = plea and threat and plea.last - plea.first > 1 and plea.first == threat.first
        if plea and called and not self._is_state(plea):
            return True  # "a petition called for the app to be banned"
        if plea and self._near("negation", trigger) and not any(n.last <= plea.first for n in self._states()):
            return True  # "called on the regulator not to shut down"
        return voice == "noun" and bool(self._near("never", trigger) or self._near("evasion", trigger))

    def _is_unsaid(self, trigger: Mark) -> bool:
        """Whether nobody is said to have spoken of it, as Russian does: "restrictions the authorities did not announce"."""
        said = {cue.first for cue in self._m.cues if cue.sort == "speech"} | {c.first for c in self._m.cue("order")}
        negated = {cue.last for cue in self._m.cue("negation") if cue.first == trigger.last}
        return bool(said & negated)

    def _is_denied(self, trigger: Mark, voice: str) -> bool:
        around = any(
            cue.first <= trigger.first and trigger.last <= cue.last and self._w.small[cue.first - 1] != "не"
            for cue in self._m.cue("denial")
        )
        if around or self._near("denial", trigger) or self._is_denied_after(trigger, voice):
            return not self._near("exception", trigger, before=False)
        if voice == "state" or trigger.name in ("disruption", "slowness"):
            return False
        near = self._near("negation", trigger) or self._near("negation", trigger, before=False)
        if near is None or self._near("exception", trigger, before=False):
            return False
        return voice != "noun" or trigger.first - near.last <= 1

    def _is_denied_after(self, trigger: Mark, voice: str) -> bool:
        """Whether a denial follows its object, as in Russian: "the slowdown the regulator denies"."""
        infinitive = self._w.small[trigger.first].endswith(_RUSSIAN_INFINITIVE)
        if not infinitive and (voice != "noun" or not self._w.small[trigger.first][0] >= "а"):
            return False
        after = [cue for cue in self._m.cue("denial") if 0 <= cue.first - trigger.last <= _REACH["denial after"]]
        after = [cue for cue in after if self._w.small[cue.first - 1] != "не"]
        return any(
            not any(sign in gap for gap in self._w.gaps[trigger.last : cue.first + 1] for sign in ",;:")
            for cue in after
        )

    def _is_conditional(self, trigger: Mark) -> bool:
        return self._near("exception", trigger, before=False) is not None

    def _unblocked(self, trigger: Mark, ordered: bool, threatened: bool) -> str:
        if self._near("plea", trigger) and not ordered:
            return ""
        if self._near("plea", trigger):
            return "ordered" if self._has_state() else ""
        inside = {cue.name: cue for cue in self._m.cues if trigger.first < cue.first < trigger.last}
        later = self._near("future", trigger) or "future" in inside
        if "threat" in inside and self._w.small[inside["threat"].first] in _WOULD:
            later = True  # "said the ban would be lifted"
        elif threatened or "threat" in inside:
            return "threatened"
        return "ordered" if ordered or later else "lifted"

    def _has_state(self) -> bool:
        return bool(self._states())

    def _is_state(self, cue: Mark) -> bool:
        """Whether it is a body of a state that calls for something."""
        return any(0 <= cue.first - n.last <= 3 for n in self._m.of("agency", "body", "country"))

    def _states(self) -> list[Mark]:
        return self._m.of("agency", "body")

    def _near(self, name: str, trigger: Mark, before: bool = True) -> Mark | None:
        """The last cue of a name that governs a trigger, or the first one after it."""
        if not before:
            reach = {"negation": 1, "exception": 14, "future": 4}[name]
            after = [cue for cue in self._m.cue(name) if 0 <= cue.first - trigger.last <= reach]
            after = [
                cue for cue in after if name != "negation" or cue.kind == "after" or self._w.small[cue.first] in _AFTER
            ]
            return after[0] if after else None
        found = None
        for cue in self._m.cue(name):
            if name == "denial" and cue.first and self._w.small[cue.first - 1] in ("не", "not"):
                continue  # "did not rule out"
            if name == "negation" and any(t.first <= cue.first and cue.last <= t.last for t in self._m.cue("threat")):
                continue
            away = trigger.first - cue.last
            if name == "future" and cue.first == trigger.first:
                found = cue  # the verb itself is in the future
            elif name == "order" and cue.first == trigger.first and trigger.name in _CUTTING and self._orders(cue):
                found = cue  # "ordered a shutdown"
            elif name in ("threat", "future") and trigger.name in _WRAPPING and self._is_within(cue, trigger):
                found = cue  # "the speed may fall", "доступ к нему могут закрыть"
            elif 0 <= away <= _REACH[name] and self._governs(cue, trigger, name):
                found = cue
        return found

    def _aside(self, trigger: Mark) -> list[Mark]:
        """Where an aside begins in which a state does it: "ordered a search for users of X, which the state blocked"."""
        states = [name.first for name in self._m.names if name.sort in ("agency", "body", "country")]
        return [
            cue
            for cue in self._m.cue("relative")
            if "," in self._w.gaps[cue.first] and any(cue.last <= at < trigger.first for at in states)
        ]

    @staticmethod
    def _is_within(cue: Mark, trigger: Mark) -> bool:
        """Whether a cue stands inside of a trigger of several words."""
        return (
            trigger.first <= cue.first
            and cue.last <= trigger.last
            and cue.last - cue.first < trigger.last - trigger.first
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
        others = [t for t in self._m.triggers if t is not trigger and t.first in between]
        if trigger.form == "past" and self._w.small[trigger.first - 1] in _AND and not self._has_auxiliary(trigger):
            return False  # "declared a state of emergency and banned TikTok"
        if others and all(self._w.small[t.first - 1] in _CHAIN for t in (*others, trigger)):
            return True  # "ordered operators to cut the internet and block Facebook"
        return all(t.name == trigger.name and trigger.first - t.last <= 4 for t in others)
