"""The register: every id of a knowledge base, which document has it, and what it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from censorkb.graph.mapped import Mapped, Thing
from censorkb.problem import Place


class Elsewhere(Protocol):
    """What is known of documents that were not mapped again."""

    def thing(self, term: str) -> Thing | None:
        """The thing of a term, if one of those documents has it."""

    def things(self, kind: str) -> Iterable[tuple[str, Thing]]:
        """All their things of a class, by term."""

    def others(self) -> Iterable[Mapped]:
        """What each of those documents says, in the order of their names."""

    def mapped(self, name: str) -> Mapped:
        """What one of those documents says and has."""

    def globals(self) -> Iterable[Mapped]:
        """What of those documents bears on all others: renamings, doubtful and contested ids, files that are lost."""


class Register:
    """Looks ids up, in the documents that were mapped and beyond.

    Args:
        elsewhere: documents that were not mapped again.
    """

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        self._elsewhere = elsewhere
        self._things: dict[str, Thing] = {}
        self.former: dict[str, str] = {}
        self.doubtful: set[str] = set()
        self.contested: set[str] = set()
        self.lost = False  # an unknown id may stand in a file that can't be read
        self._kinds: dict[str, dict[str, Thing]] = {}
        self._names: dict[str, dict[str, str]] = {}
        for mapped in elsewhere.globals() if elsewhere else ():
            self._note(mapped)

    def add(self, mapped: Mapped) -> None:
        """Enter what a document has."""
        self._things |= mapped.things
        self._note(mapped)

    def _note(self, mapped: Mapped) -> None:
        self.former |= mapped.former
        self.doubtful |= mapped.doubtful
        self.contested |= mapped.contested
        self.lost |= mapped.lost

    def thing(self, term: str) -> Thing | None:
        """The thing of a term; None if no document has it."""
        return self._things.get(term) or (self._elsewhere.thing(term) if self._elsewhere else None)

    def place(self, term: str) -> Place | None:
        """Where the id of a term stands."""
        thing = self.thing(term)
        return thing.place if thing else None

    def classes(self, term: str) -> tuple[str, ...]:
        """Classes of a term; none if nothing of that id could be read."""
        thing = self.thing(self.former.get(term, term))
        return thing.classes if thing else ()

    def of_kind(self, kind: str) -> dict[str, Thing]:
        """All things of a class, by term."""
        if kind not in self._kinds:
            beyond = self._elsewhere.things(kind) if self._elsewhere else ()
            near = ((term, thing) for term, thing in self._things.items() if kind in thing.classes)
            self._kinds[kind] = dict(sorted([*beyond, *near]))
        return self._kinds[kind]

    def names_of(self, kind: str, id_of: Callable[[str], str]) -> dict[str, str]:
        """What all things of a class go by: their ids, and their labels and aliases in lower case, to the ids.

        Args:
            kind: the class.
            id_of: the id of a term.
        """
        if kind not in self._names:
            ids = {term: id_of(term) for term in self.of_kind(kind)}
            self._names[kind] = known = {id_: id_ for id_ in ids.values()}
            for term, thing in self.of_kind(kind).items():
                for name in thing.labels:
                    known.setdefault(name.lower(), ids[term])  # an id is itself, whatever else has it as a name
        return self._names[kind]

    def is_good(self, target: str, kind: str) -> bool:
        """Whether there is nothing to say of a reference."""
        return target not in self.former and kind in ("", *self.classes(target)) and bool(self.classes(target))
