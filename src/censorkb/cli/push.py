"""`censorkb push`: the data set of the last build into a SPARQL server."""

from __future__ import annotations

from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import counted, said
from censorkb.cli.terminal import examples, failures, progress
from censorkb.root import Root


@click.command(
    short_help="Put the data set into a SPARQL server.",
    epilog=examples(
        "censorkb push --endpoint http://127.0.0.1:7878/query",
        "censorkb push --endpoint https://sparql.example.org/sparql --store https://sparql.example.org/graphs",
    ),
)
@click.option("--endpoint", required=True, metavar="URL", help="Where the server takes queries.")
@click.option("--store", metavar="URL", help="Its graph store; default what Oxigraph and Virtuoso put beside queries.")
@click.option("--timeout", type=click.FloatRange(0), default=300.0, show_default=True, help="Seconds for each request.")
@options.root
@options.out
def push(endpoint: str, store: str | None, timeout: float, root: Path, out: Path | None) -> None:
    """Put the data set of the last build into a SPARQL server, a graph for each source.

    Only graphs that have changed since the last push are sent; a push that was interrupted goes on where it was. Each graph is
    read back and compared, and in the end all are counted. Name and password come from CENSORKB_ENDPOINT_USER and
    CENSORKB_ENDPOINT_PASSWORD or from a netrc file.
    """
    with failures():
        from censorkb.ontology.ontology import Ontology
        from censorkb.query.endpoint.note import store_of
        from censorkb.query.endpoint.push import Push
        from censorkb.query.limits import Limits

        run = Push(
            Ontology(Root(root).ontology),
            out or root / "build",
            endpoint,
            store or store_of(endpoint),
            Limits(timeout),
            progress(),
        )
        try:
            done = run.run()
        finally:
            run.stop()
        graphs, statements = counted("graphs-there", done.graphs), counted("statements-there", done.statements)
        put, removed = counted("graphs-put", done.put), counted("graphs-removed", done.removed)
        click.echo(said("pushed", put=put, removed=removed, graphs=graphs, statements=statements))
