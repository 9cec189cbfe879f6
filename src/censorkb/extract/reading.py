"""Reading: one article from its beginning, sentence by sentence, to acts and to candidates."""

from __future__ import annotations

from dataclasses import replace

from censorkb.extract.acts import Act, action
from censorkb.extract.agents import Agents
from censorkb.extract.aim import Aim, Aims
from censorkb.extract.article import Article
from censorkb.extract.candidate import Candidate
from censorkb.extract.dated import Dated
from censorkb.extract.doubt import confidence, doubts
from censorkb.extract.gate import is_moderation, is_only_seen
from censorkb.extract.gazetteer import Gazetteer
from censorkb.extract.groups import Group, grouped
from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.merging import same
from censorkb.extract.places import Places
from censorkb.extract.quotes import quote
from censorkb.extract.sequel import cause, done, explained, slowed
from censorkb.extract.speech import speech
from censorkb.extract.spread import Spread
from censorkb.extract.stage import Stage
from censorkb.extract.timing import Timing
from censorkb.extract.topic import Topic
from censorkb.extract.voice import voice
from censorkb.extract.words import Words

_MOST_ACTS = 400
_COMING = frozenset(("to", "will", "must", "should", "would"))  # "asked to implement it"
_FROM = frozenset(("from", "starting", "between", "dès", "с"))
_FOLLOWING = frozenset(("вслед", "следом"))  # "вслед за Instagram закрыла Roblox": what was done comes after
_LONG = 3  # months
_BESIDE = 2  # sentences


