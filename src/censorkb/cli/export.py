"""`censorkb export`: the data set of the last build as Parquet."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import counted
from censorkb.cli.terminal import examples, failures, progress
from censorkb.root import Root


@click.command(
    short_help="Write the data set as Parquet.",
    epilog=examples(
        "censorkb export --parquet parquet",
        "censorkb query status-on --country ru --date 2026-02-12 --parquet parquet",
        """duckdb -c "FROM 'parquet/quads/*/*/*.parquet' LIMIT 10" """.rstrip(),
    ),
)
@click.option(
    "--parquet",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Where to write it; an export that is there is replaced when the new one is whole.",
)
@options.root
@options.out
def export(folder: Path, root: Path, out: Path | None) -> None:
    """Write the data set of the last build and the terms of the ontology as Parquet, for DuckDB, Spark and pandas.

    The files are DIR/quads/country=ru/year=2026/part-0.parquet and so on. A row is a statement:

    \b
      graph      the source that says it, or graph:derived for what follows
      subject    what it is about, such as id:ru-whatsapp-block
      predicate  such as ckb:country
      object     the value: a short name, or a text, number or moment as text
      kind       of the object: iri or literal
      datatype   of a literal, such as xsd:dateTime
      language   of a text, such as en, where it has one
      repeated   whether another row says the same for another graph
      country    of the subject, or of what it is a part of, such as ru
      year       in which a source and its claims were published, or a measure began

    Country and year are NULL (in folders __HIVE_DEFAULT_PARTITION__) where a thing has none. Several graphs may say the same: take what
    is NOT repeated to count it once. DIR/prefixes.csv says what short names stand for.

    Needs DuckDB: pip install duckdb.
    """
    with failures():
        from censorkb.ontology.ontology import Ontology
        from censorkb.query.parquet import PREFIXES, QUADS
        from censorkb.query.parquet.export import exporting
        from censorkb.site.publish import publishing

        _refuse(folder, out or root / "build")
        say = progress()
        with publishing(folder, made=(PREFIXES, f"{QUADS}/")) as draft:
            near = folder.absolute().parent
            with exporting(Ontology(Root(root).ontology), out or root / "build", near, say) as exported:
                for name, path in exported.files.items():
                    with draft.stream(name) as stream, path.open("rb") as file:
                        shutil.copyfileobj(file, stream)
        click.echo(counted("exported", exported.statements, files=f"{len(exported.files) - 1:,}", path=str(folder)))


def _refuse(folder: Path, out: Path) -> None:
    """Refuse a folder that is the output of a build, or in one: the one would replace the other."""
    from censorkb.problem import verbatim
    from censorkb.query.parquet import QUADS
    from censorkb.site.last_run import is_ours
    from censorkb.site.publish import CantPublish

    whole, inner = out.resolve(), folder.resolve()
    if inner.is_relative_to(whole) or (is_ours(str(folder)) and not (folder / QUADS).is_dir()):
        raise CantPublish("in-output", path=verbatim(str(folder)))
