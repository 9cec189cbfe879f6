"""What a knowledge base knows already: ids of its entities by their names, its measures, and the texts that were read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from censorkb.extract.gazetteer import GENERIC, Name, listed_names
from censorkb.facts.document import UNREAD, Document, Folder
from censorkb.facts.node import Mapping, Node, Scalar, Sequence
from censorkb.root import Root

_ENTITIES = ("entities/agents", "entities/services", "entities/targets", "entities/countries", "entities/networks")
_GOVERNMENTS = ("government", "authorities")


@dataclass(slots=True)
class Known:
    """What a knowledge base knows.

    Args:
        ids: ids of entities by name in small letters.
        governments: ids of the unnamed authorities of countries by code.
        measures: ids of measures by action, target and country.
        names: names for the gazetteer.
        texts: names of sources by the SHA-256 of a text.
        refused: action, target, country and quote of the claims that somebody has refused.
    """

    ids: dict[str, str] = field(default_factory=dict)
    governments: dict[str, str] = field(default_factory=dict)
    measures: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    names: list[tuple[str, Name]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    refused: set[tuple[str, str, str, str]] = field(default_factory=set)

    @classmethod
    def read(cls, root: Root) -> Known:
        """Read the entities, measures and hashes of a knowledge base; what can't be read is left to `check`."""
        known = cls()
        if not root.facts.is_dir():
            return known
        known._undecided(root)
        for document, content in Folder(root, [*_ENTITIES, "measures", "sources"]):
            if content is None:
                continue
            if document.folder == "measures":
                known._measures(content)
            elif document.folder == "sources":
                known._copies(document.name, content)
            else:
                known._entity(document.folder, document.stem, content)
        return known

    def _undecided(self, root: Root) -> None:
        """Take note of the texts whose claims wait or were refused; they are not proposed again."""
        folder = Folder(root, [])
        for path in sorted(p for part in UNREAD for p in (root.path / part).glob("*.yaml")):
            name = path.relative_to(root.path).as_posix()
            content = folder.read(Document(name, name.rpartition("/")[0], (), path.stem))
            if content is not None:
                self._copies(name, content)
                self.refused |= set(_refused(content)) if name.startswith(UNREAD[1]) else set()

    def id(self, name: str) -> str:
        """The id of a name; made of its words if there is none yet."""
        return self.ids.get(name.lower()) or slug(name)

    def _entity(self, folder: str, stem: str, content: Mapping) -> None:
        names = [*_texts(content, "label"), *_texts(content, "aliases")]
        country = _text(content, "country").upper()
        for name in names:
            self.ids.setdefault(name.lower(), stem)
        if _text(content, "type") == "authority" and any(
            word in name.lower() for name in names for word in _GOVERNMENTS
        ):
            self.governments.setdefault(country, stem)
        sort = "agency" if _text(content, "type") == "authority" else "service" if folder.endswith("services") else ""
        for name in names:
            if (
                sort
                and name.lower() not in listed_names()
                and not set(name.lower().split()) & GENERIC
                and "(" not in name
            ):
                self.names.append(
                    (f"={' ='.join(name.split())}", Name(sort, names[0], _text(content, "kind"), country))
                )

    def _measures(self, content: Mapping) -> None:
        for key, (_, node) in content.entries.items():
            if isinstance(node, Mapping):
                triple = (_text(node, "action"), _text(node, "target"), _text(node, "country"))
                self.measures.setdefault(triple, []).append(key)

    def _copies(self, name: str, content: Mapping) -> None:
        copies = content.entries.get("copies")
        if copies and isinstance(copies[1], Mapping):
            for _, copy in copies[1].entries.values():
                if isinstance(copy, Mapping) and _text(copy, "sha256"):
                    self.texts[_text(copy, "sha256")] = name


def _refused(content: Mapping) -> Iterator[tuple[str, str, str, str]]:
    claims = content.entries.get("claims", (None, None))[1]
    for claim in claims.items if isinstance(claims, Sequence) else ():
        if isinstance(claim, Mapping):
            slots = _text(claim, "action"), _text(claim, "target"), _text(claim, "country")
            yield from ((*slots, quote) for quote in _texts(claim, "quotes"))


def slug(name: str) -> str:
    """An id made of the words of a name."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    return "-".join(letters.split())[:80].strip("-") or "unnamed"


def _text(content: Mapping, key: str) -> str:
    found = content.entries.get(key)
    return found[1].text if found and isinstance(found[1], Scalar) else ""


def _texts(content: Mapping, key: str) -> list[str]:
    found = content.entries.get(key)
    return list(_all(found[1])) if found else []


def _all(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _all(item)
    else:
        for _, value in node.entries.values():
            yield from _all(value)
