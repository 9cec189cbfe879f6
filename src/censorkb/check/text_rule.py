"""Quotes against the texts they were taken from, for whoever has the texts: found by SHA-256, compared letter by letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from censorkb.check.data_graph import DataGraph
from censorkb.graph.knowledge import Knowledge
from censorkb.problem import Problem, problem

LARGEST = 5_000_000


def check(knowledge: Knowledge, graph: DataGraph, folder: Path) -> Iterator[Problem]:
    """Find quotes and wrong words that do not stand in the text of their copy.

    Args:
        knowledge: the places of what is said.
        graph: the facts.
        folder: files of texts, in any order and under any names.
    """
    texts = _texts(folder)
    for row in graph.told("texts-of-copies"):
        if row["digest"].value not in texts:
            place = knowledge.place(str(row["copy"]), knowledge.names("ckb:sha256"))
            yield problem(place, "text-not-found", sha256=row["digest"].value)
    for row in graph.told("words-of-copies"):
        name, content = texts.get(row["digest"].value, ("", ""))
        if name and row["words"].value not in content:
            yield problem(knowledge.place(str(row["part"])), "quote-not-in-text", file=name)


def _texts(folder: Path) -> dict[str, tuple[str, str]]:
    """SHA-256 of each file to its name and text."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
            raw = path.read_bytes()
            found[hashlib.sha256(raw).hexdigest()] = (path.name, raw.decode("utf-8", "replace"))
    return found
