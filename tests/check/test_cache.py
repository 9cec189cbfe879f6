"""The cache can be deleted, damaged, shared and taken away at any time: a check says what a check of everything says."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from censorkb.check import recheck as rechecking
from censorkb.check.checker import Checked, check
from censorkb.check.recheck import recheck
from censorkb.graph import cache as caches
from censorkb.graph.cache import Cache, caching
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.ledger import Damaged, Ledger
from censorkb.graph.seal import Seal
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
SLOW = pytest.mark.slow
SOME = ("entities/countries", "entities/services", "measures", "sources/2024")  # their references to the rest are wrong


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


class Base:
    """A small knowledge base with faults, and a cache of its own."""

    def __init__(self, root: Root, ontology: Ontology) -> None:
        self.root, self.ontology = root, ontology
        self.source = min(self.root.facts.glob("sources/2024/*.yaml"))

    def edit(self) -> None:
        self.source.write_text(self.source.read_text("utf-8").replace("says: ", "says: Indeed, ", 1), "utf-8")

    def check(self) -> Checked:
        with caching(self.root, self.ontology) as cache:
            return recheck(self.root, self.ontology, cache)

    def is_warm(self) -> bool:
        """Check after a change, and compare with a check of everything."""
        self.edit()
        checked = self.check()
        assert checked.problems == check(Knowledge.read(self.root, self.ontology)).problems != []
        return checked.store is None

    def files(self) -> list[Path]:
        """All that the cache consists of, but for the lock and what RocksDB says of itself."""
        found = (path for path in self.root.cache.rglob("*") if path.is_file() and not path.name.startswith("LO"))
        return sorted(path for path in found if path.name != "lock")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Base:
    """A knowledge base that was checked once, to be copied with its cache."""
    folder = tmp_path_factory.mktemp("model")
    for part in SOME:
        shutil.copytree(PROJECT / "tests/toy/facts" / part, folder / "kb/facts" / part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENSORKB_CACHE", str(folder / "cache"))
        patch.setattr(caches, "edition", lambda _: "this")
        made = Base(Root(folder / "kb"), ontology)
        made.check()
        shutil.copytree(made.root.cache, folder / "kept")
    return made


@pytest.fixture
def base(tmp_path: Path, model: Base, monkeypatch: pytest.MonkeyPatch) -> Base:
    """A knowledge base that was checked once."""
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(caches, "edition", lambda _: "this")
    shutil.copytree(model.root.path, tmp_path / "kb")
    made = Base(Root(tmp_path / "kb"), model.ontology)
    shutil.copytree(model.root.path.parent / "kept", made.root.cache)
    return made


def test_a_second_check_rests_on_the_first(base):
    assert base.is_warm()
    assert base.is_warm()


# --- deleted


@pytest.mark.parametrize("part", ["", "ledger", "store", pytest.param("store/CURRENT", marks=SLOW)])
def test_whatever_is_deleted_the_next_check_begins_anew_and_the_one_after_does_not(base, part):
    path = base.root.cache / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert not base.is_warm()
    assert base.is_warm()


@SLOW
def test_a_folder_in_the_place_of_a_file_and_a_file_in_that_of_a_folder_are_cleared_away(base):
    for part in ("ledger", "store"):
        path = base.root.cache / part
        if path.is_dir():
            shutil.rmtree(path)
            path.write_text("?")
        else:
            path.unlink()
            path.mkdir()
    assert not base.is_warm()
    assert base.is_warm()


# --- damaged

CHANCE = random.Random(1)


def flip(content: bytearray) -> None:
    content[CHANCE.randrange(len(content))] ^= 1 << CHANCE.randrange(8)


def overwrite(content: bytearray) -> None:
    start = CHANCE.randrange(len(content))
    content[start : start + 100] = CHANCE.randbytes(100)


def cut(content: bytearray) -> None:
    del content[len(content) // 2 :]


WAYS = [flip, overwrite, cut, bytearray.clear]


def spoil(path: Path, way: Callable[[bytearray], None]) -> None:
    """Damage a file as a failing disk would: its times tell nothing."""
    content, times = bytearray(path.read_bytes()), path.stat()
    way(content)
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_seal_is_broken_by_whatever_happens_to_a_file(base, way):
    names = {path.suffix or path.name.partition("-")[0] for path in base.files()}
    assert {"ledger", "seal", "CURRENT", "MANIFEST", ".sst"} <= names
    for path in base.files():
        content = path.read_bytes()
        if content:
            spoil(path, way)
            assert not Seal(base.root.cache, "this").is_whole(), path.name
            path.write_bytes(content)
            assert Seal(base.root.cache, "this").is_whole(), path.name


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("*.sst", flip),
        ("ledger", overwrite),
        pytest.param("MANIFEST-*", cut, marks=SLOW),
        pytest.param("seal", cut, marks=SLOW),
    ],
)
def test_a_cache_that_was_damaged_is_made_anew(base, kind, way):
    spoil(next(path for path in base.files() if path.match(kind)), way)
    assert not base.is_warm()
    assert base.is_warm()


def test_an_older_store_under_a_newer_ledger_is_not_believed(base, tmp_path):
    shutil.copytree(base.root.cache / "store", tmp_path / "older")
    assert base.is_warm()
    shutil.rmtree(base.root.cache / "store")
    shutil.copytree(tmp_path / "older", base.root.cache / "store")
    assert not base.is_warm()


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("revise", lambda: Damaged("the record of 'x'")),
        ("_take_touched", lambda: RuntimeError("Corruption: block checksum mismatch")),
        pytest.param("_take_touched", lambda: OSError(5, "Input/output error"), marks=SLOW),
        pytest.param("_keep", lambda: sqlite3.DatabaseError("database disk image is malformed"), marks=SLOW),
    ],
)
def test_damage_that_shows_only_later_is_survived(base, monkeypatch, where, fault):
    real, calls = getattr(rechecking, where), []

    def failing(*arguments):
        calls.append(where)
        if where == "_take_touched":  # by then the store is open and has been changed
            real(*arguments)
        if len(calls) == 1:
            raise fault()
        return real(*arguments)

    monkeypatch.setattr(rechecking, where, failing)
    assert not base.is_warm()
    assert base.is_warm()


def test_a_file_that_is_cut_while_the_cache_is_in_use_is_survived(base):
    with caching(base.root, base.ontology) as cache:
        for path in base.files():
            if path.suffix == ".sst":
                spoil(path, bytearray.clear)
        base.edit()
        checked = recheck(base.root, base.ontology, cache)
    assert checked.problems == check(Knowledge.read(base.root, base.ontology)).problems
    assert base.is_warm()


def test_a_fault_of_the_program_is_not_taken_for_damage(base, monkeypatch):
    monkeypatch.setattr(rechecking, "_take_touched", lambda *_: {}["a fault"])
    base.edit()
    with pytest.raises(KeyError):
        base.check()
    monkeypatch.undo()


@pytest.mark.parametrize(
    "column",
    ["file.stamp", "file.digest", "file.bearing", "file.problems", "pack.lines", "thing.line", "thing.classes"],
)
def test_a_record_that_was_changed_is_not_believed(base, column):
    table, _, name = column.partition(".")
    with closing(sqlite3.connect(base.root.cache / "ledger", isolation_level=None)) as written:
        written.execute(f"UPDATE {table} SET {name} = CAST({name} || '1' AS BLOB)")
    with closing(Ledger(base.root.cache / "ledger")) as ledger, pytest.raises(Damaged):
        for document in ledger.entries():
            ledger.things(document)
            ledger.packs(document)


# --- cut short


@pytest.mark.parametrize(
    "where", ["revise", pytest.param("_take_touched", marks=SLOW), "by_file", pytest.param("_keep", marks=SLOW)]
)
def test_a_check_that_is_interrupted_spoils_nothing(base, monkeypatch, where):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rechecking, where, interrupted)
        base.edit()
        with pytest.raises(KeyboardInterrupt):
            base.check()
    assert base.is_warm() == (where == "revise")


KILLED = """
import os, signal, sys
from pathlib import Path
from censorkb.check import recheck
from censorkb.cli import main
recheck._keep = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(["check", "--root", sys.argv[1]])
"""


def test_a_check_that_is_killed_spoils_nothing(base, monkeypatch):
    monkeypatch.undo()  # the killed run makes the real edition
    monkeypatch.setenv("CENSORKB_CACHE", str(base.root.cache.parent))
    base.check()
    base.edit()
    done = subprocess.run([sys.executable, "-c", KILLED, base.root.path], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not base.is_warm()


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "name"),
    [pytest.param(Cache, "fill", marks=SLOW), (Ledger, "replace"), pytest.param(Seal, "close", marks=SLOW)],
)
def test_a_full_disk_is_no_fault_of_the_facts(base, monkeypatch, owner, name):
    shutil.rmtree(base.root.cache)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full)
        assert not base.is_warm()
    assert not base.is_warm()


# --- of another edition


def test_another_edition_begins_anew(base, monkeypatch):
    monkeypatch.setattr(caches, "edition", lambda _: "that")
    assert not base.is_warm()
    assert base.is_warm()


# --- under another ontology

BEYOND = """
ckb:CountryShape sh:sparql ckb:lawless .
ckb:lawless a sh:SPARQLConstraint ; sh:prefixes ckb:prefixes ; sh:message "is in a world without laws" ;
  sh:select "SELECT $this WHERE { $this a ckb:Country . FILTER %s }" .
