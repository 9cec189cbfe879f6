"""A revision: a knowledge base read by looking only at the documents that changed, and at those that rest on them.

A document is affected if its file changed, or if it refers to, or has itself, an id that came, went or became something
else in another. All else is as the last run left it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from censorkb.facts.document import Document
from censorkb.facts.stamp import Print, stamp
from censorkb.graph.cache import Cache
from censorkb.graph.changes import Changes
from censorkb.graph.knowledge import Knowledge, whole
from censorkb.graph.ledger import Entry
from censorkb.graph.mapped import Mapped
from censorkb.graph.past import Past, bearing
from censorkb.graph.statements import unpack
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

FEW, SHARE = 100, 10  # beyond a tenth of the documents it is cheaper to begin anew


@dataclass(slots=True)
class Revision:
    """What changed since the last run.

    Args:
        knowledge: the affected documents, mapped, and all others as they were.
        entries: what the last run left, by document.
        prints: the states of the files that were looked at.
        gone: documents whose records no longer hold.
        changes: the triples that were removed and added.
    """

    knowledge: Knowledge
    entries: dict[str, Entry]
    prints: dict[str, Print]
    gone: set[str]
    changes: Changes = field(default_factory=Changes)


def prints_of(root: Root, documents: Iterable[Document]) -> dict[str, Print]:
    """The states of files, to be taken before they are read."""
    return {document.name: Print.of(root.path / document.name) for document in documents}


def revise(root: Root, ontology: Ontology, cache: Cache, digests: dict[str, str] | None = None) -> Revision | None:
    """Find out what changed since the last run; None if there was none, or if so much changed that all is to be read.

    Args:
        root: the knowledge base.
        ontology: what its facts are mapped by.
        cache: what the last run left.
        digests: SHA-256 of the files, if it is known; their stamps are not asked then, nor kept if nothing changed.
    """
    entries = cache.ledger.entries()
    if not entries:
        return None
    walk = Knowledge(root, ontology).folder
    documents = {document.name: document for document in walk.documents()}
    if digests is None:
        looked = (d for name, d in documents.items() if not _is_stamped(root, entries.get(name)))
    else:
        looked = (d for name, d in documents.items() if not _has(entries.get(name), digests.get(name, "")))
    prints = prints_of(root, looked)
    same = {name for name, found in prints.items() if name in entries and found.digest == entries[name].digest != ""}
    if same:
        cache.touch()
        cache.ledger.restamp(replace(entries[name], stamp=prints[name].stamp) for name in same)
        cache.settle()
    affected = (prints.keys() - same) | (entries.keys() - documents.keys())
    while len(affected) <= max(FEW, len(documents) // SHARE):
        prints |= prints_of(root, (documents[name] for name in affected & documents.keys() - prints.keys()))
        revision = _Reading(root, ontology, cache, entries, documents, affected)
        more = revision.dependants() - affected
        if not more:
            knowledge = revision.knowledge
            knowledge.folder.problems = walk.problems
            return Revision(knowledge, entries, prints, affected, revision.changes())
        affected |= more
    return None


def _is_stamped(root: Root, entry: Entry | None) -> bool:
    return entry is not None and entry.stamp != "" and entry.stamp == stamp(f"{root.path}/{entry.name}")


def _has(entry: Entry | None, digest: str) -> bool:
    return entry is not None and entry.digest == digest != ""


class _Reading:
    """The affected documents, read anew, beside what they were."""

    def __init__(
        self,
        root: Root,
        ontology: Ontology,
        cache: Cache,
        entries: dict[str, Entry],
        documents: dict[str, Document],
        affected: set[str],
    ) -> None:
        self._cache = cache
        self._past = Past(cache.ledger, entries, affected)
        self.knowledge = Knowledge(root, ontology, self._past)
        for name, document in documents.items():
            if name in affected:
                self.knowledge.take(document)
            else:
                document.claims = entries[name].claims
                self.knowledge.documents[name] = document
        self._before = [bearing(entries[name]) for name in sorted(affected & entries.keys())]
        self._old = {term: thing for m in self._before for term, thing in cache.ledger.things(m.name).items()}
        self._entries = entries

    def dependants(self) -> set[str]:
        """Names of the documents that must be read again because of what changed in the others."""
        now = list(self.knowledge.mapped.values())
        new = {term: thing for mapped in now for term, thing in mapped.things.items()}
        kinds = [{term: thing.classes for term, thing in things.items()} for things in (self._old, new)]
        moved = {term for term, _ in kinds[0].items() ^ kinds[1].items()}
        for side in ("doubtful", "contested"):
            moved |= _all(self._before, side) ^ _all(now, side)
        for pair in _renamed(self._before) ^ _renamed(now):
            moved |= set(pair)
        found = {name for term in moved for name in self._referring(term)}
        found |= self._sharing(self._old.keys() | new.keys() | _all(now, "contested"))
        labels = [{(term, thing.labels) for term, thing in things.items()} for things in (self._old, new)]
        if moved or labels[0] != labels[1] or any(m.lost for m in self._before) != any(m.lost for m in now):
            found |= self._past.loose  # what is said of a wrong id names the ids that are near to it
        return found

    def _referring(self, term: str) -> Iterable[str]:
        node = ox.NamedNode(term[1:-1])
        for quad in self._cache.store.quads_for_pattern(None, None, node, ox.DefaultGraph()):
            owner = self._cache.ledger.thing(whole(str(quad.subject)))
            if owner:  # terms of the ontology refer to each other as well
                yield owner[0]

    def _sharing(self, terms: set[str]) -> set[str]:
        """Other documents that have, or would have, one of these ids."""
        owners = (self._cache.ledger.thing(term) for term in terms)
        would = {m.name for m in self._past.globals() if not m.contested.isdisjoint(terms)}
        return would | {owner[0] for owner in owners if owner}

    def changes(self) -> Changes:
        """The triples that were removed and added."""
        former = {
            old: new for entry in self._entries.values() if entry.bearing for old, new in bearing(entry).former.items()
        }
        ledger, mapped = self._cache.ledger, self.knowledge.mapped.values()
        before = {line for m in self._before for line in unpack(ledger.packs(m.name).values(), former)}
        after = {line for m in mapped for line in unpack(m.packs.values(), self.knowledge.register.former)}
        return Changes.between(before, after)


def _all(mapped: Iterable[Mapped], side: str) -> set[str]:
    return {term for one in mapped for term in getattr(one, side)}


def _renamed(mapped: Iterable[Mapped]) -> set[tuple[str, str]]:
    return {pair for one in mapped for pair in one.former.items()}
