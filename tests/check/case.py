"""Cases: small edits of the toy knowledge base, each with the rule that must or must not fire; see ontology/checks."""

from __future__ import annotations

import base64
import shutil
import textwrap
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
TOY = TESTS / "toy"
CHECKS = TESTS.parent / "ontology/checks"
DEEPEST = 12


@dataclass(frozen=True)
class Edit:
    """One change of one file: lines replaced, wherever they are indented, or a whole file written."""

    file: str
    replace: str = ""
    text: str = ""
    write: bytes | None = None

    def apply(self, root: Path) -> None:
        path = root / "facts" / self.file
        if self.write is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.write)
            return
        content = f"\n{path.read_text('utf-8')}"
        margins = [" " * n for n in range(DEEPEST) if f"\n{textwrap.indent(self.replace, ' ' * n)}" in content]
        assert len(margins) == 1, f"{self.file} has {len(margins)} times: {self.replace!r}"
        stood = f"\n{textwrap.indent(self.replace, margins[0])}"
        assert content.count(stood) == 1, f"{self.file} has {content.count(stood)} times: {self.replace!r}"
        path.write_text(content.replace(stood, f"\n{textwrap.indent(self.text, margins[0])}")[1:], "utf-8")


@dataclass(frozen=True)
class Case:
    """One rule with edits that keep it and edits that break it."""

    name: str
    rule: str
    rule_shown: str
    also: frozenset[str]
    why: str
    good: tuple[Edit, ...] | None
    bad: tuple[Edit, ...]
    at: str


def _edits(raw: dict[str, Any]) -> tuple[tuple[Edit, ...] | None, tuple[Edit, ...]]:
    file = raw["file"]
    if raw.get("whole"):
        bad = base64.b64decode(raw["base64"]) if "base64" in raw else raw["wrong"].encode() * raw.get("times", 1)
        good = (Edit(raw.get("right-file", file), write=raw["right"].encode()),) if "right" in raw else None
        return good, (Edit(file, write=bad),)
    stood = raw.get("toy", raw["right"])
    return (Edit(file, stood, raw["right"]),) if "toy" in raw else None, (Edit(file, stood, raw["wrong"]),)


def read_cases() -> list[Case]:
    """All cases in ontology/checks, in the order of the files."""
    cases = []
    for path in sorted(CHECKS.glob("*.toml")):
        entry = tomllib.loads(path.read_text("utf-8"))
        for i, raw in enumerate(entry.get("case", ())):
            good, bad = _edits(raw)
            shown, also = raw.get("shown", path.stem), frozenset(raw.get("also", ()))
            why = raw.get("why", entry["why"])
            cases.append(Case(f"{path.stem}-{i}", path.stem, shown, also, why, good, bad, raw.get("at", "")))
    return cases


@contextmanager
def edited(root: Path, edits: tuple[Edit, ...]) -> Iterator[Path]:
    """A copy of the toy with edits for a while, which takes less than to copy it each time."""
    before = {path: path.read_bytes() if path.exists() else None for path in (root / "facts" / e.file for e in edits)}
    try:
        for edit in edits:
            edit.apply(root)
        yield root
    finally:
        for path, content in before.items():
            if content is not None:
                path.write_bytes(content)
            elif path.exists():
                path.unlink()
        for folder in sorted((root / "facts").rglob("*/"), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


def toy_with(edits: tuple[Edit, ...], folder: Path) -> Path:
    """A copy of the toy with edits."""
    root = folder / "toy"
    if root.exists():
        shutil.rmtree(root)
    shutil.copytree(TOY / "facts", root / "facts")
    for edit in edits:
        edit.apply(root)
    return root
