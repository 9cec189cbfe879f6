"""Targets: what an act aims at, by how near it stands, on which side, and what lies between."""

from __future__ import annotations

from dataclasses import replace

from censorkb.extract.groups import Group
from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.topic import SHOPS
from censorkb.extract.words import Words

FARTHEST = {
    "block": 13, "cut": 8, "throttle": 12, "disruption": 12, "slowness": 12, "unblock": 14, "delist": 12, "promote": 10,
    "fine": 10, "removal": 9, "law": 12, "arrest": 10, "affected": 8,
}  # fmt: skip


class Choice:
    """Chooses the targets of the triggers of a sentence.

    Args:
        marked: the sentence.
        words: the text.
        lexicon: the language.
        groups: the targets of the sentence.
    """

    def __init__(self, marked: Marked, words: Words, lexicon: Lexicon, groups: list[Group]) -> None:
        self._m, self._w, self._l, self.groups = marked, words, lexicon, groups

    def of(self, trigger: Mark, voice: str) -> Group | None:
        """The group that a trigger aims at; None if there is none near enough.

        Args:
            trigger: the trigger.
            voice: active, passive, noun or state.
        """
        if trigger.name == "delist":
            self.groups = [self._goods(group) for group in self.groups if not self._is_shop(group)]
        inside = [g for g in self.groups if trigger.first <= g.first < trigger.last]  # "cortó el [acceso a] internet"
        inside.sort(key=lambda group: not group.marks[0].is_named)  # "the traffic of YouTube fell"
        means = _MEANS.get(trigger.name, ())
        if inside and self._w.small[trigger.last - 1] in _ONTO:
            beyond = [g for g in self.groups if 0 <= g.first - trigger.last <= _NEXT]
            if beyond:
                return beyond[0]  # "extended the ban on social media to Viber"
        if inside and not all(mark.name in means for mark in inside[0].marks):
            return inside[0]
        if trigger.form == "past" and (opened := self._opened(trigger)):
            return opened
        outside = [group for group in self.groups if group not in inside]
        costs = [(self._cost(group, trigger, voice), -group.first, group) for group in outside]
        cost, _, best = min(costs, key=lambda c: c[:2], default=(99, 0, None))
        most = FARTHEST[trigger.name] if voice != "noun" else min(9, FARTHEST[trigger.name])
        if best and any(word.startswith(_ACCESS) for word in self._w.small[trigger.last : best.first]):
            most = max(most, FARTHEST["block"])  # "restricted on Friday the access to the sites of"
        return best if cost <= most else None

    def _opened(self, trigger: Mark) -> Group | None:
        """What a French participle that opens a sentence speaks of: "Bridé depuis lundi à Istanbul, X affirme"."""
        first = self._m.sentence.first
        if self._l.language != "fr" or trigger.first - first > 1:
            return None
        ends = [at for at in range(trigger.last, self._m.sentence.last) if "," in self._w.gaps[at]]
        near = [group for group in self.groups if ends and 0 <= group.first - ends[0] <= 1]
        named = any(trigger.last <= group.first < ends[0] for group in self.groups) if ends else True
        return near[0] if near and not named else None

    @staticmethod
    def _goods(group: Group) -> Group:
        """A group without the store that they are taken from: "убрать из Google Play 47 VPN"."""
        goods = tuple(mark for mark in group.marks if mark.name not in SHOPS)
        return replace(group, marks=goods, since=-1) if len(goods) < len(group.marks) else group

    def _is_shop(self, group: Group) -> bool:
        """Whether something is taken from there: "from the stores of Apple and Google"."""
        after = self._w.small[group.last : min(group.last + 2, self._m.sentence.last)]
        return all(mark.name in SHOPS for mark in group.marks) or any(word in ("store", "stores") for word in after)

    def _cost(self, group: Group, trigger: Mark, voice: str) -> float:
        after = group.first >= trigger.last
        between = (self._closed(group, trigger), trigger.first)
        if after:
            between = (self._unquoted(trigger.last, group.first), group.first)
        cost = self._apart(group, trigger, voice, max(0, between[1] - between[0]))
        if after and (kind := self._kind_of(group, trigger)):
            between = (trigger.last, kind)
        if voice == "noun" and not after and between[0] == between[1]:
            cost = 0  # "the Telegram ban"
        gaps = "".join(self._w.gaps[between[0] : between[1] + 1])
        cost += (
            (3 if voice == "noun" else 1.5) * gaps.count(",")
            + 6 * sum(gaps.count(sign) for sign in ";:")
            + 3 * gaps.count('"') * 0.5
        )
        if any(self._w.small[at] in _CLAUSES and "," in self._w.gaps[at] for at in range(*between)):
            cost += 12
        clause = any(between[0] <= cue.first < between[1] for cue in self._m.cue("clause"))
        cost += (20 if after and voice in ("passive", "state") and self._has_verb(group) else 5) * clause
        others = [t for t in self._m.triggers if t is not trigger and between[0] <= t.first < between[1]]
        cost += sum(1 if t.name == trigger.name else 4 for t in others)
        cost += sum(1 for t in self._m.names if t.sort == "agency" and between[0] <= t.first < between[1])
        if voice == "noun" and after and self._l.language == "en" and between[0] < between[1]:
            linked = [*self._w.small[between[0] : between[1]], self._w.small[trigger.last - 1]]
            cost += 0 if any(word in _LINKS for word in linked) or linked[-1].endswith("ing") else 8
        if all(mark.sort == "outlet" for mark in group.marks) and trigger.name != "affected":
            near = after or (
                voice in ("passive", "state") and self._l.language == "en"
            )  # "Voice of America had been blocked"
            cost += self._telling(group, near and between[1] - between[0] <= 4)
        cost += 20 if voice == "noun" and not after and self._is_doer(group, trigger) else 0
        companies = [t for t in self._m.names if t.sort == "company" and between[0] <= t.first < between[1]]
        cost += 8 * len(companies) if voice == "noun" else 0
        if after and trigger.name == "disruption" and self._w.small[group.first - 1] == "from":
            cost += 20  # "results vanished from Weibo"
        if after and between[0] < between[1] and voice == "active" and self._is_apposition(group, trigger, others):
            cost = min(cost, _KIND)
        if group.marks[0].is_pronoun:
            cost += 1.5
        return cost + self._medium(group)

    def _apart(self, group: Group, trigger: Mark, voice: str, words: int) -> float:
        """What it costs that so many words stand between, and that a group is on the side where targets seldom are."""
        after = group.first >= trigger.last
        members = after and any(n.name == "including" and 0 <= group.first - n.last <= 2 for n in self._m.of("noun"))
        if members and voice == "active" and self._l.language in ("fr", "ru"):
            words = min(words, _MEMBERS)  # "prive le pays de vingt-six plateformes, parmi lesquelles"
        unlikely = {"active": not after, "passive": after, "noun": not after, "state": after}[voice]
        if not unlikely or (members and voice in ("passive", "state")):  # "were blocked, among them"
            return words
        return words + self._unlikely(group, trigger, f"{voice}-{'after' if after else 'before'}")

    def _is_doer(self, group: Group, trigger: Mark) -> bool:
        """Whether a name is whose act it is, on something that follows: "the network's limits on state media"."""
        small, last = self._w.small, group.last
        own = last + 1 == trigger.first and small[last] == "s" and "'" in self._w.gaps[last]
        return own and "on" in (small[trigger.last - 1], *small[trigger.last : trigger.last + 1])

    def _is_apposition(self, group: Group, trigger: Mark, others: list[Mark]) -> bool:
        """Whether a name only says which one is meant: "shut the country's largest news site, Jumble"."""
        near = [name for name in self._m.names if trigger.last <= name.first < group.first and name.is_target]
        kinds = [cue.last for cue in self._m.cues if cue.sort == "naming" and 0 <= group.first - cue.last <= 1]
        first = self._w.small[trigger.last] if trigger.last < group.first else ""
        return bool(kinds) and not (near or others) and first in _DETERMINERS and group.marks[0].is_named

    def _has_verb(self, group: Group) -> bool:
        """Whether a group is the subject of a verb of its own: "service is back, though Facebook remains cut"."""
        return any(cue.first == group.last for name in ("be", "have", "lasting", "future") for cue in self._m.cue(name))

    def _kind_of(self, group: Group, trigger: Mark) -> int:
        """Where the kind stands that a group only gives examples of: "outlawed 59 apps, most of them new, such as A"."""
        if not any(n.name == "including" and 0 <= group.first - n.last <= 2 for n in self._m.of("noun")):
            return 0
        kinds = [cue.first for cue in self._m.cues if cue.sort == "naming" and cue.name == "kinds"]
        kinds = [at for at in kinds if 0 <= at - trigger.last <= _KIND]
        return kinds[0] if kinds else 0

    def _unquoted(self, first: int, last: int) -> int:
        """One after the words in quotes right after a trigger: "la suspension « immédiate et complète » de X"."""
        if self._l.language != "fr" or '"' not in self._w.gaps[first]:
            return first
        ends = [at for at in range(first + 1, last) if '"' in self._w.gaps[at]]
        return ends[0] if ends and ends[0] - first <= _QUOTED and self._w.small[ends[0]] in _OF else first

    def _closed(self, group: Group, trigger: Mark) -> int:
        """One after the last word of an aside that follows a group: "Signal, the encrypted messenger, was"."""
        first = group.last
        if first >= trigger.first or "," not in self._w.gaps[first]:
            return first
        if self._w.small[first] not in _ASIDE and self._w.small[first + 1 : first + 2] != ["which"]:
            return first  # "Instagram, on which shops relied, was"
        ends = [at for at in range(first + 1, trigger.first + 1) if "," in self._w.gaps[at]]
        named = any(first <= n.first < (ends[-1] if ends else first) and n.is_named for n in self._m.names)
        return ends[-1] if ends and not named else first

    def _telling(self, group: Group, near: bool) -> float:
        """What speaks against outlets, which mostly tell of an act: least if they are called sites or channels."""
        told = any(cue.sort == "speech" and 0 <= group.first - cue.last <= 3 for cue in self._m.cues)
        called = any(
            cue.sort == "naming" and (0 <= group.marks[0].first - cue.last <= 5 or 0 <= cue.first - group.last <= 1)
            for cue in self._m.cues
        )
        if "-" in self._w.gaps[group.first].split():
            return 15  # "(outlawed in Russia - TASS)"
        if (called or group.since >= 0) and not told:
            return 0
        return 3 if near or len(group.marks) > 1 else 12

    def _unlikely(self, group: Group, trigger: Mark, side: str) -> float:
        """What it costs to take a target from the unlikely side."""
        if side == "active-before":
            if any(0 <= cue.first - group.last <= 1 and cue.last <= trigger.first for cue in self._m.cue("relative")):
                return 1  # "VPNs, which the government banned"
            if self._w.small[group.first] == "l" and group.last == trigger.first:
                return 0  # "l'a interdit"
            if group.marks[0].is_pronoun and trigger.first - group.last <= 2 and self._l.costs.get(side, 0) > 5:
                return 20  # "it blocked": who did it
            if self._is_subject(group, trigger):
                return 20  # "demanded that Google restore access"
            between = [t for t in self._m.triggers if group.last <= t.first < trigger.first]
            if between and self._w.small[trigger.first - 1] == "to":
                return 20  # "cut the internet to stop leaks"
        return self._l.costs.get(side, 0)

    def _is_subject(self, group: Group, trigger: Mark) -> bool:
        """Whether a name right before an English verb does it: "Google restores", "Twitter blocks"."""
        if self._l.language != "en" or trigger.form != "active" or trigger.name in ("law", "fine", "promote"):
            return False
        return group.last == trigger.first and group.marks[0].is_named

    def _medium(self, group: Group) -> float:
        """What speaks against a group: said *on* it, *by* it, its founder, like it."""
        first, last, small = group.first, group.last, self._w.small
        sentence = self._m.sentence
        before = small[first - 1] if first > sentence.first else ""
        before2 = small[first - 2] if first - 1 > sentence.first else ""
        after = small[last] if last < sentence.last else ""
        named = first  # where the name begins, with its article
        if before in _ARTICLES:
            before, before2, named = before2, small[first - 3] if first - 2 > sentence.first else "", first - 1
        if (
            before in _MEDIA
            and not any(
                t.last in (first - 1, first, named - 1)
                or (t.form in ("state", "hint") and 0 <= first - t.last <= 2)
                or (t.form == "noun" and 0 <= first - t.last <= 6)
                for t in self._m.triggers
            )
            and not any(
                n.sort == "noun" and n.name == "calls" and (n.last == first - 1 or group.feature) for n in self._m.names
            )
        ):
            return 8
        if before == "от" and any(0 <= first - 1 - cue.last <= 1 for cue in self._m.cue("order")):
            return 20  # "потребовал от Google": who is to do it
        if before in _SOURCES:
            return 12  # "по данным Cloudflare"
        if any(cue.sort == "monitor" and cue.first <= first and last <= cue.last for cue in self._m.cues):
            return 20  # "tests by GreatFire"
        if before in _TOLD and group.marks[0].sort in ("outlet", "domain"):
            return 12
        if before in _LIKE or (before2, before) in _LIKE_PAIRS:
            return 5
        return (
            3 if after in _OFFICE or (after == "s" and last + 1 < sentence.last and small[last + 1] in _OFFICE) else 0
        )


