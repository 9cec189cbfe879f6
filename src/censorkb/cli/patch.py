"""Changes of fact files, shown on the terminal as a unified diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from censorkb.cli.language import said

if TYPE_CHECKING:
    from censorkb.desk.change import Change

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def show(changes: Iterable[Change]) -> None:
    """Print what changes, line by line; in colour on a terminal."""
    for change in changes:
        for number, line in enumerate(_lines(change)):
            if number < 2:
                click.secho(line, bold=True)
            else:
                click.secho(line, fg=_COLOURS.get(line[:1]))


def _lines(change: Change) -> Iterator[str]:
    from difflib import unified_diff

    before, after = (text.splitlines() for text in (change.before.replace("\r\n", "\n"), change.after))
    none = said("no-file")
    old, new = (change.name if text else none for text in (change.before, change.after))
    yield from unified_diff(before, after, old, new, lineterm="")
    if "\r\n" in change.before:
        yield "- lines that end as on Windows (CR LF)"
        yield "+ lines that end as elsewhere (LF)"
    if change.before and not change.before.endswith("\n"):
        yield "+ a line end at the end of the file"
