"""Amending: a few files of a large folder change, and the folder is never left half-changed for good."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from censorkb.query import STORE
from censorkb.site.last_run import MANIFEST
from censorkb.site.publish import publishing as publishing_
from censorkb.site.snapshot import Snapshot

pytestmark = pytest.mark.slow

CLOSELY = ("data",)
publishing = partial(publishing_, closely=CLOSELY)


def look(out: Path) -> str:
    return str(Snapshot(str(out), CLOSELY))


BEFORE = {
    "data/a.nq": b"the same",
    "data/b.nq": b"old data",
    "site/index.html": b"old page",
    "site/same.html": b"page" * 5000,
    "site/gone/away/page.html": b"gone",
}
AFTER = {
    "data/a.nq": b"the same",
    "data/b.nq": b"new data",
    "site/data/b.nq": b"new data",
    "site/index.html": b"new page",
    "site/same.html": b"page" * 5000,
    "site/new/deep/page.html": b"new",
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "a path with spaces" / "build"


def publish(out: Path, files: dict[str, bytes] = BEFORE) -> str:
    """Write a whole folder, and say what it looks like."""
    with publishing(out) as draft:
        assert not draft.amends
        for name, content in files.items():
            draft.write(name, content)
    return draft.left


def amend(out: Path, seen: str) -> str:
    """Make a folder hold what it holds afterwards by writing what changes, and something that does not."""
    with publishing(out, seen) as draft:
        assert draft.amends
        for name in ("data/b.nq", "site/index.html", "site/same.html", "site/new/deep/page.html"):
            draft.write(name, AFTER[name])
        draft.same_as("site/data/b.nq", "data/b.nq")
        draft.remove("site/gone/away/page.html")
        draft.remove("site/never.html")
    assert draft.left == look(out)
    return draft.left


def content(out: Path) -> dict[str, bytes]:
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.name != MANIFEST}


def marks(out: Path) -> dict[str, tuple[int, int]]:
    found = {path.relative_to(out).as_posix(): path.stat() for path in out.rglob("*") if path.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def beside(out: Path) -> set[str]:
    """What lies beside the output, but for the lock."""
    return {path.name for path in out.parent.glob("*")} - {out.name, f".{out.name}.lock"}


def is_right(out: Path, files: dict[str, bytes]) -> bool:
    """Whether a folder holds these files and no empty folders, and its manifest says so."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]
    folders = [path for path in out.rglob("*") if path.is_dir()]
    listed = (out / MANIFEST).read_text().splitlines()
    return content(out) == files and listed == lines and all(map(os.listdir, folders))


def test_only_what_has_changed_is_put_in_place(out):
    seen = publish(out)
    before, folder = marks(out), out.stat().st_ino
    amend(out, seen)
    after = marks(out)
    assert is_right(out, AFTER)
    assert {name for name in before if after.get(name) == before[name]} == {"data/a.nq", "site/same.html"}
    assert out.stat().st_ino == folder
    assert os.path.samefile(out / "data/b.nq", out / "site/data/b.nq")
    assert beside(out) == set()


def test_an_amended_folder_is_the_same_as_one_written_as_a_whole(out, tmp_path):
    amend(out, publish(out))
    publish(tmp_path / "other", AFTER)
    assert (out / MANIFEST).read_bytes() == (tmp_path / "other" / MANIFEST).read_bytes()
    assert content(out) == content(tmp_path / "other")


def test_an_amended_folder_can_be_amended_again_and_replaced(out):
    seen = amend(out, publish(out))
    with publishing(out, seen) as draft:
        assert draft.amends
        draft.write("site/index.html", b"newer")
    assert is_right(out, {**AFTER, "site/index.html": b"newer"})
    before = marks(out)
    publish(out, {**AFTER, "site/index.html": b"newer"})
    assert marks(out) == before


def test_if_nothing_changes_nothing_is_touched(out):
    seen = publish(out)
    with publishing(out, seen) as draft:
        draft.write("site/index.html", BEFORE["site/index.html"])
        with draft.stream("data/a.nq") as file:
            file.write(b"the ")
            file.write(b"same")
        draft.remove("never")
    assert draft.left == seen == look(out)
    assert beside(out) == set()


def test_a_large_file_is_amended_piece_by_piece(out):
    seen = publish(out)
    with publishing(out, seen) as draft:
        with draft.stream("data/b.nq") as file:
            file.write(b"new ")
            file.write(b"data")
        draft.same_as("site/other.nq", "data/a.nq")
    assert is_right(out, {**BEFORE, "data/b.nq": b"new data", "site/other.nq": b"the same"})
    assert os.path.samefile(out / "site/other.nq", out / "data/a.nq")


