"""`censorkb query`: questions to the data set of the last build."""

from __future__ import annotations

from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.terminal import examples, failures
from censorkb.query import FORMATS
from censorkb.root import Root


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog=examples(
        "censorkb query --list",
        "censorkb query status-on --country ru --date 2026-02-12",
        "censorkb query status-on --country ru --date 2026-02-12 --format csv > status.csv",
        "censorkb query my-question.rq",
        "censorkb query -e 'SELECT ?s WHERE { ?s a ckb:Service } ORDER BY ?s'",
    ),
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[QUESTION|FILE] [--PARAMETER VALUE]...")
@click.option("-e", "--sparql", help="Ask this SPARQL query; the prefixes of the ontology are known.")
@click.option("--list", "listing", is_flag=True, help="Show the questions that can be asked by name.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
)
@options.root
@options.out
def query(words: tuple[str, ...], sparql: str | None, listing: bool, form: str, root: Path, out: Path | None) -> None:
    """Ask the data set of the last build a named question, the query in a file, or a query given with -e."""
    with failures():
        from censorkb.query.asking import Asking, list_questions
        from censorkb.query.question import WrongQuestion

        if listing:
            click.echo(list_questions(Root(root)), nl=False)
            return
        try:
            click.echo(Asking(Root(root), out or root / "build").answer(words, sparql, form), nl=False)
        except WrongQuestion as fault:
            raise click.UsageError(str(fault)) from None
