"""`censorkb merge`: two ids for one thing become one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import correcting, options
from censorkb.cli.terminal import examples

if TYPE_CHECKING:
    from censorkb.desk.bench import Bench


@click.command(
    short_help="Make one of two entities or measures.",
    epilog=examples(
        "censorkb merge whats-app whatsapp",
        "censorkb merge ru-whatsapp-ban ru-whatsapp-block --date 2026-03-01 --dry-run",
    ),
)
@click.argument("old")
@click.argument("into")
@correcting.merge_date
@correcting.dry_run
@options.root
def merge(old: str, into: str, day: str, dry_run: bool, root: Path) -> None:
    """Make one of two entities or measures that are the same thing: OLD becomes a merged id of INTO.

    Names go to the aliases of INTO, every reference follows, and the page of OLD leads on. What OLD says otherwise than
    INTO is named and not carried over.
    """

    def work(bench: Bench) -> None:
        from censorkb.desk.merging import merge as run

        run(bench, old, into, day)

    correcting.correct(root, dry_run, work)
