"""Results: the rows of the last run of each figure, the points of the curves, and what came of the peers, as one file."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import HOME
from bench.figure import Goal, Row
from bench.peers import Peer

FILE = HOME / "bench/figures.json"
Points = dict[str, dict[str, dict[int, float]]]  # CPU seconds by panel, curve and number of claims


@dataclass(slots=True)
class Results:
    """What was measured.

    Args:
        machine: what it was measured on, in words.
        rows: lines of the table by figure.
        points: of the curves.
        peers: name, version and verdict of each, by job.
    """

    machine: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    points: Points = field(default_factory=dict)
    peers: list[dict[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path = FILE) -> Results:
        """Read the results of earlier runs; there are none if there is no file."""
        if not path.exists():
            return cls(machine())
        told = json.loads(path.read_text("utf-8"))
        rows = {name: [_row(row) for row in rows] for name, rows in told["rows"].items()}
        points = {
            panel: {name: {int(claims): cpu for claims, cpu in curve.items()} for name, curve in curves.items()}
            for panel, curves in told["points"].items()
        }
        return cls(told["machine"], rows, points, told["peers"])

    def write(self, path: Path = FILE) -> None:
        """Write them for a later run."""
        path.write_text(json.dumps(dataclasses.asdict(self), indent=1, ensure_ascii=False) + "\n", "utf-8")

    def take(self, points: Points, peers: list[Peer]) -> None:
        """Put new points and verdicts in the place of old ones; what was not measured anew stays."""
        self.machine = machine()
        for panel, curves in points.items():
            for name, curve in curves.items():
                known = self.points.setdefault(panel, {}).setdefault(name, {})
                known.update(curve)
                self.points[panel][name] = dict(sorted(known.items()))
        told = {p.name: {"name": p.name, "version": p.version, "job": p.job} for p in peers}
        verdicts = {each["name"]: each["verdict"] for each in self.peers}
        verdicts |= {p.name: "; ".join(p.verdicts) for p in peers if p.verdicts}
        self.peers = [{**each, "verdict": verdicts[name]} for name, each in told.items() if name in verdicts]


def machine() -> str:
    """The class of this machine in words."""
    return f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}, Python {platform.python_version()}"


def _row(told: dict[str, Any]) -> Row:
    goal = Goal(**told["goal"]) if told["goal"] else None
    return Row(**{**told, "values": tuple(told["values"]), "goal": goal})
