"""The checker: text rules, shapes and, on wish, quotes, to one list of problems in the order of the files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from censorkb.check import place_rules, text_rule, weekday_rule
from censorkb.check.compiler import compile_shapes
from censorkb.check.finding import Finding
from censorkb.check.setwise import focus_counts, run
from censorkb.facts.document import Document
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Checked:
    """A knowledge base and what is wrong with it.

    Args:
        knowledge: what was checked.
        store: its facts and terms, before anything is derived.
        problems: all of them, in the order of files and lines.
    """

    knowledge: Knowledge
    store: ox.Store
    problems: list[Problem]

    @property
    def errors(self) -> int:
        """How many problems stop the build."""
        return sum(p.severity is Severity.ERROR for p in self.problems)

    def claims(self, documents: list[Document]) -> int:
        """How many claims some files make."""
        return sum(document.claims for document in documents)


def check(knowledge: Knowledge, referee: bool = False, texts: Path | None = None) -> Checked:
    """Check a knowledge base.

    Args:
        knowledge: what its files say.
        referee: judge the shapes with pySHACL instead of the embedded store; slow, and the same report.
        texts: folder of the texts that copies were read from, to check the quotes against.
    """
    vocabulary = knowledge.ontology.vocabulary
    store = open_store(knowledge.ontology, knowledge.lines())
    if referee:
        from censorkb.check.referee import judge

        findings = judge(vocabulary, store)
    else:
        findings = run(compile_shapes(vocabulary), store)
    _refuse_a_check_of_nothing(knowledge, store)
    problems = [*knowledge.text_problems, *place_rules.check(knowledge, store), *weekday_rule.check(knowledge, store)]
    problems += [p for finding in findings for p in _problem(knowledge, finding)]
    if texts:
        problems += text_rule.check(knowledge, store, texts)
    return Checked(knowledge, store, sorted({p.key: p for p in problems}.values(), key=lambda p: p.key))


def _refuse_a_check_of_nothing(knowledge: Knowledge, store: ox.Store) -> None:
    """A shape finds no fault in what it does not look at: all claims that the files make must be among its nodes."""
    names = knowledge.mapper.names
    seen = focus_counts(compile_shapes(knowledge.ontology.vocabulary), store)
    for class_ in ("ckb:Claim", "ckb:Source", "ckb:Entity"):
        made = sum(names(class_) in classes for classes in knowledge.mapper.classes.values())
        if seen[names(class_)[1:-1]] != made:
            raise RuntimeError(f"the shapes looked at {seen[names(class_)[1:-1]]} of {made} {class_}")


def _problem(knowledge: Knowledge, finding: Finding) -> list[Problem]:
    """A finding of a shape at the author's line; nothing if a text rule has said it better."""
    statements = knowledge.mapper.statements
    focus, path, value = f"<{finding.focus}>", f"<{finding.path}>", str(finding.value or "")
    if (focus, path) in statements.spoken or value in statements.doubtful or focus in statements.doubtful:
        return []
    place = knowledge.place(focus, path, value)
    return [
        Problem(
            place,
            finding.rule,
            finding.severity,
            f"{_subject(knowledge, finding.focus)} {finding.message}",
            _example(knowledge, finding),
        )
    ]


def _subject(knowledge: Knowledge, iri: str) -> str:
    """What a finding is about in words: the id that the author wrote."""
    id_, _, part = knowledge.ontology.prefixes.local(iri).partition("#")
    name = id_.rpartition(".")[2]
    return f"'{name}', {part.replace('-', ' ', 1)}:" if part else f"'{name}'"


def _example(knowledge: Knowledge, finding: Finding) -> str:
    """What could be written, if the rule is that of one key."""
    form, _, key = finding.rule.partition(".")
    field = knowledge.ontology.forms.by_name[form].fields.get(key) if form in knowledge.ontology.forms.by_name else None
    return f"for example {key}: {field.example}" if field and field.example else ""
