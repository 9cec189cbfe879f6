"""The store beside the output: opened if it is what the last build wrote, renewed where it is not, never believed when damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.ontology.ontology import Ontology
from censorkb.query.dataset import Dataset, NotBuilt, open_built
from censorkb.root import Root
from censorkb.site.build import build

pytestmark = pytest.mark.slow

TOY = Path(__file__).resolve().parents[1] / "toy"
Store = set[ox.Quad]


class Asked:
    """A knowledge base that is built and asked."""

    def __init__(self, root: Root) -> None:
        self.root, self.out, self.said = root, root.path / "build", list[str]()
        self.ontology = Ontology(root.ontology)

    def build(self) -> None:
        assert not build(self.root, self.out, "facts/", lambda _: None).checked.errors

    def dataset(self) -> Dataset:
        return Dataset(self.ontology, self.out, self.said.append)

    def quads(self) -> Store:
        """What the graphs of the store have; the default graph has the same."""
        with self.dataset().opened() as folder:
            every = set(ox.Store.read_only(str(folder)))
        named = {quad for quad in every if quad.graph_name != ox.DefaultGraph()}
        assert {ox.Quad(*quad.triple) for quad in named} == every - named
        return named

    def loaded(self) -> Store:
        """What a store in memory has of the same data set."""
        return set(open_built(self.ontology, self.out))

    def generations(self) -> list[str]:
        return sorted(path.name for path in (self.out / "store").iterdir() if path.name.isdecimal())


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output for the toy, which nobody may touch."""
    out = tmp_path_factory.mktemp("output") / "build"
    assert not build(Root(TOY), out, "facts/", lambda _: None, fresh=True).checked.errors
    return out


@pytest.fixture
def asked(output: Path, tmp_path: Path) -> Asked:
    """The toy as it was built, in a folder of its own."""
    shutil.copytree(output / "data", tmp_path / "toy/build/data")
    return Asked(Root(tmp_path / "toy"))


@pytest.fixture
def edited(toy_copy: Root) -> Asked:
    """The toy, built and ready to be edited and built again."""
    found = Asked(toy_copy)
    found.build()
    return found


def edit(asked: Asked) -> None:
    """Change the words of one claim."""
    path = asked.root.path / "facts/sources/2024/2024-03-06-wire-one-blip-blocked.yaml"
    text = path.read_text("utf-8")
    assert "Wire One" in text or "wire-one" in text
    path.write_text(text.replace("title: ", "title: Again: ", 1).replace("Again: ", "Again ", 1), "utf-8")


def test_the_store_has_what_the_build_wrote(asked: Asked) -> None:
    assert asked.quads() == asked.loaded()
    assert asked.said == ["loading"]


def test_it_is_kept_for_the_next_question(asked: Asked) -> None:
    asked.quads()
    before = {path: path.stat().st_mtime_ns for path in (asked.out / "store/1").rglob("*") if path.name != "LOG"}
    assert asked.quads() == asked.loaded()
    assert len(asked.said) == 1
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_build_without_a_change_leaves_it(edited: Asked) -> None:
    edited.quads()
    edited.build()
    edited.quads()
    assert edited.said == ["loading"]


def test_a_build_that_replaces_everything_leaves_it_if_the_data_set_is_the_same_and_renews_it_if_not(
    edited: Asked,
) -> None:
    edited.quads()
    build(edited.root, edited.out, "other/", lambda _: None, fresh=True)
    edited.quads()
    assert edited.said[1:] in ([], ["loading-changes"])
    edit(edited)
    build(edited.root, edited.out, "other/", lambda _: None, fresh=True)
    assert edited.quads() == edited.loaded()
    assert edited.said[-1] == "loading-changes"


def test_only_what_has_changed_is_loaded(edited: Asked) -> None:
    first = edited.quads()
    edit(edited)
    edited.build()
    second = edited.quads()
    assert second == edited.loaded()
    assert 0 < len(first - second) < 40
    assert edited.said == ["loading", "loading-changes"]
    assert edited.generations() == ["2"]


