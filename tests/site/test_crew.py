"""A crew tells what its processes have made, and of their faults, and leaves none of them behind."""

from __future__ import annotations

import errno
import gc
import hashlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from toysite import FACTS_URL

import censorkb.site.crew
import censorkb.site.draft
import censorkb.site.pages
from censorkb.site import disk
from censorkb.site.crew import Crew, HandLost, hands
from censorkb.site.draft import Draft, Entry, Part
from censorkb.site.last_run import MANIFEST
from censorkb.site.pages import Renderer
from censorkb.site.plan import Some
from censorkb.site.publish import publishing

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process makes all pages")
LARGE = "x" * (3 << 19)  # more than a pipe holds


def made(*names: str) -> Iterator[str]:
    return (name + LARGE for name in names)


def nobody_is_left() -> bool:
    return not multiprocessing.active_children()


def test_a_crew_tells_of_all_that_its_processes_make():
    with Crew([lambda: made("a", "b"), lambda: made("c"), lambda: iter(())], 4) as crew:
        found = list(crew.made(rest=True))
    assert sorted(found) == sorted(made("a", "b", "c"))
    assert nobody_is_left()


def test_what_is_not_ready_is_not_waited_for():
    def late() -> Iterator[str]:
        time.sleep(0.3)
        yield from made("late")

    with Crew([late], 2) as crew:
        assert list(crew.made(rest=False)) == []
        assert list(crew.made(rest=True)) == list(made("late"))


def test_processes_start_with_what_this_one_knows_and_change_nothing_in_it():
    known = ["here"]

    def there() -> Iterator[tuple[str, int]]:
        known.append("there")
        yield " ".join(known), os.getpid()

    with Crew([there], 2) as crew:
        ((words, process),) = crew.made(rest=True)
    assert (words, known) == ("here there", ["here"])
    assert process != os.getpid()


def test_a_fault_in_a_process_is_raised_here_with_the_place_where_it_came_from():
    def broken() -> Iterator[str]:
        yield from made("good")
        raise ZeroDivisionError("in a template")

    with (
        pytest.raises(RuntimeError, match=r"(?s)in broken.*ZeroDivisionError: in a template"),
        Crew([broken], 2) as crew,
    ):
        list(crew.made(rest=True))
    assert nobody_is_left()


def test_a_process_that_the_system_ends_is_told_of():
    def killed() -> Iterator[str]:
        yield from made("good")
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(HandLost, match="--jobs 1"), Crew([killed, lambda: made("other")], 2) as crew:
        list(crew.made(rest=True))
    assert nobody_is_left()


def test_no_process_outlives_a_crew_that_is_left_early():
    def endless() -> Iterator[str]:
        while True:
            yield from made("more")

    with pytest.raises(KeyboardInterrupt), Crew([endless, endless], 2) as crew:
        next(crew.made(rest=True))
        raise KeyboardInterrupt
    assert nobody_is_left()


def test_a_crew_of_which_a_part_cannot_begin_leaves_none_behind(monkeypatch):
    real, begun = os.fork, list[int]()

    def fork() -> int:
        if begun:
            raise BlockingIOError("no more processes")
        begun.append(0)
        return real()

    monkeypatch.setattr(os, "fork", fork)
    with pytest.raises(BlockingIOError), Crew([lambda: made("a"), lambda: made("b")], 2):
        pass
    assert begun
    assert nobody_is_left()


def test_who_has_done_a_share_does_the_next():
    def long() -> Iterator[tuple[str, int]]:
        time.sleep(0.5)
        yield "long", os.getpid()

    def short() -> Iterator[tuple[str, int]]:
        yield "short", os.getpid()

    with Crew([long, *[short] * 1000], 2) as crew:
        done = list(crew.made(rest=True))
    one, other = ({word for word, process in done if process == each} for each in sorted({each for _, each in done}))
    assert {"long"} in (one, other)
    assert {"short"} in (one, other)
    assert len(done) == 1001


def test_a_search_for_cycles_finds_here_what_was_made_before_a_crew():
    frozen = gc.get_freeze_count()
    with Crew([lambda: made("a")], 2) as crew:
        list(crew.made(rest=True))
    assert gc.get_freeze_count() == frozen


