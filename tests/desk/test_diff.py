"""A diff says what a change says, thing by thing, what follows from it, and what it must not do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from censorkb.check.translation import CODES, speech
from censorkb.cli import main
from censorkb.desk.diff import Desk
from censorkb.desk.report import as_json, as_markdown
from censorkb.desk.sentence import templates
from censorkb.root import Root

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "edits").glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_the_report_of_an_edit_is_as_expected(name, change, ontology, request):
    made = change(name)
    found = Desk(Root(made.head), ontology).diff(str(made.base))
    golden = HERE / "diffs" / f"{name}.md"
    if request.config.getoption("--renew"):
        golden.write_text(as_markdown(found), "utf-8")
    assert as_markdown(found) == golden.read_text("utf-8")


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
@pytest.mark.parametrize("name", ["added-source", "deleted-claim", "corrected-date", "withdrawn", "more-evidence"])
def test_the_report_is_all_of_one_language(name, code, change, ontology, request):
    made = change(name)
    report = as_markdown(Desk(Root(made.head), ontology, language=code).diff(str(made.base)), speech(code))
    golden = HERE / "diffs" / f"{name}.{code}.md"
    if request.config.getoption("--renew"):
        golden.write_text(report, "utf-8")
    assert report == golden.read_text("utf-8")


@pytest.mark.parametrize("name", ["added-source", "deleted-claim", "renamed-measure"])
def test_it_says_the_same_with_a_cache_without_one_and_in_the_other_order(name, change, ontology):
    made = change(name)
    forth = Desk(Root(made.head), ontology).diff(str(made.base))
    Desk(Root(made.head), ontology).diff(str(made.head), str(made.base))
    assert as_json(Desk(Root(made.head), ontology).diff(str(made.base))) == as_json(forth)
    assert as_json(Desk(Root(made.head), ontology, fresh=True).diff(str(made.base))) == as_json(forth)


def test_what_was_added_is_withdrawn_on_the_way_back(change, ontology):
    made = change("added-source")
    forth, back = (
        json.loads(as_json(Desk(Root(made.head), ontology).diff(str(base), str(head))))
        for base, head in ((made.base, made.head), (made.head, made.base))
    )
    assert {i["id"] for i in forth["added"]} == {i["id"] for i in back["withdrawn"]} != set()
    assert {p["rule"] for p in back["problems"]} == {"id-vanished"}


def test_revisions_say_what_folders_say(change, git, ontology):
    made = change("added-source")
    base = git("rev-parse", "HEAD")
    shutil.rmtree(git.folder / "facts")
    shutil.copytree(made.head / "facts", git.folder / "facts")
    by_folders = as_json(Desk(Root(made.head), ontology).diff(str(made.base)))
    assert as_json(Desk(Root(git.folder), ontology).diff()) == by_folders
    git.commit()
    assert as_json(Desk(Root(git.folder), ontology).diff(base, "HEAD")) == by_folders
    assert as_json(Desk(Root(git.folder), ontology, fresh=True).diff("HEAD~1", "main")) == by_folders


def test_without_a_base_it_is_what_the_branch_did(change, git, ontology):
    git("checkout", "-q", "-b", "mine")
    (git.folder / "facts/entities/agents/ada-quill.yaml").unlink()
    git.commit()
    git("checkout", "-q", "main")
    (git.folder / "facts/entities/agents/crbc.yaml").unlink(missing_ok=True)
    git.commit("meanwhile")
    git("checkout", "-q", "mine")
    found = Desk(Root(git.folder), ontology).diff()
    assert [item.id for item in found.items] == ["ada-quill"]


def test_a_change_of_nearly_everything_is_told_as_well(change, ontology):
    made = change("only-comments")
    for path in (made.head / "facts").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("status: accepted\n", "status: accepted\n\n"), "utf-8")
    shutil.rmtree(made.base / "facts/measures/xb")
    found = Desk(Root(made.head), ontology).diff(str(made.base))
    added = {item.id for item in found.items if item.group == "added"}
    assert {"xb-blip-block", "xb-hallo-block"} < added
    assert all(id_.startswith("xb-") for id_ in added)
    assert found.problems == []


def test_the_command_ends_with_one_if_the_change_must_not_be(change):
    made = change("lost-measure")
    done = CliRunner().invoke(main, ["diff", str(made.base), "--root", str(made.head)])
    assert (done.exit_code, "id-vanished" in done.stdout) == (1, True)
    done = CliRunner().invoke(main, ["diff", str(made.head), "--root", str(made.head), "--format", "json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["added"] == []


@pytest.mark.parametrize("base", ["nosuch", "--output=x", "HEAD\nx", "a" * 300, "\x1b[31m"])
def test_a_base_that_nobody_knows_is_refused_in_a_sentence(base, git):
    done = CliRunner().invoke(main, ["diff", "--root", str(git.folder), "--", base])
    assert done.exit_code == 2
    assert "no commit of this repository is called" in done.stderr
    assert "\x1b" not in done.stderr
    assert not (git.folder / "x").exists()


def test_every_level_of_support_and_every_stance_has_its_words(ontology):
    words = ontology.words.of(ontology.vocabulary.node("ckb:SupportLevel"))
    stances = ontology.words.of(ontology.vocabulary.node("ckb:Stance"))
    assert {f"support-{word}" for word in words} | {f"claim-{word}" for word in stances} <= templates().keys()
