"""Every rule and shape has a good and a bad case; the bad one is shown where the author can mend it."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from check.case import CHECKS, TOY, Case, Edit, edited, read_cases, toy_with

from censorkb.check.checker import Checked, check
from censorkb.check.compiler import compile_shapes
from censorkb.check.data_graph import DataGraph
from censorkb.check.referee import judge
from censorkb.check.rule import read
from censorkb.check.setwise import run
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, rules
from censorkb.root import Root

CASES = read_cases()
NEEDS_TEXTS = "quote-not-in-text"
MOST_TOGETHER = 8  # cases in one check; more come in each other's way


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the toy; who edits it puts it back."""
    return toy_with((), tmp_path_factory.mktemp("copy"))


@functools.cache
def ontology() -> Ontology:
    return Ontology(Root(TOY).ontology)


def checked(root: Path, texts: bool = False) -> Checked:
    return check(Knowledge.read(Root(root), ontology()), texts=TOY / "texts" if texts else None)


@functools.cache
def of_the_toy() -> set[str]:
    return {f"{p.place} {p.rule} {p.message}" for p in checked(TOY).problems}


def line_at(root: Path, place: Place) -> str:
    """The line of a file that a problem points to."""
    lines = (root / place.file).read_bytes().decode("utf-8", "replace").split("\n")
    return lines[place.line - 1]


def test_the_toy_has_no_errors() -> None:
    problems = [f"{p.place} {p.rule} {p.message}" for p in checked(TOY).problems if p.severity == "error"]
    assert problems == []


def apart(cases: list[Case]) -> list[list[Case]]:
    """Put cases together that break different rules in different files, so that what is found tells whose it is."""
    made: list[list[Case]] = []
    for case in cases:
        place = next((b for b in made if len(b) < MOST_TOGETHER and all(are_apart(case, other) for other in b)), None)
        if place is None:
            made.append(place := [])
        place.append(case)
    return made


def are_apart(case: Case, other: Case) -> bool:
    files = [{edit.file for edit in each.bad} for each in (case, other)]
    fired = [{each.rule_shown, *each.also} for each in (case, other)]
    texts = [each.rule == NEEDS_TEXTS for each in (case, other)]
    return not files[0] & files[1] and not fired[0] & fired[1] and not any(texts)


def are_told(cases: list[Case], toy: Path) -> bool:
    """Whether cases that stand apart are each reported as if they were alone: by their rules, in their files, at their line."""
    with edited(toy, tuple(edit for case in cases for edit in case.bad)) as root:
        problems = checked(root).problems
        lines = {p.place: line_at(root, p.place) for p in problems}
    owner = {rule: case for case in cases for rule in (case.rule_shown, *case.also)}
    new = [p for p in problems if f"{p.place} {p.rule} {p.message}" not in of_the_toy()]
    at_home = all(p.rule in owner and p.place.file in {f"facts/{edit.file}" for edit in owner[p.rule].bad} for p in new)
    return at_home and all(
        any(p.rule == case.rule_shown and case.at in lines[p.place] for p in problems) for case in cases
    )


@pytest.mark.parametrize("cases", apart(CASES), ids=lambda cases: cases[0].name)
def test_bad_cases_are_reported_by_their_rules_at_the_lines_that_are_wrong(cases: list[Case], copy: Path) -> None:
    """The quick form of the next test: several in one check, and fewer where they come in each other's way."""
    waiting = [cases]
    while waiting:
        some = waiting.pop()
        if len(some) == 1:
            report_alone(some[0], copy)
        elif not are_told(some, copy):
            waiting += [some[: len(some) // 2], some[len(some) // 2 :]]


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_case_is_reported_by_its_rule_at_the_line_that_is_wrong(case: Case, copy: Path) -> None:
    report_alone(case, copy)


def report_alone(case: Case, copy: Path) -> None:
    with edited(copy, case.bad) as root:
        assert_told(case, root)


def assert_told(case: Case, root: Path) -> None:
    problems = checked(root, texts=case.rule == NEEDS_TEXTS).problems
    hits = [p for p in problems if p.rule == case.rule_shown]
    assert hits, f"{case.why}: no {case.rule_shown}"
    others = [f"{p.place} {p.rule} {p.message}" for p in problems if p.rule not in (case.rule_shown, *case.also)]
    assert set(others) - of_the_toy() == set(), "one mistake, one rule"
    if case.at:
        assert [p for p in hits if case.at in line_at(root, p.place)], f"shown at {[str(p.place) for p in hits]}"


@pytest.mark.parametrize("case", [c for c in CASES if c.good], ids=lambda case: case.name)
@pytest.mark.slow
def test_a_good_case_is_not_reported(case: Case, tmp_path: Path) -> None:
    assert case.good is not None
    fired = {
        (p.rule, p.message)
        for p in checked(toy_with(case.good, tmp_path)).problems
        if p.rule in (case.rule, case.rule_shown)
    }
    assert fired <= {(p.rule, p.message) for p in checked(TOY).problems}


def test_a_bad_case_makes_no_noise_elsewhere(tmp_path: Path) -> None:
    """A file that can't be read makes nobody else's reference wrong."""
    broken = Edit("entities/agents/morning-mirror.yaml", write=b"label: [\n")
    problems = [p for p in checked(toy_with((broken,), tmp_path)).problems if p.severity == "error"]
    assert {p.place.file for p in problems} == {"facts/entities/agents/morning-mirror.yaml"}


# They need more than an edit of a file, or are of commands that read other files; tests of their own show them.
BEYOND_FILES = {
    *("missing-facts", "no-facts", "not-a-file", "not-tidied", "text-not-found"),
    *("id-vanished", "meaning-changed", "status-backwards"),
    *("long-quote", "not-a-json-line", "quote-not-in-article", "twice-in-gold", "wrong-gold-value"),
    *(rule for rule in rules() if rule.startswith("article-")),
}
# The program states what they ask for, and no file can break them.
BY_PROGRAM = {"claim.source", "evidence.inCopy"} | {
    f"dating.{bound}" for bound in ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
}


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    named = {constraint.rule for constraint in compile_shapes(ontology().vocabulary)}
    assert sorted(path.stem for path in CHECKS.glob("*.toml")) == sorted({*rules(), *named}) == list(read(ontology()))
    assert all(rule.why for rule in read(ontology()).values())


def test_every_rule_has_a_case() -> None:
    without = {name for name, rule in read(ontology()).items() if not rule.examples}
    assert without == BEYOND_FILES | BY_PROGRAM
    text_rules = set(rules()) - {case.rule_shown for case in CASES}
    assert text_rules == BEYOND_FILES, "each is shown by some case"


def batches(cases: list[Case]) -> list[tuple[Edit, ...]]:
    """Put as many edits together as do not touch the same file, so that the slow referee runs seldom."""
    made: list[list[Edit]] = []
    for case in cases:
        files = {edit.file for edit in case.bad}
        place = next((batch for batch in made if not files & {edit.file for edit in batch}), None)
        if place is None:
            made.append(place := [])
        place += case.bad
    return [tuple(batch) for batch in made]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(batches(CASES))))
def test_the_embedded_store_and_the_referee_report_the_same(number: int, tmp_path: Path) -> None:
    root = toy_with(batches(CASES)[number], tmp_path)
    knowledge = Knowledge.read(Root(root), ontology())
    store = open_store(ontology(), knowledge.lines())
    assert run(compile_shapes(ontology().vocabulary), DataGraph(store, ontology().prefixes)) == judge(
        ontology().vocabulary, store
    )
