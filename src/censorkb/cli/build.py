"""`censorkb build`: the data set and the site."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from censorkb.cli import options
from censorkb.cli.findings import show
from censorkb.cli.language import counted, said
from censorkb.cli.terminal import WRONG_FACTS, examples, failures, progress
from censorkb.root import Root

FACTS_URL = "https://github.com/censorkb/censorkb/blob/main/"


def _address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """An address of a folder on the web, with the stroke at its end; click.BadParameter if it is none."""
    parts = urlsplit(value)
    if value and (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.query
        or parts.fragment
        or not re.fullmatch(r"[\w:/.~@%+-]+", value, re.ASCII)
    ):
        raise click.BadParameter(said("base-url", value=value))
    return value and value.rstrip("/") + "/"


@click.command(
    epilog=examples(
        "censorkb build",
        "censorkb build --out public",
        "censorkb build --release --base-url https://facts.example.org/",
        "censorkb build --endpoint http://127.0.0.1:7878/query",
    )
)
@options.root
@options.out
@options.fresh
@click.option(
    "--endpoint",
    default="",
    metavar="URL",
    help="Ask a SPARQL server that has the data set ('censorkb push') what the pages show. The files of the data set are"
    " made from the facts here all the same, and everything is written anew.",
)
@click.option("--facts-url", default=FACTS_URL, show_default=True, help="Where the fact files can be seen on the web.")
@click.option(
    "--base-url",
    default="",
    callback=_address,
    help="Where the site will be on the web, for what needs whole addresses: canonical links, a site map, redirects.",
)
@click.option(
    "--release",
    is_flag=True,
    help="Also write what takes as long as all the rest: an SQLite database, and the site as a zip.",
)
@click.option(
    "--images",
    is_flag=True,
    help="Also make the pictures that others show when somebody shares a page; needs --base-url and censorkb[images].",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    metavar="N",
    help="How many processes make pages when all are made. If you don't say, one for each processor, or as few as need"
    " less than 2 GB of memory together: for more than 15,000 claims a single one.",
)
def build(
    root: Path,
    out: Path | None,
    endpoint: str,
    facts_url: str,
    base_url: str,
    release: bool,
    images: bool,
    jobs: int | None,
    fresh: bool,
) -> None:
    """Check the facts, then write the data set and the site.

    With an error in the facts nothing is written and the last good output stays.
    """
    with failures():
        from censorkb.problem import verbatim
        from censorkb.site.build import Asked
        from censorkb.site.build import build as run
        from censorkb.site.pictures import can_be_made

        if images and not base_url:
            raise click.UsageError(said("images-alone"))
        if images and not can_be_made():
            raise click.UsageError(said("no-pictures"))

        out = out or root / "build"
        asked = Asked(facts_url, base_url, release, images, endpoint)
        built = run(Root(root), out, asked, progress(), fresh=fresh, jobs=jobs)
        if built.checked.errors:
            show(built.checked, (), root)
            click.echo(said("mend-first"), err=True)
            sys.exit(WRONG_FACTS)
        click.echo(counted("pages", built.pages, path=str(out / "site" / "index.html")))
        click.echo(said("data-set", path=verbatim(str(out / "data"))))
