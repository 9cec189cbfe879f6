"""Unknown names: sites, apps and games that no gazetteer has, told by the word before them: "the news site Prachatai"."""

from __future__ import annotations

from collections.abc import Iterator

from anyascii import anyascii

from censorkb.extract.lexicon import Lexicon
from censorkb.extract.marks import Mark, Marked
from censorkb.extract.words import Words

_BETWEEN = frozenset((
    "of", "the", "news", "outlet", "outlets", "independent", "online", "called", "named", "sharing", "messaging", "game",
    "d", "de", "du", "paris", "rencontres", "partage", "jeux", "information", "actualité", "en", "ligne", "indépendant", "appelé", "appelée", "издания", "издание",
    "телеканала", "проекта", "сми", "de", "noticias", "digital", "von", "независимого", "новостного",
))  # fmt: skip
_AND = frozenset(("and", "or", "et", "ou", "и", "или", "y", "e", "und", "oder"))
_SHOPS = frozenset(("app", "store", "stores"))  # "the App Store"
_OWNERS = frozenset((
    "musk", "маска", "маском", "dourov", "durov", "дурова", "дуров", "zuckerberg", "цукерберга", "trump", "трампа", "bezos",
))  # fmt: skip
_NOT_LATIN = ("ru",)
_LIKE_ENGLISH = ("en", "fr", "es", "pt")  # capitals are for names only
_AIMING = ("block", "cut", "throttle", "unblock", "delist", "affected")
_TOWARDS = frozenset(("к", "ко", "сайт", "сайта", "сайту", "работу", "работы", "работе"))
_GENERIC = (["tv"], ["radio"], ["television"], ["internet"], ["facebook", "page"])
_MOST_BETWEEN, _MOST_WORDS = 4, 3
_MOST_ASIDE = 4
_ARTICLES = frozenset(("a", "an"))
_TITLE = 0.6  # share of capitals above which a sentence is a headline, where capitals tell nothing


def unknown(marked: Marked, words: Words, lexicon: Lexicon) -> Iterator[Mark]:
    """Names of targets in a sentence that are in no list."""
    if not marked.triggers:
        return
    first, last = marked.sentence.first, marked.sentence.last
    capitals = sum(words.is_capital(at) for at in range(first, last))
    if capitals > _TITLE * (last - first):
        return
    named = [name for name in marked.names if name.name != "account" or not words.is_capital(name.first)]
    taken = {at for name in named for at in range(name.first, name.last)}
    many = {name.last for name in marked.names if name.name == "including" and _follows_kind(name, marked)}
    many |= {cue.last for cue in marked.cues if cue.sort == "naming" and cue.name == "kinds"}
    told: list[Mark] = []
    lists = [name for name in marked.names if name.is_named]
    for at in sorted(many | {cue.last for cue in marked.cues if cue.sort == "naming"}):
        comma = _is_list(at, last, words) if lexicon.language == "en" else at < last and "," in words.gaps[at]
        listed = at in many and comma
        found = _name(at, last, words, lexicon, taken, within=listed)  # "two sites, Blued and Jumble"
        found = None if found and _is_taken(found, marked) else found
        while found:
            yield found
            told.append(found)
            lists += [found] if at in many else []
            taken.update(range(found.first, found.last))
            found = _next(found, last, words, lexicon, taken)
    if lexicon.language in _LIKE_ENGLISH:
        for cue in marked.cues:
            if cue.sort == "naming" and (beside := _called(cue, marked, words, lexicon, taken)):
                yield beside
                taken.update(range(beside.first, beside.last))
        yield from _members(lists, marked, words, lexicon, taken)
    yield from _foreign(marked, words, lexicon, taken, told)


