"""Echoes: one mistake breaks several constraints; what only repeats that a key is wrong is left unsaid.

The constraints of a shape follow each other from the plain to the intricate. One that looks at a key which was found
wrong before it can be judged only when that key is mended.
"""

from __future__ import annotations

from collections.abc import Iterable

from censorkb.check.constraint import Constraint
from censorkb.check.finding import Finding
from censorkb.problem import Severity

_WEIGHTS = tuple(Severity)


class Echoes:
    """Tells findings from their echoes.

    Args:
        constraints: all of them, in the order of the shapes.
    """

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self._reads: dict[tuple[str, str], frozenset[str]] = {}
        self._turn: dict[tuple[str, str], int] = {}
        for number, each in enumerate(constraints):
            key = (each.rule, each.component)
            self._reads[key] = self._reads.get(key, frozenset()) | each.reads
            self._turn.setdefault(key, number)

    def reads(self, finding: Finding) -> frozenset[str]:
        """IRIs of the properties that the constraint of a finding looks at."""
        return self._reads[finding.rule, finding.component]

    def without(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings about some nodes, but for those that look at what a weightier or earlier one found wrong."""
        kept: list[Finding] = []
        wrong: dict[tuple[str, str], str] = {}
        for finding in sorted(findings, key=self._order):
            said = (wrong.get((finding.focus, path), finding.rule) for path in self.reads(finding))
            if all(rule == finding.rule for rule in said):
                kept.append(finding)
                wrong.setdefault((finding.focus, finding.path), finding.rule)
        return kept

    def _order(self, finding: Finding) -> tuple[object, ...]:
        turn = self._turn[finding.rule, finding.component]
        return (_WEIGHTS.index(finding.severity), finding.component == "sparql", turn, finding.key)
