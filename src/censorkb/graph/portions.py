"""Portions: where the lines of each fact file stand in the N-Quads of record, told in a file beside them.

Whoever has loaded the data set before need then load only the portions whose checksum is another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from censorkb.graph.contents import Contents

FILE = "portions.json"


@dataclass(frozen=True, slots=True)
class Portion:
    """The lines of a fact file in the N-Quads.

    Args:
        start: position of the first byte.
        size: how many bytes they have.
        record: SHA-256 of them.
    """

    start: int
    size: int
    record: str


def write(contents: Contents) -> bytes:
    """Tell where the portions of a data set stand: JSON, a portion a line."""
    quoted = json.JSONEncoder(ensure_ascii=False).encode
    rows = (
        f'{quoted(name)}: [{each.starts[0]}, {each.sizes[0]}, "{each.record}"]'
        for name, each in contents.extents.items()
    )
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()


def read(text: bytes) -> dict[str, Portion]:
    """Read what `write` told, by name of the fact file.

    Raises:
        ValueError: it is something else.
    """
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("no table of portions")
    portions = {}
    for name, row in found.items():
        match row:
            case [int(start), int(size), str(record)] if start >= 0 and size >= 0:
                portions[name] = Portion(start, size, record)
            case _:
                raise ValueError("no place of a portion")
    return portions