_DETERMINERS = frozenset(("the", "a", "an", "its", "their", "his", "another"))
_KIND = 5  # words
_MEMBERS = 5  # words
_QUOTED, _OF = 5, ("de", "d", "des", "du")
_ONTO, _NEXT = ("to", "onto"), 3  # words
# What phrases of a family have in them that they do not aim at: "on the register of banned websites", "needs a VPN".
_MEANS = {"block": ("websites", "online services"), "disruption": ("VPNs",), "unblock": ("VPNs", "websites")}
_ASIDE = frozenset((
    "the", "a", "an", "which", "who", "whose", "owned", "used", "formerly", "known", "part", "one", "once", "based",
))  # fmt: skip
_ACCESS = ("access", "accès", "доступ", "acceso", "acesso", "zugang")
_MEDIA = frozenset(("on", "via", "through", "using", "sur", "в", "во", "через", "по", "en", "por", "auf", "over"))
_LINKS = frozenset(("on", "of", "against", "to", "for", "affecting", "in", "with", "at", "across"))
_ARTICLES = frozenset(("l", "la", "le", "les", "the", "el", "o", "a", "das", "den"))
_TOLD = frozenset(("told", "tell", "tells", "сообщил", "сообщили", "рассказал", "рассказала", "пишет", "передает"))
# What begins a clause of its own after a comma.
_CLAUSES = frozenset((
    "но", "однако", "зато", "если", "когда", "пока", "поскольку", "чтобы", "хотя", "mais", "si", "car", "lorsque", "tandis",
    "alors", "puisque", "afin",
))  # fmt: skip
_SOURCES = frozenset((
    "данным", "данных", "словам", "подсчетам", "оценке", "оценкам", "информации", "подсчитал", "подсчитала", "подсчитали", "selon",
))  # fmt: skip
_LIKE = frozenset(("unlike", "than", "называл", "вместо"))
_LIKE_PAIRS = frozenset((
    ("similar", "to"), ("instead", "of"), ("alternative", "to"), ("rival", "to"), ("alternatives", "to"), ("вслед", "за"),
    ("следом", "за"), ("отличие", "от"), ("наряду", "с"), ("instar", "de"), ("lieu", "de"),
))  # fmt: skip
_OFFICE = frozenset((
    "ceo", "founder", "founders", "owner", "spokesperson", "spokesman", "spokeswoman", "co", "boss", "chief", "executive",
    "said", "says", "told", "declined", "fondateur", "patron", "основатель", "основателя", "глава", "parent", "wrote",
))  # fmt: skip
