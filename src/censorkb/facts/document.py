"""Documents: the fact files of a knowledge base, walked in order and read into nodes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from censorkb.facts import outline, text
from censorkb.facts.node import Mapping, Node
from censorkb.facts.stamp import digest
from censorkb.problem import Place, Problem, listed, phrase, problem, shown
from censorkb.root import Root

GIVEN_UP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}): +(.+)", re.DOTALL)
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
UNREAD = ("facts/proposed", "facts/refused")
BESIDE = ("facts/README.md", "facts/REVIEWING.md", "facts/EXAMPLE.yaml")


@dataclass(slots=True)
class Document:
    """One fact file.

    Args:
        name: path from the knowledge base, with `/`.
        folder: the folder of its kind under `facts/`, such as `entities/agents`.
        inside: folders between `folder` and the file.
        stem: file name without `.yaml`.
        claims: how many claims it makes, once it is mapped.
    """

    name: str
    folder: str
    inside: tuple[str, ...]
    stem: str
    claims: int = 0


def is_id(word: str) -> bool:
    """Whether a word can be an id."""
    return len(word) <= LONGEST_ID and ID.fullmatch(word) is not None


def slug(word: str) -> str:
    """The id that a word was most likely meant to be; empty if it has no letters or digits for one."""
    return re.sub("[^a-z0-9]+", "-", word.lower()).strip("-")[:LONGEST_ID]


def given_up(text: str) -> tuple[str, str]:
    """The day on which an id was given up, empty if nobody says, and the id: `2026-05-02: hallo`, or `hallo` alone."""
    dated = GIVEN_UP.fullmatch(text)
    return (dated[1], dated[2]) if dated else ("", text)


class Folder:
    """The fact files of a knowledge base, read one at a time, so that their number does not matter to the memory.

    Args:
        root: the knowledge base.
        kinds: the folders of the kinds of facts, from the shapes.
    """

    def __init__(self, root: Root, kinds: list[str]) -> None:
        self.root, self.kinds = root, kinds
        self.problems: list[Problem] = []
        self.digests: dict[str, str] = {}  # of what was read, by document

    def __iter__(self) -> Iterator[tuple[Document, Mapping | None]]:
        """Each document in the order of the paths, with what it says; what is wrong with it goes into `problems`."""
        for document in self.documents():
            yield document, self.read(document)

    def documents(self, within: str = "facts") -> Iterator[Document]:
        """Each document in the order of the paths, unread; what is wrong with the names of files goes into `problems`.

        Args:
            within: a folder or file to look at alone, as a path from the knowledge base with `/`.
        """
        if not self.root.facts.is_dir():
            self.problems.append(problem(Place("facts"), "missing-facts", folder="facts"))
            return
        found = False
        homes: dict[str, tuple[str, tuple[str, ...]] | None] = {}
        for name in _walk_in(self.root, within):
            above, _, last = name.rpartition("/")
            if above not in homes:
                homes[above] = self._home(above)
            document = self._document(name, last, homes[above])
            if document:
                found = True
                yield document
        if not found and not self.problems and within == "facts":
            self.problems.append(problem(Place("facts"), "no-facts", folder="facts"))

    def read(self, document: Document) -> Mapping | None:
        """What a document says; None if it can't be read."""
        raw = self.load(document)
        return None if raw is None else self.parse(document, raw)

    def load(self, document: Document) -> bytes | None:
        """The bytes of a document; None if there are none to read."""
        raw, faults = text.load(f"{self.root.path}/{document.name}", document.name)
        self.problems += faults
        if faults:
            return None
        self.digests[document.name] = digest(raw)
        return raw

    def parse(self, document: Document, raw: bytes) -> Mapping | None:
        """What the bytes of a document say; None if they can't be read."""
        content, faults = text.decode(raw, document.name)
        node = None if faults else outline.read(content, document.name)
        if node is None and not faults:
            node, faults = _read_in_full(content, document.name)
        self.problems += faults
        return node

    def _home(self, above: str) -> tuple[str, tuple[str, ...]] | None:
        """The folder of a kind that a folder is or is in, and what is between them; None if there is none."""
        parts = tuple(above.split("/")[1:])
        folder = next((f for f in self.kinds if parts[: f.count("/") + 1] == tuple(f.split("/"))), None)
        return (folder, parts[folder.count("/") + 1 :]) if folder and all(map(is_id, parts)) else None

    def _document(self, name: str, last: str, home: tuple[str, tuple[str, ...]] | None) -> Document | None:
        stem = last.removesuffix(".yaml")
        if home is None:
            known, above = listed(sorted(self.kinds)), "/".join(name.split("/")[1:-1])
            self.problems.append(problem(Place(shown(name)), "unknown-folder", folder=above or ".", known=known))
        elif stem == last or not is_id(stem):
            self.problems.append(
                problem(Place(shown(name)), "file-name", name=last, want=f"{slug(_stem(last)) or 'name'}.yaml")
            )
        else:
            return Document(name, *home, stem)
        return None


def _stem(name: str) -> str:
    """A file name without its ending, if it has one that is meant for YAML."""
    return re.sub(r"\.ya?ml$", "", name, flags=re.IGNORECASE)


def _walk_in(root: Root, within: str) -> Iterator[str]:
    path = root.path / within
    return _walk(str(path), within) if path.is_dir() else iter([within] * (within not in BESIDE))


def _walk(folder: str, name: str) -> Iterator[str]:
    """Files under a folder in code-point order; what poses as a file (a link, a folder x.yaml) is shown, to be refused."""
    for entry in sorted(os.scandir(folder), key=_name):
        inner = f"{name}/{entry.name}"
        if not entry.name.endswith(".yaml") and entry.is_dir(follow_symlinks=False):
            if inner not in UNREAD:
                yield from _walk(entry.path, inner)
        elif not entry.name.startswith(".") and inner not in BESIDE:
            yield inner


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _read_in_full(content: str, name: str) -> tuple[Mapping | None, list[Problem]]:
    from censorkb.facts.reader import Reader  # most knowledge bases need no YAML library

    reader = Reader(name)
    node: Node | None = reader.read(content)
    if node is None and not reader.problems:
        return None, [problem(Place(name), "empty-file")]
    if node is not None and not isinstance(node, Mapping):
        return None, reader.problems or [
            problem(node.place, "not-a-mapping", key=phrase("the-file"), hint=phrase("begin-file")),
        ]
    return node, reader.problems