class Reading:
    """One article, read from its beginning.

    Args:
        article: the article.
        words: its words.
        language: the words of its language.
        marked: its sentences.
        gazetteer: the names.
    """

    def __init__(
        self, article: Article, words: Words, language: Lexicon, marked: list[Marked], gazetteer: Gazetteer
    ) -> None:
        self._a, self._w, self._l, self._marked = article, words, language, marked
        headed = bool(marked) and marked[0].sentence.last - marked[0].sentence.first < 16
        self._timing = Timing(words, language, article.published, headed)
        self._places = Places(marked, words, language.home)
        self._agents = Agents(gazetteer, words)
        self._topic = Topic(marked, words)
        self._aims = Aims(words, language, self._topic)
        self._spread = Spread(words, language, self._timing)

    def acts(self) -> list[Act]:
        """All acts, in the order of the text."""
        found: list[Act] = []
        for one in self._marked:
            if len(found) > _MOST_ACTS:
                break  # no article tells so many; a text made to be slow might
            self._agents.remember(one)
            groups = grouped(one, self._w, self._l.joins)
            later = [t for t in one.triggers if t.name == "affected" and self._w.small[t.first] in _FOLLOWING]
            triggers = [*(t for t in one.triggers if t not in later), *later]
            for trigger in [] if found and self._is_counted(one) else triggers:
                found += self._act(one, trigger, groups, found)
            found += self._spread.elided(one, groups, [act for act in found if act.marked is one])
            found += self._spread.bound(one, groups, found)
            if self._takes_effect(one):
                found = [done(act, one) for act in found]
            found = [self._in_force(act, one) for act in found]
            found = [explained(act, one) for act in found]
            self._topic.read(one, [act for act in found if act.marked is one])
        return [replace(act, status="enacted") if self._is_long_ago(act) else act for act in found]

    def _act(self, one: Marked, trigger: Mark, groups: list[Group], before: list[Act]) -> list[Act]:
        how = voice(trigger, one, self._w)
        if trigger.name == "affected" and (found := self._spread.followed(one, trigger, before)):
            return found
        aim = self._aims.of(one, trigger, how, groups, before)
        if aim is None or is_moderation(one, trigger, how, aim.group, self._w, self._around(one)):
            return []
        if trigger.name == "affected":
            return self._spread.affected(one, trigger, aim, before)
        status = Stage(one, self._w).of(trigger, how)
        if not status:
            return []
        if status == "denied" and self._is_own_word(aim, one):
            return []
        if status == "enacted" and how != "active" and is_only_seen(one, trigger, how):
            status = "reported-disruption"
        if (
            trigger.name == "throttle"
            and how == "active"
            and aim.group.last <= trigger.first
            and not one.cue("relative")
        ):
            status = "reported-disruption" if status == "enacted" and self._l.language == "en" else status
        if status == "reported-disruption" and _is_aimed_at(aim, one, before):
            return []
        if status == "reported-disruption" and aim.targets and (told := cause(one, trigger, before)):
            return [
                replace(
                    told,
                    status="enacted",
                    mark=target,
                    marked=one,
                    trigger=trigger,
                    first=aim.group.first,
                    last=aim.group.last,
                )
                for target in aim.targets
            ]
        made = [
            act
            for country in self._places.all(one, trigger)
            for act in self._acts_in(one, trigger, how, aim, status, country, before)
        ]
        return [act for act in made if not aim.told or _adds(act, before, one)]

    def _is_counted(self, one: Marked) -> bool:
        """Whether a sentence only says how often it happened: "it is the first time that a member state has blocked it"."""
        first = self._w.small[one.sentence.first : one.sentence.first + _LONG + 2]
        return first[:3] in (["it", "is", "the"], ["it", "was", "the"]) and first[4:5] == ["time"]

    def _is_own_word(self, aim: Aim, one: Marked) -> bool:
        """Whether a service speaks of itself: "WhatsApp said that it was not behind the outage"."""
        last = aim.group.last
        says = any(cue.sort == "speech" and cue.first == last for cue in one.cues)
        return aim.group.marks[0].is_named and says and not self._w.gaps[last].strip()

    def _takes_effect(self, one: Marked) -> bool:
        """Whether a sentence says that what was ordered was done, and not only that it is to be."""
        took = [cue for cue in one.cue("effect") if self._w.small[cue.first - 1] not in _COMING]
        return bool(took) and not one.cue("negation") and not one.cue("failure")

    def _is_long_ago(self, act: Act) -> bool:
        """Whether it was ordered months before and nothing speaks against it: "in May it had the network switched off"."""
        if act.status != "ordered" or act.action not in ("shutdown", "block", "throttle") or not self._a.published:
            return False
        day = act.date.value[:7] if act.date and act.date.first >= 0 else ""
        if len(day) < 7 or not day[:4].isdigit() or any(act.marked.cue(name) for name in ("failure", "negation")):
            return False
        published = self._a.published
        return (published.year - int(day[:4])) * 12 + published.month - int(day[5:7]) >= _LONG

    def _in_force(self, act: Act, one: Marked) -> Act:
        """A law with the day on which a sentence says that it comes into force."""
        cues = [cue for cue in one.cue("effect") if self._w.small[cue.last - 1] in ("force", "effect")]
        stated = act.date is not None and act.date.first >= 0
        if act.action != "law" or stated or not cues or one.sentence.number - act.marked.sentence.number > _BESIDE:
            return act
        date = self._timing.of(one, cues[0], True)
        return replace(act, date=date) if date and date.first >= 0 else act

    def _is_coming(self, one: Marked) -> bool:
        """Whether a sentence speaks of what is to come: "will", "from 1 June"."""
        if one.cue("future") or one.cue("threat"):
            return True
        starts = [at for at in range(one.sentence.first, one.sentence.last - 1) if self._w.small[at] in _FROM]
        return any(self._w.small[at + 1] in self._l.months or self._w.small[at + 1].isdigit() for at in starts)

    def _around(self, one: Marked) -> list[Marked]:
        """The sentences beside one."""
        return [other for other in self._marked if 0 < abs(other.sentence.number - one.sentence.number) <= _BESIDE]

    def _acts_in(
        self, one: Marked, trigger: Mark, how: str, aim: Aim, status: str, country: str | None, before: list[Act]
    ) -> list[Act]:
        """The acts of a trigger in a country, one for each target."""
        agent = None if status == "reported-disruption" else self._agents.of(one, trigger, how, country)
        later = status not in ("enacted", "reported-disruption") or trigger.name in ("promote", "law")
        passed = trigger.name == "law" and self._w.small[trigger.first].endswith(
            "ed"
        )  # "in April signed a law that would"
        coming = status == "threatened" or (later and not passed and self._is_coming(one))
        told = next((act.date.value for act in reversed(before) if act.date and act.date.first >= 0), "")
        date = self._timing.counted(one, trigger, told) or self._timing.of(one, trigger, coming, self._is_past(before))
        if date and date.first >= 0 and how != "noun" and self._is_only_now(one, trigger, date):
            date = replace(date, value="")
        watched = bool(one.cue("users")) or any(cue.sort == "monitor" for cue in one.cues)
        made = []
        for target in aim.targets:
            slowed_down = trigger.name == "block" and aim.again == "throttle"
            again = "" if slowed_down else aim.again or slowed(trigger, aim, before)
            code = action(trigger, aim.group, target, again)
            if _fits(code, target):
                place = aim.group.first, aim.group.last
                made.append(
                    Act(
                        code,
                        target,
                        status,
                        country,
                        agent,
                        date,
                        one,
                        trigger,
                        *place,
                        target not in aim.group.marks,
                        how == "noun" or self._lasts(one, trigger),
                        watched,
                        bool(aim.again),
                        self._takes_effect(one),
                        self._places.assumed,
                    )
                )
        return made

    def _lasts(self, one: Marked, trigger: Mark) -> bool:
        """Whether it only goes on: "Facebook remains blocked" speaks of an act that may be told elsewhere."""
        if trigger.form == "past" and self._w.small[trigger.first - 1] in ("is", "are"):
            return True
        return any(0 <= trigger.first - cue.last <= 2 for cue in one.cue("lasting"))

    def _is_only_now(self, one: Marked, trigger: Mark, date: Dated) -> bool:
        """Whether a date tells how long it has lasted, and not when it began: "stays off limits there today"."""
        since = _FROM | {"since", "depuis"}
        after = date.first >= trigger.last and self._w.small[date.first - 1] not in since
        return after and self._lasts(one, trigger) and self._is_today(date)

    def _is_today(self, date: Dated) -> bool:
        return bool(self._a.published) and date.value == str(self._a.published)

    def _is_past(self, before: list[Act]) -> bool:
        """Whether an act of an earlier month was told already."""
        month = f"{self._a.published:%Y-%m}" if self._a.published else ""
        dates = [act.date.value for act in before if act.date and act.date.first >= 0 and act.date.value]
        return any(date[:7] < month and "/" not in date for date in dates)

    def candidate(self, act: Act) -> Candidate:
        """The candidate of an act."""
        start, end = quote(self._w, act.marked.sentence, act.trigger, act.first, act.last)
        date, said = act.date, speech(act.marked, self._w)
        inside = date is not None and date.first >= 0
        first, last = self._w.starts[act.trigger.first], self._w.ends[act.trigger.last - 1]
        flags = doubts(act, self._a.text[start:end], self._a.text[first:last])
        return Candidate(
            "threaten-block" if act.action == "block" and act.status == "threatened" else act.action,
            act.target,
            act.agent.name if act.agent else None,
            act.country,
            (date.value or None) if date else None,
            act.status,
            self._a.text[start:end],
            start,
            end,
            self._a.text[self._w.starts[date.first] : self._w.ends[date.last - 1]] if date and inside else "",
            date.basis if date else "",
            said.speaker,
            said.via,
            "denies" if act.status == "denied" else "confirms" if said.confirms else "asserts",
            confidence(flags),
            flags,
            (first, last),
        )