"""


@pytest.mark.parametrize(
    "filter_", ["NOT EXISTS { ?law a ckb:Law }", pytest.param("NOT EXISTS { [] a ckb:Law }", marks=SLOW)]
)
def test_a_constraint_that_looks_beyond_its_nodes_is_right_all_the_same(base, filter_):
    own = base.root.path / "ontology"
    shutil.copytree(base.ontology.folder, own)
    with open(own / "shapes/country.ttl", "a", encoding="utf-8") as shapes:
        shapes.write(BEYOND % filter_)
    shutil.rmtree(base.root.cache)  # of the ontology before
    other = Base(base.root, Ontology(own))
    assert "lawless" in {problem.rule for problem in other.check().problems}
    shutil.copytree(PROJECT / "tests/toy/facts/entities/laws", base.root.facts / "entities/laws")
    assert not other.is_warm()
    assert "lawless" not in {problem.rule for problem in other.check().problems}


# --- two at once


def test_who_must_wait_too_long_does_without(base, monkeypatch):
    monkeypatch.setattr(caches, "PATIENCE", 0.05)
    before = [(path, path.read_bytes()) for path in base.files()]
    with open(base.root.cache / "lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with caching(base.root, base.ontology) as cache:
            assert cache is None
        assert not base.is_warm()
    assert [(path, path.read_bytes()) for path in base.files()] == before
    assert base.is_warm()


def test_two_runs_at_once_say_the_same(base):
    shutil.rmtree(base.root.cache)
    command = [sys.executable, "-m", "censorkb", "check", "--root", str(base.root.path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [(run.communicate(), run.returncode) for run in runs]
    assert said[0] == said[1]
    assert said[0][1] == 1
    assert b"error" in said[0][0][0]


# --- not to be had


@pytest.fixture(params=["a file", "a folder that is no real one"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "taken").write_text("")
    yield tmp_path / "taken" if request.param == "a file" else Path("/proc/1/nothing")


def test_where_no_folder_can_be_made_it_does_without(base, nowhere, monkeypatch):
    monkeypatch.setenv("CENSORKB_CACHE", str(nowhere))
    assert not base.is_warm()
    assert not base.is_warm()


def test_a_link_in_the_place_of_the_lock_is_not_followed(base, tmp_path):
    lock, elsewhere = base.root.cache / "lock", tmp_path / "precious"
    elsewhere.write_text("precious")
    lock.unlink()
    lock.symlink_to(elsewhere)
    with caching(base.root, base.ontology) as cache:
        assert cache is None
    assert elsewhere.read_text() == "precious"


def test_a_link_in_the_place_of_the_store_is_removed_and_not_followed(base, tmp_path):
    elsewhere = tmp_path / "precious"
    shutil.move(base.root.cache / "store", elsewhere)
    (base.root.cache / "store").symlink_to(elsewhere)
    (base.root.cache / "seal").unlink()
    before = sorted(path.name for path in elsewhere.iterdir())
    assert not base.is_warm()
    assert sorted(path.name for path in elsewhere.iterdir()) == before


# --- where it is


def test_each_knowledge_base_has_its_own(base, tmp_path):
    moved = base.root.path.rename(tmp_path / "elsewhere")
    assert Root(moved).cache != base.root.cache
    assert Base(Root(moved), base.ontology).check().store is not None
    (tmp_path / "link").symlink_to(moved)
    assert Root(tmp_path / "link").cache == Root(moved).cache


def test_it_is_where_the_system_keeps_caches_and_not_in_the_knowledge_base(tmp_path, monkeypatch):
    monkeypatch.delenv("CENSORKB_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.chdir(tmp_path)
    assert Root(Path()).cache.parent == tmp_path / "xdg/censorkb"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert Root(Path()).cache.parent == tmp_path / "home/.cache/censorkb"


# --- files that change in secret


def test_a_file_whose_old_time_is_set_back_is_still_seen_to_have_changed(base):
    assert base.is_warm()
    before = base.source.stat()
    text = base.source.read_text("utf-8")
    base.source.write_text(text.replace("Indeed", "inDeed"), "utf-8")
    os.utime(base.source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert base.source.stat().st_size == before.st_size
    assert base.source.relative_to(base.root.path).as_posix() in base.check().found


def test_a_file_that_is_put_in_the_place_of_another_is_seen(base, tmp_path):
    before = base.source.stat()
    (tmp_path / "other").write_text(base.source.read_text("utf-8").replace("says: ", "sayz: ", 1), "utf-8")
    os.utime(tmp_path / "other", ns=(before.st_atime_ns, before.st_mtime_ns))
    (tmp_path / "other").rename(base.source)
    checked = base.check()
    assert checked.store is None
    assert checked.problems == check(Knowledge.read(base.root, base.ontology)).problems


def test_a_file_that_only_looks_newer_is_not_read_again(base):
    os.utime(base.source)
    assert base.check().found == {}
