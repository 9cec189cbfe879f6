"""`censorkb endpoint`: whether a SPARQL server of others can be trusted with the questions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import said, speech
from censorkb.cli.terminal import FAILED, examples, failures
from censorkb.root import Root


@click.group(epilog=examples("censorkb endpoint check http://127.0.0.1:7878/query"))
def endpoint() -> None:
    """Work with SPARQL servers of others."""


@endpoint.command(
    short_help="Ask a server queries with known answers.",
    epilog=examples("censorkb endpoint check http://127.0.0.1:7878/query"),
)
@click.argument("url")
@click.option("--store", metavar="URL", help="Its graph store; default what Oxigraph and Virtuoso put beside queries.")
@click.option("--timeout", type=click.FloatRange(0), default=60.0, show_default=True, help="Seconds for each request.")
@options.root
def check(url: str, store: str | None, timeout: float, root: Path) -> None:
    """Ask the server at URL queries with known answers, and say what it gets wrong.

    Two small graphs are put into its store, asked and removed. Ends with 3 if an answer is wrong: then answers to the questions
    can be wrong, too, and nothing will say so.
    """
    with failures():
        from censorkb.ontology.ontology import Ontology
        from censorkb.query.endpoint.note import store_of
        from censorkb.query.endpoint.probe import check as run
        from censorkb.query.limits import Limits

        wrong, right, say = 0, 0, speech(None).say
        for found in run(Ontology(Root(root).ontology), url, store or store_of(url), Limits(timeout)):
            if found.fault:
                wrong += 1
                verdict = click.style(said("wrong"), fg="red")
                click.echo(f"{verdict}  {found.probe.name}: {say(found.probe.sentence)} {said(found.fault)}")
            else:
                right += 1
                click.echo(f"{click.style(said('right'), fg='green')}  {found.probe.name}: {say(found.probe.sentence)}")
        click.echo(said("probed", right=right, wrong=wrong), err=True)
        if wrong:
            sys.exit(FAILED)
