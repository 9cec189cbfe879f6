"""Publishing: the output is complete or untouched, whatever fails, and nothing that is not ours is replaced."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from censorkb.site import disk, replacement
from censorkb.site.last_run import MANIFEST
from censorkb.site.publish import CantPublish, publishing

OLD = {"data/a.nq": b"old data\n", "site/index.html": b"old page", "site/gone.html": b"old"}
NEW = {"data/a.nq": b"new data\n", "site/index.html": b"new page", "site/en/deep/new.html": b"new" * 1000}


def run(out: Path, files: dict[str, bytes]) -> None:
    with publishing(out) as draft:
        for name, content in files.items():
            draft.write(name, content)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def beside(out: Path) -> set[str]:
    """What lies beside the output, but for the lock."""
    return {path.name for path in out.parent.glob("*")} - {out.name, f".{out.name}.lock"}


def is_complete(out: Path, files: dict[str, bytes]) -> bool:
    found = content(out)
    found.pop(MANIFEST, None)
    return found == files


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "a path with spaces" / "build"


def test_a_first_run_makes_the_folder_and_its_parents(out):
    run(out, NEW)
    assert is_complete(out, NEW)
    assert beside(out) == set()


def test_a_second_run_replaces_all_of_the_first(out):
    run(out, OLD)
    run(out, NEW)
    assert is_complete(out, NEW)
    assert beside(out) == set()


def test_an_empty_folder_may_be_filled(out):
    out.mkdir(parents=True)
    run(out, NEW)
    assert is_complete(out, NEW)


def test_every_file_and_every_folder_is_synced_before_it_is_put_in_place(out, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle))
    )
    run(out, NEW)
    draft = str(out.with_name(".build.draft"))
    made = {path.relative_to(out).as_posix() for path in out.rglob("*")}
    assert {os.path.relpath(path, draft) for path in synced if path.startswith(draft)} == {*made, "."}
    assert synced[-1] == str(out.parent)


def test_the_manifest_lists_every_file_with_its_sha256_in_order(out):
    run(out, NEW)
    lines = (out / MANIFEST).read_text().splitlines()
    assert lines == [f"{hashlib.sha256(NEW[name]).hexdigest()}  {name}" for name in sorted(NEW)]
    subprocess.run(["sha256sum", "--quiet", "--check", MANIFEST], cwd=out, check=True)


def test_the_same_files_make_the_same_bytes(tmp_path):
    run(tmp_path / "one", NEW)
    run(tmp_path / "two", dict(reversed(NEW.items())))
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_relative_path_is_of_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run(Path("build"), NEW)
    run(Path("build/../build"), NEW)
    assert is_complete(tmp_path / "build", NEW)


# not ours


@pytest.mark.parametrize("name", ["notes.txt", "data/a.nq", f"data/{MANIFEST}", ".git/config"])
def test_a_folder_that_is_not_ours_is_refused_and_untouched(out, name):
    (out / name).parent.mkdir(parents=True)
    (out / name).write_bytes(b"mine")
    with pytest.raises(CantPublish, match=r"exists and was not made by censorkb; choose another folder$"):
        run(out, NEW)
    assert content(out) == {name: b"mine"}
    assert beside(out) == set()


def test_a_file_in_the_place_of_the_folder_is_refused(out):
    out.parent.mkdir()
    out.write_bytes(b"mine")
    with pytest.raises(CantPublish):
        run(out, NEW)
    assert out.read_bytes() == b"mine"


@pytest.mark.parametrize("target", ["ours", "empty", "missing"])
def test_a_link_in_the_place_of_the_folder_is_refused(out, tmp_path, target):
    run(tmp_path / "ours", OLD)
    (tmp_path / "empty").mkdir()
    out.parent.mkdir()
    out.symlink_to(tmp_path / target)
    with pytest.raises(CantPublish):
        run(out, NEW)
    assert out.is_symlink()
    assert is_complete(tmp_path / "ours", OLD)


def test_a_manifest_that_is_a_folder_is_not_ours(out):
    (out / MANIFEST).mkdir(parents=True)
    with pytest.raises(CantPublish):
        run(out, NEW)


def test_a_lock_that_is_a_link_is_not_followed(out, tmp_path):
    out.parent.mkdir()
    (tmp_path / "precious").write_bytes(b"mine")
    out.with_name(".build.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError):
        run(out, NEW)
    assert (tmp_path / "precious").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "site/.."])
def test_a_file_outside_the_folder_is_a_fault_of_the_program(out, name):
    run(out, OLD)
    with pytest.raises((ValueError, OSError)):
        run(out, {"a": b"", name: b"evil"})
    assert is_complete(out, OLD)


def once_more(draft, way):
    if way == "write":
        draft.write("a", b"2")
    elif way == "same_as":
        draft.same_as("a", "b")
    else:
        with draft.stream("a") as output:
            output.write(b"2")


@pytest.mark.parametrize("way", ["write", "same_as", "stream"])
@pytest.mark.parametrize("kept", [b"1", b"3"], ids=["as-it-was", "changed"])
@pytest.mark.parametrize("amends", [False, True])
def test_a_file_written_twice_is_a_fault_of_the_program(out, way, kept, amends):
    with publishing(out) as draft:
        draft.write("a", b"1")
    with pytest.raises(FileExistsError), publishing(out, draft.left if amends else "") as draft:
        assert draft.amends == amends
        draft.write("b", b"2")
        draft.write("a", kept)
        once_more(draft, way)
    assert is_complete(out, {"a": b"1"})


# failures


CALLS = [(os, "open"), (os, "write"), (os, "fsync"), (os, "close"), (Path, "mkdir"), (Path, "rename")]
OURS = tuple(
    f"censorkb.site.{name}" for name in ("publish", "draft", "replacement", "amendment", "journal", "disk", "last_run")
)


@contextmanager
def failing(owner: object, name: str, at: int, fault: type[BaseException]) -> Iterator[list[int]]:
    """Make the call number `at` that publishing makes of a function fail, and count the calls."""
    count = [0]
    real: Callable[..., object] = getattr(owner, name)

    def call(*args: object, **kwargs: object) -> object:
        ours = sys._getframe(1).f_globals["__name__"] in OURS  # not the clearing away in shutil
        count[0] += ours
        if ours and count[0] == at:
            raise fault(28, "No space left on device") if fault is OSError else fault
        return real(*args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(owner, name, call)
    try:
        yield count
    finally:
        patch.undo()


@pytest.mark.parametrize("exchange", [True, False], ids=["one step", "two renames"])
@pytest.mark.parametrize("before", [OLD, None], ids=["old output", "no output"])
@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[name for _, name in CALLS])
def test_the_output_is_complete_or_untouched_whichever_call_fails(out, monkeypatch, owner, name, before, exchange):
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # slow, and not what is asked here
    if not exchange:
        monkeypatch.setattr(disk, "exchange", lambda one, other: False)
    for at in range(1, 100):
        if before:
            run(out, before)
        with failing(owner, name, at, (OSError, KeyboardInterrupt)[at % 2]) as count:
            try:
                run(out, NEW)
                failed = False
            except (OSError, KeyboardInterrupt):
                failed = True
        if count[0] < at:
            assert not failed
            assert is_complete(out, NEW)
            assert at > 1 or (exchange and before), "the call is never made"
            return
        # After the exchange only the syncing of the parent can fail: the new output is there, whole.
        if before or out.exists():
            assert is_complete(out, NEW) or (before and is_complete(out, before))
        assert beside(out) == set(), "no draft is left"
        shutil.rmtree(out, ignore_errors=True)
    pytest.fail("the call fails without end")


def test_a_disk_that_is_full_leaves_the_old_output_byte_for_byte(out):
    run(out, OLD)
    before = content(out)
    with failing(os, "fsync", 2, OSError), pytest.raises(OSError, match="No space left"):
        run(out, NEW)
    assert content(out) == before


SMALL = """
import resource, sys
from pathlib import Path
from censorkb.site.publish import publishing
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with publishing(Path(sys.argv[1])) as draft:
    draft.write("a", b"x" * 900)
    draft.write("b", b"x" * 2000)
