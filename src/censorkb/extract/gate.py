"""The gate: which articles speak of censorship by a state at all, and which acts are a company's own."""

from __future__ import annotations

from collections.abc import Sequence

from censorkb.extract.acts import Act
from censorkb.extract.candidate import Candidate
from censorkb.extract.groups import Group
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words


def is_about(marked: list[Marked], words: Words) -> bool:
    """Whether a sentence has an act, something to aim at and a state, or an act, a service and a monitor."""
    state_anywhere = any(one.of("country", "agency", "body") for one in marked)
    named = any(name.is_target and not name.is_pronoun for one in marked for name in one.names)
    for at, one in enumerate(marked):
        if not any(len(words.raw) < _SHORT or not trigger.is_hint for trigger in one.triggers):
            continue
        back = 1 if len(words.raw) < _SHORT else 0  # "its admins were held" after the sentence that names the channel
        near = [o for o in marked[max(0, at - back) : at + 1] if one.sentence.number - o.sentence.number <= back]
        aims = any(name.is_target for other in near for name in other.names) and named
        aims = aims or any(cue.sort in ("implied", "carrier") for cue in one.cues)  # "Iraq went offline"
        state = one.of("country", "agency", "body") or any(cue.sort == "monitor" for cue in one.cues)
        if aims and (state or state_anywhere):
            return True
    return False


def body(marked: list[Marked]) -> list[Marked]:
    """The sentences of the article itself: none that points elsewhere, and nothing after a heading of other stories."""
    kept: list[Marked] = []
    for one in marked:
        points = any(cue.first == one.sentence.first for cue in one.cue("related"))
        if points and one.sentence.last - one.sentence.first <= _HEADING and one.sentence.number > len(marked) // 3:
            break
        if not points:
            kept.append(one)
    return kept


def has_actor(acts: list[Act], marked: list[Marked]) -> bool:
    """Whether somebody is said to censor; an outage that only users notice is none."""
    if all(act.action == "fine" for act in acts) and any(one.cue("commercial") for one in marked):
        return False  # what markets, taxes and data protection are about
    if any(act.status != "reported-disruption" and (act.action != "unblock" or act.agent) for act in acts):
        return True
    if not any(one.cue("technical") or one.cue("worldwide") for one in marked):
        return True
    if all(act.action == "unblock" for act in acts):
        return False  # a fault was mended
    if any(one.cue("unrest") for one in marked):
        return True  # a fault on the day of an election is no accident, whatever is said of it
    monitors = any(cue.sort == "monitor" and cue.name == "names" for one in marked for cue in one.cues)
    return monitors or any(one.of("agency", "body") for one in marked)


def borne_out(acts: list[Act], words: Words) -> list[Act]:
    """Acts without those that everyday words hint at, if the text is long and says nothing plainer of their targets."""
    if len(words.raw) < _SHORT:
        return acts
    plain = {act.target for act in acts if not act.trigger.is_hint}
    return [act for act in acts if act.target in plain]


def has_weight(plain: list[Candidate], found: list[Candidate], marked: list[Marked], words: Words) -> bool:
    """Whether what was found is what the article is about: spoken of at its beginning, and again if it is long.

    News about censorship begin with it and come back to it; an everyday word that looks like an act stands anywhere,
    alone.

    Args:
        plain: what was found by words that speak of nothing else.
        found: all that was found, by everyday words, too; they carry a short text only.
        marked: the sentences.
        words: the text.
    """
    if len(words.raw) < _SHORT:
        plain = found
    begins = any(one.start < _BEGINNING for one in plain) or any(
        _is_whole(one) for one in marked if words.starts[one.sentence.first] < _BEGINNING
    )
    size = len(words.raw)
    return begins and (size < _SHORT or len({one.quote for one in plain}) * _PER_QUOTE >= size)


def _is_whole(one: Marked) -> bool:
    """Whether a sentence has an act, a service and a state, though it may not say that it was done."""
    aims = any(name.is_target and name.is_named for name in one.names)
    return bool(one.triggers) and aims and bool(one.of("country", "agency"))


