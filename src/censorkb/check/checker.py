"""The checker: text rules, shapes and, on wish, quotes, to one list of problems in the order of the files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from censorkb.check import place_rules, text_rule, weekday_rule
from censorkb.check.compiler import compile_shapes
from censorkb.check.constraint import Constraint
from censorkb.check.data_graph import DataGraph
from censorkb.check.echo import Echoes
from censorkb.check.finding import Finding
from censorkb.check.setwise import focus_counts, run
from censorkb.facts.document import Document
from censorkb.graph.knowledge import Knowledge, whole
from censorkb.graph.store import open_store
from censorkb.problem import NOTHING, Phrase, Problem, Severity, phrase

ByFile = dict[str, list[Problem]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A knowledge base and what is wrong with it.

    Args:
        knowledge: what was checked.
        problems: all of them, in the order of files and lines.
        found: those of each document that was looked at.
        store: its facts and terms in memory, before anything is derived; none if they were not all looked at.
    """

    knowledge: Knowledge
    problems: list[Problem]
    found: ByFile
    store: ox.Store | None = None

    @property
    def errors(self) -> int:
        """How many problems stop the build."""
        return sum(p.severity is Severity.ERROR for p in self.problems)

    def claims(self, documents: list[Document]) -> int:
        """How many claims some files make."""
        return sum(document.claims for document in documents)


def check(knowledge: Knowledge, referee: bool = False, texts: Path | None = None) -> Checked:
    """Check all of a knowledge base.

    Args:
        knowledge: what its files say.
        referee: judge the shapes with pySHACL instead of the embedded store; slow, and the same report.
        texts: folder of the texts that copies were read from, to check the quotes against.
    """
    vocabulary = knowledge.ontology.vocabulary
    store = open_store(knowledge.ontology, knowledge.lines())
    graph, constraints = DataGraph(store, vocabulary.prefixes), compile_shapes(vocabulary)
    if referee:
        from censorkb.check.referee import judge

        findings = judge(vocabulary, store)
    else:
        findings = run(constraints, graph)
    _refuse_a_check_of_nothing(knowledge, graph)
    found = by_file(knowledge, graph, findings, constraints)
    beside = text_rule.check(knowledge, graph, texts) if texts else ()
    return Checked(knowledge, in_order([*knowledge.folder.problems, *beside], found), found, store)


def by_file(
    knowledge: Knowledge, graph: DataGraph, findings: list[Finding], constraints: Collection[Constraint]
) -> ByFile:
    """What the text rules and the shapes found in each document that was mapped.

    File by file, so that each file with a problem is mapped again once.

    Args:
        knowledge: the documents.
        graph: their facts, for the rules that look at these.
        findings: what the shapes found.
        constraints: those of the shapes.
    """
    found: ByFile = {name: [] for name in knowledge.mapped}
    about: dict[str, list[Finding]] = {}
    for finding in findings:
        owner = knowledge.register.place(whole(f"<{finding.focus}>"))
        about.setdefault(owner.file if owner else "", []).append(finding)
    echoes = Echoes(constraints)
    for name, problems in found.items():
        problems += knowledge.problems(name)
        unsaid = [finding for finding in about.pop(name, ()) if not _is_said(knowledge, name, finding, echoes)]
        problems += [_problem(knowledge, finding) for finding in echoes.without(unsaid)]
    if about:
        raise RuntimeError(f"a finding about what no file says: {next(iter(about.values()))[0]}")
    for problem in (*place_rules.check(knowledge, graph), *weekday_rule.check(knowledge, graph)):
        found[problem.place.file].append(problem)
    return found


def in_order(beside: list[Problem], found: ByFile) -> list[Problem]:
    """All problems in the order of files and lines, each once."""
    problems = (*beside, *(problem for each in found.values() for problem in each))
    return sorted({p.key: p for p in problems}.values(), key=lambda p: p.key)


def _refuse_a_check_of_nothing(knowledge: Knowledge, graph: DataGraph) -> None:
    """A shape finds no fault in what it does not look at: all claims that the files make must be among its nodes."""
    names = knowledge.names
    seen = focus_counts(compile_shapes(knowledge.ontology.vocabulary), graph)
    for class_ in ("ckb:Claim", "ckb:Source", "ckb:Entity"):
        made = sum(
            names(class_) in thing.classes for mapped in knowledge.mapped.values() for thing in mapped.things.values()
        )
        if seen[names(class_)[1:-1]] != made:
            raise RuntimeError(f"the shapes looked at {seen[names(class_)[1:-1]]} of {made} {class_}")


def _is_said(knowledge: Knowledge, name: str, finding: Finding, echoes: Echoes) -> bool:
    """Whether a text rule has said better what is wrong with what a finding looks at."""
    statements, doubtful = knowledge.detail(name).mapper.statements, knowledge.register.doubtful
    focus = f"<{finding.focus}>"
    if focus in doubtful or str(finding.value or "") in doubtful:
        return True
    if (focus, f"<{finding.path}>") in statements.filled:
        return True
    return any((focus, f"<{path}>") in statements.spoken for path in {finding.path, *echoes.reads(finding)})


def _problem(knowledge: Knowledge, finding: Finding) -> Problem:
    """A finding of a shape at the author's line."""
    wrong = phrase("finding", thing=_subject(knowledge, finding.focus), finding=finding.words)
    place = knowledge.place(f"<{finding.focus}>", f"<{finding.path}>", str(finding.value or ""))
    return Problem(place, finding.rule, finding.severity, wrong, _example(knowledge, finding))


def _subject(knowledge: Knowledge, iri: str) -> str:
    """What a finding is about in words: the id that the author wrote."""
    id_, _, part = knowledge.ontology.prefixes.local(iri).partition("#")
    name = id_.rpartition(".")[2]
    return f"{name}, {part.replace('-', ' ', 1)}" if part else name


def _example(knowledge: Knowledge, finding: Finding) -> Phrase:
    """What could be written, if the rule is that of one key."""
    form, _, key = finding.rule.partition(".")
    field = knowledge.ontology.forms.by_name[form].fields.get(key) if form in knowledge.ontology.forms.by_name else None
    return phrase("example", key=key, example=field.example) if field and field.example else NOTHING