def test_there_are_as_many_hands_as_processors_that_this_process_may_use():
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert hands() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert hands() == len(allowed)


def test_pages_are_shared_out_with_the_files_beside_them(renderer):
    kinds = {kind.name: kind for kind in renderer().plan.kinds}
    claim, country = kinds["claim"], kinds["country"]
    claims = [f"claim-{number}" for number in range(10)]
    wanted = Some({"claim": claims, "claim.bib": claims, "country": ["a", "b"]}, {"overview"})
    for most, least, sizes in ((100, 1, [10]), (4, 1, [4, 4, 2]), (100, 5, [2] * 5), (100, 50, [1] * 10)):
        shares = wanted.shares([claim, kinds["claim.bib"]], most, least)
        assert [len(share.things["claim"]) for share in shares] == sizes
        assert [share.things["claim"] for share in shares] == [share.things["claim.bib"] for share in shares]
        assert [thing for share in shares for thing in share.things["claim"]] == claims
        assert not any(share.kinds or "country" in share.things for share in shares)
    assert [share.things for share in wanted.shares([country], 100, 8)] == [{"country": ["a"]}, {"country": ["b"]}]
    assert Some({"claim": []}, {"claim"}).shares([claim], 100, 8) == []
    assert wanted.shares([], 100, 8) == []


@pytest.fixture
def renderer(toy, english):
    return lambda: Renderer(toy.ontology, toy.store, english, FACTS_URL, base_url="https://example.org/")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("whole", [True, False])
def test_a_crew_writes_the_files_that_one_process_makes(renderer, tmp_path, monkeypatch, whole):
    monkeypatch.setattr(censorkb.site.pages, "WORTH_IT", 0)
    alone, shared = renderer(), renderer()
    expected = {f"site/{name}": content for name, content in alone.all(whole=whole)}
    with publishing(tmp_path / "out") as draft:
        shared.write(Part(draft, "site/"), whole=whole, hands=3)
        assert dict(draft.digests) == {name: hashlib.sha256(content).hexdigest() for name, content in expected.items()}
    written = files(tmp_path / "out")
    assert written.pop(MANIFEST)
    assert written == expected
    assert (shared.met, shared.questions.shown) == (alone.met, alone.questions.shown)
    assert nobody_is_left()


def test_few_pages_are_not_worth_a_crew(renderer, tmp_path, monkeypatch):
    monkeypatch.setattr(censorkb.site.pages, "WORTH_IT", 100_000)
    monkeypatch.setattr(censorkb.site.crew, "Crew", None)
    with publishing(tmp_path / "out") as draft:
        renderer().write(Part(draft, ""), hands=3)
    assert "en/index.html" in files(tmp_path / "out")


def put_by_a_crew(draft: Draft, *shares: dict[str, bytes]) -> None:
    """What the files of each share are written by, a copy of this process for each."""
    part = Part(draft, "site/")

    def share(found: dict[str, bytes]) -> Iterator[Entry]:
        yield from part.put(found.items())
        part.settle()

    part.share()
    with Crew([partial(share, found) for found in shares], 2) as crew:
        part.take(crew.made(rest=True))


ONE = {"en/a.html": b"a", "en/claim/b.html": b"b"}
OTHER = {"en/claim/c.html": b"c", "ru/claim/c.html": b"d"}


def test_files_of_the_last_run_that_are_written_again_by_a_crew_are_the_same_files(tmp_path):
    for content in (b"c", b"changed"):
        with publishing(tmp_path / "out") as draft:
            put_by_a_crew(draft, ONE, {**OTHER, "en/claim/c.html": content})
        if content == b"c":
            before = {name: (tmp_path / "out/site" / name).stat() for name in (*ONE, *OTHER)}
    after = {name: (tmp_path / "out/site" / name).stat() for name in (*ONE, *OTHER)}
    changed = {
        name
        for name in before
        if (before[name].st_ino, before[name].st_mtime_ns) != (after[name].st_ino, after[name].st_mtime_ns)
    }
    assert changed == {"en/claim/c.html"}
    assert (tmp_path / "out/site/en/claim/c.html").read_bytes() == b"changed"