"""


def test_a_file_that_the_system_cuts_short_leaves_the_old_output(out):
    run(out, OLD)
    before = content(out)
    done = subprocess.run(
        [sys.executable, "-c", SMALL, str(out)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert "File too large" in done.stderr
    assert content(out) == before
    assert beside(out) == set()


def test_a_fault_while_pages_are_made_leaves_the_old_output(out):
    run(out, OLD)
    before = content(out)
    with pytest.raises(ZeroDivisionError), publishing(out) as draft:
        draft.write("a", b"")
        raise ZeroDivisionError
    assert content(out) == before
    assert beside(out) == set()


# what has not changed

FIRST = {"data/a.nq": b"the same", "site/en/index.html": b"old page", "site/en/same.html": b"page" * 5000}
SECOND = {**FIRST, "site/en/index.html": b"new page", "site/en/added.html": b"added"}
KEPT = ["data/a.nq", "site/en/same.html"]


def marks(out: Path) -> dict[str, tuple[int, int]]:
    """Which file each is, and when it was last written."""
    found = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*") if path.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def aged(out: Path) -> dict[str, tuple[int, int]]:
    """Make all files of a run old, so that a file that is written again can't have the same time."""
    for path in out.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return marks(out)


def test_a_file_that_has_not_changed_is_the_same_file_with_its_time(out):
    run(out, FIRST)
    before = aged(out)
    run(out, SECOND)
    after = marks(out)
    assert is_complete(out, SECOND)
    assert {name for name in before if after[name] == before[name]} == set(KEPT)
    assert all((out / name).stat().st_nlink == 1 for name in after), "the old folder is gone"
    subprocess.run(["sha256sum", "--quiet", "--check", MANIFEST], cwd=out, check=True)
    assert beside(out) == set()


