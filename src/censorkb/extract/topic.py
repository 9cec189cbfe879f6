"""Topics: what "the app", "it" or "the two platforms" stands for, from what an article named before."""

from __future__ import annotations

from collections import Counter

from censorkb.extract.acts import Act
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.targets import Group
from censorkb.extract.words import Words

_MESSENGERS = ("messag", "messen", "мессендж", "mensaj", "mensag", "chat")
_PLURALS = frozenset(("соцсети", "мессенджеры", "сайты", "платформы", "сервисы"))
_ALL = frozenset(("все", "другие", "прочие", "иностранные", "зарубежные", "остальные", "и"))
_OF_ONE = frozenset((
    "к", "ко", "из", "о", "работа", "работы", "работу", "работе", "доступ", "сайт", "сайта", "сайту", "владельцы",
    "владельца", "серверы", "скорость", "этой", "данной", "американской", "китайской",
))  # fmt: skip
_PERSONAL = frozenset(("его", "ее", "он", "она", "их", "они", "им", "ним"))
_BOTH = frozenset(
    ("both", "two", "deux", "оба", "обе", "обоих", "обеих", "два", "две", "двух", "ambas", "ambos", "beide")
)
_VAGUE = (
    "сеть",
    "сетью",
    "the service",
    "the network",
    "le réseau",
    "le service",
    "service",
    "it",
    "el servicio",
    "o serviço",
)
_SOCIAL = ("social", "соц", "réseau", "микроблог")


class Topic:
    """What an article is about, as far as it is read.

    Args:
        marked: its sentences.
        words: its words.
    """

    def __init__(self, marked: list[Marked], words: Words) -> None:
        self._w = words
        self._recent: list[Mark] = []
        self._targets: list[Mark] = []
        self._listed: list[Mark] = []
        self._network: Mark | None = None
        counts = Counter(name.name for one in marked for name in one.of("service"))
        top = max(counts.values(), default=0)
        first = next((n for one in marked for n in one.of("service") if counts[n.name] == top), None)
        self._main = first

    def read(self, one: Marked, acts: list[Act]) -> None:
        """Take note of a sentence and of the acts in it."""
        hit = {act.target for act in acts}
        named = [name for name in one.of("service", "domain") if name.kind != "unknown"]
        named += [name for name in one.of("outlet") if name.name in hit]
        if named:
            self._recent = (self._recent + named)[-8:]
        if len(listed := _distinct(named)) > 1:
            self._listed = listed
        if acts:
            self._network = acts[-1].mark if acts[-1].mark.is_network else None
        aimed = [name for name in named if name.name in hit]
        if aimed:
            self._targets = aimed

    def resolved(self, group: Group, one: Marked, words: Words) -> list[Mark]:
        """The targets of a group; those of a pronoun are the last that were named and fit."""
        found: list[Mark] = []
        for mark in group.marks:
            if mark.is_category and mark.last - mark.first == 1 and not one.cue("order") and self._is_they(mark):
                found += self._targets
                continue
            if self._is_one(mark, one):
                found += self._meant(mark, one, words) or [mark]
                continue
            found += self._meant(mark, one, words) if mark.is_pronoun else [self._network_meant(mark, one)]
        unique: dict[str, Mark] = {}
        for mark in found:
            unique.setdefault(mark.name, mark)
        return list(unique.values())

    def _is_they(self, mark: Mark) -> bool:
        """Whether a bare plural means the services that were acted on: "X and Y were cut; the messengers are back"."""
        bare = self._w.small[mark.first] in _PLURALS and self._w.small[mark.first - 1] not in _ALL
        return bare and len(self._targets) > 1

    def _is_one(self, mark: Mark, one: Marked) -> bool:
        """Whether a form that may be plural is the genitive of one: "ограничение соцсети", "работу соцсети"."""
        small = self._w.small
        if mark.last - mark.first > 1 or small[mark.first] != "соцсети":
            return False
        return small[mark.first - 1] in _OF_ONE or any(t.last == mark.first and t.form == "noun" for t in one.triggers)

    def _network_meant(self, mark: Mark, one: Marked) -> Mark:
        """The network that was spoken of, if one is only called "the connection" or "связь" now."""
        if mark.name != "telecommunications" or mark.last - mark.first > 1:
            return mark
        earlier = [name for name in one.of("network") if name.last <= mark.first and name.name != mark.name]
        return earlier[-1] if earlier else self._network or mark

    def last_service(self) -> Mark | None:
        """The service that was named last."""
        services = [mark for mark in self._recent if mark.sort == "service"]
        return services[-1] if services else self._main

    def _meant(self, pronoun: Mark, one: Marked, words: Words) -> list[Mark]:
        earlier = [name for name in one.of("service", "domain") if name.last <= pronoun.first]
        recent = self._recent + earlier
        text = " ".join(words.small[pronoun.first : pronoun.last])
        if any(part in text for part in _MESSENGERS):
            recent = [name for name in recent if name.kind in ("messenger", "ambiguous", "domestic")] or recent
        elif any(part in text for part in _SOCIAL):
            recent = [
                name for name in recent if name.kind in ("social-network", "ambiguous", "video-platform")
            ] or recent
        nets = [name for name in one.of("network") if name.last <= pronoun.first]
        if text in _PERSONAL and nets and (not earlier or nets[-1].first > earlier[-1].first):
            return nets[-1:]
        only_cut = all(trigger.name == "cut" for trigger in one.triggers)
        if text in _PERSONAL and only_cut and not earlier and self._network is not None:
            return [self._network]
        if pronoun.name == "services":
            if len(self._targets) > 1:
                return self._targets
            both = any(word in _BOTH for word in words.small[pronoun.first : pronoun.last])
            return _distinct(recent)[-2:] if both or earlier or not self._listed else self._listed
        if text in _VAGUE and self._network is not None and not earlier:
            return [self._network]
        if earlier:
            return recent[-1:]
        if len({name.name for name in self._targets}) == 1 and any(n.name == self._targets[0].name for n in recent):
            return self._targets[:1]
        return recent[-1:] or ([self._main] if self._main else [])


def _distinct(marks: list[Mark]) -> list[Mark]:
    last: dict[str, Mark] = {}
    for mark in marks:
        last.pop(mark.name, None)
        last[mark.name] = mark
    return list(last.values())
