"""Groups: the targets that a sentence names together, as a list, as members of a kind, or as what they are called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_OWNED = 4  # words
_ALL = "telecommunications"  # the network of which others are a part
_BECAUSE = frozenset(("over", "for", "after", "despite", "amid", "about"))
_SAYS = frozenset(("said", "says", "reported", "reports", "wrote", "writes"))
_OF_OUTLET = 4  # words from "the site" to its name
_APART = 5  # words between two names of one list


@dataclass(frozen=True, slots=True)
class Group:
    """Targets that are named together.

    Args:
        marks: the targets.
        feature: whether calls or another part of them is meant.
        account: whether accounts or what is posted there is meant.
        since: first word of the kind that the targets are named as, such as "websites of".
        until: one after the last word of the kind that they are said to be of, as in "are among 59 apps".
    """

    marks: tuple[Mark, ...]
    feature: bool = False
    account: bool = False
    since: int = -1
    until: int = -1

    @property
    def first(self) -> int:
        """Its first word."""
        return self.marks[0].first if self.since < 0 else self.since

    @property
    def last(self) -> int:
        """One after its last word."""
        return max(self.until, self.marks[-1].last)


def grouped(marked: Marked, words: Words, joins: frozenset[str]) -> list[Group]:
    """Put the targets of a sentence that are named together into groups."""
    groups: list[list[Mark]] = []
    triggers = {at for trigger in marked.triggers for at in (trigger.first,)}
    kinds = {cue.last - 1 for cue in marked.cues if cue.sort == "naming"}  # "and the independent news site Jumble"
    named = [m for m in marked.names if m.is_target and not _is_apposed(m, marked, words)]
    for one in named:
        if (
            groups
            and _joined(groups[-1][-1], one, words, joins, triggers, kinds)
            and not _ended(groups[-1], one, words)
        ):
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
    if mark.sort == "outlet" and mark.last < marked.sentence.last and words.small[mark.last] in _SAYS:
        return True  # "Viber, Reuters reported, was blocked"
    if mark.is_named and (_owns(mark, marked, words) or _keeps_shop(mark, marked, words)):
        return True
    if mark.is_pronoun and words.small[mark.first - 2 : mark.last] in _SOME_OF and "," in words.gaps[mark.first - 2]:
        return True  # "59 apps, most of them Chinese"
    if mark.is_network:  # "the traffic of Instagram"
        return any(o.is_named and o.first == mark.last and not words.gaps[o.first].strip() for o in marked.names)
    if not (mark.is_pronoun or mark.is_category) or (
        mark.last - mark.first == 1 and words.small[mark.first] in ("it", "them")
    ):
        return False
    if any(name.name == "including" and name.first == mark.last for name in marked.names):
        return False  # "platforms, including Facebook": a kind with its members
    return any(_names(other, mark, words) for other in marked.names if other.is_named)


def _owns(mark: Mark, marked: Marked, words: Words) -> bool:
    """Whether a name only tells whose the one after it is: "Google's YouTube", "Meta's photo app Instagram"."""
    if mark.last >= marked.sentence.last or words.small[mark.last] != "s" or "'" not in words.gaps[mark.last]:
        return False
    after = [o for o in marked.names if o.is_named and 1 <= o.first - mark.last <= _OWNED]
    return bool(after) and not "".join(words.gaps[mark.last + 1 : after[0].first + 1]).strip()


def _keeps_shop(mark: Mark, marked: Marked, words: Words) -> bool:
    """Whether a name only tells whose store it is: "the app stores of Apple and Google"."""
    stores = [n.last for n in marked.of("noun") if n.name == "other" and words.small[n.last - 1].startswith("store")]
    return any(0 <= mark.first - at <= _OWNED and words.small[at : at + 1] == ["of"] for at in stores)


def _names(named: Mark, kind: Mark, words: Words) -> bool:
    """Whether a name stands right beside the noun that tells its kind."""
    after, before = named.first - kind.last, kind.first - named.last
    if kind.is_pronoun and 2 <= after <= 3 and words.small[kind.last] in _FOR:
        return True  # "the service for sharing photos Snapchat"
    if after in (0, 1) and not {",", ":"} & set(words.gaps[named.first]):
        return after == 0 or words.small[kind.last] not in _AND
    if 1 < after <= _OF_OUTLET and named.sort in ("outlet", "domain") and words.small[kind.first].startswith("сайт"):
        return not "".join(words.gaps[kind.last : named.first + 1]).strip(' "')  # "сайт сатирического журнала «Леман»"
    if kind.name in _SITES and (before == 0 or (1 <= before <= 2 and words.small[named.last] == "s")):
        return True  # "the BBC website", "Al Jazeera's English websites"
    longer = kind.is_pronoun and kind.last - kind.first > 1
    return longer and before in (0, 1) and ("," in words.gaps[kind.first] or before == 0)


def _joined(one: Mark, other: Mark, words: Words, joins: frozenset[str], triggers: set[int], kinds: set[int]) -> bool:
    between = range(one.last, other.first)
    alike = between or one.is_network >= other.is_network  # not "Cloudflare, the traffic"
    if one.is_pronoun or other.is_pronoun or len(between) > _APART or not alike:
        return False
    gaps = "".join(words.gaps[one.last : other.first + 1])
    if one.sort == "outlet" and not between and words.small[one.first - 1] in _TOLD:
        return False  # "according to a letter seen by Reuters, Telegram was blocked"
    if any(sign in gaps for sign in ";:") or (
        not between and "," not in gaps and "/" not in gaps and "(" not in gaps and one.sort != other.sort
    ):
        return False
    if any(at in triggers for at in between):
        return False
    if len(between) > 1 and words.small[between[0]] in _THEN and words.small[between[1]] in joins:
        between = between[1:]  # "отключила WhatsApp, а затем Twitter"
    if all(words.small[at] in joins or words.small[at].isdigit() for at in between):
        return True
    if one.is_named and other.is_named and gaps.count(",") and between and words.small[between[0]] not in _AND:
        return all(
            words.is_capital(at) for at in between
        )  # "Element, Wickr Me, Briar": part of a name, or a name unknown
    return other.is_named and bool(between) and words.small[between[0]] in _AND and between[-1] in kinds


def _named_members(groups: list[Group], marked: Marked, words: Words) -> list[Group]:
    """Put the names of members in the place of their kind: "websites, including A and B", "the websites of A"."""
    including = [n for n in marked.names if n.sort == "noun" and n.name == "including"]
    kept: list[Group] = []
    for group in groups:
        kind = kept[-1] if kept else None
        if kind and group.first - kind.last < _APART and _is_one_kind(kind, group):
            continue  # "the sites of 81 outlets"
        if (
            kind
            and group.marks[0].sort in ("outlet", "domain")
            and kind.marks[0].is_pronoun
            and kind.last - kind.first > 1
            and group.first - kind.last <= _APART
            and not any(kind.last <= trigger.first < group.first for trigger in marked.triggers)
        ):
            kept[-1] = replace(group, since=kind.first)
            continue
        if kind and kind.marks[0].is_pronoun and group.since >= 0 and _is_of(kind, group, words):
            kept[-1] = replace(group, since=kind.first)
            continue
        if kind and kind.marks[0].is_named and group.marks[0].is_category and _is_among(kind, group, words):
            kept[-1] = replace(kind, until=group.last)
            continue
        if (
            kind
            and kind.marks[0].name == _ALL
            and group.marks[0].is_network
            and ":" in words.gaps[group.first]
            and not any(kind.last <= trigger.first < group.first for trigger in marked.triggers)
        ):
            kept[-1] = replace(group, since=kind.first)
            continue  # "all communications in Kashmir: mobile internet, landlines"
        if kind and all(m.is_category for m in kind.marks) and any(m.is_named for m in group.marks):
            between = range(kind.last, group.first)
            if kind.marks[0].name == "app stores":
                continue  # "the app stores of Apple and Google"
            listed = not between and ":" in words.gaps[group.first]
            listed = listed or any(kind.last <= n.first and 0 <= group.first - n.last <= _OWNED + 1 for n in including)
            if listed or (len(between) <= 3 and between and all(words.small[at] in _OF for at in between)):
                kept[-1] = replace(group, since=kind.first)
                continue
        kept.append(group)
    return kept


def _is_among(named: Group, kind: Group, words: Words) -> bool:
    """Whether what is named is said to be of a kind: "TikTok and WeChat are among 59 Chinese apps"."""
    between = words.small[named.last : kind.first]
    return len(between) <= _MOST_AMONG and any(word in _AMONG for word in between)


def _is_one_kind(one: Group, other: Group) -> bool:
    kinds = {m.name for m in (*one.marks, *other.marks)}
    return len(kinds) == 1 and all(m.is_category for m in (*one.marks, *other.marks))


def _is_of(kind: Group, group: Group, words: Words) -> bool:
    """Whether a noun only says what a list is of: "приложения двух VPN-сервисов, «Кедр» и «Туман»"."""
    gaps = "".join(words.gaps[kind.last : group.first + 1])
    return group.first - kind.last <= 1 and not gaps.strip() and words.small[kind.last] not in _AND


_SOME_OF = [[some, "of", "them"] for some in ("most", "some", "many", "several", "half", "all", "one")]
_TOLD = ("by", "told")
_THEN = frozenset(("а",))
_SITES = ("websites", "news websites")
_AMONG = frozenset(("list", "ranks", "among", "amongst", "parmi", "среди", "числе", "entre", "unter"))
_MOST_AMONG = 8  # words
_OF = frozenset(("of", "the", "de", "la", "l", "le", "du", "des", "d", "del", "do", "da", "von"))


def _shaped(marks: list[Mark], marked: Marked, words: Words) -> Group:
    named = [m for m in marks if m.is_named]
    since = marks[0].first if named and marks[0].is_category else -1
    if named and len(named) < len(marks):
        members = all(m.kind in ("vpn", "unknown") for m in marks if m.is_named)  # "two VPNs, Blued and Jumble"
        marks = [m for m in marks if m.is_named or m.is_network or (m.name == "VPNs" and not members)]
    if len(marks) > 1 and any(m.name == "mobile internet" for m in marks):
        marks = [m for m in marks if not (m.name == "internet" and m.is_network)] or marks
    if any(m.kind == "vpn" for m in marks):
        marks = [replace(m, kind="vpn") if m.kind == "unknown" else m for m in marks]
    group = Group(tuple(marks), since=since)
    feature = any(m.sort == "noun" and m.name == "calls" and _touches(m, group, 4) for m in marked.names)
    account = any(
        m.sort == "noun"
        and m.name == "account"
        and not words.is_capital(m.first)
        and not (m.first - group.last == 1 and words.small[group.last] in _BECAUSE)  # "bans TikTok over content"
        and not (m.last == group.first and marks[0].sort == "outlet")  # "the TV channel Dozhd"
        and _touches(m, group, 3)
        and "," not in "".join(words.gaps[m.last : group.first + 1])
        for m in marked.names
    )
    return replace(group, feature=feature and not marks[0].is_network, account=account)


def _touches(mark: Mark, group: Group, most: int) -> bool:
    return 0 <= group.first - mark.last <= most or 0 <= mark.first - group.last <= 1


_AND = frozenset(("and", "or", "et", "ou", "и", "или", "а", "y", "e", "o", "und"))
_FOR = frozenset(("для", "обмена", "de", "d"))
