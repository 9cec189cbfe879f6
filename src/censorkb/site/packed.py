"""The data set packed for a browser: compressed, each file with a script beside it that carries the same bytes.

A page that was opened as a file may fetch nothing but scripts.
"""

from __future__ import annotations

import base64
import gzip
from dataclasses import dataclass

from censorkb.graph import export
from censorkb.site.data import FOLDER
from censorkb.site.draft import Draft
from censorkb.site.published import COPY

MOST = 200_000  # statements; a phone takes 5 s to load them, and 100 MB
GRAPHS = f"{export.STEM}.trig"
FILES = (f"{export.STEM}.ttl", export.VOCABULARY, GRAPHS)
ENDING, SCRIPT = ".gz", ".gz.js"
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed.

    Args:
        statements: how many the data set has.
        size: bytes that are loaded to ask it; 0 if it is too large to be packed.
        data: address from the root of the site of the statements without graphs.
        terms: address of the terms of the ontology.
        graphs: address of the statements in their graphs, which only queries that name graphs need.
    """

    statements: int
    size: int
    data: str = ""
    terms: str = ""
    graphs: str = ""

    @property
    def kilobytes(self) -> int:
        """The size as a reader is told it."""
        return -(-self.size // 1024)


def pack(draft: Draft, statements: int, most: int = MOST) -> Packed:
    """Pack the data set of a draft, if it is not too large.

    Args:
        draft: it has the data set already.
        statements: how many that has.
        most: how many statements are not too many.
    """
    names = {file: f"{COPY}/{file}{ENDING}" for file in FILES}
    if statements > most:
        for file in FILES:
            draft.remove(names[file])
            draft.remove(f"{COPY}/{file}{SCRIPT}")
        return Packed(statements, 0)
    size = 0
    for file in FILES:
        with open(draft.path(f"{FOLDER}/{file}"), "rb") as whole:
            content = gzip.compress(whole.read(), _LEVEL, mtime=0)
        size += len(content) if file != GRAPHS else 0
        draft.write(names[file], content)
        draft.write(f"{COPY}/{file}{SCRIPT}", as_script(content))
    return Packed(statements, size, *(names[file].partition("/")[2] for file in FILES))


def as_script(content: bytes) -> bytes:
    """A script that hands over some bytes to `engine.js`."""
    return b'(globalThis.censorkbBytes??=[]).push("' + base64.b64encode(content) + b'")\n'
