"""Exports: the data set of a build as Parquet, in a folder for each country and year.

The same statements give the same bytes: DuckDB writes them in one order with one thread, and sorts on the disk what does
not fit into its memory.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from censorkb.graph.export import NAMES
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Failure, verbatim
from censorkb.query.dataset import NotBuilt
from censorkb.query.generation import Origin, Say, Unsettled
from censorkb.query.parquet import PREFIXES, QUADS, duck, texts
from censorkb.query.parquet.lines import COLUMNS, lines

_MEGABYTES = 768  # for DuckDB
_ONE_BY_ONE = 1  # threads: more would write rows in an order of their own
_FOLDERS = ["country", "year"]


@dataclass(frozen=True, slots=True)
class Exported:
    """An export on its way.

    Args:
        statements: how many it has.
        files: path in the export, and where the file is until the export is closed.
    """

    statements: int
    files: dict[str, Path]


@contextmanager
def exporting(ontology: Ontology, out: Path, near: Path, say: Say) -> Iterator[Exported]:
    """Write the data set of a build and its terms as Parquet.

    Args:
        ontology: its terms are written beside the data, and its prefixes are used.
        out: folder of the build.
        near: folder for what is written on the way, several times the size of the export.
        say: told what is being done.

    Raises:
        NotBuilt: nothing was built there.
        NotInstalled: there is no DuckDB.
        OSError: a build is writing the data set, or the disk says no.
    """
    origin = Origin.of(ontology, out)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=near) as name:
        folder = Path(name)
        with duck.connect(folder / "sorting", _MEGABYTES, _ONE_BY_ONE, folder / "spill") as database:
            say("reading-data-set")
            rows = folder / "rows.ndjson"
            _write_rows(ontology, origin, rows)
            given = database.read_json(str(rows), format="newline_delimited", columns=COLUMNS)
            given.create("statements")
            rows.unlink()
            database.sql(texts.read("things")).create("things")
            say("sorting-rows")
            database.sql(texts.read("placed")).create("placed")
            placed = database.table("placed")
            say("writing-parquet")
            placed.write_parquet(
                str(folder / QUADS), partition_by=_FOLDERS, filename_pattern="part-{i}", compression="zstd"
            )
            statements = len(placed)
        (folder / PREFIXES).write_text(_prefixes(ontology), "utf-8", newline="")
        paths = [folder / PREFIXES, *sorted((folder / QUADS).rglob("*.parquet"))]
        yield Exported(statements, {path.relative_to(folder).as_posix(): path for path in paths})


def _write_rows(ontology: Ontology, origin: Origin, path: Path) -> None:
    try:
        with (origin.data / NAMES[0]).open("rb") as quads, path.open("xb") as rows:
            for name, portion in origin.portions().items():
                rows.write(lines(ontology.prefixes, origin.text(quads, name, portion)))
    except Unsettled:
        raise Failure("build-is-writing") from None
    except FileNotFoundError:
        raise NotBuilt("not-built", path=verbatim(str(origin.data.parent))) from None


def _prefixes(ontology: Ontology) -> str:
    """What the short names stand for."""
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(
        [("prefix", "namespace"), *sorted(ontology.prefixes.names.items())]
    )
    return table.getvalue()
