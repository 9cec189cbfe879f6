"""`censorkb supersede`: a better claim takes the place of another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import correcting, options
from censorkb.cli.terminal import examples

if TYPE_CHECKING:
    from censorkb.desk.bench import Bench


@click.command(
    short_help="Let one claim take the place of another.",
    epilog=examples(
        "censorkb supersede 2025-04-10-wire-one-hallo-slow.boxes 2025-04-15-netgauge-report-31.boxes --because misread"
    ),
)
@click.argument("old")
@click.argument("new")
@click.option("--because", multiple=True, help="Why, in a word; the words are those of censorkb retract.")
@click.option("--note", default="", help="Why, in a sentence for readers.")
@correcting.date
@correcting.dry_run
@options.root
def supersede(old: str, new: str, because: tuple[str, ...], note: str, day: str, dry_run: bool, root: Path) -> None:
    """Let the claim NEW take the place of the claim OLD, both as source.claim.

    The old one stays in its file and keeps its page, which leads to the new one.
    """

    def work(bench: Bench) -> None:
        from censorkb.desk.withdrawal import supersede as run

        run(bench, old, new, because, note, day)

    correcting.correct(root, dry_run, work)
