"""Proposals: candidates as a fact file of the form that curated ones have, for `facts/proposed/`."""

from __future__ import annotations

import functools
import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from censorkb.extract.article import Article
from censorkb.extract.candidate import Candidate
from censorkb.extract.gazetteer import country_name
from censorkb.extract.known import Known, slug
from censorkb.extract.trace import Trace
from censorkb.facts.text import HIDDEN


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its candidates.

    Args:
        article: the article.
        candidates: what it says.
    """

    article: Article
    candidates: list[Candidate]


def sha256(read: Read) -> str:
    """The hash of the text that was read."""
    return _hash(read.article)


def _hash(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()


def name_of(article: Article) -> str:
    """The name of the file of an article: day, publisher and topic."""
    day = article.published.isoformat() if article.published else "undated"
    return slug(f"{day} {article.publisher or 'unknown'} {(article.title or article.id)[:50]}") + ".yaml"


def write(reads: list[Read], known: Known) -> str:
    """The text of a fact file.

    Args:
        reads: one story: an article, and copies and translations of it, the original first.
        known: what the knowledge base has.
    """
    first = reads[0].article
    keys = _keys(reads)
    lines = [
        f"title: {_scalar(_title(first))}",
        f"publisher: {slug(first.publisher) if first.publisher else 'unknown'}",
        f"language: {first.language}",
    ]
    if first.published:
        lines.append(f"published: {first.published.isoformat()}")
    lines += [
        "copies:",
        *(line for read, key in zip(reads, keys, strict=True) for line in _copy(read.article, key, first)),
    ]
    lines += ["status: candidate", "claims:"]
    taken: set[str] = set()
    for number, candidate in enumerate(reads[0].candidates):
        quotes = {keys[0]: candidate.quote}
        for read, key in zip(reads[1:], keys[1:], strict=True):
            same = next(
                (c for c in read.candidates if (c.action, c.target) == (candidate.action, candidate.target)), None
            )
            if same:
                quotes[key] = same.quote
        if not any(HIDDEN.search(quote) for quote in quotes.values()) and not _is_refused(candidate, quotes, known):
            lines += ["", *_claim(candidate, quotes, known, taken, number)]
    return "\n".join(lines) + "\n"


def _is_refused(candidate: Candidate, quotes: dict[str, str], known: Known) -> bool:
    """Whether somebody has refused it, in this or another copy of the story."""
    slots = _action(candidate), known.id(candidate.target), (candidate.country or "").lower()
    return any((*slots, quote) in known.refused for quote in quotes.values())


def _keys(reads: list[Read]) -> list[str]:
    keys: list[str] = []
    for read in reads:
        key = "page" if not keys else f"copy-{read.article.language}"
        keys.append(key if key not in keys else f"{key}-{len(keys)}")
    return keys


def _title(article: Article) -> str:
    title = article.title or next((line.strip() for line in article.text.splitlines() if line.strip()), "")
    clean = HIDDEN.sub("", " ".join(title.split()[:24]))
    return clean if article.title or len(title.split()) <= 20 else f"[{slug(article.id)}]"


def _copy(article: Article, key: str, first: Article) -> Iterator[str]:
    kind = (
        "original"
        if article is first
        else "syndicated"
        if article.language == first.language
        else "machine-translation"
    )
    yield f"  {key}:"
    yield f"    kind: {kind}"
    yield f"    host: {slug(article.publisher or first.publisher) if article.publisher or first.publisher else 'unknown'}"
    yield f"    language: {article.language}"
    if article.url:
        yield f"    url: {_scalar(article.url)}"
    else:
        yield f"    file: {_scalar(HIDDEN.sub('', article.id)[-120:])}"
    yield f"    sha256: {_hash(article)}"


def _claim(candidate: Candidate, quotes: dict[str, str], known: Known, taken: set[str], number: int) -> Iterator[str]:
    codes = _codes()
    action, target = _action(candidate), known.id(candidate.target)
    country = (candidate.country or "").lower()
    id_ = slug(f"{candidate.target} {candidate.action}")[:60]
    yield f"- id: {id_ if id_ not in taken else f'{id_}-{number}'}"
    taken.add(id_)
    yield "  type: measure"
    yield f"  says: {_scalar(_says(candidate))}"
    if candidate.speaker:
        yield f"  speaker: {known.id(candidate.speaker)}"
    if candidate.via:
        yield f"  via: [{', '.join(map(known.id, candidate.via))}]"
    if candidate.stance != "asserts":
        yield f"  stance: {candidate.stance}"
    about = known.measures.get((action, target, country), [])
    if len(about) == 1:
        yield f"  about: {about[0]}"
    yield f"  action: {action}"
    yield f"  target: {target}"
    if country:
        yield f"  country: {country}"
    yield f"  phase: {'attempted' if 'attempted' in candidate.flags else codes['phase'][candidate.status]}"
    yield from _dates(candidate)
    if candidate.action == "restrict-feature":
        yield "  feature: calls"
    if candidate.agent and candidate.action != "unblock":
        yield f"  actor: {_actor(candidate, known)}"
    yield "  quotes:"
    yield from (f"    {key}: {_scalar(quote)}" for key, quote in quotes.items())
    yield f"  note: {_scalar(_trace(candidate).note())}"


def _action(candidate: Candidate) -> str:
    if candidate.action == "delist" and "register" in candidate.flags:
        return "registry-removal"
    return str(_codes()["action"][candidate.action])


def _dates(candidate: Candidate) -> Iterator[str]:
    if not candidate.date or candidate.basis in ("lead", "before"):
        return
    date = candidate.date.replace("../", "..")  # as facts write it
    yield "  dates:"
    phrase = (
        f", phrase: {_scalar(candidate.phrase)}" if candidate.basis in ("relative", "span") and candidate.phrase else ""
    )
    yield f"    {_codes()['role'][candidate.status]}: {{date: {date}{phrase}}}"


def _actor(candidate: Candidate, known: Known) -> str:
    assert candidate.agent
    if candidate.country and candidate.agent == f"Government of {country_name(candidate.country)}":
        return known.governments.get(candidate.country) or known.id(candidate.agent)
    return known.id(candidate.agent)


def _says(candidate: Candidate) -> str:
    codes = _codes()
    place = country_name(candidate.country) if candidate.country else "a country that is not named"
    who = candidate.agent or "somebody"
    words = {name: codes[name][candidate.action].format(target=candidate.target) for name in ("verb", "infinitive")}
    said = codes["stage"][candidate.status].format(who=who, **words, place=place, target=candidate.target)
    said = said[0].upper() + said[1:]
    dated = candidate.date and candidate.basis not in ("lead", "before") and "/" not in candidate.date
    return f"{said} ({candidate.date})." if dated else f"{said}."


def _trace(candidate: Candidate) -> Trace:
    quote = candidate.start, candidate.end
    return Trace(candidate.confidence, quote, candidate.trigger, candidate.flags, candidate.by, candidate.differs)


def _scalar(text: str) -> str:
    """A text as a value of YAML on one line."""
    return json.dumps(text, ensure_ascii=False)


@functools.cache
def _codes() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "codes.toml").read_text("utf-8"))