def test_only_what_has_changed_is_synced(out, monkeypatch):
    run(out, FIRST)
    synced, real = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle))
    )
    run(out, SECOND)
    draft = out.with_name(".build.draft")
    made = {"site/en/index.html", "site/en/added.html", MANIFEST, ".", "data", "site", "site/en"}
    assert {os.path.relpath(path, draft) for path in synced[:-1]} == made
    assert synced[-1] == str(out.parent)


def test_if_nothing_has_changed_the_folder_is_left_alone(out, monkeypatch):
    run(out, FIRST)
    before, folder = aged(out), out.stat().st_ino
    monkeypatch.setattr(replacement, "put", lambda folder, out: pytest.fail("it is put in place"))
    run(out, FIRST)
    assert marks(out) == before
    assert out.stat().st_ino == folder
    assert beside(out) == set()


@pytest.mark.parametrize("extra", ["site/mine.txt", "empty/folder"])
def test_what_does_not_belong_there_is_cleared_away_even_if_nothing_has_changed(out, extra):
    run(out, FIRST)
    (out / extra).parent.mkdir(exist_ok=True)
    (out / extra).touch() if extra.endswith("txt") else (out / extra).mkdir()
    before = aged(out)
    run(out, FIRST)
    assert not (out / extra).exists()
    assert is_complete(out, FIRST)
    assert all(marks(out)[name] == before[name] for name in FIRST)


@pytest.mark.parametrize("damage", [b"", b"pagE" * 5000, b"page" * 4999, None], ids=["cut", "bit", "short", "missing"])
@pytest.mark.parametrize("files", [FIRST, SECOND], ids=["same files", "other files"])
def test_a_damaged_file_of_the_last_run_is_written_anew(out, damage, files):
    run(out, FIRST)
    path = out / "site/en/same.html"
    path.unlink() if damage is None else path.write_bytes(damage)
    run(out, files)
    assert is_complete(out, files)


@pytest.mark.parametrize("text", [b"", b"nonsense", b"\xff\xfe", b"0  data/a.nq\n"])
def test_a_damaged_manifest_makes_all_files_new(out, text):
    run(out, FIRST)
    (out / MANIFEST).write_bytes(text)
    before = aged(out)
    run(out, FIRST)
    assert is_complete(out, FIRST)
    assert not any(marks(out)[name] == before[name] for name in FIRST)
    subprocess.run(["sha256sum", "--quiet", "--check", MANIFEST], cwd=out, check=True)


def test_a_file_that_has_another_name_elsewhere_is_written_anew(out, tmp_path):
    run(out, FIRST)
    os.link(out / "data/a.nq", tmp_path / "backup")
    run(out, SECOND)
    (tmp_path / "backup").write_bytes(b"changed")
    assert is_complete(out, SECOND)