def test_a_file_that_goes_and_comes_back_is_followed(edited: Asked) -> None:
    first = edited.quads()
    path = max((edited.root.path / "facts/sources").rglob("*statement*.yaml"))
    text = path.read_text("utf-8")
    path.unlink()
    if build(edited.root, edited.out, "facts/", lambda _: None).checked.errors:
        pytest.skip("other facts refer to it")
    assert edited.quads() == edited.loaded() != first
    path.write_text(text, "utf-8")
    edited.build()
    assert edited.quads() == edited.loaded() == first


def damage(path: Path) -> None:
    """Turn a byte in the middle, and leave the times as they were."""
    state, content = path.stat(), bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    with path.open("r+b") as file:
        file.write(content)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize(
    "harm",
    [
        lambda store: (store / "current").write_text("../../1"),
        lambda store: (store / "current").write_bytes(b"\xff"),
        lambda store: (store / "current").write_text("77"),
        lambda store: (store / "current").unlink(),
        lambda store: (store / "1/seal").write_text("{}"),
        lambda store: (store / "1/seal").unlink(),
        lambda store: (store / "1/portions").write_text("{}"),
        lambda store: shutil.rmtree(store / "1/quads"),
        lambda store: max((store / "1/quads").glob("*.sst")).write_bytes(b"nothing"),
        lambda store: max((store / "1/quads").glob("*.sst")).unlink(),
        lambda store: shutil.copytree(store, store.with_name("copy")) and [shutil.rmtree(store), store.with_name("copy").rename(store)],
        lambda store: shutil.rmtree(store),
    ],
)  # fmt: skip
def test_a_store_that_is_not_what_was_sealed_is_made_anew(asked: Asked, harm: Callable[[Path], object]) -> None:
    asked.quads()
    harm(asked.out / "store")
    assert asked.quads() == asked.loaded()
    assert len(asked.said) == 2


def test_a_link_in_the_place_of_the_store_is_not_followed(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (asked.out / "store").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="a link stands where the store belongs"):
        asked.quads()
    assert not any((tmp_path / "elsewhere").iterdir())


def test_a_byte_that_turned_is_found_when_somebody_looks(asked: Asked) -> None:
    asked.quads()
    assert not asked.dataset().throw_away_damaged()
    damage(max((asked.out / "store/1/quads").glob("*.sst")))
    assert asked.dataset().throw_away_damaged()
    assert asked.quads() == asked.loaded()


def test_texts_that_turned_are_not_built_on(edited: Asked) -> None:
    edited.quads()
    damage(edited.out / "store/1/texts")
    path = edited.out / "store/1/texts"
    path.write_bytes(bytes(path.stat().st_size))
    edit(edited)
    edited.build()
    assert edited.quads() == edited.loaded()


def test_a_generation_that_somebody_asks_is_not_removed(edited: Asked) -> None:
    with edited.dataset().opened() as folder:
        old = ox.Store.read_only(str(folder))
        before = set(old)
        edit(edited)
        edited.build()
        edited.quads()
        assert edited.generations() == ["1", "2"]
        assert set(old) == before
    edit(edited)
    edited.build()
    edited.quads()
    assert edited.generations() == ["3"]


def test_before_the_first_build_there_is_nothing_and_nothing_is_made(toy_copy: Root) -> None:
    asked = Asked(toy_copy)
    with pytest.raises(NotBuilt, match="run 'censorkb build' first"):
        asked.quads()
    assert not asked.out.exists()


def test_a_data_set_whose_bytes_are_not_those_that_were_told_is_refused(asked: Asked) -> None:
    path = asked.out / "data/censorkb.nq"
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content.replace(b"Wire", b"Fire"))
    with pytest.raises(OSError, match="does not hold together"):
        asked.quads()
    assert asked.generations() == []


PROGRAM = """
import sys
from pathlib import Path
import pyoxigraph as ox
from censorkb.ontology.ontology import Ontology
from censorkb.query.dataset import Dataset
from censorkb.root import Root
root = Root(Path(sys.argv[1]))
with Dataset(Ontology(root.ontology), root.path / "build").opened() as folder:
    print(len(ox.Store.read_only(str(folder))))
"""


@pytest.mark.slow
def test_many_runs_at_once_make_one_store(asked: Asked) -> None:
    command = [sys.executable, "-c", PROGRAM, str(asked.root.path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [run.communicate() for run in runs] == [(f"{2 * len(asked.loaded())}\n", "")] * 4
    assert asked.generations() == ["1"]
