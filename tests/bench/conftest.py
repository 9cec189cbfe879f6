"""Makes the package `bench` importable, which is not installed, and knowledge bases to measure with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME))


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of 300 claims without errors."""
    return made(tmp_path_factory.mktemp("clean"), 300, 0.0)


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of 150 claims, one in ten of them broken."""
    return made(tmp_path_factory.mktemp("broken"), 150, 0.1)


def made(root: Path, claims: int, errors: float) -> Path:
    from bench.generate import Generator

    for name, text in Generator(claims, errors, seed=1).files():
        path = root / "facts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