@pytest.mark.parametrize("name", ["data/a.nq", "data"])
def test_no_link_in_the_last_run_is_followed(out, tmp_path, name):
    run(out, FIRST)
    (out / name).rename(tmp_path / "elsewhere")
    (out / name).symlink_to(tmp_path / "elsewhere")
    run(out, FIRST)
    assert is_complete(out, FIRST)
    assert not any(path.is_symlink() for path in out.rglob("*"))
    found = tmp_path / "elsewhere"
    assert not os.path.samefile(found if found.is_file() else found / "a.nq", out / "data/a.nq")


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_where_files_cannot_be_linked_they_are_written(out, monkeypatch, number):
    def link(*args: object, **kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", link)
    run(out, FIRST)
    before = aged(out)
    run(out, SECOND)
    assert is_complete(out, SECOND)
    assert not any(marks(out)[name] == before[name] for name in before)
    before = aged(out)
    run(out, SECOND)
    assert marks(out) == before, "nothing has changed, link or no link"


@pytest.mark.parametrize(("owner", "name"), [*CALLS[:5], (os, "link")], ids=[n for _, n in CALLS[:5]] + ["link"])
def test_a_run_that_fails_half_way_through_a_change_leaves_the_same_files(out, monkeypatch, owner, name):
    monkeypatch.setattr(disk, "MOST_OPEN", 1)
    for at in range(1, 100):
        run(out, FIRST)
        before = aged(out)
        with failing(owner, name, at, KeyboardInterrupt) as count:
            try:
                run(out, SECOND)
            except KeyboardInterrupt:
                assert is_complete(out, SECOND) or marks(out) == before
        assert beside(out) == set()
        assert all(path.stat().st_nlink == 1 for path in out.rglob("*") if path.is_file())
        if count[0] < at:
            assert at > 1, "the call is never made"
            assert is_complete(out, SECOND)
            return
        shutil.rmtree(out)
    pytest.fail("the call fails without end")


def test_more_files_than_a_batch_are_all_synced(out, monkeypatch):
    monkeypatch.setattr(disk, "whole_disk", lambda folder: None)
    synced, real = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle))
    )
    files = {f"{number}.html": b"x" for number in range(2 * disk.MOST_OPEN + 1)}
    run(out, files)
    assert {Path(path).name for path in synced} >= set(files)
    assert len(synced) == len(set(synced))
    assert is_complete(out, files)


@pytest.fixture
def whole(monkeypatch):
    """A disk that is waited for as a whole; what was done with it, in order, and what it answers."""
    done: list[str] = []
    answer = [0]
    real_open, real_put = disk.whole_disk, disk.put
    system = SimpleNamespace(syncfs=lambda handle: (done.append("wait"), answer[0])[1])
    monkeypatch.setattr(disk, "_file_system", lambda folder: "ext4")
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(release="6.1.0-18-amd64"))
    monkeypatch.setattr(disk, "_system", lambda: system)
    monkeypatch.setattr(disk, "whole_disk", lambda folder: (done.append("watch"), real_open(folder))[1])
    monkeypatch.setattr(disk, "put", lambda handle, content: (done.append("write"), real_put(handle, content))[1])
    return done, answer


def test_the_disk_is_watched_before_the_first_file_that_is_not_waited_for_by_itself(out, whole):
    done, _ = whole
    before = len(os.listdir("/proc/self/fd"))
    files = {f"{number}.html": b"x" for number in range(disk.MOST_OPEN + 5)}
    run(out, files)
    assert done == ["write"] * disk.MOST_OPEN + ["watch"] + ["write"] * 6 + ["wait"], "the last one is the manifest"
    assert is_complete(out, files)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_disk_that_tells_of_a_fault_at_the_end_leaves_the_old_output(out, monkeypatch, whole):
    monkeypatch.setattr(disk, "MOST_OPEN", 1)
    run(out, OLD)
    whole[1][0] = -1
    monkeypatch.setattr(ctypes, "get_errno", lambda: errno.EIO)
    with pytest.raises(OSError, match="Input/output error"):
        run(out, NEW)
    assert is_complete(out, OLD)
    assert beside(out) == set()


@pytest.mark.parametrize(("release", "system"), [("5.4.0-150", "ext4"), ("6.1.0", "fuse.sshfs"), ("strange", "xfs")])
def test_a_disk_that_may_not_tell_of_faults_is_not_waited_for_as_a_whole(tmp_path, monkeypatch, release, system):
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(release=release))
    monkeypatch.setattr(disk, "_file_system", lambda folder: system)
    assert disk.whole_disk(str(tmp_path)) is None


