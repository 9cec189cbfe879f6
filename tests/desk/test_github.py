"""What runs on GitHub: the workflows have no rights but those that they need, and run no code of a stranger with any."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
FLOWS = sorted((PROJECT / ".github/workflows").glob("*.yml"))
FORMS = PROJECT / ".github/ISSUE_TEMPLATE"
# Who may write what, and why.
RIGHTS = {
    ("check.yml", "facts"): None,  # runs a stranger's code
    ("check.yml", "code"): None,  # likewise
    ("comment.yml", "comment"): {"actions": "read", "contents": "read", "pull-requests": "write"},
}


def read(path: Path) -> dict:
    said = yaml.safe_load(path.read_text("utf-8"))
    return {("on" if key is True else key): value for key, value in said.items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "path"),
    [*(("github-workflows", p) for p in FLOWS), ("github-issue-forms", FORMS / "source.yml"),
     ("github-issue-forms", FORMS / "wrong.yml"), ("github-issue-config", FORMS / "config.yml")],
    ids=lambda value: getattr(value, "name", value),
)  # fmt: skip
def test_they_are_of_the_form_that_github_takes(kind, path):
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{kind}", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_workflow_has_rights_that_it_does_not_need():
    found = {}
    for path in FLOWS:
        flow = read(path)
        assert flow["permissions"] == {}, path.name
        found |= {(path.name, name): job.get("permissions") for name, job in flow["jobs"].items()}
    assert found == RIGHTS


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.name)
def test_no_workflow_runs_a_strangers_code_with_rights_or_secrets(path):
    flow, text = read(path), path.read_text("utf-8")
    assert "pull_request_target" not in text
    assert "secrets." not in text
    for job in flow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "what an event says is read from the environment, never pasted"
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False
                if job.get("permissions"):
                    assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}"


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_to_a_commit(path):
    used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert used
    for action, rest in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", rest), "say which release it is"


def test_what_they_run_is_here():
    run = {word for path in FLOWS for word in re.findall(r"run: (\S+)", path.read_text("utf-8"))}
    assert run == {".ci/change", ".ci/comment", ".ci/install", ".ci/run"}
    for script in run:
        assert (PROJECT / script).stat().st_mode & 0o111
        assert subprocess.run(["sh", "-n", str(PROJECT / script)], check=False).returncode == 0


def test_hooks_for_others_name_commands_that_exist():
    hooks = {hook["id"]: hook for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert hooks.keys() == {"censorkb-check", "censorkb-tidy"}
    for hook in hooks.values():
        assert hook["entry"].startswith("censorkb ")
        assert re.match(hook["files"], "facts/sources/2026/x.yaml")
        assert not re.match(hook["files"], "tests/facts/x.yaml")


GH = """#!/bin/sh
printf '%s\\n' "$*" >>"$LOG"
case "$*" in
*"/pulls "*) echo "$PULL" ;;
*artifacts*--jq*) echo 99 ;;
*/zip*) cat "$ZIP" ;;
*--paginate*) echo "$OLD" ;;
*body=@*) cat "${*##*body=@}" >"$LOG.body" ;;
esac
"""


@pytest.mark.parametrize(
    ("pull", "old", "last"),
    [("7", "", "repos/o/r/issues/7/comments -F"), ("7", "55", "--method PATCH repos/o/r/issues/comments/55 -F"),
     ("", "", "--method GET repos/o/r/pulls -f"), ("7; id", "", "--method GET repos/o/r/pulls -f")],
)  # fmt: skip
def test_a_comment_is_posted_once_and_renewed_after(pull, old, last, tmp_path):
    """With a stand-in for GitHub's own command, which notes what it is asked; the archive brings a path that leads out."""
    report = '{"files":0,"added":[],"changed":[],"corrected":[],"withdrawn":[],"follows":["@all"],"problems":[]}'
    with zipfile.ZipFile(tmp_path / "change.zip", "w") as archive:
        archive.writestr("diff.json", report)
        archive.writestr("../../escaped", "x")
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(GH)
    gh.chmod(0o755)
    sprung = tmp_path / "sprung"
    said = {
        "REPOSITORY": "o/r",
        "RUN": "5",
        "RUN_URL": "https://example.org/5",
        "HEAD_SHA": "abc",
        "HEAD": f"o:$(touch {sprung})",
    }
    stage = {"PULL": pull, "OLD": old, "ZIP": str(tmp_path / "change.zip"), "LOG": str(tmp_path / "log")}
    environment = {**os.environ, **said, **stage, "PATH": f"{gh.parent}:{os.environ['PATH']}"}
    done = subprocess.run([PROJECT / ".ci/comment"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert last in (tmp_path / "log").read_text().splitlines()[-1]
    assert not sprung.exists()
    assert not list(tmp_path.parent.rglob("escaped"))
    if pull == "7":
        assert "@\u2060all" in (tmp_path / "log.body").read_text("utf-8")