def _foreign(marked: Marked, words: Words, lexicon: Lexicon, taken: set[int], told: list[Mark]) -> Iterator[Mark]:
    """Names in Latin letters or in quotes in a text of others, where an act aims: "заблокировал Rezka", "и Rezka"."""
    if lexicon.language not in _NOT_LATIN:
        return
    last = marked.sentence.last
    after = {t.last for t in marked.triggers if t.name in _AIMING} | {
        at + 1 for at in range(marked.sentence.first, last) if words.small[at] in _TOWARDS and at not in taken
    }
    kinds = [cue.last for cue in marked.cues if cue.sort == "naming" and cue.last < last]
    after |= {at for at in kinds if {",", ":"} & set(words.gaps[at])}  # "двух сервисов, «Кедр» и «Туман»"
    after |= {
        n.last + joined
        for n in (*marked.names, *told)
        if n.is_named
        for joined in (0, 1)
        if _is_listed(n, joined, words, last)
    }
    lists = {at for at in after if at < last and {",", ":"} & set(words.gaps[at])}
    waiting = sorted(after)
    while waiting:
        at = waiting.pop(0)
        quoted = at < last and '"' in words.gaps[at]
        if at < last and at not in taken and (quoted or (words.small[at].isascii() and not words.small[at].isdigit())):
            found = _name(at, last, words, lexicon, taken, quoted or at in lists)
            if found and not _is_taken(found, marked):
                yield found
                taken.update(range(found.first, found.last))
                more = [found.last + joined for joined in (0, 1) if _is_listed(found, joined, words, last)]
                waiting += more
                lists.update(more)


def _members(lists: list[Mark], marked: Marked, words: Words, lexicon: Lexicon, taken: set[int]) -> Iterator[Mark]:
    """Names in a list of which others are known: "cut off Steam, PayPal and Jumble"."""
    kinds = {cue.last for cue in marked.cues if cue.sort == "naming" and cue.name == "kinds"}
    last = marked.sentence.last
    speaks = {cue.first for cue in marked.cues if cue.sort == "speech" and words.small[cue.first] != "according"}
    waiting = sorted(lists, key=lambda name: name.first)
    while waiting:
        before = waiting.pop(0)
        at = before.last
        if at < last and "," in words.gaps[at] and words.small[at] in _AND:
            at += 1
        elif not any(_is_listed(before, joined, words, last) for joined in (0, 1)):
            continue
        else:
            at += words.small[at] in _AND
        found = _name(at, last, words, lexicon, taken, within=True) if at < last and at not in taken else None
        if found is None or found.last in speaks or _is_taken(found, marked):
            continue
        alone = not any(0 <= before.first - other.last <= 1 for other in lists) and before.kind != "unknown"
        alone = alone and before.first not in kinds  # "two apps, Blued and Jumble"
        ahead = any(n.is_named and n.first == found.last and "," in words.gaps[n.first] for n in marked.names)
        if alone and not ahead and not (found.last < last and words.small[found.last] in _AND):
            continue  # "WhatsApp and Kim", "on Facebook, Kim wrote"
        yield found
        taken.update(range(found.first, found.last))
        lists.append(found)
        if words.small[found.first - 1] not in _AND:  # a list ends with its "and"
            waiting.insert(0, found)


def _called(kind: Mark, marked: Marked, words: Words, lexicon: Lexicon, taken: set[int]) -> Mark | None:
    """A name beside the word for its kind: "the Jumble website", "a satire site, Jumble, was"."""
    at = first = kind.first
    while first > marked.sentence.first and at - first < _MOST_WORDS and words.is_capital(first - 1):
        if first - 1 in taken or words.gaps[first].strip() or words.small[first - 1] in lexicon.weekdays:
            return None
        first -= 1
    if first < at and first > marked.sentence.first and words.small[first - 1] in ("the", "s"):
        return _marked(first, at, words)
    if named := _apposed(kind, marked, words, taken):
        return named
    end = kind.last
    while end < marked.sentence.last and end - kind.last < _MOST_WORDS and words.is_capital(end) and end not in taken:
        if words.gaps[end].strip() != ("," if end == kind.last else ""):
            break
        end += 1
    closed = end > kind.last and end < marked.sentence.last and words.gaps[end].strip() == ","
    return _marked(kind.last, end, words) if closed else None


def _apposed(kind: Mark, marked: Marked, words: Words, taken: set[int]) -> Mark | None:
    """A name that an aside between commas says the kind of: "Jumble, a news app, was"."""
    article = kind.first
    while (
        article > marked.sentence.first and kind.first - article < _MOST_ASIDE and words.small[article] not in _ARTICLES
    ):
        article -= 1
    closed = kind.last < marked.sentence.last and words.gaps[kind.last].strip() == ","
    if not closed or words.small[article] not in _ARTICLES or words.gaps[article].strip() != ",":
        return None
    first = article
    while first > marked.sentence.first and article - first < _MOST_WORDS and words.is_capital(first - 1):
        if first - 1 in taken or words.gaps[first].strip() not in ("", "," if first == article else ""):
            return None
        first -= 1
    return _marked(first, article, words) if first < article else None


