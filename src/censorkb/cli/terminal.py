"""The terminal: progress, examples in the help, failures of the machine as sentences, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from censorkb.cli.language import said

WRONG_FACTS, FAILED, EXCEEDED, INTERRUPTED = 1, 3, 4, 130  # 2, wrong use, is click's own


def examples(*lines: str) -> str:
    """Return the examples of a command as click shows them below its options."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@contextmanager
def failures() -> Iterator[None]:
    """Turn failures of the machine into a sentence; faults of the program stay exceptions."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(said("interrupted"), err=True)
        sys.exit(INTERRUPTED)
    except OSError as fault:
        why = f"{fault.strerror}: {fault.filename}" if fault.strerror and fault.filename else fault.strerror
        click.echo(f"censorkb: {why or said(fault)}", err=True)
        sys.exit(FAILED)


def progress() -> Callable[[str], None]:
    """Return what says each step of long work: on a terminal, in silence elsewhere."""
    terminal = sys.stderr.isatty()
    return lambda step: click.echo(f"{click.style('·', fg='cyan')} {step}", err=True) if terminal else None
