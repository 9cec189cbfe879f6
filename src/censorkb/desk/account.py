"""The account: what a change says, thing by thing, as added, changed, corrected or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import pyoxigraph as ox

from censorkb.desk.comparison import Comparison
from censorkb.desk.forbidden import is_unread, step
from censorkb.desk.portrait import Painter, Portrait, owner, statements_of
from censorkb.desk.sentence import Sentence, say, templates
from censorkb.problem import Place


class Group(StrEnum):
    """What a change does to a thing."""

    ADDED = "added"
    CHANGED = "changed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a change speaks of.

    Args:
        group: what becomes of it.
        id: its id, as contributors write it.
        place: where it stands now, or where it stood.
        sentence: what the change says of it.
        details: the keys that differ.
    """

    group: Group
    id: str
    place: Place
    sentence: Sentence
    details: list[Sentence] = field(default_factory=list)


Pair = tuple[Portrait, Portrait]


def renamed(comparison: Comparison) -> dict[str, str]:
    """Former IRIs that the change gives to things, to those that they have now."""
    replaced = comparison.ontology.vocabulary.node("dcterms:isReplacedBy")
    return {owner(q.subject): owner(q.object) for q in comparison.facts.added if q.predicate == replaced}


def pairs(comparison: Comparison, painter: Painter) -> list[Pair]:
    """Each thing of which the files say something else, as it was and as it is.

    A thing that was renamed is one thing; one that came or went has no form in the other state.

    Args:
        comparison: both states.
        painter: draws the things.
    """
    facts, store = comparison.facts, comparison.store
    changed = {owner(quad.subject) for quad in (*facts.removed, *facts.added)}
    names = renamed(comparison)
    nodes = sorted((changed - names.keys()) | set(names.values()))
    now = {node: painter.portrait(node, _facts(store, node)) for node in nodes}
    old = {new: old for old, new in names.items() if old in changed}
    with comparison.as_it_was():
        then = {
            node: painter.portrait(old.get(node, node), _renamed(store, old.get(node, node), names)) for node in nodes
        }
    return [(then[node], now[node]) for node in nodes if then[node].form or now[node].form]


def items(comparison: Comparison, found: Iterable[Pair], painter: Painter, then: dict[str, Place]) -> list[Item]:
    """What a change says of each thing.

    Args:
        comparison: both states.
        found: the things, as `pairs` gives them.
        painter: gives names to other things.
        then: where things stood that are gone, by term.
    """
    teller = _Teller(comparison, painter, then)
    told = [item for before, after in found if (item := teller.tell(before, after))]
    known = comparison.head.knowledge
    unread = {place.file for place in then.values() if is_unread(known, place.file)}
    told = [item for item in told if item.place.file not in unread]
    told += (Item(Group.CHANGED, file, Place(file), say("file-unread")) for file in unread)
    return sorted(told, key=lambda item: (list(Group).index(item.group), item.place, item.id))


def _facts(store: ox.Store, node: str) -> Iterable[ox.Triple]:
    return dict.fromkeys(statements_of(store, node))


def _renamed(store: ox.Store, node: str, names: dict[str, str]) -> Iterable[ox.Triple]:
    """The same, with the ids that other things have now: to name a thing by its new id is no change of what is said."""
    for triple in _facts(store, node):
        named = triple.object.value if isinstance(triple.object, ox.NamedNode) else ""
        yield ox.Triple(triple.subject, triple.predicate, ox.NamedNode(names[named])) if named in names else triple


