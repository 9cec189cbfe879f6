"""`censorkb diff`: what a change says, in sentences."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import said, speech
from censorkb.cli.terminal import WRONG_FACTS, examples, failures, progress
from censorkb.root import Root


@click.command(
    short_help="Say what a change says and what follows from it.",
    epilog=examples(
        "censorkb diff main",
        "censorkb diff HEAD~1 HEAD --format json",
        "censorkb diff ../facts-of-last-year .",
    ),
)
@click.argument("base", required=False)
@click.argument("head", required=False)
@options.root
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", help="Format of the report.")
@options.fresh
@options.language
def diff(base: str | None, head: str | None, root: Path, form: str, fresh: bool, language: str | None) -> None:
    """Say what a change says, what follows from it, and what it must not do.

    BASE and HEAD are revisions of the repository, or folders of knowledge bases. Without HEAD, the fact files are taken
    as they are; without BASE, too, the change is what this branch has done since it left the default branch.

    Ends with 1 if an id vanishes, if an accepted claim says something else without a correction, or if review goes back.
    """
    with failures():
        from censorkb.desk.diff import Desk
        from censorkb.desk.report import as_json, as_markdown
        from censorkb.desk.repository import NoRevision
        from censorkb.ontology.ontology import Ontology

        tongue = speech(language)
        desk = Desk(Root(root), Ontology(Root(root).ontology), fresh, progress(), tongue.name)
        try:
            found = desk.diff(base, head)
        except NoRevision as fault:
            raise click.UsageError(said(fault)) from None
        click.echo(as_json(found, tongue) if form == "json" else as_markdown(found, tongue), nl=False)
        if found.problems:
            sys.exit(WRONG_FACTS)