def test_the_type_of_a_file_system_is_that_of_its_mount(tmp_path, monkeypatch):
    assert disk._file_system("/proc") == "proc"
    monkeypatch.setattr(disk, "_MOUNTS", str(tmp_path / "none"))
    assert disk._file_system("/proc") == ""


# large files, and files with two names


def stream(out: Path, files: dict[str, bytes]) -> None:
    with publishing(out) as draft:
        for name, content in files.items():
            with draft.stream(name) as file:
                for i in range(0, len(content), 7):
                    file.write(content[i : i + 7])


def test_a_file_written_in_pieces_is_the_same_as_one_written_at_once(out, tmp_path):
    stream(out, NEW)
    run(tmp_path / "other", NEW)
    assert content(out) == content(tmp_path / "other")


def test_files_are_written_in_pieces_beside_each_other(out):
    with publishing(out) as draft, draft.stream("a") as one, draft.stream("deep/b") as two:
        for _ in range(3):
            one.write(b"1")
            two.write(b"2")
            two.write(b"")
        draft.write("c", b"3")
    assert is_complete(out, {"a": b"111", "deep/b": b"222", "c": b"3"})
    subprocess.run(["sha256sum", "--quiet", "--check", MANIFEST], cwd=out, check=True)


def test_a_file_written_in_pieces_that_has_not_changed_is_the_same_file_with_its_time(out):
    run(out, FIRST)
    before = aged(out)
    stream(out, SECOND)
    after = marks(out)
    assert is_complete(out, SECOND)
    assert {name for name in before if after[name] == before[name]} == set(KEPT)
    before = aged(out)
    stream(out, SECOND)
    assert marks(out) == before
    assert beside(out) == set()


@pytest.mark.parametrize("damage", [b"pagE" * 5000, b"page" * 4999, None], ids=["bit", "short", "missing"])
def test_a_damaged_file_is_written_anew_in_pieces(out, damage):
    run(out, FIRST)
    path = out / "site/en/same.html"
    path.unlink() if damage is None else path.write_bytes(damage)
    stream(out, FIRST)
    assert is_complete(out, FIRST)


def test_a_fault_while_a_file_is_written_in_pieces_leaves_the_old_output(out):
    run(out, OLD)
    before = content(out)
    with pytest.raises(ZeroDivisionError), publishing(out) as draft, draft.stream("data/a.nq") as data:
        data.write(b"half")
        raise ZeroDivisionError
    assert content(out) == before
    assert beside(out) == set()


def twice(out: Path, content: bytes, page: bytes = b"") -> None:
    """Write a file under two names, and a page."""
    with publishing(out) as draft:
        draft.write("data/a.nq", content)
        draft.same_as("site/data/a.nq", "data/a.nq")
        draft.write("site/index.html", page)


def test_a_file_under_two_names_is_there_once(out):
    twice(out, b"data")
    assert is_complete(out, {"data/a.nq": b"data", "site/data/a.nq": b"data", "site/index.html": b""})
    assert os.path.samefile(out / "data/a.nq", out / "site/data/a.nq")
    subprocess.run(["sha256sum", "--quiet", "--check", MANIFEST], cwd=out, check=True)


def test_a_file_under_two_names_that_has_not_changed_is_the_same_file_under_both(out):
    twice(out, b"data")
    before = aged(out)
    twice(out, b"data", b"new")
    after = marks(out)
    assert after["data/a.nq"] == after["site/data/a.nq"] == before["data/a.nq"]
    before = aged(out)
    twice(out, b"data", b"new")
    assert marks(out) == before, "it is left alone"


def test_a_file_under_two_names_may_be_written_as_two_and_is_then_left_as_it_is(out):
    files = {"data/a.nq": b"data", "site/data/a.nq": b"data", "site/index.html": b""}
    twice(out, b"data")
    before = aged(out)
    run(out, {**files, "site/index.html": b"new"})
    after = marks(out)
    assert {name for name in before if after[name] == before[name]} == {"data/a.nq", "site/data/a.nq"}


def test_a_file_that_was_two_is_left_as_two_while_it_has_not_changed(out):
    run(out, {"data/a.nq": b"data", "site/data/a.nq": b"data", "site/index.html": b""})
    before = aged(out)
    twice(out, b"data", b"new")
    after = marks(out)
    assert {name for name in before if after[name] == before[name]} == {"data/a.nq", "site/data/a.nq"}
    twice(out, b"changed", b"new")
    assert os.path.samefile(out / "data/a.nq", out / "site/data/a.nq")


