"""Topics: what "the app", "it" or "the two platforms" stands for, from what an article named before."""

from __future__ import annotations

from collections import Counter

from censorkb.extract.acts import Act
from censorkb.extract.groups import Group
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_MESSENGERS = ("messag", "messen", "мессендж", "mensaj", "mensag", "chat")
_PLURALS = frozenset(("соцсети", "мессенджеры", "сайты", "платформы", "сервисы"))
_MANY = _PLURALS | {"приложения", "ресурсы"}
_ALL = frozenset(("все", "другие", "прочие", "иностранные", "зарубежные", "остальные", "и"))
_OF_ONE = frozenset((
    "к", "ко", "из", "о", "работа", "работы", "работу", "работе", "доступ", "сайт", "сайта", "сайту", "владельцы",
    "владельца", "серверы", "скорость", "этой", "данной", "американской", "китайской",
))  # fmt: skip
_SUCH = frozenset(("такие", "таких", "таким", "такими"))
_PERSONAL = frozenset(("его", "ее", "он", "она", "их", "они", "им", "ним", "нему", "него", "ней", "нее", "ему", "ей"))
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
_NET = "the network"
_NOT_CHAT = ("X", "Twitter", "Threads")
_KINDS = {"messaging apps": _MESSENGERS, "social media": ("réseaux sociaux", "social", "соцсет")}
_PHONE = ("телеф", "télép", "telef", "phone")
_SITE = ("сайт", "site", "издани", "портал", "journal", "média", "outlet", "portal", "página")
_OWN = frozenset(("its", "their"))
SHOPS = frozenset(("app stores", "Google", "Google Play", "App Store"))
_PRESS = frozenset(("paper", "newspaper", "magazine", "broadcaster", "station", "outlet"))
_APART = 2  # words
_SAID_ON = 4  # words
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
        self._list: list[Mark] = []
        self._network: Mark | None = None
        self._kind: Mark | None = None
        self._press: Mark | None = None
        self._outlet: Mark | None = None
        counts = Counter(name.name for one in marked for name in one.of("service"))
        top = max(counts.values(), default=0)
        first = next((n for one in marked for n in one.of("service") if counts[n.name] == top), None)
        self._main = first

    def read(self, one: Marked, acts: list[Act]) -> None:
        """Take note of a sentence and of the acts in it."""
        hit = {act.target for act in acts}
        named = [n for n in one.of("service", "domain") if n.kind != "unknown" and not _is_shop(n, one)]
        named = [n for n in named if n.name in hit or not self._is_medium(n, one)]
        pushed = {act.target for act in acts if act.action == "promote-alternative"}
        named = [n for n in named if n.name not in pushed]  # "advised people to use Max. The messenger was blocked"
        named += [name for name in one.of("outlet") if name.name in hit]
        if named:
            self._recent = (self._recent + named)[-8:]
            self._list = _listed(named) or self._list
        self._press = next(iter(one.of("outlet")), self._press)
        said = [cue for cue in one.cues if cue.sort == "speech"]
        outlets = [n for n in one.of("outlet") if not any(-1 <= n.first - cue.last <= 1 for cue in said)]
        self._outlet = outlets[-1] if outlets else None if one.of("service", "domain") else self._outlet
        networks = one.of("network")
        if networks and not acts and not named and self._network is None:
            self._network = networks[-1]  # "called on Pakistan to restore mobile internet. It was cut"
        if acts:
            self._network = acts[-1].mark if acts[-1].mark.is_network else None
        self._kind = next((act.mark for act in reversed(acts) if act.mark.is_category), self._kind)
        aimed = [name for name in [*named, *one.of("outlet")] if name.name in hit]
        if aimed:
            self._targets = aimed

    def _is_medium(self, name: Mark, one: Marked) -> bool:
        """Whether something was only said there: "the minister wrote on X"."""
        said = [cue for cue in one.cues if cue.sort == "speech" and 0 <= name.first - cue.last <= _SAID_ON]
        return bool(said) and self._w.small[name.first - 1] == "on"

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
            word = self._w.small[mark.first]
            listed = mark.is_network and len(group.marks) > 1 and not word.isascii()  # "интернет и международную связь"
            meant = mark if listed else self._network_meant(mark, one)
            found += self._meant(mark, one, words) if mark.is_pronoun else [meant]
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
        before = small[mark.first - 1]
        return (
            before in _OF_ONE
            or before.endswith(("ой", "ей"))
            or any(t.last == mark.first and t.form == "noun" for t in one.triggers)
        )

    def _network_meant(self, mark: Mark, one: Marked) -> Mark:
        """The network that was spoken of, if one is only called "the connection" or "связь" now."""
        if mark.name != "telecommunications" or mark.last - mark.first > 1:
            return mark
        if self._w.small[mark.first].startswith(_PHONE):
            return mark
        earlier = [name for name in one.of("network") if name.last <= mark.first and name.name != mark.name]
        return earlier[-1] if earlier else self._network or mark

    def last_service(self) -> Mark | None:
        """The service that was named last."""
        services = [mark for mark in self._recent if mark.sort == "service"]
        return services[-1] if services else self._main

    def _network_of(self, pronoun: Mark, one: Marked, earlier: list[Mark]) -> Mark | None:
        """The network that a Russian pronoun means: the nearest name before it, or what was cut in the sentence before."""
        nets = [name for name in one.of("network") if name.last <= pronoun.first]
        if nets and (not earlier or nets[-1].first > earlier[-1].first):
            return nets[-1]
        only_cut = all(trigger.name in ("cut", "unblock") for trigger in one.triggers)
        return self._network if only_cut and not earlier else None

    def _outlets_meant(self, pronoun: Mark, text: str, one: Marked, earlier: list[Mark]) -> list[Mark]:
        """The outlet that a pronoun means: "the paper's website", "Meduza said that its website was blocked"."""
        small, outlets = self._w.small, [name for name in one.of("outlet") if name.last <= pronoun.first]
        if self._press and _PRESS.intersection(small[pronoun.first : pronoun.last]):
            return [self._press]
        if not outlets or earlier:
            return []
        speaks = {cue.first for cue in one.cues if cue.sort == "speech"}
        alone = (
            text == "it" and len(outlets) == 1 and outlets[0].last not in speaks
        )  # "Jumble is off since they cut it"
        return outlets[-1:] if alone or small[pronoun.first] in _OWN else []

    def _meant(self, pronoun: Mark, one: Marked, words: Words) -> list[Mark]:
        earlier = [n for n in one.of("service", "domain") if n.last <= pronoun.first and not _is_shop(n, one)]
        recent = self._recent + earlier
        text = " ".join(words.small[pronoun.first : pronoun.last])
        if not recent and text in _MANY:
            return []  # a headline: "удалённые приложения"
        recent = _of_kind(text, recent)
        if self._outlet and not earlier and any(part in text for part in _SITE):
            return [self._outlet]  # "редакцию «Нашей нивы». Её сайт закрыли"
        if text in _PERSONAL and (cut_off := self._network_of(pronoun, one, earlier)):
            return [cut_off]
        if pronoun.name == "services":
            return self._many(pronoun, text, one, earlier)
        if outlets := self._outlets_meant(pronoun, text, one, earlier):
            return outlets
        networks = [name for name in one.of("network") if name.last <= pronoun.first]
        network = networks[-1] if networks else self._network
        if text in _VAGUE and network is not None and (not earlier or text == _NET):
            return [network]
        if earlier:
            return recent[-1:]
        if len({name.name for name in self._targets}) == 1 and self._targets[0].sort == "outlet":
            return self._targets[:1]
        if len({name.name for name in self._targets}) == 1 and any(n.name == self._targets[0].name for n in recent):
            return self._targets[:1]
        outlet = self._outlet if text in _PERSONAL else None  # "it" is mostly something else
        found = recent[-1] if recent else self._main or outlet
        return [found] if found else []

    def _many(self, plural: Mark, text: str, one: Marked, earlier: list[Mark]) -> list[Mark]:
        """What a plural means: a list, what was acted on, the last two, or a kind of services."""
        if self._kind and self._w.small[plural.first] in _SUCH:
            return [self._kind]
        listed = _listed(earlier)
        if listed or len(self._targets) > 1:
            return listed or self._targets
        press = [n for n in one.of("outlet") if n.last <= plural.first]
        if len(press) > 1 and not earlier and self._w.small[plural.first] in _OWN:
            return press  # "the BBC and VOA are off the air, and providers are to block their websites"
        recent = _of_kind(text, self._recent + earlier)
        return self._list or _distinct(recent)[-2:] or _kind(plural, text)


