"""Sessions: one reviewer's way through what waits, each step from what is on the disk now."""

from __future__ import annotations

from collections.abc import Sequence

from censorkb.desk.decision import CantDecide, Decisions
from censorkb.desk.exhibit import Exhibit, exhibit
from censorkb.desk.inventory import Inventory
from censorkb.desk.nearest import Measures, Neighbour
from censorkb.desk.waiting import Proposal, Waiting
from censorkb.extract.shelf import Shelf
from censorkb.facts.edit import Value
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem, verbatim
from censorkb.root import Root

_READ = ("facts/measures/", "facts/sources/")


class Session:
    """Leads a reviewer through the proposals.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
        files: look at these files alone; at all if there are none.
    """

    def __init__(self, root: Root, ontology: Ontology, files: Sequence[str] = ()) -> None:
        self._root, self._ontology, self._files = root, ontology, files
        self._waiting, self._decisions = Waiting(root, ontology), Decisions(root, ontology)
        self._shelf = Shelf(root)
        self._later: set[tuple[str, str]] = set()
        self._inventory = Inventory(root, ontology)
        self._measures = Measures(self._inventory)
        self.counts = {"accepted": 0, "refused": 0, "later": 0}

    def waiting(self) -> list[Proposal]:
        """All claims that wait, without those that are left for later."""
        return self._open()

    def _open(self) -> list[Proposal]:
        found = [p for name in self._files for p in self._waiting.of(name)] if self._files else list(self._waiting)
        return [proposal for proposal in found if proposal.key not in self._later]

    def next(self) -> Proposal | None:
        """The claim to decide on now; None if there is none any more."""
        return next(iter(self._open()), None)

    def left(self) -> int:
        """How many claims wait, without those that are left for later."""
        return len(self._open())

    def problems(self) -> list[Problem]:
        """What is wrong with files that can't be read."""
        self._waiting.problems = []
        self._open()
        return self._waiting.problems

    def exhibit(self, proposal: Proposal) -> Exhibit:
        """What is to be seen of a claim."""
        return exhibit(proposal, self._shelf, self._inventory)

    def near(self, proposal: Proposal) -> list[Neighbour]:
        """The known measures that it may be about, the nearest first."""
        return self._measures.near(proposal)

    def accept(self, proposal: Proposal) -> list[str]:
        """Accept a claim as it stands; one that names no measure begins one. The files that were written."""
        label = "" if "about" in proposal.says.entries or proposal.text("type") != "measure" else self._label(proposal)
        return self._done("accepted", proposal, self._decisions.accept(proposal, {}, label))

    def join(self, proposal: Proposal, measure: Neighbour, how: str) -> list[str]:
        """Accept a claim as one about a known measure.

        Args:
            proposal: the claim.
            measure: the measure.
            how: `s` if it says the same, so that it needs no dates of its own and takes its action; `e` if it is further
                evidence, with its own; `c` if it contradicts what is known, and disputes the claims about it.

        Raises:
            CantDecide: it is of another action, and so no evidence.
        """
        values: dict[str, Value] = {"about": measure.id}
        fits = self._fits(proposal.text("action"), measure.action)
        if how == "s":
            values |= {"dates": ""} if fits else {"dates": "", "action": measure.action}
        elif how == "c":
            values["disputes"] = self._measures.claims(measure.id)
        elif not fits:
            raise CantDecide(
                "decision-other-action",
                measure=verbatim(measure.id),
                action=measure.action,
                other=proposal.text("action"),
            )
        label = ""
        if how == "c" and not fits:  # what contradicts it is no evidence of it
            del values["about"]
            label = self._label(proposal)
        return self._done("accepted", proposal, self._decisions.accept(proposal, values, label))

    def _fits(self, action: str, measure: str) -> bool:
        """Whether a claim of an action can be about a measure of another: one is the other, or a kind of it."""
        return action == measure or measure in self._wider(action) or action in self._wider(measure)

    def _wider(self, action: str) -> set[str]:
        """The words of the actions that an action is a kind of."""
        vocabulary = self._ontology.vocabulary
        words = self._ontology.words.of(vocabulary.node("ckb:Action"))
        above = vocabulary.values(words[action], "skos:broader") if action in words else []
        direct = {word for word, concept in words.items() if concept in above}
        return direct.union(*(self._wider(word) for word in direct))

    def refuse(self, proposal: Proposal, reason: str) -> list[str]:
        """Refuse a claim with a reason; the file that was written."""
        return self._done("refused", proposal, self._decisions.refuse(proposal, reason))

    def later(self, proposal: Proposal) -> None:
        """Leave a claim for another session."""
        self._later.add(proposal.key)
        self.counts["later"] += 1

    def lines(self, proposal: Proposal) -> str:
        """The lines of a claim."""
        return self._decisions.lines(proposal)

    def rewrite(self, proposal: Proposal, claim: str) -> None:
        """Put other lines in the place of a claim."""
        self._decisions.rewrite(proposal, claim)

    def _done(self, what: str, proposal: Proposal, files: list[str]) -> list[str]:
        self.counts[what] += 1
        if not (self._root.path / proposal.file).exists():
            self._shelf.forget(proposal.sha256())
        for name in files:
            for item in self._inventory.renew(name) if name.startswith(_READ) else ():
                self._measures.take(item)
        return files

    def _label(self, proposal: Proposal) -> str:
        """What a new measure is called: what is done, to what, where."""
        words = [self._word(proposal.text("action")), self._name(proposal.text("target"))]
        return f"{words[0].capitalize()}: {words[1]}, {self._name(proposal.text('country'))}"

    def _word(self, action: str) -> str:
        vocabulary = self._ontology.vocabulary
        concept = self._ontology.words.of(vocabulary.node("ckb:Action")).get(action)
        return vocabulary.text(concept, "skos:prefLabel") if concept else action

    def _name(self, id_: str) -> str:
        item = self._inventory.things.get(id_)
        return item.names[0] if item and item.names else id_
