"""`censorkb comment`: the comment on a pull request, made of the report of a diff."""

from __future__ import annotations

from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import speech
from censorkb.cli.terminal import examples, failures


@click.command(epilog=examples("censorkb diff HEAD~1 --format json > diff.json", "censorkb comment diff.json"))
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preview", metavar="URL", default="", help="Where the built site can be had.")
@options.language
def comment(report: Path, preview: str, language: str | None) -> None:
    """Write the comment on a pull request as Markdown.

    REPORT is what `censorkb diff --format json` wrote. It is taken for a stranger's: nothing in it becomes markup, a
    mention or a link, and what is too long is cut.
    """
    with failures():
        from censorkb.desk.comment import MOST_BYTES
        from censorkb.desk.comment import comment as made

        with report.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        click.echo(made(raw, preview, speech(language)), nl=False)
