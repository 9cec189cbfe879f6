"""Quotes against the texts they were taken from, for whoever has the texts: found by SHA-256, compared letter by letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from censorkb.graph.knowledge import Knowledge
from censorkb.problem import Problem, problem

LARGEST = 5_000_000


def check(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    """Find quotes and wrong words that do not stand in the text of their copy.

    Args:
        knowledge: the statements.
        folder: files of texts, in any order and under any names.
    """
    names, statements = knowledge.mapper.names, knowledge.mapper.statements
    texts = _texts(folder)
    hashes = {copy: literal.strip('"') for copy, literal in _pairs(knowledge, "ckb:sha256")}
    copies = dict(_pairs(knowledge, "ckb:inCopy")) | {error: copy for copy, error in _pairs(knowledge, "ckb:error")}
    for copy, digest in hashes.items():
        place = statements.place(copy, names("ckb:sha256"))
        if digest not in texts and place:
            yield problem(place, "text-not-found", sha256=digest)
    for part, words in [*_pairs(knowledge, "ckb:quote"), *_pairs(knowledge, "ckb:reads")]:
        name, content = texts.get(hashes.get(copies.get(part, ""), ""), ("", ""))
        place = statements.place(part)
        if name and _text(words) not in content and place:
            yield problem(place, "quote-not-in-text", file=name)


def _pairs(knowledge: Knowledge, property_: str) -> list[tuple[str, str]]:
    """Subjects and objects of a property."""
    wanted = knowledge.mapper.names(property_)
    return [(s, o) for triples in knowledge.mapper.statements.graphs.values() for s, p, o in triples if p == wanted]


def _texts(folder: Path) -> dict[str, tuple[str, str]]:
    """SHA-256 of each file to its name and text."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST:
            raw = path.read_bytes()
            found[hashlib.sha256(raw).hexdigest()] = (path.name, raw.decode("utf-8", "replace"))
    return found


def _text(literal: str) -> str:
    """The text of an N-Triples literal that we wrote."""
    import pyoxigraph as ox

    (quad,) = ox.parse(f"<urn:s> <urn:p> {literal} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object.value if isinstance(quad.object, ox.Literal) else ""
