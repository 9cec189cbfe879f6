"""Measure the figures of the main job and write them into bench/README.md.

usage: python bench/figures.py [--runs N] [--sizes 1000,10000] [--write]

CPU seconds (user and system) of whole processes, the median of several runs; every figure is also given as a ratio to
a bare Python interpreter in the same run, since machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
START, END = "<!-- figures: written by bench/figures.py --write -->", "<!-- end of figures -->"


def cost(command: list[str]) -> tuple[float, int]:
    """CPU seconds and peak memory in MB of one process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HOME)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def cpu(command: list[str]) -> float:
    """CPU seconds of one process."""
    return cost(command)[0]


def commands(out: Path) -> dict[str, tuple[list[str], str]]:
    """What is measured: name to command and goal in seconds."""
    run = [sys.executable, "-m", "censorkb"]
    return {
        "bare Python": ([sys.executable, "-c", "pass"], ""),
        "`censorkb --help`": ([*run, "--help"], "0.2"),
        "`censorkb check`": ([*run, "check"], ""),
        "`censorkb check --referee` (pySHACL)": ([*run, "check", "--referee"], ""),
        "`censorkb build`, which checks first": ([*run, "build", "--out", str(out)], "10"),
    }


def measure(runs: int) -> list[tuple[str, float, float, float, str]]:
    """Median, smallest and largest CPU seconds of each command, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        todo = commands(Path(folder) / "out")
        seconds: dict[str, list[float]] = {name: [] for name in todo}
        for _ in range(runs):
            for name, (command, _) in todo.items():
                seconds[name].append(cpu(command))
    return [(name, statistics.median(s), min(s), max(s), todo[name][1]) for name, s in seconds.items()]


def table(figures: list[tuple[str, float, float, float, str]]) -> str:
    """The figures as Markdown."""
    bare = figures[0][1]
    lines = ["| what | CPU seconds, median (smallest to largest) | times bare Python | goal |", "|---|---|---|---|"]
    for name, median, low, high, goal in figures:
        wanted = f"≤ {goal} s" if goal else ""
        lines.append(f"| {name} | {median:.2f} ({low:.2f} to {high:.2f}) | {median / bare:.1f} | {wanted} |")
    return "\n".join(lines) + "\n"


def scale(sizes: list[int]) -> str:
    """Cost of checking made-up knowledge bases, as Markdown; once each, since they differ by more than noise."""
    lines = ["| claims | files | check, CPU seconds | peak memory, MB |", "|---|---|---|---|"]
    costs = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            made = [sys.executable, str(HOME / "bench/generate.py"), "--claims", str(size), "--out", folder]
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
            files = sum(1 for _ in Path(folder).rglob("*.yaml"))
            seconds, memory = cost([sys.executable, "-m", "censorkb", "check", "--root", folder])
        costs.append(seconds)
        lines.append(f"| {size:,} | {files:,} | {seconds:.1f} | {memory:,} |")
    exponent = math.log(costs[-1] / costs[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.0
    return "\n".join(lines) + f"\n\nCPU grows with the claims to the power of {exponent:.2f}.\n"


def main(say: Callable[[str], None] = print) -> int:
    """Measure, print, and on wish write; fail if a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", default="1000,10000", help="claims of the made-up knowledge bases")
    parser.add_argument("--write", action="store_true", help="write the figures into bench/README.md")
    wanted = parser.parse_args()
    figures = measure(wanted.runs)
    text = table(figures) + "\n" + scale([int(size) for size in wanted.sizes.split(",")])
    say(text)
    if wanted.write:
        readme = HOME / "bench/README.md"
        before, _, rest = readme.read_text("utf-8").partition(START)
        readme.write_text(f"{before}{START}\n{text}{END}{rest.partition(END)[2]}", "utf-8")
    return int(any(goal and median > float(goal) for _, median, _, _, goal in figures))


if __name__ == "__main__":
    sys.exit(main())
