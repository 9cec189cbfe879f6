"""Aims: what a trigger aims at, by the rules of its kind: a target beside it, the platform of an account, or the last one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from censorkb.extract.acts import Act
from censorkb.extract.calls import has_calls, speaks_of_calls
from censorkb.extract.groups import Group
from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.targets import Choice
from censorkb.extract.topic import Topic
from censorkb.extract.words import Words

_LASTING = ("block", "cut", "throttle", "unblock", "slowness")
_OF = frozenset(("on", "of", "de", "d", "des", "du", "against"))
_COMPANIES = frozenset((
    "company", "firm", "entreprise", "société", "компанию", "компания", "компании", "empresa", "compañía", "unternehmen",
    "соцсети", "сервису", "ей", "ему", "lui", "groupe", "plataforma", "konzern",
))  # fmt: skip
_VPN = frozenset(("vpn", "впн"))
_THROUGH = frozenset(("через", "с", "под"))
_ABOUT = frozenset(("о", "об", "про"))
_ON = frozenset(("в", "во", "dans"))
_CUTTING = ("disruption", "cut", "block", "unblock")
_SINCE = frozenset(("in", "from", "since", "on"))
_COUNT = frozenset(("after", "before"))
_OF_SERVICE = ("tweet", "channel", "admin", "app", "platform")  # what those held wrote or ran, without its name
_LISTED = 9  # words: "operators A, B and C went down"
_OTHER = ("promote-alternative", "fine", "arrest", "law")  # which no "ban" or "block" speaks of again
_NEAR = 3  # sentences
_BESIDE = 8  # words
_OBJECT = 3  # words
_NEAR_VERB = 6  # words
_FINED = 20  # words
_PUNISHED = 9  # words


def _is_in_country(one: Marked, trigger: Mark) -> bool:
    """Whether the country stands right after a trigger."""
    return any(0 <= name.first - trigger.last <= 1 for name in one.of("country"))


@dataclass(frozen=True, slots=True)
class Aim:
    """What a trigger aims at.

    Args:
        group: where the targets stand.
        targets: the targets, those of pronouns found.
        again: the code of the act before, if it is only what that aimed at and both are of one kind.
        told: whether it is only what the act before aimed at.
    """

    group: Group
    targets: list[Mark]
    again: str = ""
    told: bool = False


class Aims:
    """Finds what triggers aim at.

    Args:
        words: the text.
        lexicon: its language.
        topic: what it named before.
    """

    def __init__(self, words: Words, lexicon: Lexicon, topic: Topic) -> None:
        self._w, self._l, self._topic = words, lexicon, topic

    def of(self, one: Marked, trigger: Mark, voice: str, groups: list[Group], before: list[Act]) -> Aim | None:
        """What a trigger aims at; None if it aims at nothing that can be censored.

        Args:
            one: its sentence.
            trigger: the trigger.
            voice: its voice.
            groups: the targets of the sentence.
            before: the acts found so far.
        """
        if trigger.name in ("removal", "arrest", "fine"):
            return self._platform(one, trigger)
        group = self._implied(one, trigger) or Choice(one, self._w, self._l, groups).of(trigger, voice)
        if self._has_no_own(one, trigger, group):
            return self._again(one, trigger, before)
        if group and has_calls(one, trigger, group, self._w):
            group = replace(group, feature=True)
        if group and trigger.name == "throttle" and group.feature and not speaks_of_calls(one, self._w):
            group = replace(group, feature=False)  # "slows down photos and videos on Twitter"
        if trigger.name == "unblock" and group and self._has_accounts(one, trigger):
            group = replace(group, account=True)
        if group and group.account and trigger.name != "law" and not group.marks[0].is_network:
            return self._platform(one, trigger)
        if group and self._is_history(one, trigger, voice, group, groups):
            return None
        if group:
            targets = self._topic.resolved(group, one, self._w)
            return Aim(group, targets) if targets else None
        if (
            trigger.name in _LASTING
            and (voice in ("noun", "passive") or trigger.name == "unblock")
            and not trigger.is_hint
            and not self._has_other_object(one, trigger)
        ):
            return self._again(one, trigger, before)
        return None

    def _has_no_own(self, one: Marked, trigger: Mark, group: Group | None) -> bool:
        """Whether it speaks of a target before: "is not throttling anything", "signed a law that could lead to a ban"."""
        if trigger.name == "law":
            return group is None and any(t.name == "block" and t.first >= trigger.last for t in one.triggers)
        return self._w.small[trigger.last : trigger.last + 1] == ["anything"]

    def _implied(self, one: Marked, trigger: Mark) -> Group | None:
        """The network that nobody names: "the country went offline", "Bangladesh was cut off from the world"."""
        if trigger.name not in _CUTTING:
            return None
        implied = [cue for cue in one.cues if cue.sort == "implied" and 0 <= cue.last - trigger.first <= _BESIDE]
        if trigger.name == "block":  # "to have a song banned from being shared online"
            implied = [cue for cue in implied if self._w.small[cue.last - 1] != "online"]
        before = [name for name in one.names if name.last <= trigger.first]
        lands = [cue for cue in one.cue("land") if 0 <= trigger.first - cue.last <= _OBJECT]
        operators = [cue for cue in one.cues if cue.sort == "carrier" and 0 <= trigger.first - cue.last <= _LISTED]
        if trigger.name == "disruption" and operators and not any(name.is_target for name in before):
            return Group((Mark(operators[0].first, operators[0].last, "network", operators[0].name),))
        if implied and not any(name.is_target for name in one.names) and _is_in_country(one, trigger):
            return Group((Mark(implied[0].first, implied[0].last, "network", implied[0].name),))  # "шатдаун в Иране"
        if not implied or not (lands or before):
            return None
        if not lands and (before[-1].sort != "country" or trigger.first - before[-1].last > _BESIDE):
            return None
        if any(name.is_target and trigger.first <= name.first <= trigger.last + _OBJECT for name in one.names):
            return None
        start = lands[-1].first if lands else before[-1].first
        if any(0 <= start - name.last <= _BESIDE for name in before if name.is_named):
            return None  # "Facebook's servers in Vietnam were taken offline"
        return Group((Mark(implied[0].first, implied[0].last, "network", implied[0].name),))

    @staticmethod
    def _has_accounts(one: Marked, trigger: Mark) -> bool:
        """Whether it is accounts or posts that come back."""
        accounts = [n for n in one.names if n.sort == "noun" and n.name == "account"]
        return any(-4 <= n.first - trigger.last <= 4 and n.last - trigger.first >= -4 for n in accounts)

    def _is_history(self, one: Marked, trigger: Mark, voice: str, group: Group, groups: list[Group]) -> bool:
        """Whether it is only what is lifted: "restores the internet after a blackout", "two days after blocking it"."""
        if trigger.name == "unblock" or not (voice == "noun" or group.marks[0].is_pronoun):
            return False
        lifted = [t for t in one.triggers if t.name == "unblock"]
        dated = self._w.small[group.last : group.last + 2]
        if (
            voice == "active"
            and len(dated) == 2
            and dated[0] in _SINCE
            and (dated[1].isdigit() or dated[1] in self._l.months)
        ):
            return False  # "which barred the site from 2015 to 2018, restored it"
        if voice == "passive" and self._is_dated(trigger, one):
            return False  # "вернул интернет: сеть, отключённая 26 августа, заработала"
        if voice == "passive" and _COUNT.intersection(
            self._w.small[max(0, trigger.first - _OBJECT - 1) : trigger.first]
        ):
            return False  # "returned on Sunday, ten days after it was switched off"
        if any(";" in "".join(self._w.gaps[t.last : trigger.first + 1]) for t in lifted):
            return False  # "unblocked it; the network had been shut in July"
        if voice == "active" and all(":" in "".join(self._w.gaps[t.last : trigger.first + 1]) for t in lifted):
            return False  # "вернули интернет: сеть отключили 3 июня"
        choice = Choice(one, self._w, self._l, groups)
        return any(
            group.marks[0].is_pronoun or choice.of(t, t.form if t.form != "past" else "active") is group for t in lifted
        )

    def _is_dated(self, trigger: Mark, one: Marked) -> bool:
        """Whether the day or the month of a Russian or French participle stands after it."""
        after = self._w.small[trigger.last : min(trigger.last + _BESIDE - 2, one.sentence.last)]
        dated = any(word in self._l.months or word in self._l.weekdays for word in after)
        return self._l.language in ("ru", "fr") and dated

    def _has_company(self, one: Marked) -> bool:
        """Whether a company is spoken of without its name."""
        words = set(self._w.small[one.sentence.first : one.sentence.last])
        return bool(words & _COMPANIES) or any(name.is_pronoun for name in one.names)

    def _is_over_speech(self, one: Marked, trigger: Mark) -> bool:
        """Whether somebody is held for what was said online, or for running a channel, and not for another crime."""
        if any(self._w.small[cue.first - 1] not in _ABOUT for cue in one.cue("crime")):
            return False  # but "за пост о взрыве"
        runs = any(
            -_NEAR_VERB <= cue.first - trigger.last <= 0
            and not "".join(self._w.gaps[cue.last : trigger.first + 1]).strip(' "')
            for cue in one.cue("online")
        )
        because = [cue.last for cue in one.cue("because") if 0 <= cue.first - trigger.last <= 8]
        says = any(0 <= cue.first - last <= 8 for cue in one.cue("online") for last in because)
        return runs or says or any(0 <= cue.first - trigger.last <= 2 for cue in one.cue("online"))

    def _platform(self, one: Marked, trigger: Mark) -> Aim | None:
        """The platform whose accounts, posts or users are meant: named in the sentence, else the last one."""
        if trigger.name == "arrest" and not self._is_over_speech(one, trigger):
            return None
        vpns = self._vpns(one)
        vpns = [n for n in vpns if n.first - trigger.last <= _PUNISHED and trigger.first - n.last <= _PUNISHED]
        if vpns and trigger.name in ("fine", "arrest"):
            return Aim(Group(tuple(vpns[:1])), vpns[:1])
        sorts = ("service", "company") if trigger.name == "fine" else ("service",)
        here = [name for name in one.names if name.sort in sorts and name.kind != "vpn"]
        if trigger.name == "fine" and self._fines_others(one, trigger, here):
            return None
        if trigger.name == "fine":
            here = [n for n in here if n.first - trigger.last <= _FINED and trigger.first - n.last <= _FINED]
        if trigger.name == "removal" and not here:
            here = self._told_to(one, trigger)
        if here:
            nearest = min(here, key=lambda n: max(trigger.first - n.last, n.first - trigger.last))
            listed = [n for n in here if abs(n.first - nearest.first) <= 4 or self._is_fined_too(trigger, n)]
            listed = [n for n in listed if n is nearest or not self._is_conditional(one, nearest, n)]
            return Aim(Group(tuple(listed), account=True), listed)
        if trigger.name == "fine" and not self._has_company(one):
            return None
        words = self._w.small[one.sentence.first : one.sentence.last]
        elsewhere = trigger.name == "arrest" and not any(word.startswith(_OF_SERVICE) for word in words)
        if elsewhere and self._l.language == "en":
            return None  # whose posts they were is not said
        last = self._topic.last_service()
        return Aim(Group((trigger,), account=True), [last]) if last else None

    def _fines_others(self, one: Marked, trigger: Mark, here: list[Mark]) -> bool:
        """Whether it is not a platform that pays: "can fine firms", "told the state to pay", or a user for a post."""
        firms = any(0 <= n.first - trigger.last <= 1 for n in one.cue("many"))
        state = any(trigger.first < n.first < trigger.last for n in one.of("body"))
        return firms or state or bool(here and all(self._w.small[name.first - 1] in _ON for name in here))

    def _vpns(self, one: Marked) -> list[Mark]:
        """The VPNs of a sentence, and those that are only what is used: "кто заходит через VPN, заплатит"."""
        used = [n for n in one.of("noun") if n.name == "other" and self._w.small[n.first] in _THROUGH]
        used = [n for n in used if _VPN.intersection(self._w.small[n.first : n.last])]
        used = [replace(name, sort="category", name="VPNs") for name in used]
        return [*(name for name in one.names if name.name == "VPNs"), *used]

    @staticmethod
    def _is_conditional(one: Marked, name: Mark, other: Mark) -> bool:
        """Whether a name only stands in a condition: "Starlink must pay if X does not"."""
        return any(name.last <= cue.first < other.first for cue in one.cue("further"))

    @staticmethod
    def _told_to(one: Marked, trigger: Mark) -> list[Mark]:
        """The outlets that are told to remove something: "предписал «Медиазоне» и «Дождю» убрать материалы"."""
        orders = [cue.last for cue in one.cue("order") if cue.last <= trigger.first]
        return [
            n for n in one.of("outlet", "domain") if any(at <= n.first and n.last <= trigger.first for at in orders)
        ]

    def _is_fined_too(self, trigger: Mark, name: Mark) -> bool:
        """Whether a sum follows a name whose verb was said before: "Twitch оштрафован, а WhatsApp — на 4 млн"."""
        following = self._w.small[name.last : name.last + 2]
        sum_of = following[following[:1] == ["на"] :][:1]  # "Facebook 26 million and Telegram 5 million"
        return trigger.name == "fine" and bool(sum_of) and sum_of[0].isdigit()

    def _has_other_object(self, one: Marked, trigger: Mark) -> bool:
        after = self._w.small[trigger.last] if trigger.last < one.sentence.last else ""
        following = self._w.small[trigger.last + 1] if trigger.last + 1 < one.sentence.last else ""
        if following in self._l.weekdays or following in self._l.months:
            return False
        return after in _OF and not self._w.gaps[trigger.last].strip()

    def _lifted(self, one: Marked, trigger: Mark) -> Aim | None:
        """What comes back though no act was told: "Instagram users can log in. The ban ended on Saturday"."""
        last = self._topic.last_service() if trigger.name == "unblock" and trigger.form == "passive" else None
        near = last is not None and one.sentence.first - last.last <= _FINED
        return Aim(Group((trigger,)), [last], told=True) if last and near else None

    def _again(self, one: Marked, trigger: Mark, before: list[Act]) -> Aim | None:
        dated = trigger.form == "passive" and self._is_dated(trigger, one)  # "l'interdiction, en place depuis mai"
        if trigger.name != "unblock" and not dated and any(other.name == "unblock" for other in one.triggers):
            return None  # "restored after a two-week blackout"
        near = [act for act in before if one.sentence.number - act.marked.sentence.number <= _NEAR]
        near = [act for act in near if act.action not in _OTHER]
        networks = [act for act in near if act.mark.is_network]
        lines = [n.first - trigger.first for n in one.names if n.sort == "noun" and n.name == "network"]
        if any(-_OBJECT <= away <= 0 for away in lines):
            near = networks  # "the shutdown", "connections came back"
        elif trigger.name in ("block", "throttle"):
            near = [act for act in near if not act.mark.is_network] or networks
        if trigger.name in ("block", "throttle", "cut"):  # "asked to unblock them; it denied a new order to block"
            near = [act for act in near if act.action != "unblock"] or near
        if not near:
            return self._lifted(one, trigger)
        last = near[-1]
        targets = [act.mark for act in near if act.trigger is last.trigger]
        other = last.action == "unblock" or (last.action == "order-removal" and trigger.name == "throttle")
        return Aim(Group((trigger,)), targets, again="" if other else last.action, told=True)
