"""`censorkb query`: questions to the data set of the last build."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from censorkb.cli import completion, options
from censorkb.cli.language import said, speech
from censorkb.cli.terminal import EXCEEDED, examples, failures, progress
from censorkb.query import FORMATS
from censorkb.root import Root

ROWS = 1000  # in a table, more than anybody reads


@click.command(
    short_help="Ask the data set of the last build.",
    cls=completion.Asking,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog=examples(
        "censorkb query --list",
        "censorkb query status-on --country ru --date 2026-02-12",
        "censorkb query status-on --country ru --date 2026-02-12 --format csv > status.csv",
        "censorkb query my-question.rq",
        "censorkb query -e 'SELECT ?s WHERE { ?s a ckb:Service } ORDER BY ?s'",
    ),
)
@click.argument(
    "words",
    nargs=-1,
    type=click.UNPROCESSED,
    metavar="[QUESTION|FILE] [--PARAMETER VALUE]...",
    shell_complete=completion.question,
)
@click.option("-e", "--sparql", help="Ask this SPARQL query; the prefixes of the ontology are known.")
@click.option("--list", "listing", is_flag=True, help="Show the questions that can be asked by name.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
)
@click.option("--timeout", type=click.FloatRange(0), default=60.0, show_default=True, help="Seconds; 0 for no end.")
@click.option(
    "--limit", type=click.IntRange(0), help=f"Most rows; 0 for all. Default {ROWS} in a table, all in other formats."
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=4096,
    show_default=True,
    help="Megabytes for the engine; 0 for no bound.",
)
@click.option(
    "--allow-network",
    is_flag=True,
    help="Let SERVICE in a query ask other servers. Nothing else leaves the machine in any case: FROM names graphs of the data"
    " set, and LOAD is refused.",
)
@click.option(
    "--endpoint", default="", metavar="URL", help="Ask a SPARQL server that has the data set ('censorkb push') instead."
)
@click.option(
    "--parquet",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Ask an export ('censorkb export') instead, in SQL.",
)
@options.root
@options.out
def query(
    words: tuple[str, ...],
    sparql: str | None,
    listing: bool,
    form: str,
    timeout: float,
    limit: int | None,
    memory: int,
    allow_network: bool,
    endpoint: str,
    parquet: Path | None,
    root: Path,
    out: Path | None,
) -> None:
    """Ask the data set of the last build a named question, the query in a file, or a query given with -e.

    The first question after a build loads what has changed into a store in the output; the others take milliseconds. The
    data can only be read.
    """
    with failures():
        from censorkb.query.asking import Asking, list_questions
        from censorkb.query.limits import Exceeded, Limits
        from censorkb.query.question import WrongQuestion

        if listing:
            click.echo(list_questions(Root(root), speech(None).say), nl=False)
            return
        if endpoint and parquet:
            raise click.UsageError(said("one-source"))
        rows = (ROWS if form == "table" else 0) if limit is None else limit
        limits = Limits(timeout, memory, allow_network)
        asking = Asking(Root(root), out or root / "build", limits, progress(), endpoint, parquet)
        try:
            click.echo(asking.answer(words, sparql, form, rows or None), nl=False)
        except WrongQuestion as fault:
            raise click.UsageError(said(fault)) from None
        except Exceeded as fault:
            click.echo(f"censorkb: {said(fault)}", err=True)
            sys.exit(EXCEEDED)
        for notice in asking.notices:
            click.echo(said(notice), err=True)
        if not asking.is_whole:
            click.echo(said("first-rows", rows=f"{rows:,}"), err=True)