class _Teller:
    def __init__(self, comparison: Comparison, painter: Painter, then: dict[str, Place]) -> None:
        self._ontology, self._knowledge, self._then = comparison.ontology, comparison.head.knowledge, then
        self._painter = painter

    def tell(self, before: Portrait, after: Portrait) -> Item | None:
        """What becomes of a thing; None if only where it stands differs."""
        local = self._ontology.prefixes.local
        if after.form is None:
            place = self._then.get(f"<{before.node}>") or Place("facts")
            gone = say("thing-gone", kind=before.kind, name=self._name(before))
            return Item(Group.WITHDRAWN, local(before.node), place, gone)
        place = self._knowledge.place(f"<{after.node}>")
        if before.form is None:
            return Item(Group.ADDED, local(after.node), place, self._added(after))
        details = differences(before, after)
        if not details and before.node == after.node:
            return None
        group, sentence = self._changed(before, after)
        return Item(group, local(after.node), place, sentence, details)

    def _added(self, made: Portrait) -> Sentence:
        """A sentence for the kind of thing; a plain one if what it would tell is missing."""
        kind = self._kind(made)
        if kind == "claim":
            source = self._portrait(self._word(made, "ckb:source"))
            gaps = {
                "speaker": self._label(made, "ckb:speaker"),
                "says": self._name(made),
                "status": self._label(made, "ckb:status"),
                **self._publication(source),
            }
            del gaps["name"]
            kind = f"claim-{self._notation(made, 'ckb:stance')}"
        elif kind == "source":
            gaps = self._publication(made)
            del gaps["title"]
            kind = "source-added"
        else:
            names = {"action": "ckb:action", "target": "ckb:concerns", "country": "ckb:country"}
            gaps = {"name": self._name(made), **{gap: self._label(made, names[gap]) for gap in names}}
            kind = "measure-added" if kind else ""
        if kind in templates() and all(gaps.values()):
            return Sentence(kind, {**gaps})
        return say("thing-added", kind=made.kind, name=self._name(made))

    def _changed(self, before: Portrait, after: Portrait) -> tuple[Group, Sentence]:
        name, kind = self._name(after), after.kind
        old, new = self._word(before, "ckb:status"), self._word(after, "ckb:status")
        if self._kind(after) == "claim" and old != new and self._is_withdrawn(new):
            return Group.WITHDRAWN, self._withdrawn(after, kind, name)
        noted = self._all(before, "ckb:correction")
        note = " ".join(text for text in self._all(after, "ckb:correction") if text not in noted)
        if note:
            return Group.CORRECTED, say("thing-corrected", kind=kind, name=name, note=note)
        if before.node != after.node:
            old_id = self._ontology.prefixes.local(before.node)
            return Group.CHANGED, say("thing-renamed", kind=kind, name=name, old=old_id)
        return Group.CHANGED, say("thing-changed", kind=kind, name=name)

    def _withdrawn(self, after: Portrait, kind: str, name: str) -> Sentence:
        status, why = self._label(after, "ckb:status"), self._word(after, "ckb:statusNote")
        successor = self._word(after, "ckb:supersededBy")
        if successor:
            better = self._name(self._portrait(successor))
            return say("claim-replaced", kind=kind, name=name, status=status, successor=better)
        if why:
            return say("claim-withdrawn", kind=kind, name=name, status=status, why=why)
        return say("claim-withdrawn-silently", kind=kind, name=name, status=status)

    def _is_withdrawn(self, status: str) -> bool:
        rejected = self._ontology.vocabulary.node("review:rejected").value
        return status == rejected or step(self._ontology, status) > step(self._ontology, rejected)

    def _kind(self, made: Portrait) -> str:
        """The kinds that have a sentence of their own; empty for all others."""
        assert made.form is not None
        above = self._ontology.vocabulary.superclasses(made.form.class_)
        kinds = {"ckb:Claim": "claim", "ckb:Source": "source", "ckb:Measure": "measure"}
        return next((kinds[name] for name in kinds if self._ontology.vocabulary.node(name) in above), "")

    def _publication(self, source: Portrait) -> dict[str, str]:
        title = self._word(source, "dcterms:title")
        published = next(iter(source.values.get(("published", "date"), {}).values()), "")
        return {
            "title": title,
            "name": title,
            "publisher": self._label(source, "dcterms:publisher"),
            "published": published,
        }

    def _portrait(self, node: str) -> Portrait:
        return self._painter.portrait(node, _facts(self._painter.store, node)) if node else Portrait("")

    def _name(self, made: Portrait) -> str:
        """What a thing is called in a sentence: what a claim says, the title of a source, the name of anything else."""
        says = sorted(self._literals(made, "ckb:says"), key=self._painter.preference)
        if says:
            return says[0].value
        return self._word(made, "dcterms:title") or self._named(made) or self._ontology.prefixes.local(made.node)

    def _named(self, made: Portrait) -> str:
        labels = self._literals(made, "skos:prefLabel")
        return next((text.value for text in sorted(labels, key=self._painter.preference)), "")

    def _literals(self, made: Portrait, curie: str) -> list[ox.Literal]:
        found = made.terms.get(self._ontology.vocabulary.node(curie).value, [])
        return [term for term in found if isinstance(term, ox.Literal)]

    def _label(self, made: Portrait, curie: str) -> str:
        found = made.terms.get(self._ontology.vocabulary.node(curie).value, [])
        return ", ".join(self._painter.label(term) for term in found)

    def _notation(self, made: Portrait, curie: str) -> str:
        word = self._word(made, curie)
        return self._ontology.vocabulary.text(ox.NamedNode(word), "skos:notation") if word else ""

    def _word(self, made: Portrait, curie: str) -> str:
        return made.word(self._ontology.vocabulary.node(curie).value)

    def _all(self, made: Portrait, curie: str) -> list[str]:
        return [text.value for text in self._literals(made, curie)]


def differences(before: Portrait, after: Portrait) -> list[Sentence]:
    """The keys by which two states of a thing differ, in the order of its form."""
    found: list[Sentence] = []
    for path in dict.fromkeys((*after.values, *before.values)):
        old, new, key = before.values.get(path, {}), after.values.get(path, {}), " › ".join(path)
        lost, gained = [old[v] for v in old if v not in new], [new[v] for v in new if v not in old]
        if len(lost) == len(gained) == 1:
            found.append(say("value-goes", key=key, before=lost[0], after=gained[0]))
            continue
        found += [say("value-lost", key=key, before=value) for value in lost]
        found += [say("value-gained", key=key, after=value) for value in gained]
    return found
