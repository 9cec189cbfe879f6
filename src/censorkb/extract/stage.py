"""Stages: whether an act is said to be done, ordered, threatened, ended, denied, or only noticed by users."""

from __future__ import annotations

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.reach import REACH, Reach
from censorkb.extract.words import Words

_ABLE = ("could", "can")  # "could log in again"
_WOULD = ("would", "serait", "seraient")
_PAST = ("л", "ла", "ло", "ли")  # endings of the Russian past
_RUSSIAN_INFINITIVE = ("ть", "ться")
_INFINITIVES = (*_RUSSIAN_INFINITIVE, "er", "ir", "re")
_TO = ("to", "de", "d")
_WAS = frozenset(("was", "were"))  # "ordered a suspension that was lifted"
_FINITE = frozenset(("was", "were", "is", "are", "been", "being"))
_TO_BE = frozenset(("to", "be"))
_OBJECT = 3  # words
_RELATIVE = 3  # words
_VPN, _THROUGH = ("vpn", "впн"), ("через", "с", "под")  # "кто заходит через VPN, заплатит штраф"
_WILL_BE = ("sera", "seront", "будет", "будут")
_CALLER = 6  # words
_PENDING = 5  # words
_IF = ("if", "unless")  # "unless it opens an office, it will be blocked"
_EACH = ("every", "each", "any", "all", "their", "its")
_ALLOWING = ("allow", "empower", "enable", "permit")
_SUCH = ("such", "these")  # "a court called such cuts illegal"


