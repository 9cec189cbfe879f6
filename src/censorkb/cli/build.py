"""`censorkb build`: the data set and the site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.findings import show
from censorkb.cli.language import counted, said
from censorkb.cli.terminal import WRONG_FACTS, examples, failures, progress
from censorkb.root import Root

FACTS_URL = "https://github.com/censorkb/censorkb/blob/main/"


@click.command(epilog=examples("censorkb build", "censorkb build --out public", "censorkb build --root ../my-facts"))
@options.root
@options.out
@options.fresh
@click.option("--facts-url", default=FACTS_URL, show_default=True, help="Where the fact files can be seen on the web.")
def build(root: Path, out: Path | None, facts_url: str, fresh: bool) -> None:
    """Check the facts, then write the data set and the site.

    With an error in the facts nothing is written and the last good output stays.
    """
    with failures():
        from censorkb.problem import verbatim
        from censorkb.site.build import build as run

        out = out or root / "build"
        built = run(Root(root), out, facts_url, progress(), fresh=fresh)
        if built.checked.errors:
            show(built.checked, (), root)
            click.echo(said("mend-first"), err=True)
            sys.exit(WRONG_FACTS)
        click.echo(counted("pages", built.pages, path=str(out / "site" / "index.html")))
        click.echo(said("data-set", path=verbatim(str(out / "data"))))
