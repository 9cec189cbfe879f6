"""`censorkb check`: what in the facts must be mended, at file:line."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.findings import FORMATS, fitting, show
from censorkb.cli.terminal import WRONG_FACTS, examples, failures, progress
from censorkb.root import Root


@click.command(
    epilog=examples(
        "censorkb check",
        "censorkb check facts/sources/2026",
        "censorkb check --referee",
        "censorkb check --texts ../articles",
        "censorkb check --format sarif > censorkb.sarif",
        "censorkb check --lang fr",
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.root
@click.option("--referee", is_flag=True, help="Judge the shapes with pySHACL; slow, the same report.")
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the texts of copies: check quotes letter by letter.",
)
@options.fresh
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to report; default github in GitHub Actions (GITHUB_ACTIONS=true), else text.",
)
@options.language
@click.option("--site", default="", help="Web address of the published site, for links to the pages of rules.")
def check(
    paths: tuple[Path, ...],
    root: Path,
    referee: bool,
    texts: Path | None,
    fresh: bool,
    form: str | None,
    language: str | None,
    site: str,
) -> None:
    """Check the facts and say at file:line what to mend.

    PATHS limits the report to files or folders; all facts are looked at, since they refer to each other, but those that
    no change has affected since the last run are taken as they were found then.
    """
    with failures():
        from censorkb.check.checker import check as run
        from censorkb.check.recheck import recheck
        from censorkb.graph.cache import caching
        from censorkb.graph.knowledge import Knowledge
        from censorkb.ontology.ontology import Ontology

        outside = [path for path in paths if not path.resolve().is_relative_to(root.resolve())]
        if outside:
            raise click.UsageError(
                f"{click.format_filename(outside[0])} is not in the knowledge base {click.format_filename(root)}"
            )
        if referee or texts:
            checked = run(Knowledge.read(Root(root)), referee=referee, texts=texts)
        else:
            ontology = Ontology(Root(root).ontology)
            with nullcontext() if fresh else caching(Root(root), ontology) as cache:
                checked = recheck(Root(root), ontology, cache, progress())
        if show(checked, paths, root, form or fitting(os.environ), language, site):
            sys.exit(WRONG_FACTS)
