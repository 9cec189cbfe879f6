"""The terminal: progress, examples in the help, failures of the machine as sentences, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from censorkb.cli.help import examples as examples
from censorkb.cli.language import said

if TYPE_CHECKING:
    from censorkb.problem import Phrase

WRONG_FACTS, FAILED, EXCEEDED, INTERRUPTED = 1, 3, 4, 130  # 2, wrong use, is click's own


@contextmanager
def failures() -> Iterator[None]:
    """Turn failures of the machine into a sentence; faults of the program stay exceptions."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(said("interrupted"), err=True)
        sys.exit(INTERRUPTED)
    except OSError as fault:
        click.echo(f"censorkb: {said(fault)}", err=True)
        sys.exit(FAILED)


def progress() -> Callable[[str | Phrase], object]:
    """Return what says each step of long work, a phrase or its name: on a terminal, in silence elsewhere."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda step: click.echo(f"{click.style('·', fg='cyan')} {said(step)}", err=True)
