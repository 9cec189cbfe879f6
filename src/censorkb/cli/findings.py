"""What a check found, printed in the format that was asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli.language import speech

if TYPE_CHECKING:
    from censorkb.check.checker import Checked
    from censorkb.check.reporters.report import Report
    from censorkb.problem import Problem

FORMATS = ("text", "json", "github", "sarif")


def fitting(environment: dict[str, str] | os._Environ[str]) -> str:
    """The format for whoever reads: annotations in GitHub Actions, text elsewhere."""
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"


def show(
    checked: Checked,
    paths: tuple[Path, ...],
    root: Path,
    form: str = "text",
    language: str | None = None,
    site: str = "",
) -> int:
    """Print the problems of some files, or of all; return the number of errors among them.

    Args:
        checked: what was found.
        paths: files or folders to speak of; none for all.
        root: folder of the knowledge base.
        form: one of FORMATS.
        language: code of the language; that of the environment if left out.
        site: web address of the published site, for links; may be empty.
    """
    from censorkb.check.reporters.report import Report
    from censorkb.check.rule import read
    from censorkb.problem import Severity

    wanted = [path.resolve().relative_to(root.resolve()).as_posix() for path in paths]

    def is_wanted(name: str) -> bool:
        return not wanted or any(name == w or name.startswith(f"{w}/") for w in wanted)

    documents = [d for d in checked.knowledge.documents.values() if is_wanted(d.name)]
    report = Report(
        [problem for problem in checked.problems if is_wanted(problem.place.file)],
        len(documents),
        checked.claims(documents),
        speech(language),
        _in_repository(root),
        read(checked.knowledge.ontology) if form == "sarif" else {},
        site,
    )
    _print(report, form)
    return report.found()[Severity.ERROR]


def _print(report: Report, form: str) -> None:
    if form == "text":
        from censorkb.problem import phrase

        _print_lines(report)
        click.echo(report.summary(), err=True)
        if report.problems:
            click.echo(report.said(phrase("explained", rule=report.problems[0].rule)), err=True)
        return
    from censorkb.check.reporters import github, json, sarif

    for line in {"json": json, "github": github, "sarif": sarif}[form].lines(report):
        click.echo(line)


def _print_lines(report: Report, *, err: bool = False) -> None:
    from censorkb.check.reporters import text

    for start, word, colour, rest in text.lines(report):
        click.echo(start + (click.style(word, fg=colour) if word else "") + rest, err=err)


def _in_repository(root: Path) -> str:
    """Path from the repository to the knowledge base, with `/` at its end; empty if they are the same.

    The repository is the folder that GITHUB_WORKSPACE names, else the nearest above with a `.git`.
    """
    here = root.resolve()
    named = os.environ.get("GITHUB_WORKSPACE")
    tops = [Path(named).resolve()] if named else [top for top in (here, *here.parents) if (top / ".git").exists()]
    if not tops or tops[0] == here or not here.is_relative_to(tops[0]):
        return ""
    return f"{here.relative_to(tops[0]).as_posix()}/"


def print_all(problems: list[Problem], *, err: bool = False) -> None:
    """Print problems that no report counts, in the language of the environment.

    Args:
        problems: what was found.
        err: whether they stand beside the output of the command.
    """
    from censorkb.check.reporters.report import Report

    _print_lines(Report(problems, 0, 0, speech(None)), err=err)
