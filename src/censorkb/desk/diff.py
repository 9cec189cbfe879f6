"""The diff: what a change says, what follows from it, and what it must not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from censorkb.check.checker import Checked
from censorkb.check.recheck import Say
from censorkb.desk.account import Item, items, pairs, renamed
from censorkb.desk.comparison import Comparison, compare
from censorkb.desk.effect import effects
from censorkb.desk.forbidden import altered, things_before, vanished
from censorkb.desk.portrait import Painter
from censorkb.desk.sentence import Sentence
from censorkb.desk.sides import sides
from censorkb.graph.cache import Cache, caching
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem
from censorkb.root import Root

CACHE = "desk"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Diff:
    """What a change says.

    Args:
        files: how many files differ.
        items: the things that it speaks of, by group.
        effects: what follows now and did not before.
        problems: what it must not do.
        found: what else is wrong with the files that it touches, and with those that depend on them.
    """

    files: int
    items: list[Item] = field(default_factory=list)
    effects: list[Sentence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where changes of a knowledge base are looked at.

    Args:
        root: the knowledge base.
        ontology: what may be said in it, then and now.
        fresh: whether to do without what the last comparison left.
        say: told what is being done.
        language: that in which a diff names things.
    """

    root: Root
    ontology: Ontology
    fresh: bool = False
    say: Say = lambda _: None
    language: str = "en"

    def diff(self, base: str | None = None, head: str | None = None) -> Diff:
        """Say what differs between two states of the facts.

        Args:
            base: the earlier state, a folder or a revision; where the branch began if none is given.
            head: likewise the later one; the fact files as they are if none is given.

        Raises:
            NoRevision: git can't read a revision.
        """
        return self._compared(base, head, self._told, derived=True)

    def _told(self, comparison: Comparison) -> Diff:
        self.say("telling")
        painter = Painter(self.ontology, comparison.store, self.language)
        before, found = things_before(comparison), pairs(comparison, painter)
        then = {term: thing.place for term, thing in before.items()}
        told = items(comparison, found, painter, then)
        problems = [*vanished(comparison, before), *(p for pair in found for p in altered(comparison, *pair))]
        follows = effects(comparison, painter, renamed(comparison))
        beside = [p for p in comparison.head.problems if p.place.file in comparison.reported]
        return Diff(len(comparison.touched), told, follows, _in_order(problems), beside)

    def check(self, base: str | None = None) -> Checked:
        """Check the files that a change touches, and all of which something else is to be said because of it.

        Args:
            base: the earlier state; see `diff`.

        Returns:
            These files only, with all that a check of everything finds in them, and what the change must not do.

        Raises:
            NoRevision: git can't read a revision.
        """
        return self._compared(base, None, self._checked, derived=False)

    def _checked(self, comparison: Comparison) -> Checked:
        files, head = comparison.reported, comparison.head
        painter = Painter(self.ontology, comparison.store)
        problems = [p for p in head.problems if p.place.file in files]
        problems += vanished(comparison, things_before(comparison))
        problems += (p for pair in pairs(comparison, painter) for p in altered(comparison, *pair))
        documents = head.knowledge.documents
        head.knowledge.documents = {name: documents[name] for name in documents if name in files}
        return replace(head, problems=_in_order(problems), store=None)

    def _compared(self, base: str | None, head: str | None, work: Callable[[Comparison], T], *, derived: bool) -> T:
        """Do something with a comparison, and let go of it: the cache is sealed when nobody has its store any more."""
        with self._open() as (cache, folder):
            found = sides(self.root, folder, base, head)
            return work(compare(found.base, found.head, self.ontology, cache, self.say, derived=derived))

    @contextmanager
    def _open(self) -> Iterator[tuple[Cache | None, Path]]:
        """The cache of comparisons and a folder for revisions; a folder for this once if there is no cache."""
        if not self.fresh:
            with caching(self.root, self.ontology, CACHE) as cache:
                if cache is not None:
                    yield cache, cache.folder
                    return
        with TemporaryDirectory() as folder:
            yield None, Path(folder)


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted({p.key: p for p in problems}.values(), key=lambda p: p.key)
