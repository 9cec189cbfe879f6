"""Echoes: one mistake breaks several constraints; what only repeats that a key is wrong is left unsaid.

The constraints of a shape follow each other from the plain to the intricate. One that looks at a key which was found
wrong before it can be judged only when that key is mended.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable

from censorkb.check.constraint import Constraint
from censorkb.check.finding import Finding
from censorkb.problem import Severity

_WEIGHTS = tuple(Severity)


class Echoes:
    """Tells findings from their echoes.

    Args:
        constraints: all of them, in the order of the shapes.
    """

    def __init__(self, constraints: Collection[Constraint]) -> None:
        self._constraints = constraints

    @functools.cached_property  # most files have no finding
    def _reads(self) -> dict[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], frozenset[str]] = {}
        for each in self._constraints:
            key = (each.rule, each.component)
            found[key] = found.get(key, frozenset()) | each.reads
        return found

    @functools.cached_property
    def _turn(self) -> dict[tuple[str, str], int]:
        """The place of the first constraint of each rule and component among all."""
        found: dict[tuple[str, str], int] = {}
        for number, each in enumerate(self._constraints):
            found.setdefault((each.rule, each.component), number)
        return found

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
