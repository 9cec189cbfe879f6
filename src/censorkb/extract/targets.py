"""Targets: what an act aims at, by how near it stands, on which side, and what lies between."""

from __future__ import annotations

from dataclasses import dataclass, replace

from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

FARTHEST = {
    "block": 13, "cut": 8, "throttle": 12, "disruption": 12, "slowness": 12, "unblock": 14, "delist": 12, "promote": 10,
    "fine": 10, "removal": 9, "law": 12, "arrest": 10, "affected": 8,
}  # fmt: skip
_APART = 5  # words between two names of one list


@dataclass(frozen=True, slots=True)
class Group:
    """Targets that are named together.

    Args:
        marks: the targets.
        feature: whether calls or another part of them is meant.
        account: whether accounts or what is posted there is meant.
        since: first word of the kind that the targets are named as, such as "websites of".
    """

    marks: tuple[Mark, ...]
    feature: bool = False
    account: bool = False
    since: int = -1

    @property
    def first(self) -> int:
        """Its first word."""
        return self.marks[0].first if self.since < 0 else self.since

    @property
    def last(self) -> int:
        """One after its last word."""
        return self.marks[-1].last


def grouped(marked: Marked, words: Words, joins: frozenset[str]) -> list[Group]:
    """Put the targets of a sentence that are named together into groups."""
    groups: list[list[Mark]] = []
    triggers = {at for trigger in marked.triggers for at in (trigger.first,)}
    named = [m for m in marked.names if m.is_target and not _is_apposed(m, marked, words)]
    for one in named:
        if groups and _joined(groups[-1][-1], one, words, joins, triggers) and not _ended(groups[-1], one, words):
            groups[-1].append(one)
        else:
            groups.append([one])
    return _named_members([_shaped(group, marked, words) for group in groups], marked, words)


def _ended(group: list[Mark], other: Mark, words: Words) -> bool:
    """Whether a list has ended with its "and": "A and B, C blocked"."""
    last = words.small[group[-2].last : group[-1].first] if len(group) > 1 else []
    return "и" in last and other.first == group[-1].last and words.gaps[other.first].strip(' "') == ","


def _is_apposed(mark: Mark, marked: Marked, words: Words) -> bool:
    """Whether a noun only says what kind of thing the name beside it is: "the app FaceTime", "X, the platform"."""
    if mark.is_network:  # "the traffic of Instagram"
        return any(o.is_named and o.first == mark.last and not words.gaps[o.first].strip() for o in marked.names)
    if not (mark.is_pronoun or mark.is_category) or (
        mark.last - mark.first == 1 and words.small[mark.first] in ("it", "them")
    ):
        return False
    for other in marked.names:
        if mark.is_pronoun and other.is_named and 2 <= other.first - mark.last <= 3 and words.small[mark.last] in _FOR:
            return True  # "the service for sharing photos Snapchat"
        if other.is_named and other.first - mark.last in (0, 1) and not {",", ":"} & set(words.gaps[other.first]):
            return other.first == mark.last or words.small[mark.last] not in _AND
        if mark.is_pronoun and other.is_named and mark.first - other.last in (0, 1) and mark.last - mark.first > 1:
            return "," in words.gaps[mark.first] or mark.first == other.last
    return False


def _joined(one: Mark, other: Mark, words: Words, joins: frozenset[str], triggers: set[int]) -> bool:
    between = range(one.last, other.first)
    alike = between or one.is_network >= other.is_network  # not "Cloudflare, the traffic"
    if one.is_pronoun or other.is_pronoun or len(between) > _APART or not alike:
        return False
    gaps = "".join(words.gaps[one.last : other.first + 1])
    if any(sign in gaps for sign in ";:") or (
        not between and "," not in gaps and "/" not in gaps and "(" not in gaps and one.sort != other.sort
    ):
        return False
    return all((words.small[at] in joins or words.small[at].isdigit()) and at not in triggers for at in between)


def _named_members(groups: list[Group], marked: Marked, words: Words) -> list[Group]:
    """Put the names of members in the place of their kind: "websites, including A and B", "the websites of A"."""
    including = [n for n in marked.names if n.sort == "noun" and n.name == "including"]
    kept: list[Group] = []
    for group in groups:
        kind = kept[-1] if kept else None
        if kind and group.first - kind.last < _APART and _is_one_kind(kind, group):
            continue  # "the sites of 81 outlets"
        called = kind and kind.marks[0].is_pronoun and group.first - kind.last <= _APART
        if kind and called and group.marks[0].sort in ("outlet", "domain"):
            kept[-1] = replace(group, since=kind.first)
            continue
        if kind and all(m.is_category for m in kind.marks) and any(m.is_named for m in group.marks):
            between = range(kind.last, group.first)
            listed = not between and ":" in words.gaps[group.first]
            listed = listed or any(kind.last <= n.first and 0 <= group.first - n.last <= 3 for n in including)
            if listed or (len(between) <= 3 and between and all(words.small[at] in _OF for at in between)):
                kept[-1] = replace(group, since=kind.first)
                continue
        kept.append(group)
    return kept


def _is_one_kind(one: Group, other: Group) -> bool:
    marks = (*one.marks, *other.marks)
    return len({m.name for m in marks}) == 1 and all(m.is_category for m in marks)


_OF = frozenset(("of", "the", "de", "la", "l", "le", "du", "des", "d", "del", "do", "da", "von"))


