"""The directory: what things are called, and which of them have pages, where."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.site.answers import Answers
from censorkb.site.plan import PageKind, Plan
from censorkb.site.value import Names, names_of


class Directory:
    """Names and addresses, of everything or of the things that were met so far.

    Args:
        ontology: its prefixes.
        plan: the kinds of pages.
        answers: who has which page, and the names.
    """

    def __init__(self, ontology: Ontology, plan: Plan, answers: Answers) -> None:
        self._prefixes, self._plan, self._answers = ontology.prefixes, plan, answers
        self.names: Names = {}
        self.pages: dict[str, str] = {}
        self._kinds: dict[str, PageKind] = {}
        self._members: dict[str, list[str]] = {}
        self._met: set[str] = set()
        self._written: Container[str] | None = None
        self._spaces: dict[str, list[PageKind]] = {}

    def read_pages(self) -> Iterator[PageKind]:
        """Find all pages; yields each kind of which they are found."""
        for kind in self._plan.kinds:
            if kind.question and not kind.of:
                self._enter(kind, self._answers[kind.question])
                yield kind

    def read_names(self) -> None:
        """Find all names."""
        self.names |= names_of(self._answers[self._plan.labels].rows)

    def spaces(self) -> dict[str, str]:
        """The prefix of the things that have a page, by kind of page."""
        return {
            kind.name: self._prefixes.curie(members[0]).partition(":")[0]
            for kind in self._plan.kinds
            if not kind.of and (members := self.members(kind))
        }

    def know(self, written: Container[str], spaces: dict[str, str]) -> None:
        """Be told of all pages instead of reading them: a thing has one if its address is among them.

        Args:
            written: addresses of pages in the folder of a language.
            spaces: what `spaces` gave when all pages were read.
        """
        self._written = written
        for kind in self._plan.kinds:
            if not kind.of and not kind.beside:
                self._spaces.setdefault(spaces.get(kind.name, ""), []).append(kind)

    def members(self, kind: PageKind) -> list[str]:
        """The things that have a page of a kind, or a file beside it, in the order of its question."""
        return self._members.get(kind.of or kind.name, [])

    def meet(self, things: Collection[str]) -> None:
        """Find the names of things that were not met before, and their pages if all were told.

        Args:
            things: IRIs.
        """
        new = set(things) - self._met
        if not new:
            return
        self._met |= new
        self.names |= names_of(self._answers.about(self._plan.labels, "thing", new).rows)
        if self._written is None:
            return
        for thing in new:
            space, _, local = self._prefixes.curie(thing).partition(":")
            addresses = (kind.address(local) for kind in self._spaces.get(space, ()))
            address = next((each for each in addresses if each in self._written), None)
            if address is not None:
                self.pages[thing] = address

    def forget_names(self) -> None:
        """Let go of the names of things that were met."""
        self.names.clear()
        self._met.clear()

    def _enter(self, kind: PageKind, answer: Answer) -> None:
        """Enter pages; a former id stands where pages of its successor's kind do."""
        for row in answer.rows:
            named = dict(zip(answer.columns, row, strict=True))
            page = named["page"]
            assert isinstance(page, ox.NamedNode), f"{kind.question}.rq: ?page must be a thing"
            like: PageKind | None = kind
            if kind.successor:
                successor = named[kind.successor]
                assert isinstance(successor, ox.NamedNode), f"{kind.question}.rq: ?{kind.successor} must be a thing"
                like = self._kinds.get(successor.value)
            thing = page.value  # a new text each time it is asked for
            if kind.beside:
                self._members.setdefault(kind.name, []).append(thing)
            elif like and thing not in self.pages:
                self._kinds[thing] = like
                self.pages[thing] = like.address(self._prefixes.local(thing))
                self._members.setdefault(kind.name, []).append(thing)