def test_a_file_may_take_the_place_of_a_folder_and_the_other_way_round(out):
    seen = publish(out, {"a/b/c": b"1", "d": b"2", "e": b"3"})
    with publishing(out, seen) as draft:
        draft.remove("a/b/c")
        draft.remove("d")
        draft.write("a", b"file")
        draft.write("d/e/f", b"deep")
    assert is_right(out, {"a": b"file", "d/e/f": b"deep", "e": b"3"})


def test_a_file_that_is_removed_and_written_after_all_is_written(out):
    seen = publish(out)
    with publishing(out, seen) as draft:
        draft.remove("data/a.nq")
        draft.remove("data/b.nq")
        draft.write("data/a.nq", b"the same")
        draft.write("data/b.nq", b"new data")
        with pytest.raises(ValueError, match="written and removed"):
            draft.remove("data/b.nq")
    assert is_right(out, {**BEFORE, "data/b.nq": b"new data"})


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "site/..", "", "."])
def test_a_file_outside_the_folder_is_a_fault_of_the_program(out, name):
    seen = publish(out)
    with pytest.raises(ValueError, match="outside"), publishing(out, seen) as draft:
        draft.write("data/b.nq", b"new")
        draft.write(name, b"evil")
    assert look(out) == seen


# when a folder may be amended


def touched(out: Path) -> Iterator[Callable[[], object]]:
    """What somebody may do to a folder."""
    page, data = out / "site/index.html", out / "data/a.nq"
    yield lambda: data.write_bytes(b"THE SAME")
    yield lambda: (os.utime(data, ns=(0, (state := data.stat()).st_mtime_ns)), data.write_bytes(b"THE SAME"),
                   os.utime(data, ns=(0, state.st_mtime_ns)))  # fmt: skip
    yield lambda: ((out / "x").write_bytes(b"OLD PAGE"), (out / "x").replace(page))
    yield lambda: (out / "site/extra.html").touch()
    yield lambda: (out / "site/extra").mkdir()
    yield lambda: page.unlink()
    yield lambda: (page.rename(out / "x"), (out / "x").rename(out / "site/other.html"))
    yield lambda: (page.unlink(), page.symlink_to(out / "data/a.nq"))
    yield lambda: os.link(data, out.parent / "elsewhere")
    yield lambda: data.chmod(0o600)
    yield lambda: ((out / "site").rename(out.parent / "moved"), (out / "site").symlink_to(out.parent / "moved"))
    yield lambda: (out / MANIFEST).write_bytes(b"")
    yield lambda: (shutil.copytree(out, out.parent / "copy"), shutil.rmtree(out), (out.parent / "copy").rename(out))
    yield lambda: (out / "extra").touch()


@pytest.mark.parametrize("number", range(14))
def test_a_folder_that_somebody_has_touched_is_replaced_as_a_whole(out, number):
    seen = publish(out)
    assert look(out) == seen
    list(touched(out))[number]()
    with publishing(out, seen) as draft:
        assert not draft.amends
        for name, text in AFTER.items():
            draft.write(name, text)
        draft.remove("site/gone/away/page.html")
    assert is_right(out, AFTER)


@pytest.mark.parametrize("linked", [True, False], ids=["with a second name elsewhere", "with other bytes"])
def test_a_page_that_somebody_changed_where_it_lies_is_set_right_when_it_is_written(out, linked):
    seen, page = publish(out), out / "site/same.html"
    if linked:
        os.link(page, out.parent / "elsewhere")
    else:
        page.write_bytes(b"mine" * 5000)
    amend(out, seen)
    assert is_right(out, AFTER)
    assert page.stat().st_nlink == 1


def test_data_that_somebody_touches_while_we_write_beside_it_is_seen_by_the_next_run(out):
    seen = publish(out)
    with publishing(out, seen) as draft:
        draft.write("data/b.nq", b"new data")
        (out / "data/a.nq").write_bytes(b"mine")
    with publishing(out, draft.left) as draft:
        assert not draft.amends
        for name, text in AFTER.items():
            draft.write(name, text)
    assert is_right(out, AFTER)


def test_the_store_that_questions_keep_in_the_folder_is_not_looked_at(out):
    seen = publish(out)
    (out / STORE).mkdir()
    (out / STORE / "a").touch()
    assert look(out) == seen
    with publishing(out, seen) as draft:
        assert draft.amends


def test_a_file_that_loses_its_second_name_is_known_to_look_different(out):
    amend(out, publish(out))
    seen = look(out)
    with publishing(out, seen) as draft:
        draft.remove("site/data/b.nq")
    assert draft.left == look(out)


def test_reading_a_folder_is_not_touching_it(out):
    seen = publish(out)
    content(out)
    list(out.rglob("*"))
    assert look(out) == seen


