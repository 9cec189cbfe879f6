"""What is kept of a document once it is mapped: enough to judge the references of others, and its packed statements."""

from __future__ import annotations

from dataclasses import dataclass, field

from censorkb.graph.mapper import Mapper
from censorkb.problem import Place, Problem


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an id.

    Args:
        classes: terms of its classes, the nearest first; none if it could not be read, or if the id was given up.
        place: where its id stands.
        labels: its names in all languages.
    """

    classes: tuple[str, ...]
    place: Place
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapped:
    """What one document says.

    Args:
        name: the document.
        claims: how many claims it makes.
        lost: whether it can't be read although it may name many things.
        things: what it has by term, given up ids included.
        wants: what it refers to: term (empty if the word can't be an id) and the class that it should have.
        former: terms that were renamed, to the present ones.
        doubtful: terms of things that exist but could not be read.
        contested: terms of ids that another document had before, or that it uses twice.
        problems: what the text rules found, without references.
        packs: name of each graph (a term) to its compressed statements.
    """

    name: str
    claims: int = 0
    lost: bool = False
    things: dict[str, Thing] = field(default_factory=dict)
    wants: tuple[tuple[str, str], ...] = ()
    former: dict[str, str] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    packs: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, mapper: Mapper, faults: list[Problem], lost: bool) -> Mapped:
        """Keep what a mapper has collected.

        Args:
            name: the document.
            mapper: what it says.
            faults: what is wrong with its text.
            lost: whether it can't be read although it may name many things.
        """
        things = {
            term: Thing(mapper.classes.get(term, ()), place, tuple(mapper.labels.get(term, ())))
            for term, place in mapper.owners.items()
        }
        return cls(
            name,
            mapper.claims,
            lost,
            things,
            tuple(dict.fromkeys((reference.target, reference.kind) for reference in mapper.references)),
            mapper.former,
            frozenset(mapper.statements.doubtful),
            frozenset(mapper.contested),
            (*faults, *mapper.problems),
            mapper.statements.packed(),
        )
