"""What the commands that correct facts have in common: show, look whether all is right, and write."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli.language import said
from censorkb.cli.terminal import WRONG_FACTS, failures, progress
from censorkb.problem import verbatim
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.desk.bench import Bench


def _one_day(_: click.Context, __: click.Parameter, value: str) -> str:
    """A day as facts have it; click.UsageError if it is none."""
    try:
        if not value or dt.date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise click.UsageError(said("not-a-day", name="date", value=verbatim(value)))


dry_run = click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
_date = functools.partial(click.option, "--date", "day", default="", metavar="YYYY-MM-DD", callback=_one_day)
date = _date(help="Day on which it was withdrawn, for the page of changes and the feed of corrections.")
merge_date = _date(help="Day on which the two became one, for the page of changes and the feed of corrections.")


def correct(root: Path, dry: bool, work: Callable[[Bench], None]) -> None:
    """Do some work on the fact files; they are written only if that makes no new error.

    Args:
        root: folder of the knowledge base.
        dry: whether to show the changes alone.
        work: makes them.
    """
    with failures():
        from censorkb.cli import findings, patch
        from censorkb.desk.bench import Bench, CantCorrect, new_errors
        from censorkb.desk.change import apply
        from censorkb.ontology.ontology import Ontology

        ontology, say = Ontology(Root(root).ontology), progress()
        bench = Bench(Root(root), ontology)
        try:
            work(bench)
            changes = bench.changes()
        except CantCorrect as fault:
            click.echo(f"censorkb: {said(fault)}", err=True)
            sys.exit(WRONG_FACTS)
        say("checking-outcome")
        errors = new_errors(Root(root), ontology, changes)
        if dry or errors:
            patch.show(changes)
        if errors:
            findings.print_all(errors)
            click.echo(said("new-errors"), err=True)
            sys.exit(WRONG_FACTS)
        if not dry:
            apply(root, changes)
            for change in changes:
                done = "changed" if change.before and change.after else "wrote" if change.after else "removed"
                click.echo(said(done, path=verbatim(change.name)))
        for note in bench.notes:
            click.echo(said(note), err=True)