def _is_shop(name: Mark, one: Marked) -> bool:
    """Whether it is one who takes something out of a store: "Apple and Google removed it from their stores"."""
    return name.name in SHOPS and any(trigger.name == "delist" for trigger in one.triggers)


def _listed(marks: list[Mark]) -> list[Mark]:
    """The last names that stand together, as in a list; none if they stand apart."""
    found: list[Mark] = []
    for mark in reversed(marks):
        if found and found[0].first - mark.last > _APART:
            break
        found.insert(0, mark)
    return _distinct(found) if len(_distinct(found)) > 1 else []


def _kind(plural: Mark, text: str) -> list[Mark]:
    """The kind of services that a plural means when none of them was named: "obligerait les messageries"."""
    found = [name for name, stems in _KINDS.items() if any(part in text for part in stems)]
    return [Mark(plural.first, plural.last, "category", name) for name in found[:1]]


def _of_kind(text: str, recent: list[Mark]) -> list[Mark]:
    """The names that fit "the messenger" or "the social network"; all if none does, or the word tells no kind."""
    kinds: tuple[str, ...] = ()
    if any(part in text for part in _MESSENGERS):
        kinds = ("messenger", "ambiguous", "domestic")
    elif any(part in text for part in _SOCIAL):
        kinds = ("social-network", "ambiguous", "video-platform")
    if "messenger" in kinds:
        recent = [name for name in recent if name.name not in _NOT_CHAT] or recent
    return [name for name in recent if name.kind in kinds] or recent


def _distinct(marks: list[Mark]) -> list[Mark]:
    last: dict[str, Mark] = {}
    for mark in marks:
        last.pop(mark.name, None)
        last[mark.name] = mark
    return list(last.values())
