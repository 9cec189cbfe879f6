"""`censorkb serve`: the data set of the last build for SPARQL clients on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import said
from censorkb.cli.terminal import examples, failures
from censorkb.root import Root


@click.command(
    epilog=examples(
        "censorkb serve --sparql",
        "censorkb serve --sparql --port 0 --engines 4",
        "censorkb serve --sparql --allow-origin https://facts.example.org",
    )
)
@click.option("--sparql", is_flag=True, required=True, help="Serve a SPARQL 1.1 endpoint; queries only.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 for any that is free.")
@click.option("--timeout", type=click.FloatRange(0), default=60.0, show_default=True, help="Seconds for a question.")
@click.option("--limit", type=click.IntRange(0), default=100_000, show_default=True, help="Most rows of an answer.")
@click.option("--memory", type=click.IntRange(0), default=4096, show_default=True, help="Megabytes for each engine.")
@click.option("--engines", type=click.IntRange(1, 64), default=2, show_default=True, help="Questions answered at once.")
@click.option("--body", type=click.IntRange(1), default=1 << 20, show_default=True, help="Most bytes of a request.")
@click.option("--allow-origin", multiple=True, help="A web site whose pages may ask; * for all. Can be repeated.")
@click.option("--allow-network", is_flag=True, help="Let SERVICE in a query ask other servers.")
@options.root
@options.out
def serve(
    sparql: bool,  # noqa: ARG001 - required, so that there is room for another kind of service
    port: int,
    timeout: float,
    limit: int,
    memory: int,
    engines: int,
    body: int,
    allow_origin: tuple[str, ...],
    allow_network: bool,
    root: Path,
    out: Path | None,
) -> None:
    """Answer SPARQL clients on this machine until Ctrl-C.

    Programs on other machines can't reach it, nor can pages of other web sites unless --allow-origin lets them. A new build
    is answered from as soon as it is there.
    """
    with failures():
        from censorkb.ontology.ontology import Ontology
        from censorkb.query.endpoint.server import serve as run
        from censorkb.query.endpoint.service import Policy
        from censorkb.query.limits import Limits

        policy = Policy(Limits(timeout, memory, allow_network), limit, body, engines, allow_origin)

        def ready(address: str) -> None:
            click.echo(said("serving", address=address))

        run(Ontology(Root(root).ontology), out or root / "build", policy, port, ready)