class Stage:
    """Finds the stage of a trigger.

    Args:
        marked: the sentence.
        words: the text.
    """

    def __init__(self, marked: Marked, words: Words) -> None:
        self._m, self._w = marked, words
        self._near = Reach(marked, words).near

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
        if trigger.name == "unblock":
            return self._lifted(trigger, voice, ordered, threatened)
        if trigger.name == "promote" or (trigger.name == "law" and not threatened):
            return self._settled(trigger)
        ordered = self._standing(trigger, voice, ordered)
        if threatened and self._is_reported(threatened):
            return "ordered"
        if threatened and not (ordered and ordered.first >= threatened.first and ordered.last <= trigger.first):
            return "" if self._is_feared(trigger, voice) else "threatened"
        later = self._near("future", trigger, before=voice != "noun") or self._near("future", trigger)
        if later and not ordered and self._is_conditional(trigger):
            return "threatened"
        if self._is_pending(trigger, voice) or (later and self._w.small[self._m.sentence.first] in _IF):
            return "threatened"
        return "ordered" if ordered or later else "enacted"

    def _standing(self, trigger: Mark, voice: str, order: Mark | None) -> Mark | None:
        """The order that governs a trigger, unless it was carried out; for a noun, one that follows it, too."""
        if order and not (self._is_done(trigger, order) or self._is_finite(trigger, voice, order)):
            return order
        return None if order or voice != "noun" else self._ordered_after(trigger)

    def _is_finite(self, trigger: Mark, voice: str, order: Mark) -> bool:
        """Whether an English verb tells it as done: "after the ruling it blocked X", but not "ordered X blocked"."""
        small = self._w.small
        if trigger.form != "past" or not small[trigger.first].endswith("ed"):
            return False
        if voice == "active":
            objects = [n for n in self._m.names if n.is_target and 0 <= n.first - trigger.last <= _OBJECT]
            return bool(objects) and order.last < trigger.first and small[trigger.first - 1] not in _TO
        aux = [at for at in range(max(order.last, trigger.first - _OBJECT), trigger.first) if small[at] in _FINITE]
        return bool(aux) and not _TO_BE.intersection(small[aux[-1] : trigger.first])

    def _ordered_after(self, trigger: Mark) -> Mark | None:
        """The order that a relative clause tells of: "the blocking of Telegram that he had ordered on Friday"."""
        that = [
            c for c in self._m.cue("relative") if 0 <= c.first - trigger.last <= _RELATIVE and c.last - c.first == 1
        ]
        orders = [c for c in self._m.cue("order") if that and 0 < c.first - that[0].last <= _RELATIVE]
        return orders[0] if orders and self._w.small[orders[0].first] == "ordered" else None

    def _settled(self, trigger: Mark) -> str:
        """What no order or threat is looked for: a duty that comes into force later stands already."""
        return "ordered" if trigger.name == "promote" and self._near("future", trigger) else "enacted"

    def _lifted(self, trigger: Mark, voice: str, ordered: Mark | None, threatened: Mark | None) -> str:
        done = ordered is not None and self._is_carried_out(trigger, ordered)
        has = any(0 <= trigger.first - cue.last <= 1 for cue in self._m.cue("have"))  # "has lifted it until Monday"
        able = voice == "state" and (threatened is None or self._w.small[threatened.first] in _ABLE)
        has = has or (trigger.form == "active" and self._w.small[trigger.first].endswith(_PAST))
        feared = not able and (bool(threatened) or (self._is_conditional(trigger) and not has))
        if threatened and not done and self._is_reported(threatened):
            return "ordered"  # "said it would unblock Telegram"
        done = done or (
            trigger.form == "passive" and bool(_WAS.intersection(self._w.small[trigger.first : trigger.last]))
        )
        return self._unblocked(trigger, bool(ordered) and not done, feared)

    def _noticed(self, trigger: Mark, threatened: Mark | None) -> str:
        if threatened and self._is_to_come(trigger, threatened):
            return "threatened"
        later = self._near("future", trigger)
        if later and later.first >= trigger.first and later.last < trigger.last:
            return "ordered"  # "перестанет работать с 1 апреля"
        if later and trigger.first - later.last <= 1 and self._w.small[later.first] in _WILL_BE:
            return "ordered"  # "ne sera plus accessible"
        told = later and (self._states() or self._w.small[later.first].isascii())  # "is to disappear"
        return "ordered" if told else "reported-disruption"

    def _is_to_come(self, trigger: Mark, threat: Mark) -> bool:
        """Whether speeds "could drop": what "could not be opened" is seen already."""
        near = self._near("negation", trigger) or trigger.name == "disruption"
        return not near and threat.last <= trigger.last

    def _is_feared(self, trigger: Mark, voice: str) -> bool:
        """Whether a fine is only what a law provides for: "faces a fine of up to"."""
        return trigger.name == "fine" and voice != "active" and not self._is_for_vpns(trigger)

    def _is_for_vpns(self, trigger: Mark) -> bool:
        """Whether users of VPNs are to be fined, which restricts these: "who gets round it by VPN risks a fine"."""
        near = [n for n in self._m.names if abs(n.first - trigger.first) <= REACH["order"]]
        used = any(self._w.small[n.first] in _THROUGH and self._w.small[n.last - 1] in _VPN for n in near)
        return used or any(n.name == "VPNs" for n in near)

    def _is_done(self, trigger: Mark, order: Mark) -> bool:
        """Whether what is announced is past: "announced that it had blocked", "объявил, что заблокировал"."""
        if any(order.last <= cue.first < trigger.first for cue in self._m.cue("have")):
            return True
        if self._is_carried_out(trigger, order):
            return True
        return trigger.form == "active" and self._w.small[trigger.first].endswith(_PAST)

    def _is_carried_out(self, trigger: Mark, order: Mark) -> bool:
        """Whether it was done because it was ordered: "at the demand of the regulator, Apple removed"."""
        small = self._w.small
        because = [cue for cue in self._m.cue("company-order") if cue.first < order.first and order.last <= cue.last]
        because = [cue for cue in because if small[cue.first] != "court"]  # "a court ordered the blocking"
        because = [cue for cue in because if "," not in "".join(self._w.gaps[cue.first + 1 : order.first + 1])]
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
        if voice == "noun" and self._is_mentioned(trigger):
            return True
        if trigger.name == "removal" and self._near("negation", trigger) and not self._near("denial", trigger):
            return True  # what a company did not remove
        plea, threat = self._near("plea", trigger), self._near("threat", trigger)
        if trigger.name == "removal" and threat and self._w.small[threat.first].startswith(_ALLOWING):
            return True  # "the rules allow officials to demand that posts be removed"
        called = plea and threat and plea.last - plea.first > 1 and plea.first == threat.first
        if plea and called and not self._is_state(plea):
            return True  # "a petition called for the app to be banned"
        if plea and self._near("negation", trigger) and not any(n.last <= plea.first for n in self._states()):
            return True  # "called on the regulator not to shut down"
        if voice != "noun" or self._near("denial", trigger):
            return False
        return bool(self._near("never", trigger) or self._near("evasion", trigger))

    def _is_mentioned(self, trigger: Mark) -> bool:
        """Whether a noun speaks of no act that is told: "n'ont pas annoncé de coupure", a figure, "such cuts"."""
        silent = any(0 <= trigger.first - cue.last <= 3 for cue in self._m.cue("silence"))
        such = self._w.small[trigger.first - 1] in _SUCH
        return silent or such or self._is_unsaid(trigger) or self._is_counted(trigger)

    def _is_counted(self, trigger: Mark) -> bool:
        """Whether it is a figure of how many there were: "counted 296 internet shutdowns in 54 countries"."""
        counts = [w for w in self._w.small[max(0, trigger.first - 2) : trigger.first] if w.isdigit() and 1 < len(w) < 4]
        return bool(counts) and self._w.small[trigger.last - 1].endswith("s")

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
            but = self._near("exception", trigger, before=False)
            return but is None or any(d.first < but.last and but.first < d.last for d in self._m.cue("denial"))
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
        after = [cue for cue in self._m.cue("denial") if 0 <= cue.first - trigger.last <= REACH["denial after"]]
        after = [cue for cue in after if self._w.small[cue.first - 1] != "не"]
        return any(
            not any(sign in gap for gap in self._w.gaps[trigger.last : cue.first + 1] for sign in ",;:")
            for cue in after
        )

    def _is_pending(self, trigger: Mark, voice: str) -> bool:
        """Whether it is only spoken of: "a ban on TikTok is on the table"."""
        return voice == "noun" and any(0 <= cue.first - trigger.last <= _PENDING for cue in self._m.cue("pending"))

    def _is_conditional(self, trigger: Mark) -> bool:
        return self._near("exception", trigger, before=False) is not None

    def _unblocked(self, trigger: Mark, ordered: bool, threatened: bool) -> str:
        plea, order = self._near("plea", trigger), self._near("order", trigger)
        if plea and order and plea.last <= order.first and self._w.small[order.first - 1] in _EACH:
            return ""  # "ask governments to publish every order and to restore access"
        if plea and not ordered:
            return ""
        if plea:
            return "ordered" if self._has_state(plea) else ""
        inside = {cue.name: cue for cue in self._m.cues if trigger.first < cue.first < trigger.last}
        later = self._near("future", trigger) or "future" in inside
        if "threat" in inside and self._w.small[inside["threat"].first] in _WOULD:
            later = True  # "said the ban would be lifted"
        elif threatened or "threat" in inside:
            return "threatened"
        return "ordered" if ordered or later else "lifted"

    def _has_state(self, plea: Mark) -> bool:
        """Whether a body of a state calls for it; in Russian it stands beside the verb: "суд потребовал вернуть"."""
        russian = self._w.small[plea.first][0] >= "а"
        near = [n for n in self._states() if n.first - plea.last >= -_CALLER and n.last - plea.first <= _CALLER]
        return bool(near if russian else self._states())

    def _is_state(self, cue: Mark) -> bool:
        """Whether it is a body of a state that calls for something."""
        return any(0 <= cue.first - n.last <= 3 for n in self._m.of("agency", "body", "country"))

    def _states(self) -> list[Mark]:
        return self._m.of("agency", "body")
