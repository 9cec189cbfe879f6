"""Fixtures of the house: all of its modules, read as text and as syntax."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SRC = PROJECT / "src/censorkb"


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the program.

    Args:
        name: path below `src/censorkb`.
        text: what it says.
        tree: its syntax.
    """

    name: str
    text: str
    tree: ast.Module

    @property
    def docstrings(self) -> set[int]:
        """Positions of the texts that explain a module, class or function."""
        owners = (n for n in ast.walk(self.tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef))
        return {id(n.body[0].value) for n in owners if n.body and isinstance(n.body[0], ast.Expr)}

    @property
    def strings(self) -> list[tuple[int, str]]:
        """Line and text of every string, but for docstrings."""
        explaining = self.docstrings
        found = (n for n in ast.walk(self.tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        return [(n.lineno, n.value) for n in found if id(n) not in explaining]


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """All modules of the program."""
    paths = sorted(SRC.rglob("*.py"))
    return [Module(p.relative_to(SRC).as_posix(), p.read_text("utf-8"), ast.parse(p.read_text("utf-8"))) for p in paths]
