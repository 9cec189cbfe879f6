"""The queries that this room asks for itself."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def read(name: str) -> str:
    """Text of a query.

    Args:
        name: of the file without its ending.

    Raises:
        FileNotFoundError: there is no such query.
    """
    return resources.files("censorkb.query").joinpath("sparql", f"{name}.rq").read_text("utf-8")
