"""`censorkb check`: what in the facts must be mended, at file:line."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import options
from censorkb.cli.findings import FORMATS, fitting, show
from censorkb.cli.language import said
from censorkb.cli.terminal import WRONG_FACTS, examples, failures, progress
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.check.checker import Checked


@click.command(
    epilog=examples(
        "censorkb check",
        "censorkb check facts/sources/2026",
        "censorkb check --changed",
        "censorkb check --changed origin/main",
        "censorkb check --referee",
        "censorkb check --texts ../articles",
        "censorkb check --format sarif > censorkb.sarif",
        "censorkb check --lang fr",
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.root
@click.option(
    "--changed",
    metavar="[BASE]",
    is_flag=False,
    flag_value="",
    help="Report only what changed since BASE, a revision or a folder, and what depends on it; without BASE, since this branch left the default one.",
)
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
    changed: str | None,
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
            raise options.outside(outside[0], root)
        if changed is not None:
            if referee or texts:
                raise click.UsageError(said("changed-alone"))
            checked = check_changed(Root(root), changed or None, fresh)
        elif referee or texts:
            checked = run(Knowledge.read(Root(root)), referee=referee, texts=texts)
        else:
            ontology = Ontology(Root(root).ontology)
            with nullcontext() if fresh else caching(Root(root), ontology) as cache:
                checked = recheck(Root(root), ontology, cache, progress())
        if show(checked, paths, root, form or fitting(os.environ), language, site):
            sys.exit(WRONG_FACTS)


def check_changed(root: Root, base: str | None, fresh: bool) -> Checked:
    """Check what changed; see `Desk.check`."""
    from censorkb.desk.diff import Desk
    from censorkb.desk.repository import NoRevision
    from censorkb.ontology.ontology import Ontology

    try:
        return Desk(root, Ontology(root.ontology), fresh, progress()).check(base)
    except NoRevision as fault:
        raise click.UsageError(said(fault)) from None
