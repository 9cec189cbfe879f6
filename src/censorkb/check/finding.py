"""What a constraint finds in the graph."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.ontology.vocabulary import Term
from censorkb.problem import Phrase, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One node that breaks one constraint.

    Args:
        focus: IRI of the node.
        path: IRI of the property that is wrong; empty if it is the node as a whole.
        value: the value that is wrong; none if one is missing or the node as a whole is wrong.
        component: kind of constraint in kebab-case: `min-count`, `class`, `sparql`.
        rule: stable name of what is broken: `accepted-about-nothing`, `measure-claim.target`.
        severity: error, warning or note.
        words: what is wrong, in a contributor's words.
    """

    focus: str
    path: str
    value: Term | None
    component: str
    rule: str
    severity: Severity
    words: Phrase

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return str(self.words)

    @property
    def key(self) -> tuple[str, ...]:
        """Order of a report, the same whichever engine found it."""
        value = "" if self.value is None else str(self.value)
        return (self.focus, self.path, self.rule, self.component, value, self.severity, self.message)