@pytest.mark.parametrize("seen", ["", "0" * 64, "{}", "[]", "1", "{", '{"site": "1"}', '{"": 3}'])
def test_a_folder_of_which_nothing_is_known_is_replaced(out, seen):
    with publishing(out, seen) as draft:
        assert not draft.amends
        draft.write("a", b"")
    assert is_right(out, {"a": b""})


def test_a_run_that_came_between_is_not_overwritten(out):
    seen = publish(out)
    amend(out, seen)
    with publishing(out, seen) as draft:
        assert not draft.amends, "what this run knows is not what is there"
        draft.write("a", b"")
    assert is_right(out, {"a": b""})


def test_every_new_file_and_every_touched_folder_is_synced_before_the_journal_goes(out, monkeypatch):
    seen, done = publish(out), []
    real, rename, unlink = os.fsync, Path.rename, Path.unlink
    path_of = "/proc/self/fd/{}".format
    monkeypatch.setattr(os, "fsync", lambda h: (done.append(("sync", os.readlink(path_of(h)))), real(h)))
    monkeypatch.setattr(Path, "rename", lambda p, to: (done.append(("to", str(to))), rename(p, to))[1])
    monkeypatch.setattr(Path, "unlink", lambda p: (unlink(p), done.append(("unlink", str(p)))))
    amend(out, seen)
    folder = str(out.with_name(".build.amendment"))
    kept, gone = done.index(("to", f"{folder}/journal")), done.index(("unlink", f"{folder}/journal"))
    first, middle, last = done[:kept], done[kept:gone], done[gone:]
    new = {path for kind, path in first if kind == "sync" and path.startswith(folder)}
    # A second name of a new file needs no syncing of its own.
    names = ("data/b.nq", "site/index.html", "site/new/deep/page.html", MANIFEST)
    waiting = {f"{folder}/{hashlib.sha256(name.encode()).hexdigest()}" for name in names}
    assert new == {folder, f"{folder}/journal.draft", *waiting}
    assert ("sync", str(out.parent)) in first
    places = {"", "/data", "/site", "/site/data", "/site/new", "/site/new/deep"}
    assert {("sync", f"{out}{place}") for place in places} <= set(middle)
    assert middle[1] == ("sync", folder), "the journal is on the disk before anything is done"
    assert middle[-1] == ("sync", str(out)), "the manifest comes last"
    assert last[1] == ("sync", folder)


# faults and kills


class Killed(BaseException):
    """The program is no more."""


CALLS = ("open", "write", "fsync", "link", "mkdir", "rename", "replace", "unlink", "rmdir")


@contextmanager
def killed(at: int, *, dead: bool = True) -> Iterator[list[int]]:
    """End the program at the call number `at` of those that change a disk; or let just that call fail."""
    count, patch = [0], pytest.MonkeyPatch()

    def mortal(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            count[0] += 1
            if count[0] == at or (dead and count[0] > at):
                raise Killed if dead or at % 2 else OSError(28, "No space left on device")
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        patch.setattr(os, name, mortal(getattr(os, name)))
    try:
        yield count
    finally:
        patch.undo()


@pytest.fixture
def unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for the disk, which is not what is asked."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def fail(out: Path, seen: str) -> None:
    """A run in which something goes wrong."""
    with pytest.raises(ZeroDivisionError), publishing(out, seen) as draft:
        draft.write("data/b.nq", b"half")
        raise ZeroDivisionError


def replace_(out: Path, seen: str) -> None:
    publish(out, AFTER)


@pytest.mark.parametrize("following", [fail, replace_], ids=["a run that fails", "a replacement"])
@pytest.mark.parametrize("dead", [True, False], ids=["killed", "failed"])
def test_the_folder_is_as_before_or_finished_by_the_next_run_wherever_a_run_ends(out, unsynced, following, dead):
    reached = set()
    for at in range(1, 1000):
        seen = publish(out)
        before = marks(out)
        with killed(at, dead=dead) as count:
            try:
                amend(out, seen)
            except (Killed, OSError):
                pass
            else:
                assert count[0] < at or not dead or is_right(out, AFTER)
        if not (out.with_name(".build.amendment") / "journal").exists():
            assert content(out) in (BEFORE, AFTER), "it is all or nothing without a journal"
            assert content(out) != BEFORE or marks(out) == before
        following(out, seen)
        state = content(out)
        assert state in ((BEFORE, AFTER) if following is fail else (AFTER,))
        assert is_right(out, state)
        assert beside(out) == set()
        reached.add("after" if state == AFTER else "before")
        if count[0] < at:
            assert at > 40, "the calls are not counted"
            assert reached == ({"before", "after"} if following is fail else {"after"})
            return
        shutil.rmtree(out.parent)
    pytest.fail("the run has no end")


def test_a_run_that_is_killed_while_it_finishes_another_is_finished_by_the_next(out, unsynced):
    seen = publish(out)
    with killed(10_000) as whole:
        amend(out, seen)
    for at in range(1, 1000):
        shutil.rmtree(out.parent)
        seen = publish(out)
        with killed(whole[0] - 25), pytest.raises(Killed):
            amend(out, seen)
        assert beside(out) == {".build.amendment"}
        with killed(at) as count, suppress(Killed):
            fail(out, seen)
        fail(out, seen)
        assert is_right(out, AFTER)
        assert beside(out) == set()
        if count[0] < at:
            return
    pytest.fail("the run has no end")


PROGRAM = """
import os, sys
from pathlib import Path
from censorkb.site import journal
from censorkb.site.publish import publishing
out, seen, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
real, count = Path.replace, [0]
def replace(self, target):
    count[0] += 1
    if count[0] == step:
        os.kill(os.getpid(), 9)
    return real(self, target)
Path.replace = replace
with publishing(out, seen) as draft:
    for number in range(3):
        draft.write(f"site/{number}", b"new")
"""


@pytest.mark.parametrize("step", [1, 3, 4])
def test_a_program_that_is_really_killed_half_way_is_finished_by_the_next_run(out, step):
    files = {f"site/{number}": b"old" for number in range(4)}
    seen = publish(out, files)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(out), seen, str(step)], env=environment, check=False)
    assert done.returncode == -9
    assert sum(text == b"new" for text in content(out).values()) == min(step - 1, 3)
    assert beside(out) == {".build.amendment"}
    fail(out, seen)
    assert is_right(out, {**files, **{f"site/{number}": b"new" for number in range(3)}})
    assert beside(out) == set()


