"""The inventory: what stands in the fact files by id and name, read without making a graph of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from censorkb.desk.names import are_near, folded
from censorkb.facts.document import Document, Folder, given_up
from censorkb.facts.node import Mapping, Node, Scalar, Sequence
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root


@dataclass(frozen=True, slots=True)
class Item:
    """An entity, measure or source.

    Args:
        id: its id.
        folder: folder of its kind under `facts/`.
        file: path from the knowledge base.
        says: what its file says of it.
        names: its names and former ids, in all languages.
    """

    id: str
    folder: str
    file: str
    says: Mapping
    names: tuple[str, ...] = field(default=())

    def text(self, key: str) -> str:
        """The single value of a key; empty if it has none."""
        return _text(self.says, key)

    @property
    def copies(self) -> list[Mapping]:
        """The copies of a source."""
        copies = self.says.entries.get("copies", (None, None))[1]
        return (
            [node for _, node in copies.entries.values() if isinstance(node, Mapping)]
            if isinstance(copies, Mapping)
            else []
        )


class Inventory:
    """All entities, measures and sources of a knowledge base; files that can't be read are as if they were not there.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
    """

    def __init__(self, root: Root, ontology: Ontology) -> None:
        self._root, self._ontology = root, ontology
        source = ontology.vocabulary.node("ckb:Source")
        self._sources = [folder for folder, form in ontology.forms.by_folder.items() if form.class_ == source]

    @cached_property
    def things(self) -> dict[str, Item]:
        """Entities and measures by id."""
        folders = [folder for folder in self._ontology.forms.by_folder if folder not in self._sources]
        return {item.id: item for folder in folders for item in self._items(folder)}

    @cached_property
    def sources(self) -> dict[str, Item]:
        """Sources by id."""
        return {item.id: item for folder in self._sources for item in self._items(folder)}

    @cached_property
    def former(self) -> dict[str, str]:
        """Former ids of entities and measures, to those of today."""
        return _former(self.things.values())

    @cached_property
    def former_sources(self) -> dict[str, str]:
        """Former ids of sources, to those of today."""
        return _former(self.sources.values())

    def renew(self, name: str) -> list[Item]:
        """Read one file again that was written meanwhile.

        Args:
            name: path from the knowledge base.
        """
        files = Folder(self._root, list(self._ontology.forms.by_folder))
        found = [item for document in files.documents(name) for item in self._in(files, document)]
        for item in found:
            (self.sources if item.folder in self._sources else self.things)[item.id] = item
        return found

    def named(self, name: str, folders: tuple[str, ...] = ()) -> list[Item]:
        """Entities and measures that have a name, whatever its capitals, accents and script."""
        wanted = folded(name)
        return [item for item in self._of(folders) if wanted and wanted in map(folded, (item.id, *item.names))]

    def like(self, name: str, folders: tuple[str, ...] = ()) -> list[Item]:
        """Entities and measures that have a name much like this one."""
        wanted = folded(name)
        return [
            item
            for item in self._of(folders)
            if any(are_near(wanted, known) for known in map(folded, (item.id, *item.names)) if known)
        ]

    def at_host(self, host: str) -> list[tuple[str, str]]:
        """Publisher of a source and host of its copy, for each known copy on a web host."""
        return [
            (item.text("publisher"), _text(copy, "host"))
            for item in self.sources.values()
            for copy in item.copies
            if host_of(_text(copy, "url")) == host
        ]

    def with_copy(self, key: str, value: str) -> list[Item]:
        """Sources that have a copy with a value: a web address, a hash."""
        return [item for item in self.sources.values() if any(_text(copy, key) == value for copy in item.copies)]

    def _of(self, folders: tuple[str, ...]) -> Iterator[Item]:
        return (item for item in self.things.values() if not folders or item.folder in folders)

    def _items(self, folder: str) -> Iterator[Item]:
        files = Folder(self._root, list(self._ontology.forms.by_folder))
        for document in files.documents(f"facts/{folder}") if (self._root.facts / folder).is_dir() else ():
            yield from self._in(files, document)

    def _in(self, files: Folder, document: Document) -> Iterator[Item]:
        node = files.read(document)
        if node and self._ontology.forms.by_folder[document.folder].several:
            for id_, (_, inner) in node.entries.items():
                yield from _item(document, id_, inner)
        elif node:
            yield from _item(document, document.stem, node)


def _former(items: Iterable[Item]) -> dict[str, str]:
    return {
        given_up(old)[1]: item.id
        for item in items
        for key in ("formerly", "merged")
        for old in _texts(item.says.entries.get(key))
    }


def host_of(address: str) -> str:
    """The host of a web address, without the www. that many leave out."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _item(document: Document, id_: str, node: Node) -> Iterator[Item]:
    if isinstance(node, Mapping):
        entries = node.entries
        names = [name for key in ("label", "aliases", "formerly") for name in _texts(entries.get(key))]
        names += [given_up(old)[1] for old in _texts(entries.get("merged"))]
        yield Item(id_, document.folder, document.name, node, tuple(names))


def _text(node: Mapping, key: str) -> str:
    value = node.entries.get(key, (None, None))[1]
    return value.text if isinstance(value, Scalar) else ""


def _texts(entry: tuple[Scalar, Node] | None) -> Iterator[str]:
    """All texts of an entry, whatever lists and languages they are in."""
    waiting = [entry[1]] if entry else []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Scalar):
            yield node.text
        elif isinstance(node, Sequence):
            waiting += node.items
        else:
            waiting += [inner for _, inner in node.entries.values()]
