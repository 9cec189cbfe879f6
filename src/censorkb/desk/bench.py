"""The workbench: fact files that a correction changes, until all of it is known to be right and can be written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from censorkb.check.checker import check
from censorkb.desk.change import Change, apply
from censorkb.desk.inventory import Inventory
from censorkb.facts import text
from censorkb.facts.document import Document, Folder
from censorkb.facts.edit import Edit
from censorkb.facts.writer import write
from censorkb.graph.knowledge import Knowledge
from censorkb.ontology.form import Form
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, Problem, Refusal, Severity, verbatim
from censorkb.root import Root


class CantCorrect(Refusal):
    """The correction can't be made; the text says why."""


class Bench:
    """Holds the files of a knowledge base as a correction leaves them; the disk stays as it is.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
    """

    def __init__(self, root: Root, ontology: Ontology) -> None:
        self.root, self.ontology = root, ontology
        self.inventory = Inventory(root, ontology)
        self.notes: list[Phrase] = []  # what whoever corrects should know
        self._folder = Folder(root, list(ontology.forms.by_folder))
        self._documents = {document.name: document for document in self._folder.documents()}
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}

    def form(self, name: str) -> Form:
        """The form of the folder that a file is in."""
        folder = next(f for f in self._folder.kinds if name.startswith(f"facts/{f}/"))
        return self.ontology.forms.by_folder[folder]

    def names(self) -> list[str]:
        """Names of all fact files, in their order."""
        return sorted(name for name in {*self._documents, *self._after} if self._after.get(name) != "")

    def text(self, name: str) -> str:
        """What is in a file, as the correction has left it so far; empty if there is none."""
        if name in self._after:
            return self._after[name]
        return self._read(self._documents[name]) if name in self._documents else ""

    def edit(self, name: str) -> Edit:
        """Begin to edit a file."""
        return Edit(self.text(name), self.form(name), self.ontology.forms)

    def put(self, name: str, content: str) -> None:
        """Leave a file with a content; without any it is to go."""
        if name not in self._before:
            self._before[name] = self._read(self._documents[name]) if name in self._documents else ""
        self._after[name] = content

    def mentioning(self, words: set[str]) -> Iterator[str]:
        """Names of the files in which one of some words stands."""
        return (name for name in self.names() if any(word in self.text(name) for word in words))

    def changes(self) -> list[Change]:
        """What is to become of each file; those that were tidy stay so."""
        made = []
        for name, after in sorted(self._after.items()):
            before, form, forms = self._before[name], self.form(name), self.ontology.forms
            if after and (not before or write(before, form, forms) == before):
                after = write(after, form, forms)
            made += [Change(name, before, after)] if after != before else []
        return made

    def _read(self, document: Document) -> str:
        raw, problems = text.load(self.root.path / document.name, document.name)
        earlier = len(self._folder.problems)
        if problems or self._folder.parse(document, raw) is None or len(self._folder.problems) > earlier:
            raise CantCorrect("unreadable", path=verbatim(document.name))
        return text.decode(raw, document.name)[0]


def new_errors(root: Root, ontology: Ontology, changes: list[Change]) -> list[Problem]:
    """The errors that the facts would have after some changes and do not have now.

    The files are linked into a folder of their own and changed there.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
        changes: what is to become of files.
    """
    with tempfile.TemporaryDirectory(prefix="censorkb-") as folder:
        shutil.copytree(root.facts, Path(folder) / "facts", symlinks=True, copy_function=_link)
        apply(Path(folder), changes)
        after = _errors(Root(Path(folder)), ontology)
    if not after:
        return []
    known = Counter((p.rule, p.message) for p in _errors(root, ontology))
    return [
        p for p in after if known[p.rule, p.message] < sum((q.rule, q.message) == (p.rule, p.message) for q in after)
    ]


def _errors(root: Root, ontology: Ontology) -> list[Problem]:
    return [p for p in check(Knowledge.read(root, ontology)).problems if p.severity is Severity.ERROR]


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, or one without links
        shutil.copy2(source, target, follow_symlinks=False)
    return target