def is_only_seen(one: Marked, trigger: Mark, voice: str) -> bool:
    """Whether monitors or users noticed it, and nobody is said to have done it: "access was cut, NetBlocks said"."""
    complained = any(0 <= trigger.first - cue.last <= 1 for cue in one.cue("users"))
    bare = trigger.name == "block" and voice == "noun" and not complained
    if bare or trigger.name not in ("block", "cut", "throttle") or _bodies(one, trigger):
        return False
    if any(cue.sort == "monitor" and cue.name == "names" for cue in one.cues) or (complained and voice == "noun"):
        return True
    about = {cue.last for name in ("because", "then") for cue in one.cue(name)}  # "taken off the air over reports on"
    then = [cue.last for cue in one.cue("then")]
    users = [cue for cue in one.cue("users") if cue.first not in about]
    users = [cue for cue in users if not any(0 <= cue.first - at <= _WHO for at in then)]
    return bool(users) and any(cue.sort == "speech" or cue.last - cue.first > 1 for cue in one.cues)


def _bodies(one: Marked, trigger: Mark) -> list[Mark]:
    """Bodies of a state that a sentence names, but for those of a clause of its own: "after police held the mayor"."""
    then = [cue.first for cue in one.cue("then") if cue.first >= trigger.last]
    return [name for name in one.of("agency", "body") if not any(0 <= name.first - at <= _CLAUSE for at in then)]


def is_moderation(
    one: Marked, trigger: Mark, voice: str, group: Group, words: Words, near: Sequence[Marked] = ()
) -> bool:
    """Whether a company is said to do it by itself, or the words have nothing to do with a state.

    Args:
        one: the sentence.
        trigger: the trigger.
        voice: its voice.
        group: what it aims at.
        words: the text.
        near: the sentences around, which may tell who asked a shop to remove an app.
    """
    ordered = bool(one.cue("company-order"))
    if trigger.name == "delist" and not ordered:
        ordered = any(other.cue("company-order") and other.of("agency", "body", "country") for other in near)
    if (
        _is_technical(one, trigger, voice, group)
        or any(-3 <= cue.first - trigger.last <= 12 for cue in one.cue("devices"))
        or _is_question(one, words)
    ):
        return True
    if (
        _is_asked_by_company(one, trigger, words)
        or _is_restrained(one, trigger, words)
        or _is_reason(one, trigger, words)
    ):
        return True
    if trigger.name == "unblock" and group.account and one.cue("order"):
        return True  # "потребовал разблокировать канал RT на YouTube": what a company did
    if trigger.name == "removal" or (group.account and trigger.name not in ("arrest", "fine", "law")):
        told = [other for other in near if other.sentence.number < one.sentence.number and other.of("agency", "body")]
        if told and any(_ITS.intersection(words.small[cue.first : cue.last]) for cue in one.cue("company-order")):
            return False  # "YouTube took down 1,691 videos at its request"
        if told and words.small[one.sentence.first] in _IT and one.cue("order"):
            return False
        return not (one.of("agency", "body", "country") and (ordered or _state_does_it(one, trigger)))
    if trigger.name not in ("block", "cut", "delist", "throttle", "unblock"):
        return False
    if voice == "active" and _does_it_itself(one, trigger, words):
        return not ordered
    own = group.first >= trigger.last and _OWN.intersection(words.small[group.first - 1 : group.first + 1])
    ordered = ordered and any(cue.first < trigger.first for cue in one.cue("company-order"))
    return bool(own) and voice == "active" and trigger.name == "cut" and not (ordered or _bodies_or_land(one, trigger))


def _is_technical(one: Marked, trigger: Mark, voice: str, group: Group) -> bool:
    """Whether a fault or a storm did it; nobody blocks by accident, and none slows down one service only."""
    one_service = group.marks[0].is_named and trigger.form != "noun"
    deliberate = trigger.name in _DELIBERATE or (trigger.name in ("throttle", "cut") and one_service)
    return bool(one.cue("technical")) and not deliberate and not (voice == "active" and _state_does_it(one, trigger))


