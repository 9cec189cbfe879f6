"""`censorkb issue`: what a reader filled in on GitHub, as the skeleton of a fact file."""

from __future__ import annotations

import click

from censorkb.cli.language import said
from censorkb.cli.terminal import examples, failures


@click.command(epilog=examples("gh issue view 12 --json body --jq .body | censorkb issue -", "censorkb issue body.md"))
@click.argument("body", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def issue(body: str) -> None:
    """Turn a filled issue form into the skeleton of a fact file.

    BODY is the text of the issue. The skeleton goes to standard output, and where it belongs is said beside it.
    """
    with failures():
        from censorkb.desk.issue_form import MOST_CHARACTERS, WrongForm, skeleton
        from censorkb.problem import verbatim

        with click.open_file(body, encoding="utf-8", errors="replace") as file:
            text = file.read(MOST_CHARACTERS + 1)
        try:
            made = skeleton(text)
        except WrongForm as fault:
            raise click.UsageError(said(fault)) from None
        click.echo(made.text, nl=False)
        if made.path:
            click.echo(said("save-as", path=verbatim(made.path)), err=True)
