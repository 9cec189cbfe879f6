"""DuckDB, which is there only where the extra `parquet` is installed, kept from the network and from what it is not to see."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from censorkb.problem import Refusal

if TYPE_CHECKING:
    import duckdb

_SHUT_IN = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


class NotInstalled(Refusal, OSError):
    """DuckDB is missing; the text is a sentence for the user."""


def connect(
    database: Path | None = None, megabytes: int = 0, threads: int = 0, spill: Path | None = None
) -> closing[duckdb.DuckDBPyConnection]:
    """Open a database.

    Args:
        database: its file; in memory without one.
        megabytes: memory it may take; 0 for most of what the machine has.
        threads: how many; 0 for one for each processor.
        spill: folder for what does not fit into the memory; without one it must fit.

    Raises:
        NotInstalled: there is no DuckDB.
    """
    try:
        import duckdb
    except ImportError:
        raise NotInstalled("no-duckdb") from None
    config: dict[str, str | bool | int | float | list[str]] = {**_SHUT_IN, "temp_directory": str(spill or "")}
    if megabytes:
        config["memory_limit"] = f"{megabytes}MiB"
    if threads:
        config["threads"] = threads
    return closing(duckdb.connect(str(database or ":memory:"), config=config))
