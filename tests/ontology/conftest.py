"""Fixtures of the ontology room: the project's ontology, and small ones written in the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from censorkb.ontology.ontology import Ontology

PREFIXES = """
@base <https://example.org/kb/> .
@prefix ckb: <ns#> .
@prefix id: <id/> .
@prefix colour: <concept/colour/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
HEAD = "\n".join(line for line in PREFIXES.splitlines() if not line.startswith("@base")) + "\n"


@pytest.fixture(scope="session")
def folder() -> Path:
    """The project's folder `ontology/`."""
    return Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="session")
def ontology(folder: Path) -> Ontology:
    """The project's ontology."""
    return Ontology(folder)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Ontology]:
    """An ontology of a few lines of Turtle: terms, and shapes."""

    def run(terms: str = "", shapes: str = "") -> Ontology:
        (tmp_path / "shapes").mkdir()
        (tmp_path / "prefixes.ttl").write_text(PREFIXES)
        (tmp_path / "censorkb.ttl").write_text(HEAD + terms)
        (tmp_path / "shapes/all.ttl").write_text(HEAD + shapes)
        return Ontology(tmp_path)

    return run
