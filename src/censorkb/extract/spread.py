"""Spreading: acts that a text tells of one target and, without saying them again, of others."""

from __future__ import annotations

from dataclasses import replace

from censorkb.extract.acts import Act, action
from censorkb.extract.aim import Aim
from censorkb.extract.groups import Group
from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.timing import Timing
from censorkb.extract.words import Words

_SPREADING = ("block", "shutdown", "throttle", "unblock", "delist", "restrict-feature", "vpn-restriction")
_AND = frozenset(("and", "et", "и"))
_COMPARING = frozenset(("как", "comme", "que"))
_ALSO = frozenset(("too", "also", "well", "так", "равно", "вместе", "наряду", "заодно"))


class Spread:
    """Finds what else an act that was told holds for.

    Args:
        words: the text.
        language: the words of its language.
        timing: dates its acts.
    """

    def __init__(self, words: Words, language: Lexicon, timing: Timing) -> None:
        self._w, self._l, self._timing = words, language, timing

    def elided(self, one: Marked, groups: list[Group], acts: list[Act]) -> list[Act]:
        """Acts whose verb was said just before: "has kept out Google since 2010 and Facebook since 2009"."""
        aimed = {act.first for act in acts}
        made: list[Act] = []
        for group in groups:
            told = [act for act in [*acts, *made] if act.last <= group.first]
            told = [act for act in told if _is_alike(act.mark, group.marks[0]) or self._is_cut_too(act, group)]
            date = self._timing.beside(one, group.first, group.last)
            land = self._land(one, group)
            if (
                group.first in aimed
                or not told
                or (date is None and land is None)
                or group.marks[0].is_pronoun
                or self._has_verb(one, group)
            ):
                continue
            last = max(told, key=lambda act: act.first)
            others = [trigger for trigger in one.triggers if trigger is not last.trigger]
            same = last.date == date if land is None else last.country == land
            if any(last.last <= trigger.first < group.first for trigger in others) or same:
                continue
            first, end = group.first, group.last
            made += [
                replace(
                    last,
                    action=last.action if last.again else action(last.trigger, group, mark),
                    mark=mark,
                    date=date or last.date,
                    country=land or last.country,
                    agent=None if land else last.agent,
                    first=first,
                    last=end,
                )
                for mark in group.marks
            ]
        return made

    def _land(self, one: Marked, group: Group) -> str | None:
        """The other country that did the same: "Латвия отключила сайты Mail.ru, а Эстония - Rutube"."""
        lands = [n for n in one.of("country") if n.last == group.first and "-" in self._w.gaps[group.first]]
        return lands[-1].name if lands and self._w.small[lands[-1].first - 1] == "а" else None

    def _is_cut_too(self, told: Act, group: Group) -> bool:
        """Whether a service went as the network did: "пропал интернет, а накануне - доступ к Facebook"."""
        dash = any("-" in gap for gap in self._w.gaps[max(0, group.first - 2) : group.first + 1])
        return dash and told.trigger.name in ("cut", "disruption") and group.marks[0].is_named

    @staticmethod
    def _has_verb(one: Marked, group: Group) -> bool:
        """Whether a group has a verb of its own: "Skype was unblocked in July, but WeChat remains on the list"."""
        return any(cue.first == group.last for name in ("be", "have", "lasting", "future") for cue in one.cue(name))

    def bound(self, one: Marked, groups: list[Group], before: list[Act]) -> list[Act]:
        """A law on a kind of services, of those that a sentence after it names as bound: "platforms such as A must".

        Args:
            one: the sentence.
            groups: its targets.
            before: the acts so far.
        """
        laws = [act for act in before if act.action == "law" and act.mark.is_category and act.status == "enacted"]
        laws = [act for act in laws if 1 <= one.sentence.number - act.marked.sentence.number <= 2]
        if (
            not laws
            or any(act.marked is one and act.action != "fine" for act in before)
            or not (one.cue("order") or one.cue("threat"))
        ):
            return []
        named = [g for g in groups if len(g.marks) > 1 and all(mark.sort == "service" for mark in g.marks)]
        if not named or any(trigger.name not in ("fine", "law") for trigger in one.triggers):
            return []
        first, last = named[0].first, named[0].last
        return [replace(laws[-1], mark=mark, marked=one, first=first, last=last) for mark in named[0].marks]

    def followed(self, one: Marked, trigger: Mark, before: list[Act]) -> list[Act]:
        """The last acts in another country, which a sentence says to have done the same: "Malaysia followed suit".

        Args:
            one: the sentence.
            trigger: the words that say so.
            before: the acts so far.
        """
        lands = [name for name in one.of("country") if name.last == trigger.first and name.kind == "name"]
        if not lands or any(name.is_target and not self._is_parted(trigger, name) for name in one.names) or not before:
            return []
        lands = [*self._listed_before(lands[0], one), *lands]
        last = before[-1]
        acts = [act for act in before if act.trigger is last.trigger and act.marked is last.marked]
        if last.country == lands[-1].name or one.sentence.number - last.marked.sentence.number > 2:
            return []
        first, end = lands[0].first, lands[0].last
        date = self._timing.counted(one, trigger, last.date.value if last.date else "") or self._timing.of(
            one, trigger, False
        )
        made = [
            replace(act, country=land.name, agent=None, date=date, marked=one, trigger=trigger)
            for act in acts
            for land in lands
        ]
        return [replace(act, first=first, last=end, status="enacted") for act in made]

    def _is_parted(self, trigger: Mark, name: Mark) -> bool:
        """Whether a name stands in another clause: "Kuwait did the same; Iraq banned it"."""
        return ";" in "".join(self._w.gaps[trigger.last : name.first + 1])

    def _listed_before(self, land: Mark, one: Marked) -> list[Mark]:
        """The country that is named together with another: "Qatar and Kuwait followed"."""
        return [n for n in one.of("country") if n.last + 1 == land.first and self._w.small[n.last] in _AND]

    def affected(self, one: Marked, trigger: Mark, aim: Aim, before: list[Act]) -> list[Act]:
        """The last act of a kind, of what a sentence says the same of: "Viber was affected, too".

        Args:
            one: the sentence.
            trigger: the words that say so.
            aim: of what it says it.
            before: the acts so far.
        """
        if any(
            0 <= trigger.first - cue.last <= 1 or trigger.first < cue.first < trigger.last
            for cue in one.cue("negation")
        ):
            return []  # "text messages are not affected"
        network = aim.group.marks[0].is_network
        alike = [act for act in before if act.action in _SPREADING and act.mark.is_network == network]
        if before and before[-1].mark.is_category and one.sentence.number - before[-1].marked.sentence.number == 1:
            alike = alike or before[-1:]  # "nine messengers may not be used; the list has Viber on it"
        own = {target.name for target in aim.targets}  # "Twitter, already slowed down, met the same fate"
        alike = [act for act in alike if act.marked is not one or act.target not in own] or alike
        if _COMPARING.intersection(self._w.small[trigger.first : trigger.last]):  # "is blocked, as is Viber"
            alike = [act for act in alike if act.marked is one and act.trigger.last <= trigger.first]
        last = alike[-1] if alike else None
        if last is None or one.sentence.number - last.marked.sentence.number > 2:
            return []
        first, end = aim.group.first, aim.group.last
        if any(
            0 <= trigger.first - cue.last <= 2 or trigger.first <= cue.first < trigger.last for cue in one.cue("threat")
        ):
            last = replace(last, date=self._timing.of(one, trigger, True), status="threatened")
        elif trigger.form == "past":  # "the same fate befell Signal", which tells no date
            date = self._timing.beside(one, first, end)
            if date is None and self._l.language == "en" and len(one.triggers) == 1:
                date = self._timing.of(one, trigger, False)
                date = date if date and date.first >= 0 else None
            again = last.date if _ALSO.intersection(self._w.small[trigger.first : trigger.last]) else None
            last = replace(last, date=date or again, status="enacted")
        return [
            replace(last, mark=target, marked=one, trigger=trigger, first=first, last=end) for target in aim.targets
        ]


def _is_alike(told: Mark, other: Mark) -> bool:
    """Whether what was done to one thing can be done to another without being said again."""
    return told.sort == other.sort or (told.sort == "service" and other.is_category)
