"""The page of figures: what stands between the markers in bench/README.md, and the lines that a run prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import HOME
from bench.figure import Figure, Row
from bench.results import Results

FILE = HOME / "bench/README.md"
START, END = "<!-- figures: written by bench/run --write -->", "<!-- end of figures -->"
MET = {True: "met", False: "**missed**", None: ""}
JOBS = {"check": "SHACL", "site": "pages", "parse": "YAML"}


def shown(value: float, unit: str) -> str:
    """A value with two or three significant digits and its unit."""
    if value >= 100:
        text = f"{value:,.0f}"
    elif value >= 10:
        text = f"{value:.1f}"
    else:
        text = f"{value:.2f}" if value >= 0.095 else f"{value:.3f}"
    return f"{text} {unit}".rstrip()


def line(row: Row) -> str:
    """A row for a terminal."""
    against = f", against {row.against}" if row.against else ""
    if not row.values:
        return f"{row.what}{against}: not measured: {row.note}"
    goal = f" (goal {_goal(row)}: {MET[row.met].strip('*')})" if row.goal else ""
    note = f"; {row.note}" if row.note else ""
    return f"{row.what}{against}: {_measured(row)}{goal}{note}"


def page(results: Results, figures: dict[str, Figure]) -> str:
    """All figures as Markdown."""
    return "\n".join((*_table(results, figures), "", *_clocks(results, figures), "", *_peers(results)))


def renewed(text: str, content: str) -> str:
    """A document with new figures between its markers.

    Raises:
        ValueError: it has no markers.
    """
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("the markers of the figures are gone from bench/README.md")
    return f"{before}{START}\n{content}\n{END}{after}"


def write(results: Results, figures: dict[str, Figure], path: Path = FILE) -> None:
    """Put the figures into the document."""
    path.write_text(renewed(path.read_text("utf-8"), page(results, figures)), "utf-8")


def _table(results: Results, figures: dict[str, Figure]) -> Iterator[str]:
    yield f"Measured on {results.machine}."
    yield ""
    yield "| what | against | median (smallest to largest) | goal | | seconds, ours · theirs | note |"
    yield "|---|---|---|---|---|---|---|"
    for name in figures:
        for row in results.rows.get(name, []):
            seconds = " · ".join(shown(cpu, "") for cpu in (row.ours, row.theirs) if cpu is not None)
            measured = _measured(row) if row.values else "not measured"
            cells = (row.what, row.against, measured, _goal(row), MET[row.met], seconds, row.note)
            yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _measured(row: Row) -> str:
    several = f" ({shown(min(row.values), '')} to {shown(max(row.values), '')})" if len(row.values) > 1 else ""
    less = " less" if row.goal and row.goal.sign == "≥" else ""
    return f"{shown(row.median, row.unit)}{less}{several}"


def _goal(row: Row) -> str:
    return f"{row.goal.sign} {row.goal.value:,g} {row.unit}".rstrip() if row.goal else ""


def _clocks(results: Results, figures: dict[str, Figure]) -> Iterator[str]:
    yield "What is inside the clock, by the name that `--only` takes:"
    yield ""
    for name, figure in figures.items():
        if name in results.rows:
            yield f"- `{name}`: {figure.clock[0].lower()}{figure.clock[1:]}"


def _peers(results: Results) -> Iterator[str]:
    yield "| peer | version | does | what came of it |"
    yield "|---|---|---|---|"
    for peer in results.peers:
        yield f"| {peer['name']} | {peer['version']} | {JOBS.get(peer['job'], peer['job'])} | {peer['verdict']} |"
