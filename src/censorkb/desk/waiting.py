"""What waits for a decision: the claims under facts/proposed/, in the order of their files, as they are on the disk now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from censorkb.facts import text
from censorkb.facts.document import Document, Folder
from censorkb.facts.node import Mapping, Scalar, Sequence
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem, problem
from censorkb.root import Root

PROPOSED = "facts/proposed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that nobody has decided on.

    Args:
        file: path from the knowledge base.
        id: its id in the file.
        says: what it says.
        source: what its file says.
    """

    file: str
    id: str
    says: Mapping
    source: Mapping

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.file, self.id

    def text(self, key: str) -> str:
        """The single value of a key; empty if it has none."""
        return value(self.says, key)

    def quotes(self) -> dict[str, str]:
        """Its quotes by the key of the copy."""
        return {key: node.text for key, node in inner(self.says, "quotes").items() if isinstance(node, Scalar)}

    def sha256(self) -> str:
        """The hash of the text that its places are in: that of the first copy."""
        copies = [node for node in inner(self.source, "copies").values() if isinstance(node, Mapping)]
        return value(copies[0], "sha256") if copies else ""


class Waiting:
    """Finds what waits.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
    """

    def __init__(self, root: Root, ontology: Ontology) -> None:
        self._root = root
        self._folder = Folder(root, list(ontology.forms.by_folder))
        self.problems: list[Problem] = []
        self._read: dict[str, tuple[tuple[int, int, int], list[Proposal], list[Problem]]] = {}

    def __iter__(self) -> Iterator[Proposal]:
        """Each claim that waits; what can't be read is left out and goes into `problems`."""
        self.problems = []
        folder = self._root.path / PROPOSED
        for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
            yield from self.of(f"{PROPOSED}/{path.name}")

    def of(self, name: str) -> list[Proposal]:
        """The claims of one file.

        Args:
            name: path from the knowledge base.
        """
        try:
            about = (self._root.path / name).stat()
        except OSError:
            return []  # decided, or gone
        stamp = about.st_mtime_ns, about.st_size, about.st_ino
        known = self._read.get(name)
        if known is None or known[0] != stamp:
            known = self._read[name] = stamp, *self._claims(name)
        self.problems += known[2]
        return known[1]

    def _claims(self, name: str) -> tuple[list[Proposal], list[Problem]]:
        raw, faults = text.load(f"{self._root.path}/{name}", name)
        before = len(self._folder.problems)
        source = None
        if not faults:
            source = self._folder.parse(Document(name, "proposed", (), name.rpartition("/")[2][:-5]), raw)
        faults = [*faults, *self._folder.problems[before:]]
        if source is None or faults:
            return [], faults
        found: dict[str, Proposal] = {}
        for claim in inner_list(source, "claims"):
            id_ = value(claim, "id") if isinstance(claim, Mapping) else ""
            if not isinstance(claim, Mapping) or not id_ or id_ in found:
                faults.append(problem(claim.place, "missing-id"))
                continue
            found[id_] = Proposal(name, id_, claim, source)
        return list(found.values()), faults


def value(node: Mapping, key: str) -> str:
    """The single value of a key of a mapping; empty if it has none."""
    found = node.entries.get(key, (None, None))[1]
    return found.text if isinstance(found, Scalar) else ""


def inner(node: Mapping, key: str) -> dict[str, Mapping | Sequence | Scalar]:
    """The entries of a mapping in a mapping; none if there is none."""
    found = node.entries.get(key, (None, None))[1]
    return {name: entry for name, (_, entry) in found.entries.items()} if isinstance(found, Mapping) else {}


def inner_list(node: Mapping, key: str) -> list[Mapping | Sequence | Scalar]:
    """The items of a list in a mapping, one that stands alone included; none if there is none."""
    found = node.entries.get(key, (None, None))[1]
    if isinstance(found, Sequence):
        return list(found.items)
    return [found] if isinstance(found, Scalar) and not found.empty else []
