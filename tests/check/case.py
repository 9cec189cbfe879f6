"""Cases: small edits of the toy knowledge base, each with the rule that must or must not fire."""

from __future__ import annotations

import base64
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parents[1]
TOY = TESTS / "toy"
CASES = TESTS / "cases"


@dataclass(frozen=True)
class Edit:
    """One change of one file: a text replaced, or a whole file written."""

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
        content = path.read_text("utf-8")
        assert content.count(self.replace) == 1, (
            f"{self.file} has {content.count(self.replace)} times: {self.replace!r}"
        )
        path.write_text(content.replace(self.replace, self.text), "utf-8")


@dataclass(frozen=True)
class Case:
    """One rule with edits that keep it and edits that break it."""

    name: str
    rule: str
    rule_shown: str
    why: str
    good: tuple[Edit, ...] | None
    bad: tuple[Edit, ...]
    at: str


def _edits(value: Any) -> tuple[Edit, ...]:
    raw = value.get("edits", [value])
    made = []
    for edit in raw:
        if "write" in edit:
            made.append(Edit(edit["file"], write=edit["write"].encode() * edit.get("times", 1)))
        elif "write_base64" in edit:
            made.append(Edit(edit["file"], write=base64.b64decode(edit["write_base64"])))
        else:
            made.append(Edit(edit["file"], edit["replace"], edit["with"]))
    return tuple(made)


def read_cases() -> list[Case]:
    """All cases in tests/cases, in the order of the files."""
    cases = []
    for path in sorted(CASES.glob("*.yaml")):
        for i, raw in enumerate(yaml.safe_load(path.read_text("utf-8"))):
            good = _edits(raw["good"]) if raw.get("good") else None
            name = f"{path.stem}-{i}-{raw['rule']}"
            cases.append(
                Case(
                    name,
                    raw["rule"],
                    raw.get("rule_shown", raw["rule"]),
                    raw["why"],
                    good,
                    _edits(raw["bad"]),
                    raw.get("at", ""),
                )
            )
    return cases


def toy_with(edits: tuple[Edit, ...], folder: Path) -> Path:
    """A copy of the toy with edits."""
    root = folder / "toy"
    if root.exists():
        shutil.rmtree(root)
    shutil.copytree(TOY / "facts", root / "facts")
    for edit in edits:
        edit.apply(root)
    return root
