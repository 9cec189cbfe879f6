"""`censorkb serve`: the site while you work on it, and the data set for SPARQL clients, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import options
from censorkb.cli.build import FACTS_URL
from censorkb.cli.findings import show
from censorkb.cli.language import counted, said, speech
from censorkb.cli.terminal import examples, failures, progress
from censorkb.problem import Place, problem
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.site.preview.live import Live, Standing

_READERS = 8  # requests for pages at once; a browser makes up to six


@click.command(
    epilog=examples(
        "censorkb serve --open",
        "censorkb serve --port 0 --lang fr",
        "censorkb serve --site --sparql",
        "censorkb serve --sparql --port 0 --engines 4",
        "censorkb serve --sparql --allow-origin https://facts.example.org",
    )
)
@click.option("--site", is_flag=True, help="Show the site and build it again after each change; default.")
@click.option(
    "--sparql", is_flag=True, help="Serve a SPARQL 1.1 endpoint; queries only. Builds nothing without --site."
)
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 for any that is free.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
@options.language
@click.option("--timeout", type=click.FloatRange(0), default=60.0, show_default=True, help="Seconds for a question.")
@click.option("--limit", type=click.IntRange(0), default=100_000, show_default=True, help="Most rows of an answer.")
@click.option("--memory", type=click.IntRange(0), default=4096, show_default=True, help="Megabytes for each engine.")
@click.option("--engines", type=click.IntRange(1, 64), default=2, show_default=True, help="Questions answered at once.")
@click.option("--body", type=click.IntRange(1), default=1 << 20, show_default=True, help="Most bytes of a request.")
@click.option("--allow-origin", multiple=True, help="A web site whose pages may ask; * for all. Can be repeated.")
@click.option("--allow-network", is_flag=True, help="Let SERVICE in a query ask other servers.")
@options.root
@options.out
@options.fresh
@click.option("--facts-url", default=FACTS_URL, show_default=True, help="Where the fact files can be seen on the web.")
def serve(
    site: bool,
    sparql: bool,
    port: int,
    opens: bool,
    language: str | None,
    timeout: float,
    limit: int,
    memory: int,
    engines: int,
    body: int,
    allow_origin: tuple[str, ...],
    allow_network: bool,
    root: Path,
    out: Path | None,
    fresh: bool,
    facts_url: str,
) -> None:
    """Show the site in your browser while you edit, until Ctrl-C.

    A change of facts, ontology or templates is built at once and the open pages show it. Errors in the facts stand in the
    page, below the last good site, until they are mended.

    With --sparql, SPARQL clients are answered from the last build; a new one is answered from as soon as it is there.

    Programs on other machines can't reach this, nor can pages of other web sites unless --allow-origin lets them ask.
    """
    site = site or not sparql
    if opens and not site:
        raise click.UsageError(said("open-alone"))
    with failures():
        from censorkb.ontology.ontology import Ontology
        from censorkb.query.endpoint.server import serve as run
        from censorkb.query.endpoint.service import PATH, Policy, Service
        from censorkb.query.limits import Limits
        from censorkb.site.preview.service import Preview

        folder = out or root / "build"
        policy = Policy(Limits(timeout, memory, allow_network), limit, body, engines, allow_origin)

        def endpoint(port: int) -> Service:
            return Service(Ontology(Root(root).ontology), folder, policy, port)

        threads = engines + 2 if sparql else 0  # so that somebody can say that all engines are at work
        if not site:
            run(endpoint, port, lambda address: _say(address, "", PATH, opens), threads=threads, body=body)
            return
        live = _live(root, folder, facts_url, language, fresh)

        def preview(port: int) -> Preview:
            live.renew([])
            return Preview(folder / "site", live, speech(language), port, endpoint(port) if sparql else None)

        with live.watching():
            asked = PATH if sparql else ""
            run(preview, port, lambda address: _say(address, "/", asked, opens), threads=threads + _READERS, body=body)


def _say(address: str, site: str, sparql: str, opens: bool) -> None:
    """Say where to look and where to ask; paths are empty for what is not served."""
    server = f"http://{address}"
    if sparql:
        click.echo(said("serving-queries", address=f"{server}{sparql}"))
    if site:
        click.echo(said("serving-site", address=f"{server}{site}"))
    click.echo(said("serving"))
    if opens:
        click.launch(f"{server}{site}")


def _live(root: Path, out: Path, facts_url: str, language: str | None, fresh: bool) -> Live:
    """What builds after each change, and says so in the terminal."""
    from censorkb.site.build import build
    from censorkb.site.preview.live import Live

    facts = Root(root).facts
    if not facts.is_dir():
        fault = problem(Place(facts.name), "missing-facts", folder=str(facts))
        raise click.UsageError(f"{said(fault.wrong)}; {said(fault.mend)}")

    def told(standing: Standing, changed: list[Path]) -> None:
        if changed:
            click.echo(_named(root, [path for path in changed if path.exists()] or changed))
        if standing.fault:
            click.echo(f"censorkb: {said(standing.fault)}\n{standing.trace}".rstrip(), err=True)
        elif standing.obstacle:
            show(standing.obstacle, (), root, language=language)
        elif standing.built:
            made = f"{standing.built.written:,}"
            click.echo(counted("pages-made", standing.built.pages, made=made))

    return Live(Root(root), lambda: build(Root(root), out, facts_url, progress(), fresh=fresh), told)


def _named(root: Path, paths: list[Path]) -> str:
    """What has changed: the first of some files, and how many others there are."""
    first = paths[0]
    name = first.relative_to(root.resolve()) if first.is_relative_to(root.resolve()) else first.name
    path = click.format_filename(str(name))
    return counted("changed-more", len(paths) - 1, path=path) if len(paths) > 1 else said("changed", path=path)