def _is_question(one: Marked, words: Words) -> bool:
    end = words.ends[one.sentence.last - 1]
    return "?" in words.folded[end : end + 4].split("\n")[0]


def _is_reason(one: Marked, trigger: Mark, words: Words) -> bool:
    """Whether a removal is why something is done: "fined for blocking channels", "in revenge for the removal of posts"."""
    if trigger.name != "removal" or any(cue.first >= trigger.last for cue in one.cue("company-order")):
        return False
    if trigger.form == "noun":
        return bool(_OVER.intersection(words.small[trigger.first - 2 : trigger.first]))
    return words.small[trigger.first].endswith("ing") and words.small[trigger.first - 1] in _OVER


def _is_restrained(one: Marked, trigger: Mark, words: Words) -> bool:
    """Whether a state itself is kept from it: "barred the government from cutting the internet"."""
    from_ = [n for n in one.of("agency", "body") if words.small[n.last : n.last + 1] == ["from"]]
    kept = [n for n in from_ if any(0 <= n.first - t.last <= _NEXT for t in one.triggers if t.last <= n.first)]
    return any(0 <= n.first - trigger.last <= _NEXT or n.last + 1 == trigger.first for n in kept)


def _is_asked_by_company(one: Marked, trigger: Mark, words: Words) -> bool:
    """Whether a company orders it: "Apple asked Telegram to remove channels"."""
    orders = [cue for cue in one.cue("order") if 0 <= trigger.first - cue.last <= 6]
    orders = [cue for cue in orders if not words.small[cue.first].startswith("долж")]  # "X должны разблокировать"
    orders = [cue for cue in orders if not any(cue.last <= n.first < trigger.first for n in one.of("country"))]
    passive = {cue.last for cue in one.cue("be")}
    orders = [cue for cue in orders if cue.first not in passive and cue.last not in passive]  # "TikTok will be blocked"
    companies = [
        n
        for n in one.of("company", "service")
        if any(0 <= cue.first - n.last <= 1 and not _is_impersonal(cue, n, words) for cue in orders)
    ]
    return bool(companies) and bool(orders) and not one.of("agency", "body")


def _is_impersonal(order: Mark, name: Mark, words: Words) -> bool:
    """Whether a Russian verb in the plural after one name tells that others decide: "TikTok решили закрыть"."""
    listed = name.first > 0 and words.small[name.first - 1] in _AND
    return words.small[order.first].endswith(("ли", "но")) and words.small[order.first][0] >= "а" and not listed


def _state_does_it(one: Marked, trigger: Mark) -> bool:
    """Whether the name before a verb is that of a state or of a body of it."""
    actors = [n for n in one.of("agency", "body", "country", "company", "service") if n.last <= trigger.first]
    it = [n for n in one.of("noun") if n.name == "service" and 0 <= trigger.first - n.last <= 2]
    it = [n for n in it if n.last - n.first == 1 and any(cue.last == n.first for cue in one.cue("relative"))]
    most = _REPORTED if it else _ACTOR  # "the ministry acknowledged on Wednesday that it had restricted"
    before = [n for n in actors if trigger.first - n.last <= most]
    return bool(before) and before[-1].sort in ("agency", "body", "country")


def _bodies_or_land(one: Marked, trigger: Mark) -> bool:
    """Whether a state or a body of it is named before a verb."""
    return any(name.last <= trigger.first for name in one.of("agency", "body", "country"))