@pytest.fixture
def left(out: Path) -> Path:
    """A folder half-amended by a run that was killed; its journal."""
    seen = publish(out)
    with killed(10_000) as whole:
        amend(out, seen)
    shutil.rmtree(out.parent)
    seen = publish(out)
    with killed(whole[0] - 25), pytest.raises(Killed):
        amend(out, seen)
    assert content(out) not in (BEFORE, AFTER)
    return out.with_name(".build.amendment") / "journal"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: text[:50],
        lambda text: text.replace(b"site", b"sitE"),
        lambda text: b"\xff" + text,
        lambda text: b"[]\n" + text.partition(b"\n")[2],
    ],
    ids=["empty", "short", "changed", "no text", "other"],
)
def test_a_damaged_journal_is_not_believed_and_a_replacement_sets_everything_right(out, left, damage):
    left.write_bytes(damage(left.read_bytes()))
    publish(out, AFTER)
    assert is_right(out, AFTER)
    assert beside(out) == set()


def test_a_journal_of_another_folder_is_not_applied(out, left):
    shutil.rmtree(out)
    shutil.copytree(left.parent, out.parent / "kept")
    shutil.rmtree(left.parent)
    publish(out, {"a": b"1"})
    (out.parent / "kept").rename(left.parent)
    publish(out, {"a": b"1"})
    assert is_right(out, {"a": b"1"})
    assert beside(out) == set()


def test_a_journal_that_leads_out_of_the_folder_is_not_believed(out, tmp_path):
    publish(out)
    folder = out.with_name(".build.amendment")
    folder.mkdir()
    (folder / "0").write_bytes(b"evil")
    manifest = hashlib.sha256((out / MANIFEST).read_bytes()).hexdigest()
    steps = {"base": manifest, "new": manifest, "remove": ["../precious"], "put": {"../evil": "0", MANIFEST: "1"}}
    (out.parent / "precious").write_bytes(b"mine")
    text = json.dumps(steps)
    (folder / "journal").write_text(f"{text}\n{hashlib.sha256(text.encode()).hexdigest()}\n")
    fail(out, "")
    assert beside(out) == {"precious"}
    assert content(out) == BEFORE


@pytest.mark.parametrize("obstacle", ["file", "link", "folder"])
def test_something_in_the_way_of_a_step_is_no_hindrance_to_a_replacement(out, left, obstacle, tmp_path):
    shutil.rmtree(out / "site/new", ignore_errors=True)
    if obstacle == "file":
        (out / "site/new").write_bytes(b"mine")
    elif obstacle == "link":
        (tmp_path / "elsewhere").mkdir()
        (out / "site/new").symlink_to(tmp_path / "elsewhere")
    else:
        (out / "site/index.html").unlink()
        (out / "site/index.html").mkdir()
    publish(out, AFTER)
    assert is_right(out, AFTER)
    assert not (tmp_path / "elsewhere/deep").exists()
    assert beside(out) == set()
