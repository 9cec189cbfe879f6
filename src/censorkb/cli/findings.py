"""What a check found, shown on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from censorkb.check.checker import Checked
    from censorkb.problem import Problem


def show(checked: Checked, paths: tuple[Path, ...], root: Path) -> int:
    """Print the problems of some files, or of all; return the number of errors among them."""
    from censorkb.check import report
    from censorkb.problem import Severity

    wanted = [path.resolve().relative_to(root.resolve()).as_posix() for path in paths]
    problems = [
        p
        for p in checked.problems
        if not wanted or any(p.place.file == w or p.place.file.startswith(f"{w}/") for w in wanted)
    ]
    print_all(problems)
    documents = [
        d
        for d in checked.knowledge.documents.values()
        if not wanted or any(d.name == w or d.name.startswith(f"{w}/") for w in wanted)
    ]
    click.echo(report.summary(problems, len(documents), checked.claims(documents)), err=True)
    return sum(p.severity is Severity.ERROR for p in problems)


def print_all(problems: list[Problem]) -> None:
    """Print problems."""
    from censorkb.check import report
    from censorkb.problem import Severity

    for start, word, rest in report.lines(problems):
        colour = report.COLOURS[Severity(word)] if word else None
        click.echo(start + (click.style(word, fg=colour) if word else "") + rest)
