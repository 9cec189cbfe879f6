"""Random edits of fact files, such as contributors make, good and bad."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path


class Vandal:
    """Changes fact files at random in ways that contributors do."""

    def __init__(self, facts: Path, seed: int) -> None:
        self.facts, self.random = facts, random.Random(seed)
        self.bin: dict[Path, str] = {}

    def strike(self) -> str:
        """Change something; what it was, for whoever must find out why a test failed."""
        way = self.random.choice(
            [
                self.drop_line,
                self.swap_value,
                self.swap_value,
                self.swap_value,
                self.garble,
                self.remove,
                self.restore,
                self.restore,
                self.copy,
                self.rename,
                self.give_up_id,
                self.shout,
            ]
        )
        path = self.random.choice(sorted(self.facts.rglob("*.yaml")))
        return f"{way.__name__} {path.name}: {way(path)}"

    def lines(self, path: Path) -> list[str]:
        return path.read_text("utf-8").splitlines()

    def write(self, path: Path, lines: list[str]) -> None:
        self.bin.setdefault(path, path.read_text("utf-8"))
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def drop_line(self, path: Path) -> str:
        lines = self.lines(path)
        gone = lines.pop(self.random.randrange(len(lines)))
        self.write(path, lines)
        return gone

    def swap_value(self, path: Path) -> str:
        """Give a key the value that the same key has elsewhere."""
        lines = self.lines(path)
        at = self.random.choice([i for i, line in enumerate(lines) if re.search(r"\w: \S", line)] or [0])
        key = lines[at].partition(":")[0].strip(" -")
        others = [
            line
            for other in sorted(self.facts.rglob("*.yaml"))
            for line in self.lines(other)
            if line.strip(" -").startswith(f"{key}:")
        ]
        if others:
            lines[at] = lines[at].partition(":")[0] + ":" + self.random.choice(others).partition(":")[2]
            self.write(path, lines)
        return lines[at]

    def garble(self, path: Path) -> str:
        self.write(path, [*self.lines(path), "\tnot: yaml: ["])
        return ""

    def remove(self, path: Path) -> str:
        self.bin.setdefault(path, path.read_text("utf-8"))
        path.unlink()
        return ""

    def restore(self, _: Path) -> str:
        if not self.bin:
            return ""
        path = self.random.choice(sorted(self.bin))
        path.write_text(self.bin.pop(path), "utf-8")
        return str(path)

    def copy(self, path: Path) -> str:
        other = path.with_name(f"a-{path.name}" if self.random.random() < 0.5 else f"z-{path.name}")
        if self.random.random() < 0.5:
            other = path.parent / "deeper" / path.name
            other.parent.mkdir(exist_ok=True)
        shutil.copy(path, other)
        return str(other)

    def rename(self, path: Path) -> str:
        self.bin.setdefault(path, path.read_text("utf-8"))
        other = path.with_name(path.name.replace("-", "-x", 1) if "-" in path.name else f"new-{path.name}")
        path.rename(other)
        return str(other)

    def give_up_id(self, path: Path) -> str:
        other = self.random.choice(sorted(self.facts.rglob("*.yaml")))
        self.write(path, [*self.lines(path), f"formerly: [{other.stem}]"])
        return other.stem

    def shout(self, path: Path) -> str:
        lines = [re.sub(r"^(\s*label: )(.*)$", lambda m: m[1] + m[2].upper(), line) for line in self.lines(path)]
        self.write(path, lines)
        return ""