def _does_it_itself(one: Marked, trigger: Mark, words: Words) -> bool:
    """Whether the name before a verb is that of a company or a service."""
    if words.small[trigger.first - 1] in _FIRM and words.small[trigger.first - 2] == "the":
        return True  # "the company shut it on Tuesday"
    before = [name for name in one.names if name.last <= trigger.first and trigger.first - name.last <= 4]
    before = [
        name
        for name in before
        if name.sort in ("service", "company", "category", "agency", "body", "country", "outlet")
    ]
    if words.small[trigger.first - 1] in _AND or words.small[trigger.first].endswith(_IMPERSONAL):
        return False
    if words.small[trigger.first].endswith(_INFINITIVE) and words.small[trigger.first - 1].endswith(_MANY):
        return False  # "Instagram должны разблокировать"
    if before and before[-1].last < trigger.first and words.small[before[-1].last] in _SELF:
        return True  # "OpenAI сама отключила"
    if not before or before[-1].sort not in ("service", "company", "category"):
        return False
    if _is_object(before[-1], one, trigger, words):
        return False
    return "," not in "".join(words.gaps[before[-1].last : trigger.first + 1])


def _is_object(name: Mark, one: Marked, trigger: Mark, words: Words) -> bool:
    """Whether a name before a verb is what somebody else acts on, as the order of words in Russian allows."""
    between = words.small[name.last : trigger.first]
    if _AND.intersection(between):
        return True  # "closed access to X and in all the country suspended"
    if words.small[trigger.first][0] < "а":
        return False
    if _NOBODY.intersection(between) or (name.first > one.sentence.first and words.small[name.first - 1] in _CASES):
        return True  # "Telegram никто не блокировал", "доступ к Telegram ограничил Роскомнадзор"
    late = [n for n in one.of("agency") if 0 < n.first - trigger.last <= _LATER]
    if any(words.small[n.first - 1] not in _CASES and not _is_told(one, trigger, n) for n in late):
        return True  # "YouTube замедлил в четверг Роскомнадзор"
    actors = [n for n in one.of("agency", "body", "country") if 0 <= n.first - trigger.last <= _NEXT]
    return any(
        not "".join(words.gaps[trigger.last : n.first + 1]).strip(' "')
        and not _CASES.intersection(words.small[trigger.last : n.first])
        and not any(trigger.last <= other.first < n.first for other in one.names)
        for n in actors
    )  # "YouTube замедлил Роскомнадзор"


def _is_told(one: Marked, trigger: Mark, agency: Mark) -> bool:
    """Whether an agency after a verb is only who ordered it: "по требованию Роскомнадзора"."""
    return any(trigger.last <= cue.first < agency.first for name in ("company-order", "order") for cue in one.cue(name))


_OWN = frozenset(("its", "their", "own"))  # "Aylo has switched off its sites"
_DELIBERATE = ("block", "fine", "law", "arrest", "removal", "promote")
_HEADING = 4  # words
_CLAUSE = 4  # words
_FIRM = frozenset(("company", "firm"))
_ITS = frozenset(("its", "their"))
_OVER = frozenset(("for", "over", "after", "following", "despite"))
_IT = frozenset(("it", "they", "he", "she", "il", "elle", "ils", "elles", "он", "она", "оно", "они"))
# Characters, measured on general news in which nobody censors: the three of them leave one made-up claim of eleven, and
# take none from articles about censorship.
_BEGINNING = 600  # a headline and the first two paragraphs
_SHORT = 1_200  # such a text may say it once
_PER_QUOTE = 1_200  # the most text for each passage that tells of an act
_NEXT, _LATER = 2, 5  # words
_ACTOR, _REPORTED = 5, 10  # words
_INFINITIVE, _MANY = ("ть", "ти"), ("ны", "ли", "ут", "ют", "ят", "ено", "ано")
_SELF = frozenset(("сам", "сама", "само", "сами"))
_WHO = 2  # words: "blocked after many parents complained"
_NOBODY = frozenset(("никто", "никому"))
_CASES = frozenset(
    ("к", "ко", "в", "во", "на", "у", "от", "о", "об", "с", "со", "для", "из", "через", "против", "после", "по")
)
_AND = frozenset(("and", "or", "et", "ou", "и", "или", "y", "e", "und"))
_IMPERSONAL = ("ли", "ют", "ят", "ут", "ат")  # Russian says "they blocked" of nobody by name