def _is_aimed_at(aim: Aim, one: Marked, before: list[Act]) -> bool:
    """Whether the sentence says of the same targets what is to be done: "to block it so that it cannot be reached"."""
    aimed = {act.target for act in before if act.marked is one and act.status in ("ordered", "threatened")}
    return any(target.name in aimed for target in aim.targets)


def _fits(code: str, target: Mark) -> bool:
    if code == "promote-alternative":
        return target.kind == "domestic"
    return target.sort != "company" or code == "fine"


def _adds(act: Act, before: list[Act], one: Marked) -> bool:
    """Whether an act whose target is not named says more of one that was told, or is another act of a body by name."""
    told = {(other.action, other.target, other.country, other.status) for other in before}
    new = (act.action, act.target, act.country, act.status) not in told
    again = act.mark.is_network and act.trigger.form == "noun"  # "a similar cut in June lasted a week"
    dated = (new or again) and act.date is not None and act.date.first >= 0 and bool(act.date.value)
    elsewhere = act.country not in {other.country for other in before} and act.status == "threatened"
    if elsewhere and any(name.name == act.country for name in one.of("country")):
        return True  # "South Korea is considering a ban"
    if act.action == "unblock" or dated or any(same(act, other) for other in before):
        return True
    further = act.status == "threatened" and act.action == "block" and any(o.action == "throttle" for o in before)
    return (
        (further or act.status in ("denied", "enacted", "ordered"))
        and bool(one.of("agency", "body"))
        and (
            act.action in ("shutdown", "block", "throttle") or (act.status == "denied" and act.trigger.name == "block")
        )
    )
