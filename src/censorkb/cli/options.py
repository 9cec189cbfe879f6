"""Options that several commands have, each with one meaning."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from censorkb.check.translation import CODES
from censorkb.cli.language import said

root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the knowledge base; default the current one.",
)
fresh = click.option(
    "--no-cache",
    "fresh",
    is_flag=True,
    help="Read and check everything, and leave nothing to later runs in the folder that CENSORKB_CACHE names.",
)
out = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the output; default build/ in the knowledge base."
)
language = click.option(
    "--lang",
    "language",
    type=click.Choice(CODES),
    help="Language of the messages; default that of LC_ALL, LC_MESSAGES or LANG, else English.",
)


class Day(click.DateTime):
    """A day, year-month-day; what is none is refused in words that do not need a programmer."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # as click has it
        """The beginning of the day."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(said("no-day", word=str(value)), param, ctx)


def outside(path: Path, root: Path) -> click.UsageError:
    """Make the error that a path is not in the knowledge base."""
    from censorkb.problem import verbatim

    names = [verbatim(click.format_filename(each)) for each in (path, root)]
    return click.UsageError(said("outside", path=names[0], root=names[1]))


def inside(root: Path, paths: Iterable[Path]) -> list[str]:
    """Return paths as they are called in the knowledge base, with `/`.

    Raises:
        click.UsageError: one is not in it.
    """
    whole = root.resolve()
    for path in paths:
        if not (path.parent.resolve() / path.name).is_relative_to(whole):
            raise outside(path, root)
    return [
        (path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name).relative_to(whole).as_posix()
        for path in paths
    ]