@pytest.mark.parametrize("name", ["backup", "build/mine"], ids=["elsewhere", "unknown"])
def test_a_file_under_two_names_that_has_a_third_is_written_anew(out, name):
    twice(out, b"data")
    os.link(out / "data/a.nq", out.parent / name)
    twice(out, b"data", b"new")
    assert not (out / "mine").exists()
    if name == "backup":
        (out.parent / name).write_bytes(b"changed")
    assert is_complete(out, {"data/a.nq": b"data", "site/data/a.nq": b"data", "site/index.html": b"new"})
    assert (out / "data/a.nq").stat().st_nlink == 2


def test_a_name_that_is_reached_by_a_link_does_not_count_as_ours(out):
    twice(out, b"data")
    (out / "site/data/a.nq").rename(out.parent / "elsewhere")
    (out / "site/data").rmdir()
    (out / "site/data").symlink_to(out / "data")
    twice(out, b"data", b"new")
    (out.parent / "elsewhere").write_bytes(b"changed")
    assert is_complete(out, {"data/a.nq": b"data", "site/data/a.nq": b"data", "site/index.html": b"new"})


def test_where_files_cannot_be_linked_a_second_name_is_a_copy(out, monkeypatch):
    def link(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    twice(out, b"data")
    assert is_complete(out, {"data/a.nq": b"data", "site/data/a.nq": b"data", "site/index.html": b""})
    before = aged(out)
    twice(out, b"data")
    assert marks(out) == before


# killed and concurrent runs


KILLED = """
import os, sys
from pathlib import Path
from censorkb.site import disk, replacement
from censorkb.site.publish import publishing
point, out = sys.argv[1], Path(sys.argv[2])
if point == "between renames":
    disk.exchange = lambda one, other: False
    real = Path.rename
    def rename(self, target):
        done = real(self, target)
        os.kill(os.getpid(), 9)
    Path.rename = rename
if point == "after renames":
    disk.exchange = lambda one, other: False
    disk.sync_folder = lambda folder: folder == str(out.parent) and os.kill(os.getpid(), 9)
    replacement.shutil.rmtree = lambda *a, **k: None
with publishing(out) as draft:
    draft.write("data/a.nq", b"half")
    if point == "while writing":
        os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("point", ["while writing", "between renames", "after renames"])
def test_what_a_killed_run_has_left_is_cleaned_by_the_next(out, point):
    run(out, OLD)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, point, str(out)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert killed.returncode == -9
    assert beside(out), "it left something"
    with pytest.raises(ZeroDivisionError), publishing(out):
        raise ZeroDivisionError  # even a run that fails puts the old output back
    assert is_complete(out, OLD) or is_complete(out, {"data/a.nq": b"half"})
    assert beside(out) == set()
    run(out, NEW)
    assert is_complete(out, NEW)


def test_a_second_run_at_the_same_time_is_told_to_wait(out):
    entered, leave = threading.Event(), threading.Event()

    def first() -> None:
        with publishing(out) as draft:
            draft.write("a", b"first")
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    assert entered.wait(10)
    with pytest.raises(CantPublish, match="another run is writing"):
        run(out, NEW)
    leave.set()
    thread.join()
    assert is_complete(out, {"a": b"first"})
    run(out, NEW)
    assert is_complete(out, NEW)


def test_runs_into_two_folders_do_not_wait_for_each_other(tmp_path):
    with publishing(tmp_path / "one") as draft:
        draft.write("a", b"1")
        run(tmp_path / "two", NEW)
    assert is_complete(tmp_path / "one", {"a": b"1"})


def test_where_the_system_cannot_begin_to_write_files_are_synced_all_the_same(out, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(disk, "_system", object)
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), real(handle)))
    run(out, NEW)
    run(out, OLD)
    assert is_complete(out, OLD)
    assert len(synced) > len(NEW) + len(OLD)


def test_the_system_begins_to_write_all_files_of_a_batch_before_one_is_waited_for(out, monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(disk, "_begin", lambda handle: done.append("begin"))
    monkeypatch.setattr(os, "fsync", lambda handle: done.append("wait"))
    run(out, NEW)
    files = len(NEW) + 1
    assert done[: 2 * files] == ["begin"] * files + ["wait"] * files
