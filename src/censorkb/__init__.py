"""censorkb: who says that which internet service was blocked, where, when, and on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from censorkb.query.knowledge_base import KnowledgeBase

__version__ = "0.1.0"


def open(  # noqa: A001 - analysts write censorkb.open()
    path: str | os.PathLike[str] = ".",
    *,
    out: str | os.PathLike[str] | None = None,
    timeout: float = 60.0,
    memory: int = 4096,
    endpoint: str = "",
) -> KnowledgeBase:
    """Open a knowledge base for questions from Python.

    Args:
        path: folder of the knowledge base.
        out: folder of its last build; `build` in the knowledge base without it.
        timeout: seconds for a question; 0 for no end.
        memory: megabytes for a question; 0 for no bound.
        endpoint: address of a SPARQL server that has the data set (`censorkb push`), asked instead of the build.

    Raises:
        NotADirectoryError: there is no such folder.
    """
    from censorkb.query.knowledge_base import open_knowledge_base

    return open_knowledge_base(path, out, timeout, memory, endpoint)
