"""`censorkb tidy`: fact files in their canonical form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import counted, said
from censorkb.cli.terminal import WRONG_FACTS, examples, failures
from censorkb.root import Root


@click.command(
    short_help="Bring fact files into their canonical form.",
    epilog=examples("censorkb tidy", "censorkb tidy facts/sources/2026", "censorkb tidy --check"),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.root
@click.option(
    "--check", "checking", is_flag=True, help="Write nothing; show what would change, and exit 1 if it would."
)
def tidy(paths: tuple[Path, ...], root: Path, checking: bool) -> None:
    """Bring fact files into their canonical form: order of keys, quotation marks, indentation, blank lines.

    What they say stays the same, and so does every comment. PATHS are files or folders; default all facts. A file that
    can't be read is named with its problem and left alone.
    """
    with failures():
        from censorkb.cli import findings, patch
        from censorkb.desk.change import apply
        from censorkb.desk.tidy import tidy as run
        from censorkb.ontology.ontology import Ontology
        from censorkb.problem import verbatim

        within = options.inside(root, paths) or ["facts"]
        tidied = run(Root(root), Ontology(Root(root).ontology), within)
        if tidied.problems:  # what prints them is slow to load
            findings.print_all(tidied.problems)
        if checking:
            patch.show(tidied.changes)
        else:
            apply(root, tidied.changes)
            for change in tidied.changes:
                click.echo(said("tidied", path=verbatim(change.name)))
        left = len(tidied.problems) and len({p.place.file for p in tidied.problems})
        click.echo(_summary(tidied.files, len(tidied.changes), left, checking), err=True)
        if tidied.problems or (checking and tidied.changes):
            sys.exit(WRONG_FACTS)


def _summary(files: int, changed: int, left: int, checking: bool) -> str:
    parts = [counted("files", files) if files else said("no-files")]
    if changed:
        parts.append(counted("files-untidy" if checking else "files-tidied", changed))
    if left:
        parts.append(counted("files-left", left))
    return ", ".join([*parts, *([said("all-tidy")] if files and len(parts) == 1 else [])])
