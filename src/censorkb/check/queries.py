"""The queries of the checker: the patterns of SHACL's components, and the engine's own."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def read(folder: str, name: str) -> str:
    """Text of a query.

    Args:
        folder: `components` for those of SHACL's components, `sparql` for the engine's own.
        name: name of the file without its ending.

    Raises:
        FileNotFoundError: there is no such query.
    """
    return resources.files("censorkb.check").joinpath(folder, f"{name}.rq").read_text("utf-8")


@functools.cache
def has(folder: str, name: str) -> bool:
    """Whether there is such a query."""
    return resources.files("censorkb.check").joinpath(folder, f"{name}.rq").is_file()
