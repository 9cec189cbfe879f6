"""Tidying: fact files in their canonical form, each looked at by itself, since no other file bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from censorkb.desk.change import Change
from censorkb.facts import syntax, text
from censorkb.facts.comments import find
from censorkb.facts.document import Document, Folder
from censorkb.facts.node import Mapping, Node, Scalar
from censorkb.facts.writer import write
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, Problem, problem
from censorkb.root import Root


@dataclass(slots=True)
class Tidied:
    """What became of some files.

    Args:
        files: how many were looked at.
        changes: those that were not tidy.
        problems: why others can't be tidied; these are left alone.
    """

    files: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def tidy(root: Root, ontology: Ontology, within: Iterable[str] = ("facts",)) -> Tidied:
    """Say what tidying would change; nothing is written.

    Args:
        root: the knowledge base.
        ontology: what may be said in it, and in which order.
        within: files and folders to look at, as paths from the knowledge base with `/`.
    """
    tidied, folder = Tidied(), Folder(root, list(ontology.forms.by_folder))
    seen: set[str] = set()
    for name in within:
        for document in folder.documents(name):
            if document.name not in seen:
                seen.add(document.name)
                change = _tidy(folder, document, ontology)
                tidied.changes += [change] if change else []
    tidied.files, tidied.problems = len(seen), sorted(folder.problems, key=lambda p: p.key)
    return tidied


def _tidy(folder: Folder, document: Document, ontology: Ontology) -> Change | None:
    raw = folder.load(document)
    earlier = len(folder.problems)
    node = None if raw is None else folder.parse(document, raw)
    if raw is None or node is None or len(folder.problems) > earlier:
        return None
    content, _ = text.decode(raw, document.name)
    after = write(content, ontology.forms.by_folder[document.folder], ontology.forms)
    if after.encode() == raw:
        return None
    if not _says_the_same(folder, document, node, (content, after)):
        folder.problems.append(problem(Place(document.name), "not-tidied"))
        return None
    return Change(document.name, raw.decode("utf-8"), after)


def _says_the_same(folder: Folder, document: Document, node: Mapping, texts: tuple[str, str]) -> bool:
    """Whether a text says what another says, comments included: the last look before an author's file is replaced."""
    again = Folder(folder.root, folder.kinds)
    read = again.parse(document, texts[1].encode())
    before, after = (Counter(c.text for c in find(syntax.parse(t), t)) if read else Counter() for t in texts)
    return read is not None and not again.problems and _plain(read) == _plain(node) and before == after


def _plain(node: Node) -> object:
    """What a node says, wherever it stands."""
    if isinstance(node, Scalar):
        return node.text, node.empty
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, (_, value) in node.entries.items()}
    return [_plain(item) for item in node.items]
