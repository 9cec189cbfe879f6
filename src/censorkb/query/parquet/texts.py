"""The SQL of this room: what all engines read alike, but for `things` and `placed`, by which DuckDB makes the folders.

Statements are in the view `quads`, what the asker has given in `asked`, which has one row with a column for each
parameter. Columns that would be words of SQL have a `_` at their end.
"""

from __future__ import annotations

import functools
from importlib import resources

VIEWS = ("triples", "reports", "intervals", "severities")  # each may ask the ones before
_FOLDER = resources.files("censorkb.query.parquet").joinpath("sql")


@functools.cache
def read(name: str) -> str:
    """Text of a query.

    Args:
        name: of the file without its ending; those of questions are in the folder `questions/`.

    Raises:
        FileNotFoundError: there is no such query.
    """
    return _FOLDER.joinpath(f"{name}.sql").read_text("utf-8")


def questions() -> list[str]:
    """Names of the questions that can be asked in SQL."""
    return sorted(file.name.removesuffix(".sql") for file in _FOLDER.joinpath("questions").iterdir())


def question(name: str) -> str:
    """Text of a question."""
    return read(f"questions/{name}")
