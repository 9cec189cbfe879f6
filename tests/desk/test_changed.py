"""A check of what changed finds in the files that it reports on what a check of everything finds in them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from vandal import Vandal

from censorkb.check.checker import check
from censorkb.cli import main
from censorkb.desk.diff import Desk
from censorkb.desk.report import as_json
from censorkb.graph.knowledge import Knowledge
from censorkb.root import Root

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
QUICK = ("deleted-claim", "renamed-measure", "status-goes-back", "unreadable")
NAMES = [
    path.stem if path.stem in QUICK else pytest.param(path.stem, marks=pytest.mark.slow)
    for path in sorted((HERE / "edits").glob("*.yaml"))
]
FORBIDDEN = {"id-vanished", "meaning-changed", "status-backwards"}


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "facts").rglob("*.yaml")}


def by_file(root: Path, ontology) -> dict[str, list]:
    found: dict[str, list] = {}
    for problem in check(Knowledge.read(Root(root), ontology)).problems:
        found.setdefault(problem.place.file, []).append(problem)
    return found


def agrees(base: Path, head: Path, ontology, desk: Desk) -> set[str]:
    """Compare with checks of everything; gives the rules that only two states can break."""
    checked = desk.check(str(base))
    before, after = by_file(base, ontology), by_file(head, ontology)
    old, new = files(base), files(head)
    touched = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    moved = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    mine = [p for p in checked.problems if p.rule not in FORBIDDEN]
    assert mine == sorted((p for name in touched | moved for p in after.get(name, [])), key=lambda p: p.key)
    assert checked.knowledge.documents.keys() <= touched | moved
    return {p.rule for p in checked.problems} & FORBIDDEN


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_what_a_check_of_everything_finds(name, change, ontology):
    made = change(name)
    rules = agrees(made.base, made.head, ontology, Desk(Root(made.head), ontology, fresh=name < "b"))
    diff = Desk(Root(made.head), ontology).diff(str(made.base))
    assert rules == {p.rule for p in diff.problems}


@pytest.mark.parametrize("seed", [4, pytest.param(6, marks=pytest.mark.slow)])
def test_it_does_after_any_edits(seed, toy_copy, tmp_path, ontology):
    vandal, base = Vandal(toy_copy.facts, seed), tmp_path / "base"
    shutil.copytree(toy_copy.facts, base / "facts")
    desk = Desk(toy_copy, ontology)
    for turn in range(12):
        done = [vandal.strike() for _ in range(vandal.random.choice([1, 1, 2]))]
        agrees(base, toy_copy.path, ontology, desk)
        if turn % 4 == 3:
            fresh = Desk(toy_copy, ontology, fresh=True)
            assert as_json(desk.diff(str(base))) == as_json(fresh.diff(str(base))), done
            shutil.rmtree(base / "facts")
            shutil.copytree(toy_copy.facts, base / "facts")


def test_a_diff_between_two_checks_does_not_disturb_them(change, ontology):
    made = change("another-action")
    desk = Desk(Root(made.head), ontology)
    first, said = desk.check(str(made.base)).problems, desk.diff(str(made.base))
    assert desk.check(str(made.base)).problems == first
    assert desk.diff(str(made.base)) == said


def test_what_one_comparison_leaves_is_believed_by_the_next(change, ontology, monkeypatch):
    made = change("more-evidence")
    desk, path = Desk(Root(made.head), ontology), made.head / "facts/entities/services/blip.yaml"
    desk.check(str(made.base))
    monkeypatch.setattr("censorkb.check.recheck._anew", None)
    text = path.read_text("utf-8")
    for turn in range(8):
        path.write_text(text + f"note: turn {turn}\n" * (turn % 2), "utf-8")
        (desk.check if turn % 3 else desk.diff)(str(made.base))


def test_the_command_reports_on_what_the_branch_touches(git):
    path = git.folder / "facts/entities/services/blip.yaml"
    path.write_text(path.read_text("utf-8") + "kindd: x\n", "utf-8")
    done = CliRunner().invoke(main, ["check", "--changed", "--root", str(git.folder)])
    assert done.exit_code == 1
    assert {line.split(":")[0] for line in done.stdout.splitlines() if not line.startswith(" ")} == {
        "facts/entities/services/blip.yaml"
    }
    done = CliRunner().invoke(main, ["check", "--changed", "HEAD", "--root", str(git.folder), "--referee"])
    assert (done.exit_code, "can't be combined" in done.stderr) == (2, True)


def test_nothing_changed_is_nothing_to_report(git):
    done = CliRunner().invoke(main, ["check", "--changed", "--root", str(git.folder)])
    assert (done.exit_code, done.stdout) == (0, "")