def test_a_folder_is_left_alone_if_a_crew_writes_nothing_new(tmp_path):
    for _ in range(2):
        with publishing(tmp_path / "out") as draft:
            put_by_a_crew(draft, ONE, OTHER)
        found = os.stat(tmp_path / "out")
    with publishing(tmp_path / "out") as draft:
        put_by_a_crew(draft, OTHER, ONE)
    assert os.stat(tmp_path / "out") == found


def test_a_crew_amends_a_folder(tmp_path):
    out, made = tmp_path / "out", ("site/",)
    with publishing(out, made=made) as draft:
        put_by_a_crew(draft, ONE, OTHER)
    with publishing(out, draft.left, made=made) as draft:
        assert draft.amends
        put_by_a_crew(draft, {"en/a.html": b"new", "en/claim/b.html": b"b"}, {"en/claim/c.html": b"new, too"})
        draft.remove_others("site/")
    expected = {"site/en/a.html": b"new", "site/en/claim/b.html": b"b", "site/en/claim/c.html": b"new, too"}
    assert {name: content for name, content in files(out).items() if name != MANIFEST} == expected
    assert {path.name for path in tmp_path.iterdir()} == {"out", ".out.lock"}


@pytest.mark.parametrize("amends", [False, True])
def test_no_file_is_written_by_two_of_a_crew(tmp_path, amends):
    out, made = tmp_path / "out", ("site/",)
    with publishing(out, made=made) as draft:
        put_by_a_crew(draft, ONE, OTHER)
    before = files(out)
    new = {"en/new.html": b"new"}
    with (
        pytest.raises((RuntimeError, FileExistsError), match=r"FileExistsError|en/new"),
        publishing(out, draft.left if amends else "", made=made) as second,
    ):
        assert second.amends is amends
        put_by_a_crew(second, new, new)
    assert files(out) == before


@pytest.mark.parametrize("tells", [True, False], ids=["a disk that tells of faults", "another disk"])
def test_what_a_crew_writes_is_surely_on_the_disk_before_it_is_put_in_its_place(tmp_path, monkeypatch, tells):
    done, note = [], tmp_path / "note"
    real = os.fsync

    def synced(handle: int) -> None:
        with note.open("a") as lines:  # copies of the process note it, too
            lines.write(os.readlink(f"/proc/self/fd/{handle}") + "\n")
        real(handle)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(disk, "_wait_for", lambda handle: done.append(handle))
    monkeypatch.setattr(disk, "whole_disk", lambda folder: os.open(folder, os.O_RDONLY) if tells else None)
    with publishing(tmp_path / "out") as draft:
        put_by_a_crew(draft, ONE, OTHER)
        assert done == []
    by_itself = {line.partition("/.out.draft/site/")[2] for line in note.read_text().splitlines()}
    assert len(done) == tells
    assert ({*ONE, *OTHER} <= by_itself) is not tells
    assert {"en", "en/claim", "ru", "ru/claim"} <= by_itself


def test_the_disk_is_waited_for_while_a_crew_is_at_work(tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(censorkb.site.draft, "MANY", 3)
    monkeypatch.setattr(disk, "whole_disk", lambda folder: os.open(folder, os.O_RDONLY))
    monkeypatch.setattr(disk, "_wait_for", lambda _: waited.append(len(draft.digests)))
    with publishing(tmp_path / "out") as draft:
        put_by_a_crew(draft, ONE, OTHER)
        assert waited == [3]
    assert waited == [3, 5]


def test_a_fault_of_the_disk_while_a_crew_is_at_work_leaves_the_folder_as_it_was(tmp_path, monkeypatch):
    out = tmp_path / "out"
    with publishing(out) as draft:
        put_by_a_crew(draft, ONE)
    before = files(out)

    def faulty(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(censorkb.site.draft, "MANY", 1)
    monkeypatch.setattr(disk, "whole_disk", lambda folder: os.open(folder, os.O_RDONLY))
    monkeypatch.setattr(disk, "_wait_for", faulty)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)), publishing(out) as draft:
        put_by_a_crew(draft, OTHER)
    assert files(out) == before
    assert nobody_is_left()
