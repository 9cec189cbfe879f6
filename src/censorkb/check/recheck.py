"""Checking again: only the documents that a change affects, with the same report as a check of everything."""

from __future__ import annotations

import functools
from collections.abc import Callable

from censorkb.check.checker import ByFile, Checked, by_file, check, in_order
from censorkb.check.compiler import compile_shapes
from censorkb.check.constraint import Constraint
from censorkb.check.data_graph import DataGraph
from censorkb.check.setwise import run
from censorkb.facts.stamp import Print, settled
from censorkb.graph.cache import DAMAGES, PENDING, Cache
from censorkb.graph.changes import Changes
from censorkb.graph.focus import Focus
from censorkb.graph.hand import in_hand
from censorkb.graph.knowledge import Knowledge, whole
from censorkb.graph.ledger import Entry, read, written
from censorkb.graph.mention import may_mention
from censorkb.graph.past import bearing, bearing_of
from censorkb.graph.pattern import UnknownQuery
from censorkb.graph.revision import Revision, prints_of, revise
from censorkb.graph.statements import unpack
from censorkb.ontology.ontology import Ontology
from censorkb.ontology.prefixes import Prefixes
from censorkb.problem import Phrase, phrase
from censorkb.root import Root

Say = Callable[[str | Phrase], object]  # by its name in the catalogue, if it has no gaps


def recheck(
    root: Root,
    ontology: Ontology,
    cache: Cache | None,
    say: Say = lambda _: None,
    digests: dict[str, str] | None = None,
) -> Checked:
    """Check a knowledge base, looking only at what changed since the last run if there was one.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
        cache: what the last run left, and what this one leaves; none to check everything.
        say: told what is being done.
        digests: SHA-256 of the files, if it is known, so that they need not be looked at.
    """
    if cache is None:
        say("reading")
        knowledge = Knowledge.read(root, ontology)
        say("checking")
        return check(knowledge)
    say("looking-for-changes")
    try:
        revision = revise(root, ontology, cache, digests)
        if revision:
            say(phrase("checking-some", some=len(revision.gone), all=len(revision.knowledge.documents)))
            return _again(revision, cache)
    except (*DAMAGES, UnknownQuery):  # a constraint that can't be asked about some nodes is asked about all
        pass
    return _anew(root, ontology, cache, say)


def _again(revision: Revision, cache: Cache) -> Checked:
    knowledge = revision.knowledge
    found: ByFile = {}
    if revision.gone:
        cache.touch()
        cache.store.extend(revision.changes.added)  # what is removed must still be seen to have mattered
        touched = _take_touched(revision, cache)
        revision.changes.apply(cache.store)
        nodes, prefixes = _nodes(knowledge), knowledge.ontology.prefixes
        with in_hand(cache.store, prefixes, set().union(*nodes.values())) as only:
            graph = DataGraph(cache.store, prefixes, only, nodes.keys())
            constraints = _constraints(knowledge)
            found = by_file(knowledge, graph, run(touched if _was_clean(revision) else constraints, graph), constraints)
        _keep(knowledge, cache, revision.prints, found, revision.gone, revision.changes)
    kept = {
        name: read(entry.problems)
        for name, entry in revision.entries.items()
        if entry.problems and name not in revision.gone and name not in found
    }
    return Checked(knowledge, in_order(knowledge.folder.problems, {**kept, **found}), found)


def _anew(root: Root, ontology: Ontology, cache: Cache, say: Say) -> Checked:
    say("reading")
    knowledge = Knowledge(root, ontology)
    prints = {}
    for document in knowledge.folder.documents():
        stamped = settled(root.path / document.name)  # before it is read, so that a change in between is seen
        knowledge.take(document)
        prints[document.name] = Print(stamped, knowledge.folder.digests.get(document.name, ""))
    say("checking")
    checked = check(knowledge)
    say("leaving-findings")
    former = knowledge.register.former
    try:
        cache.clear()
        cache.fill(line for mapped in knowledge.mapped.values() for line in unpack(mapped.packs.values(), former))
        _keep(knowledge, cache, prints, checked.found, set(), Changes())
    except DAMAGES:  # a disk that is full, a folder that others spoil: the next run begins anew as well
        pass
    return checked


def _constraints(knowledge: Knowledge) -> tuple[Constraint, ...]:
    """Those of the shapes, which have been compiled before: this is a cache of the same edition."""
    return compile_shapes(knowledge.ontology.vocabulary, tried=True)


def _was_clean(revision: Revision) -> bool:
    """Whether no constraint found anything before in the documents that are looked at, said or left unsaid.

    Then those that the change does not touch find nothing now. What is doubtful keeps findings from being said.
    """
    before = [entry for name in revision.gone if (entry := revision.entries.get(name))]
    return not revision.knowledge.register.doubtful and not any(
        entry.problems or bearing(entry).doubtful for entry in before
    )


def _take_touched(revision: Revision, cache: Cache) -> list[Constraint]:
    """Take the documents whose nodes a constraint would see in another light, though they have not changed themselves.

    Returns:
        The constraints that may find something else now, of whatever node.
    """
    knowledge, changed = revision.knowledge, revision.changes.by_predicate()
    touched: set[str] = set()
    constraints = []
    prefixes = knowledge.ontology.prefixes
    for constraint in _constraints(knowledge):
        if not may_mention(constraint.query, prefixes, changed):
            continue
        found = _focus(constraint.query, prefixes).touched(cache.store, changed)
        if found is None:
            raise UnknownQuery(f"{constraint.rule} looks at what has nothing to do with its node")
        touched |= found
        constraints += [constraint] * bool(found)
    for node in sorted(touched):
        owner = knowledge.register.place(whole(node))
        if owner and owner.file not in knowledge.mapped:
            document = knowledge.documents[owner.file]
            revision.prints |= prints_of(knowledge.root, [document])
            revision.gone.add(owner.file)
            knowledge.take(document)
    return constraints


@functools.lru_cache(maxsize=1000)
def _focus(query: str, prefixes: Prefixes) -> Focus:
    """What a constraint looks at; to compare two states, it is asked twice."""
    return Focus(query, "?this", prefixes)


def _nodes(knowledge: Knowledge) -> dict[str, list[str]]:
    """The nodes of the documents that were mapped, by the term of their class."""
    found: dict[str, list[str]] = {}
    type_ = knowledge.names("rdf:type")
    for mapped in knowledge.mapped.values():
        for line in unpack(mapped.packs.values(), {}):
            subject, predicate, rest = line.split(" ", 2)
            if predicate == type_:
                found.setdefault(rest.removesuffix(" ."), []).append(subject)
    return found


def _keep(
    knowledge: Knowledge, cache: Cache, prints: dict[str, Print], found: ByFile, gone: set[str], changes: Changes
) -> None:
    """Leave what was read and found to the next run."""
    entries = (
        Entry(
            name,
            prints[name].stamp,
            prints[name].digest,
            mapped.claims,
            int(knowledge.is_loose(name)),
            bearing_of(mapped),
            written(found[name]),
        )
        for name, mapped in knowledge.mapped.items()
    )
    notes = {PENDING: str(Changes.read(cache.ledger.note(PENDING)) + changes)}
    cache.ledger.replace(gone, zip(entries, knowledge.mapped.values(), strict=True), notes)
    cache.settle()
