"""A stamp tells that a file is still the one that was read; where it could not tell, there is none."""

from __future__ import annotations

import hashlib
import os
import time

import pytest

from censorkb.facts import stamp as stamps
from censorkb.facts.stamp import MARGIN, Print, stamp


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("label: A\n")
    return path


@pytest.fixture
def later(monkeypatch):
    """The clock, an hour ahead of the files."""
    now = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: now)


def test_a_file_that_nobody_touched_keeps_its_stamp(file):
    assert stamp(file) == stamp(file) != ""


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("label: AB\n"),
        lambda path: path.write_text("label: B\n"),
        lambda path: path.chmod(0o600),
        lambda path: os.utime(path, ns=(0, 0)),
        lambda path: (path.rename(f"{path}~"), path.write_text("label: A\n")),
    ],
    ids=["longer", "as long", "other rights", "other time", "another file"],
)
def test_whatever_happens_to_a_file_changes_its_stamp(file, change):
    before = stamp(file)
    time.sleep(0.02)  # a grain of the file system's clock
    change(file)
    assert stamp(file) != before


def test_an_old_time_that_is_set_back_does_not_bring_back_the_stamp(file):
    before, times = stamp(file), file.stat()
    time.sleep(0.02)
    file.write_text("label: B\n")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_mtime_ns == times.st_mtime_ns
    assert stamp(file) != before


def test_a_print_of_an_old_file_has_its_stamp_and_its_digest(file, later):
    assert Print.of(file) == Print(stamp(file), hashlib.sha256(b"label: A\n").hexdigest())


def test_a_file_that_was_just_written_has_no_stamp_since_it_may_change_within_the_same_grain(file, monkeypatch):
    assert Print.of(file).stamp == ""
    assert Print.of(file).digest != ""
    changed = max(file.stat().st_mtime_ns, file.stat().st_ctime_ns)
    for now, settled in ((changed + MARGIN, False), (changed + MARGIN + 1, True)):
        monkeypatch.setattr(time, "time_ns", lambda now=now: now)
        assert bool(Print.of(file).stamp) == settled


def test_a_file_from_the_future_has_no_stamp(file, later):
    future = time.time_ns() + 10**12
    os.utime(file, ns=(future, future))
    assert Print.of(file).stamp == ""


def test_the_stamp_is_taken_before_the_file_is_read(file, later, monkeypatch):
    """What is written in between shows the next time, by another stamp."""
    real = stamps._digest

    def written_meanwhile(path):
        time.sleep(0.02)
        path.write_text("label: B\n")
        return real(path)

    monkeypatch.setattr(stamps, "_digest", written_meanwhile)
    assert Print.of(file).stamp != stamp(file)


@pytest.mark.parametrize("kind", ["none", "folder", "link", "pipe"])
def test_what_is_no_file_has_neither_stamp_nor_digest(file, later, kind):
    path = file.with_name(kind)
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(file)
    elif kind == "pipe":
        os.mkfifo(path)
    assert Print.of(path) == Print("", "")
