"""Reviewing without a terminal: a page to read and decide on, and the decisions that come back from it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli.language import counted, said, speech
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.desk.session import Session
    from censorkb.desk.verdict import Outcome

_DECISIONS = "decisions.json"


def write_page(session: Session, root: Root, path: Path) -> None:
    """Write the page of all that waits; nobody but the user may read it, since it has sentences of articles."""
    from censorkb.desk.sheet import cards
    from censorkb.problem import Phrase, Refusal
    from censorkb.site.review_page import Words, render

    def shown(what: object) -> str:
        return said(what) if isinstance(what, Phrase | Refusal) else str(what)

    found = cards(session)
    page = render(root.templates, found, Words(speech(None).name, said, counted, shown), _DECISIONS)
    if str(path) == "-":
        sys.stdout.buffer.write(page)
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # made for the user alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(page)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    click.echo(counted("page-written", len(found), path=click.format_filename(path)))


def apply(session: Session, path: Path) -> bool:
    """Carry out the decisions in a file, and say what came of each; whether all could be.

    Raises:
        click.UsageError: it is not a file of decisions.
    """
    from censorkb.desk.verdict import MOST_BYTES, WrongVerdicts, carry_out, read

    try:
        with click.open_file(str(path), "rb") as file:
            verdicts = read(file.read(MOST_BYTES + 1))
    except WrongVerdicts as fault:
        raise click.UsageError(said("of-file", path=click.format_filename(path), why=fault.why)) from None
    outcomes = list(map(_tell, carry_out(session, verdicts)))
    over = sum(outcome.is_over for outcome in outcomes)
    if over:
        click.echo(counted("verdicts-over", over), err=True)
    return not any(outcome.why for outcome in outcomes)


def _tell(outcome: Outcome) -> Outcome:
    verdict = outcome.verdict
    if outcome.why:
        click.echo(said("verdict-left", file=verdict.file, id=verdict.id, why=outcome.why), err=True)
    for name in outcome.files:
        click.echo(said("verdict-done", id=verdict.id, path=name))
    return outcome
