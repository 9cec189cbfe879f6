"""A report: what a check found and all that a reporter may say of it, whatever the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from censorkb.check.rule import Rule
from censorkb.check.speech import English, Speech
from censorkb.problem import Phrase, Problem, Severity, counted, phrase


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found.

    Args:
        problems: in the order of files and lines.
        files: how many files were looked at.
        claims: how many claims they make.
        speech: the language of the report.
        folder: path of the knowledge base in its repository, with `/` at the end unless it is empty.
        rules: all rules by name, for formats that describe them.
        site: web address of the published site, for links to the pages of rules; may be empty.
    """

    problems: list[Problem]
    files: int
    claims: int
    speech: Speech = field(default_factory=English)
    folder: str = ""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    site: str = ""

    def said(self, words: Phrase) -> str:
        """A phrase in the language of the report."""
        return words.said(self.speech.say)

    def found(self) -> Counter[Severity]:
        """How many problems there are of each weight."""
        return Counter(problem.severity for problem in self.problems)

    def of(self, severity: Severity) -> Iterator[Problem]:
        """The problems of one weight."""
        return (problem for problem in self.problems if problem.severity is severity)

    def page(self, rule: str) -> str:
        """Web address of the page of a rule; empty if nobody said where the site is."""
        return f"{self.site.rstrip('/')}/en/rules/{rule}.html" if self.site else ""

    def summary(self) -> str:
        """What was checked and what was found, in one line."""
        found = self.found()
        counts = {f"{severity}s": self._count(f"{severity}s", found[severity]) for severity in Severity}
        files, claims = self._count("files", self.files), self._count("claims", self.claims)
        return self.said(phrase("summary", files=files, claims=claims, **counts))

    def _count(self, name: str, number: int) -> str:
        return self.speech.count(*counted(name), number).format(n=number)
