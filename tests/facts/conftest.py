"""Fixtures of the reading room: a knowledge base of files given by the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from censorkb.facts.document import Document, Folder
from censorkb.facts.node import Mapping
from censorkb.problem import Problem
from censorkb.root import Root

FOLDERS = ["entities/agents", "entities/countries", "measures", "sources"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was wrong with it."""

    read: list[tuple[Document, Mapping | None]]
    problems: list[Problem]

    @property
    def documents(self) -> list[Document]:
        return [document for document, _ in self.read]

    @property
    def nodes(self) -> list[Mapping | None]:
        return [node for _, node in self.read]

    @property
    def names(self) -> list[str]:
        return [document.name for document in self.documents]

    @property
    def report(self) -> list[str]:
        """Each problem as place and rule."""
        return [f"{problem.place} {problem.rule}" for problem in self.problems]


@pytest.fixture
def read_files(tmp_path: Path) -> Callable[..., Reading]:
    """Write files below the folder of the test and read them as facts."""

    def run(files: dict[str, str | bytes] | None = None) -> Reading:
        for name, content in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        folder = Folder(Root(tmp_path), FOLDERS)
        return Reading(list(folder), folder.problems)

    return run


@pytest.fixture
def read_one(read_files: Callable[..., Reading]) -> Callable[[str | bytes], Reading]:
    """Read one text as facts/entities/agents/gate.yaml."""
    return lambda content: read_files({"facts/entities/agents/gate.yaml": content})
