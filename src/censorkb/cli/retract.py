"""`censorkb retract`: a claim, or all of a source, no longer counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import correcting, options
from censorkb.cli.terminal import examples

if TYPE_CHECKING:
    from censorkb.desk.bench import Bench


@click.command(
    short_help="Withdraw a claim, or every claim of a source.",
    epilog=examples(
        "censorkb retract 2025-04-10-wire-one-hallo-slow.payments --because source-corrected",
        "censorkb retract 2025-04-10-wire-one-hallo-slow --because source-withdrawn --note 'Wire One took it back.'",
    ),
)
@click.argument("what", metavar="CLAIM|SOURCE")
@click.option(
    "--because", multiple=True, required=True, help="Why, in a word such as misread; several times for several reasons."
)
@click.option("--note", default="", help="Why, in a sentence for readers; default what the word means.")
@correcting.date
@correcting.dry_run
@options.root
def retract(what: str, because: tuple[str, ...], note: str, day: str, dry_run: bool, root: Path) -> None:
    """Say that a claim (source.claim), or every claim of a source, no longer counts.

    It stays in its file and keeps its page, with the reason. What was accepted becomes retracted, what never was becomes
    rejected. A word that is no reason is answered with all that are.
    """

    def work(bench: Bench) -> None:
        from censorkb.desk.withdrawal import retract as run

        run(bench, what, because, note, day)

    correcting.correct(root, dry_run, work)
