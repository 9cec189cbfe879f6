"""Documents: the fact files of a knowledge base, walked in order and read into nodes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from censorkb.facts import text
from censorkb.facts.node import Mapping, Node, Reader
from censorkb.problem import Place, Problem, listed, problem, shown
from censorkb.root import Root

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
UNREAD = ("proposed", "refused")
BESIDE = ("README.md", "EXAMPLE.yaml")


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


class Folder:
    """The fact files of a knowledge base, read one at a time, so that their number does not matter to the memory.

    Args:
        root: the knowledge base.
        kinds: the folders of the kinds of facts, from the shapes.
    """

    def __init__(self, root: Root, kinds: list[str]) -> None:
        self.root, self.kinds = root, kinds
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[tuple[Document, Mapping | None]]:
        """Each document in the order of the paths, with what it says; what is wrong with it goes into `problems`."""
        for document in self.documents():
            yield document, self.read(document)

    def documents(self) -> Iterator[Document]:
        """Each document in the order of the paths, unread; what is wrong with the names of files goes into `problems`."""
        if not self.root.facts.is_dir():
            self.problems.append(problem(Place("facts"), "missing-facts", folder="facts"))
            return
        found = False
        for path, name in _walk(self.root.facts, "facts"):
            document = self._document(path, name)
            if document:
                found = True
                yield document
        if not found and not self.problems:
            self.problems.append(problem(Place("facts"), "no-facts", folder="facts"))

    def read(self, document: Document) -> Mapping | None:
        """What a document says; None if it can't be read."""
        node, faults = _read(self.root.path / document.name, document.name)
        self.problems += faults
        return node

    def _document(self, path: Path, name: str) -> Document | None:
        parts = tuple(name.split("/")[1:-1])
        folder = next((f for f in self.kinds if parts[: f.count("/") + 1] == tuple(f.split("/"))), None)
        stem = path.name.removesuffix(".yaml")
        if folder is None or not all(is_id(part) for part in parts):
            known = listed(sorted(self.kinds))
            self.problems.append(
                problem(Place(shown(name)), "unknown-folder", folder="/".join(parts) or ".", known=known)
            )
        elif not path.name.endswith(".yaml") or not is_id(stem):
            self.problems.append(problem(Place(shown(name)), "file-name", name=path.name))
        else:
            return Document(name, folder, parts[folder.count("/") + 1 :], stem)
        return None


def _walk(folder: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Files under a folder in code-point order; what poses as a file (a link, a folder x.yaml) is shown, to be refused."""
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        inner = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False) and not entry.name.endswith(".yaml"):
            if inner not in (f"facts/{skipped}" for skipped in UNREAD):
                yield from _walk(Path(entry.path), inner)
        elif not entry.name.startswith(".") and inner not in (f"facts/{beside}" for beside in BESIDE):
            yield Path(entry.path), inner


def _read(path: Path, name: str) -> tuple[Mapping | None, list[Problem]]:
    content, problems = text.read(path, name)
    if problems:
        return None, problems
    reader = Reader(name)
    node: Node | None = reader.read(content)
    if node is None and not reader.problems:
        return None, [problem(Place(name), "empty-file")]
    if node is not None and not isinstance(node, Mapping):
        return None, [
            *reader.problems,
            problem(node.place, "not-a-mapping", key="the file", hint="start with a key such as 'label:'"),
        ]
    return node, reader.problems
