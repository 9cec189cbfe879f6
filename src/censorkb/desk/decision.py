"""Decisions on proposed claims: accepted into facts/sources/, refused into facts/refused/, or written anew.

Each is made at once: what a claim becomes is on the disk before it leaves facts/proposed/. Whoever is interrupted between
the two finds the claim there still, and taking the same decision again adds nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from censorkb.desk import skeleton
from censorkb.desk.change import Change, apply
from censorkb.desk.inventory import Inventory
from censorkb.desk.waiting import Proposal, value
from censorkb.extract import trace
from censorkb.facts import text
from censorkb.facts.edit import Edit, Value
from censorkb.facts.edit import text as value_of
from censorkb.facts.order import kind
from censorkb.facts.syntax import Branch, Part
from censorkb.facts.writer import write
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Refusal, verbatim
from censorkb.root import Root

REFUSED = "facts/refused"
_SAME = ("type", "action", "target", "country", "phase")  # with the quote, what makes two claims one


class CantDecide(Refusal):
    """A decision can't be carried out."""


class Decisions:
    """Carries out decisions.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
    """

    def __init__(self, root: Root, ontology: Ontology) -> None:
        self._root, self._ontology = root, ontology
        self._form = next(form for form in ontology.forms.by_folder.values() if "copies" in form.fields)
        self._claim_form = ontology.forms.by_name[self._form.fields["claims"].entries]

    def accept(self, proposal: Proposal, more: Mapping[str, Value], new_measure: str = "") -> list[str]:
        """Take a claim into the facts; the names of the files that were written.

        Args:
            proposal: the claim.
            more: keys to set, such as the measure that it is about.
            new_measure: label of a measure to begin, which it is then about.
        """
        changes: list[Change] = []
        values = dict(more)
        if new_measure:
            id_, change = self._measure(proposal, new_measure)
            changes += [change] if change else []
            values["about"] = id_
        if trace.read(proposal.text("note")) and "note" not in values:
            values["note"] = ""  # it has served its reader
        year = value(proposal.source, "published")[:4]
        stem = proposal.file.rpartition("/")[2]
        target = f"facts/{self._form.folder}/{year if year.isdigit() else 'undated'}/{stem}"
        return self._move(proposal, target, {**values, "status": "accepted"}, changes)

    def refuse(self, proposal: Proposal, reason: str) -> list[str]:
        """Keep a claim among those that were refused, with the reason, so that it is never proposed again."""
        target = f"{REFUSED}/{proposal.file.rpartition('/')[2]}"
        return self._move(proposal, target, {"status": "rejected", "status-note": " ".join(reason.split())}, [])

    def rewrite(self, proposal: Proposal, claim: str) -> None:
        """Put another text in the place of a claim.

        Args:
            proposal: the claim.
            claim: its lines to be, beginning with "- id:".

        Raises:
            CantDecide: that is not one claim, or it can't be read.
        """
        before = self._text(proposal.file)
        part = self._part(self._edit(before), proposal.id)
        start, end = before.rfind("\n", 0, part.start) + 1, _line_after(before, part.value.end)
        after = before[:start] + claim.rstrip() + "\n" + before[end:]
        if reasons := text.decode(after.encode(), proposal.file)[1]:
            raise CantDecide(reasons[0].wrong)
        try:
            old, new = self._edit(before).claims(), self._edit(after).claims()
        except Exception as fault:  # whatever a reader of YAML may raise on what somebody has typed
            raise CantDecide("decision-not-yaml") from fault
        if len(new) != len(old) or len(set(old) - set(new)) > 1 or "" in new:
            raise CantDecide("decision-not-one")
        apply(self._root.path, [Change(proposal.file, before, after)])

    def lines(self, proposal: Proposal) -> str:
        """The lines of a claim as they stand in its file."""
        content = self._text(proposal.file)
        part = self._part(self._edit(content), proposal.id)
        start = content.rfind("\n", 0, part.start) + 1
        return content[start : _line_after(content, part.value.end)]

    def _move(self, proposal: Proposal, name: str, values: Mapping[str, Value], before: list[Change]) -> list[str]:
        content = self._set(self._text(proposal.file), proposal.id, values)
        edit = self._edit(content)
        block = edit.cut(self._part(edit, proposal.id))
        rest = re.sub(r"\n{3,}", "\n\n", edit.result()) if len(edit.claims()) > 1 else ""
        there = self._text(name) if (self._root.path / name).is_file() else ""
        after = self._joined(there, content, block)
        changes = [*before, Change(name, there, after)] if after != there else before
        apply(self._root.path, [*changes, Change(proposal.file, content, rest)])
        return [change.name for change in changes]

    def _joined(self, there: str, proposed: str, block: str) -> str:
        """A file with one more claim; the head of a new one is that of the proposal."""
        if not there:
            edit = self._edit(proposed)
            listed = edit.root.part("claims")
            assert listed is not None
            first = listed.value.parts[0] if isinstance(listed.value, Branch) else listed
            start = proposed.rfind("\n", 0, first.start) + 1
            return write(proposed[:start] + block, self._form, self._ontology.forms)
        edit = self._edit(there)
        new = next(iter(self._edit(f"claims:\n{block}").claims().values()))
        claims = edit.claims()
        if any(self._is_same(new, claim) for claim in claims.values()):
            return there
        id_ = free = value_of(new, "id")
        number = 2
        while free in claims:
            free, number = f"{id_}-{number}", number + 1
        if free != id_:
            block = self._set(f"claims:\n{block}", id_, {"id": free}).partition("\n")[2]
        end = max((_line_after(there, claim.end) for claim in claims.values()), default=len(there))
        joined = there[:end].rstrip("\n") + "\n\n" + block + there[end:]
        tidy = write(there, self._form, self._ontology.forms) == there
        return write(joined, self._form, self._ontology.forms) if tidy else joined

    @staticmethod
    def _is_same(one: Branch, other: Branch) -> bool:
        quotes = [_quotes(claim) for claim in (one, other)]
        return quotes[0] == quotes[1] and all(value_of(one, key) == value_of(other, key) for key in _SAME)

    def _set(self, content: str, id_: str, values: Mapping[str, Value]) -> str:
        """A text in which a claim has other values; a key whose value is empty goes."""
        edit = self._edit(content)
        claim = edit.claims()[id_]
        for key, new in values.items():
            part = claim.part(key)
            if new:
                edit.put(claim, kind(self._claim_form, claim), key, new)
            elif part:
                edit.remove(part)
        return edit.result()

    def _measure(self, proposal: Proposal, label: str) -> tuple[str, Change | None]:
        """A new measure for a claim to be about, and the file that it is written into."""
        form = next(form for form in self._ontology.forms.by_folder.values() if form.several)
        answers = {key: [proposal.text(key)] for key in ("action", "target", "country") if proposal.text(key)}
        if len(answers) < 3:
            raise CantDecide("decision-no-measure")
        if proposal.text("feature"):
            answers["feature"] = [proposal.text("feature")]
        inventory = Inventory(self._root, self._ontology)
        id_ = skeleton.id_of(form, label, answers)
        year = value(proposal.source, "published")[:4]
        for name in (id_, f"{id_}-{year}" if year else id_, *(f"{id_}-{n}" for n in range(2, 99))):
            try:
                made = skeleton.entity(self._root, self._ontology, inventory, form, name, {"label": [label], **answers})
            except skeleton.Exists:
                continue
            return name, made
        raise CantDecide("decision-too-many", id=verbatim(id_))

    def _edit(self, content: str) -> Edit:
        return Edit(content, self._form, self._ontology.forms)

    @staticmethod
    def _part(edit: Edit, id_: str) -> Part:
        claims = edit.root.part("claims")
        parts = claims.value.parts if claims and isinstance(claims.value, Branch) else []
        for part in parts:
            if isinstance(part.value, Branch) and value_of(part.value, "id") == id_:
                return part
        raise CantDecide("decision-gone", id=verbatim(id_))

    def _text(self, name: str) -> str:
        raw, faults = text.load(self._root.path / name, name)
        if faults:
            raise CantDecide(str(faults[0].message))
        return text.decode(raw, name)[0]


def _quotes(claim: Branch) -> list[str]:
    part = claim.part("quotes")
    return (
        [value_of(part.value, p.key.text) for p in part.value.parts if p.key]
        if part and isinstance(part.value, Branch)
        else []
    )


def _line_after(content: str, at: int) -> int:
    if at and content[at - 1] == "\n":
        return at
    end = content.find("\n", at)
    return len(content) if end < 0 else end + 1