def _shaped(marks: list[Mark], marked: Marked, words: Words) -> Group:
    named = [m for m in marks if m.is_named]
    if named and len(named) < len(marks):
        marks = [m for m in marks if m.is_named or m.is_network]
    if len(marks) > 1 and any(m.name == "mobile internet" for m in marks):
        marks = [m for m in marks if not (m.name == "internet" and m.is_network)] or marks
    if any(m.kind == "vpn" for m in marks):
        marks = [replace(m, kind="vpn") if m.kind == "unknown" else m for m in marks]
    group = Group(tuple(marks))
    feature = any(m.sort == "noun" and m.name == "calls" and _touches(m, group, 4) for m in marked.names)
    account = any(
        m.sort == "noun"
        and m.name == "account"
        and _touches(m, group, 3)
        and "," not in "".join(words.gaps[m.last : group.first + 1])
        for m in marked.names
    )
    return replace(group, feature=feature and bool(named or marks[0].is_pronoun), account=account)


def _touches(mark: Mark, group: Group, most: int) -> bool:
    return 0 <= group.first - mark.last <= most or 0 <= mark.first - group.last <= 1


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
            self.groups = [group for group in self.groups if not self._is_shop(group)]
        inside = [g for g in self.groups if trigger.first <= g.first and g.last <= trigger.last]
        inside.sort(key=lambda group: not group.marks[0].is_named)  # "the traffic of YouTube fell"
        means = _MEANS.get(trigger.name)
        if inside and not all(mark.name == means for mark in inside[0].marks):
            return inside[0]
        outside = [group for group in self.groups if group not in inside]
        costs = [(self._cost(group, trigger, voice), -group.first, group) for group in outside]
        cost, _, best = min(costs, key=lambda c: c[:2], default=(99, 0, None))
        most = FARTHEST[trigger.name] if voice != "noun" else min(9, FARTHEST[trigger.name])
        if best and any(word.startswith(_ACCESS) for word in self._w.small[trigger.last : best.first]):
            most = max(most, FARTHEST["block"])  # "restricted on Friday the access to the sites of"
        return best if cost <= most else None

    def _is_shop(self, group: Group) -> bool:
        """Whether something is taken from there: "from the stores of Apple and Google"."""
        after = self._w.small[group.last : min(group.last + 2, self._m.sentence.last)]
        return all(mark.name in _SHOPS for mark in group.marks) or any(word in ("store", "stores") for word in after)

    def _cost(self, group: Group, trigger: Mark, voice: str) -> float:
        after = group.first >= trigger.last
        between = (trigger.last, group.first) if after else (group.last, trigger.first)
        cost = float(max(0, between[1] - between[0]))
        unlikely = {"active": not after, "passive": after, "noun": not after, "state": after}[voice]
        side = "before" if not after else "after"
        cost += self._unlikely(group, trigger, f"{voice}-{side}") if unlikely else 0
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
        others = [t for t in self._m.triggers if t is not trigger and between[0] <= t.first < between[1]]
        cost += sum(1 if t.name == trigger.name else 4 for t in others)
        cost += sum(1 for t in self._m.names if t.sort == "agency" and between[0] <= t.first < between[1])
        if voice == "noun" and after and self._l.language == "en" and between[0] < between[1]:
            cost += 0 if any(word in _LINKS for word in self._w.small[between[0] : between[1]]) else 8
        if all(mark.sort == "outlet" for mark in group.marks):
            cost += self._telling(group, after and between[1] - between[0] <= 4)
        companies = [t for t in self._m.names if t.sort == "company" and between[0] <= t.first < between[1]]
        cost += 8 * len(companies) if voice == "noun" else 0
        if group.marks[0].is_pronoun:
            cost += 1.5
        return cost + self._medium(group)

    def _telling(self, group: Group, near: bool) -> float:
        """What speaks against outlets, which mostly tell of an act: least if they are called sites or channels."""
        told = any(cue.sort == "speech" and 0 <= group.first - cue.last <= 3 for cue in self._m.cues)
        called = any(cue.sort == "naming" and 0 <= group.marks[0].first - cue.last <= 5 for cue in self._m.cues)
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
        return self._l.costs.get(side, 0)

    def _medium(self, group: Group) -> float:
        """What speaks against a group: said *on* it, *by* it, its founder, like it."""
        first, last, small = group.first, group.last, self._w.small
        sentence = self._m.sentence
        before = small[first - 1] if first > sentence.first else ""
        before2 = small[first - 2] if first - 1 > sentence.first else ""
        after = small[last] if last < sentence.last else ""
        if before in _ARTICLES:
            before, before2 = before2, small[first - 3] if first - 2 > sentence.first else ""
        if (
            before in _MEDIA
            and not any(
                t.last in (first - 1, first)
                or (t.form == "state" and 0 <= first - t.last <= 2)
                or (t.form == "noun" and 0 <= first - t.last <= 6)
                for t in self._m.triggers
            )
            and not any(
                n.sort == "noun" and n.name == "calls" and (n.last == first - 1 or group.feature) for n in self._m.names
            )
        ):
            return 8
        if before in _SOURCES:
            return 12  # "по данным Cloudflare"
        if before in _TOLD and group.marks[0].sort == "outlet":
            return 12
        if before in _LIKE or (before2, before) in _LIKE_PAIRS:
            return 5
        return (
            3 if after in _OFFICE or (after == "s" and last + 1 < sentence.last and small[last + 1] in _OFFICE) else 0
        )


# What phrases of a family have in them that they do not aim at: "on the register of banned websites", "needs a VPN".
_MEANS = {"block": "websites", "disruption": "VPNs"}
_SHOPS = frozenset(("app stores", "Google", "Google Play", "App Store"))
_ACCESS = ("access", "accès", "доступ", "acceso", "acesso", "zugang")
_FOR = frozenset(("для", "обмена", "de", "d"))
_AND = frozenset(("and", "or", "et", "ou", "и", "или", "а", "y", "e", "o", "und"))
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
