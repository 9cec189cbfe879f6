"""A stranger's repository is read without running, fetching or writing anything that it asks for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from censorkb.desk.mirror import mirror
from censorkb.desk.repository import NoRevision, Repository


def states(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted((folder / "facts").rglob("*")) if p.is_file()
    }


def test_a_mirror_holds_the_fact_files_of_a_commit_and_follows_to_the_next(git, tmp_path):
    first = git("rev-parse", "HEAD")
    before = states(git.folder)
    (git.folder / "facts/entities/agents/ada-quill.yaml").unlink()
    (git.folder / "facts/new/deep").mkdir(parents=True)
    (git.folder / "facts/new/deep/x.yaml").write_text("label: X\n")
    second, after = git.commit(), states(git.folder)
    repository, folder = Repository(git.folder), tmp_path / "mirror"
    for commit, wanted in ((first, before), (second, after), (first, before)):
        mirror(repository, commit, folder)
        assert states(folder) == wanted
    (folder / "files.json").write_text("[")
    (folder / "facts/left-over.yaml").write_text("x")
    mirror(repository, second, folder)
    assert states(folder) == after


def test_nothing_that_the_configuration_asks_for_is_run(git):
    trap = git.folder / ".git/trap"
    hook = git.folder / ".git/hooks/post-index-change"
    for path in (trap, hook):
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {git.folder}/sprung\ncat\n")
        path.chmod(0o755)
    (git.folder / ".gitattributes").write_text("* filter=trap diff=trap\n")
    commit = git.commit()
    (git.folder / "sprung").unlink(missing_ok=True)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "filter.trap.smudge",
        "filter.trap.clean",
        "diff.trap.textconv",
        "core.editor",
    ):
        git("config", key, str(trap))
    git("config", "alias.ls-tree", f"!{trap}")
    repository = Repository(git.folder)
    blobs = repository.files(repository.commit(commit), "facts")
    assert list(repository.contents(blob.id for blob in blobs.values()))
    assert repository.fork() == commit
    assert not (git.folder / "sprung").exists()


def test_a_part_that_a_clone_lacks_is_not_fetched(git):
    commit = git("rev-parse", "HEAD")
    blob = git("rev-parse", "HEAD:facts/entities/agents/ada-quill.yaml")
    (git.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for key, value in (
        ("extensions.partialClone", "origin"),
        ("core.repositoryformatversion", "1"),
        ("remote.origin.promisor", "true"),
    ):
        git("config", key, value)
    git("config", "remote.origin.url", f"ext::touch {git.folder}/sprung")
    with pytest.raises(NoRevision, match=r"lacks a part|can't read"):
        list(Repository(git.folder).contents([blob]))
    assert Repository(git.folder).files(commit, "facts")
    assert not (git.folder / "sprung").exists()


def test_a_link_becomes_what_the_reader_refuses(git, tmp_path):
    os.symlink("/etc/passwd", git.folder / "facts/entities/agents/link.yaml")
    found = mirror(Repository(git.folder), git.commit(), tmp_path / "mirror")
    assert (found.root.facts / "entities/agents/link.yaml").is_dir()


def test_a_path_that_leads_out_is_refused(git, tmp_path):
    blob = git("rev-parse", "HEAD:facts/entities/agents/ada-quill.yaml")
    tree = git(
        "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=b"100644 x.yaml\0" + bytes.fromhex(blob)
    )
    up = git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=b"40000 ..\0" + bytes.fromhex(tree))
    top = git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=b"40000 facts\0" + bytes.fromhex(up))
    commit = git("commit-tree", top, "-m", "out")
    with pytest.raises(NoRevision, match="leads out"):
        mirror(Repository(git.folder), commit, tmp_path / "a/b/mirror")
    assert not list(tmp_path.rglob("x.yaml"))


def test_names_with_line_ends_stay_one_name(git, tmp_path):
    (git.folder / "facts/entities/agents/a\nb\tc.yaml").write_text("label: X\n")
    found = mirror(Repository(git.folder), git.commit(), tmp_path / "mirror")
    assert (found.root.facts / "entities/agents/a\nb\tc.yaml").read_text() == "label: X\n"


def test_a_folder_without_a_repository_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    with pytest.raises(NoRevision, match="in no git repository"):
        Repository(tmp_path).commit("HEAD")


def test_a_machine_without_git_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoRevision, match="not installed"):
        Repository(tmp_path).commit("HEAD")
