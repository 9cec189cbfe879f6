"""Reading: what a text or a saved page states about the publication that it is a copy of. Nothing is fetched."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from censorkb.desk import page
from censorkb.desk.inventory import Inventory, host_of
from censorkb.facts.text import HIDDEN
from censorkb.graph import edtf, term, web
from censorkb.problem import Refusal

MOST_BYTES = 5_000_000  # as much as `check --texts` reads
LONGEST_TITLE = 300
_HTML = re.compile(rb"<(!doctype html|html|head|meta|body)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])")


class Unreadable(Refusal):
    """The file can't be used; the text says why."""


@dataclass(slots=True)
class Reading:
    """What is known of a copy and its source, by key.

    Args:
        source: keys of the source.
        copy: keys of the copy.
        publisher: the name of the publisher as the page gives it, if it is not known as an agent.
    """

    source: dict[str, str] = field(default_factory=dict)
    copy: dict[str, str] = field(default_factory=dict)
    publisher: str = ""


def of_file(path: Path, inventory: Inventory) -> Reading:
    """What a file of text or HTML states.

    Raises:
        Unreadable: it is too long, or holds no text.
        OSError: it can't be opened.
    """
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Unreadable("long-file", most=MOST_BYTES // 1_000_000)
    if not raw.strip() or b"\0" in raw:
        raise Unreadable("no-text")
    reading = Reading(copy={"file": _clean(path.name), "sha256": hashlib.sha256(raw).hexdigest()})
    if _HTML.search(raw[:4096]):
        _take_page(reading, page.read(_decoded(raw)), inventory)
    else:
        _guess_language(reading, _decoded(raw))
    return reading


def of_address(address: str, inventory: Inventory) -> Reading:
    """What the known sources say of others at the same host; the address is not opened."""
    reading = Reading(copy={"url": address})
    known = Counter(inventory.at_host(host_of(address)))
    hosts = {host for _, host in known if host}
    publishers = {publisher for publisher, host in known if publisher == host}
    if len(hosts) == 1:
        reading.copy["host"] = hosts.pop()
    if len(publishers) == 1:
        reading.source["publisher"] = publishers.pop()
    return reading


def _take_page(reading: Reading, found: page.Page, inventory: Inventory) -> None:
    title, day = _clean(found.title), _DAY.match(found.published)
    if 0 < len(title) <= LONGEST_TITLE:
        reading.source["title"] = title
    if day and _is_date(day.group()):
        reading.source["published"] = day.group()
    if web.is_public(found.address):
        reading.copy["url"] = found.address
        near = of_address(found.address, inventory)
        reading.source |= near.source
        reading.copy |= near.copy
    named = inventory.named(found.publisher, ("entities/agents",)) if found.publisher else []
    if len(named) == 1:
        reading.source["publisher"] = named[0].id
    else:
        reading.publisher = _clean(found.publisher)
    language = found.language.partition("-")[0].lower()
    if term.is_language(language):
        reading.source["language"] = language
    else:
        _guess_language(reading, found.words)


def _guess_language(reading: Reading, text: str) -> None:
    """Of what is long enough to tell; the library is loaded only here, for it takes its time."""
    words = text[:20_000]
    if len(words.split()) >= 8:
        from py3langid import classify  # type: ignore[import-untyped]  # it has no types

        reading.source["language"] = str(classify(words)[0])


def _decoded(raw: bytes) -> str:
    declared = _CHARSET.search(raw[:4096])
    for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "utf-8"):
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _is_date(text: str) -> bool:
    try:
        edtf.parse(text)
    except edtf.WrongDate:
        return False
    return True


def _clean(text: str) -> str:
    return " ".join(HIDDEN.sub(" ", text).split())
