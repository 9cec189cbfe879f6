"""Forbidden changes: an id that vanishes, an accepted claim that says something else in silence, review that goes back."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from censorkb.desk.comparison import Comparison
from censorkb.desk.portrait import Portrait
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.mapped import Thing
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, Problem, problem

_ADDING = ("langText", "quoteMap")  # another translation or quote beside those that were reviewed changes no meaning


def things_before(comparison: Comparison) -> dict[str, Thing]:
    """The things that the files which differ had in the earlier state, former ids included, by term."""
    known = comparison.base.knowledge
    old = Knowledge(known.root, comparison.ontology)
    for name in sorted(comparison.touched & known.documents.keys()):
        old.take(known.documents[name])
    return {term: thing for mapped in old.mapped.values() for term, thing in mapped.things.items()}


def vanished(comparison: Comparison, before: dict[str, Thing]) -> Iterator[Problem]:
    """Ids that nothing has any more and no `formerly` lists.

    Args:
        comparison: both states.
        before: what `things_before` found.
    """
    known, local = comparison.head.knowledge, comparison.ontology.prefixes.local
    for term, thing in before.items():
        file = thing.place.file
        if known.register.place(term) is None and not is_unread(known, file):
            line = min(thing.place.line, _lines(known, file)) if file in known.documents else thing.place.line
            yield problem(Place(file, line), "id-vanished", id=local(term[1:-1]))


def altered(comparison: Comparison, before: Portrait, after: Portrait) -> Iterator[Problem]:
    """What must not become of a claim that was reviewed.

    Args:
        comparison: both states.
        before: a thing in the earlier state; only claims are reviewed.
        after: the same in the later state.
    """
    ontology = comparison.ontology
    claim = ontology.vocabulary.node("ckb:Claim")
    forms = [made.form for made in (before, after) if made.form]
    if len(forms) < 2 or not all(claim in ontology.vocabulary.superclasses(form.class_) for form in forms):
        return
    status, correction = (ontology.vocabulary.node(name).value for name in ("ckb:status", "ckb:correction"))
    old, new = before.word(status), after.word(status)
    id_, node = ontology.prefixes.local(after.node), f"<{after.node}>"
    knowledge = comparison.head.knowledge
    if step(ontology, new) < step(ontology, old):
        words = {"before": _word(ontology, old), "after": _word(ontology, new)}
        yield problem(knowledge.place(node, f"<{status}>", f"<{new}>"), "status-backwards", id=id_, **words)
    if old == new == ontology.vocabulary.node("review:accepted").value:
        noted = set(map(str, after.terms.get(correction, []))) - set(map(str, before.terms.get(correction, [])))
        for path in [] if noted else meaning(before, after):
            key = (after.keys if path in after.keys else before.keys)[path] if path else None
            place = knowledge.place(node, key.property if key and len(path) == 1 else "")
            yield problem(place, "meaning-changed", id=id_, key=path[0] if path else "type")
            return


def meaning(before: Portrait, after: Portrait) -> list[tuple[str, ...]]:
    """The keys by which two states of a claim say different things; an empty one if it is of another type."""
    found: list[tuple[str, ...]] = [] if before.form is after.form else [()]
    for path in sorted(before.values.keys() | after.values.keys()):
        old, new = (made.values.get(path, {}).keys() for made in (before, after))
        key = (after.keys if path in after.keys else before.keys)[path]
        adds = key.form in _ADDING and old <= new
        if not key.bookkeeping and old != new and not adds:
            found.append(path)
    return found


def step(ontology: Ontology, status: str) -> int:
    """How far review has come with a status (an IRI); 0 if there is none."""
    return int(ontology.vocabulary.text(ox.NamedNode(status), "ckb:reviewStep") or 0) if status else 0


def _word(ontology: Ontology, status: str) -> str:
    return ontology.prefixes.local(status).rpartition("/")[2] if status else "none"


def is_unread(knowledge: Knowledge, file: str) -> bool:
    """Whether a file is there and can't be read, so that nobody knows what it has."""
    if file not in knowledge.documents:
        return False
    mapped = knowledge.said_by(file)
    return mapped.lost or (bool(mapped.things) and mapped.things.keys() <= mapped.doubtful)


def _lines(knowledge: Knowledge, file: str) -> int:
    text = (knowledge.root.path / file).read_bytes()
    return max(1, text.count(b"\n"))