def _marked(first: int, last: int, words: Words) -> Mark:
    name = words.folded[words.starts[first] : words.ends[last - 1]]
    told = anyascii(name).replace("'", "") if words.small[first][0] >= "а" else name  # names are told in Latin letters
    return Mark(first, last, "domain", told, "unknown")


def _is_listed(name: Mark, joined: int, words: Words, last: int) -> bool:
    """Whether a list goes on after a name: with a comma, or with "and"."""
    at = name.last
    return at < last and ((words.small[at] in _AND) if joined else words.gaps[at].strip(' "') == ",")


def _is_list(at: int, last: int, words: Words) -> bool:
    """Whether names in commas follow their kind: "three more outlets, Jumble, Kivu and Rumble, were"."""
    if at >= last or "," not in words.gaps[at]:
        return False
    end = at
    while (
        end < last and end - at < _MOST_WORDS and words.is_capital(end) and (end == at or not words.gaps[end].strip())
    ):
        end += 1
    follows = end + 1 < last and (words.small[end] in _AND or words.gaps[end].strip() == ",")
    return (
        end > at and follows and (words.is_capital(end) or words.is_capital(end + 1) or words.small[end + 1] == "the")
    )


def _is_taken(found: Mark, marked: Marked) -> bool:
    """Whether it is one who watches or speaks."""
    return any(cue.sort == "monitor" and cue.first < found.last and found.first < cue.last for cue in marked.cues)


def _follows_kind(including: Mark, marked: Marked) -> bool:
    """Whether a list is one of members of a kind: "messaging apps, including"."""
    kinds = [name for name in marked.names if name.is_category or name.name == "services"]
    if including.last - including.first > 1:  # "were shut down on Thursday, among them Jumble"
        return any(name.last <= including.first for name in kinds)
    return any(0 <= including.first - name.last <= 1 for name in kinds)


def _next(before: Mark, last: int, words: Words, lexicon: Lexicon, taken: set[int]) -> Mark | None:
    """The next name of a list whose names are all written in quotes, or that ends with "and"."""
    at = before.last
    joined = at < last and words.small[at] in _AND
    at += joined
    if at >= last or '"' not in words.gaps[at] or '"' not in words.gaps[before.first]:
        return None
    return _name(at, last, words, lexicon, taken, quoted=True)


def _name(
    at: int, last: int, words: Words, lexicon: Lexicon, taken: set[int], quoted: bool = False, within: bool = False
) -> Mark | None:
    """A name that begins at a word, or after what may stand between its kind and it.

    Args:
        at: the word.
        last: one after the last word of the sentence.
        words: the text.
        lexicon: its language.
        taken: words of other names.
        quoted: whether it is one of a list of names in quotes.
        within: whether it is one of a list, so that a comma may stand before it.
    """
    start = at
    while (
        not quoted
        and start < last
        and start - at < _MOST_BETWEEN
        and words.small[start] in _BETWEEN
        and not words.is_capital(start)
    ):
        start += 1
    end = start
    while end < last and end - start < _MOST_WORDS and _is_part(end, start, words, lexicon, taken, quoted, within):
        end += 1
    if end < last and end > start and words.small[end] == "s" and "'" in words.gaps[end]:
        return None  # "the chatbot of Elon Musk's firm"
    if words.small[start:end] in _GENERIC:
        return None  # "Jumble and the TV channel Kivu"
    if end == start or len("".join(words.small[start:end])) < 3 or _OWNERS.intersection(words.small[start:end]):
        return None
    return _marked(start, end, words)


def _is_part(at: int, start: int, words: Words, lexicon: Lexicon, taken: set[int], quoted: bool, within: bool) -> bool:
    word, gap = words.small[at], words.gaps[at].strip()
    if at > start and at not in taken and gap == "" and '"' in words.gaps[start]:
        return True  # a name in quotes goes on in small letters
    if at > start and words.gaps[at] == "-" and (at not in taken or words.is_capital(at)):
        return True  # "Hasht-e Subh"
    if at in taken or word in _SHOPS or not words.is_capital(at) or word in lexicon.months or word in lexicon.weekdays:
        return False
    if quoted and at == start:
        return True
    return gap in ("", '"', "(", "-", "," * within) if at == start else gap in ("", "-")
