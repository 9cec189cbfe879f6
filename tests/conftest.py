"""The real and the toy knowledge base, read, loaded and derived once for all tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

# Reports follow the language and the place of whoever runs the tests; these are of a plain terminal in English.
os.environ["LC_ALL"] = "C.UTF-8"
for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE"):
    os.environ.pop(name, None)

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Loaded:
    """A knowledge base as questions see it; tests read it and never change it.

    Args:
        knowledge: what its files say.
        ontology: what may be said.
        store: its statements, the terms, and what follows from them.
    """

    knowledge: Knowledge
    ontology: Ontology
    store: ox.Store


def load(path: Path) -> Loaded:
    """Read, load and derive the knowledge base in a folder."""
    knowledge = Knowledge.read(Root(path))
    store = open_store(knowledge.ontology, knowledge.lines())
    derive(knowledge.ontology, store)
    return Loaded(knowledge, knowledge.ontology, store)


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what runs leave to later ones out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENSORKB_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def ontologies() -> Iterator[None]:
    """Read an ontology once: hundreds of tests run commands in this process, and its shapes are compiled for each reading."""
    read, known = Ontology.__init__, dict[object, Ontology]()

    def remember(self: Ontology, folder: Path) -> None:
        files = [(path, path.stat()) for path in sorted(folder.resolve().rglob("*")) if path.is_file()]
        key = tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in files)
        if key not in known:
            read(self, folder)
            known[key] = self
        self.__dict__ |= {**known[key].__dict__, "folder": folder}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ontology, "__init__", remember)
        yield


@pytest.fixture(scope="session")
def real() -> Loaded:
    """The facts of the project."""
    return load(HERE.parent)


@pytest.fixture(scope="session")
def toy() -> Loaded:
    """Two invented countries in which every kind of fact happens."""
    return load(HERE / "toy")


@pytest.fixture
def toy_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Root:
    """A copy of the toy to edit, and a cache of its own that outlives edits of the program."""
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("censorkb.graph.cache.edition", lambda _: "test")
    shutil.copytree(HERE / "toy/facts", tmp_path / "toy/facts")
    return Root(tmp_path / "toy")


def pytest_configure(config: pytest.Config) -> None:
    """Try properties on fewer examples in the quick run."""
    if config.getoption("markexpr") == "not slow":
        import examples  # hypothesis takes longer to load than most rooms are tested in

        examples.quick()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the expected answers be written anew."""
    parser.addoption(
        "--renew", action="store_true", help="Write tests/query/answers anew; then read what changed and why."
    )
