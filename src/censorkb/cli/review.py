"""`censorkb review`: a person decides on proposed claims, one after the other, by keyboard."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from censorkb.cli import options, reviewing
from censorkb.cli.language import said
from censorkb.cli.terminal import FAILED, examples, failures
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.desk.exhibit import Exhibit
    from censorkb.desk.nearest import Neighbour
    from censorkb.desk.session import Session
    from censorkb.desk.waiting import Proposal

_LIGHTS: dict[str, dict[str, Any]] = {
    "quote": {"bold": True},
    "act": {"reverse": True},
    "date": {"underline": True},
    "": {},
}
_PHASES = {"in-force": "red", "announced": "yellow", "attempted": "yellow", "threatened": "magenta", "ended": "green"}
_STOP = ("q", "\x03", "\x04", "")
_KEYS = (
    ("a", "accept", "as it stands; if it names no measure, a new one begins with it"),
    ("1-9", "join", "it is about that known measure: the same, further evidence, or a conflict"),
    ("e", "edit", "open the claim in $EDITOR, and look at it again"),
    ("r", "refuse", "keep it in facts/refused/ with your reason, and never propose it again"),
    ("s", "later", "leave it where it is, until the next time"),
    ("q", "stop", "everything that you have decided is written"),
    ("?", "help", "this"),
)


@click.command(
    short_help="Decide on proposed claims, by keyboard.",
    epilog=examples(
        "censorkb review",
        "censorkb review facts/proposed/2026-02-11-reuters-whatsapp.yaml",
        "censorkb review --html ../review.html",
        "censorkb review --decisions ../decisions.json",
    ),
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.root
@click.option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what waits as one page instead, to decide on in a browser; it has sentences of articles, so keep it out of"
    " the repository.",
)
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Carry out the decisions that were taken on such a page.",
)
def review(files: tuple[Path, ...], root: Path, page: Path | None, decisions: Path | None) -> None:
    """Decide on the claims under facts/proposed/: accept, edit or refuse each, by one key.

    Each decision is written at once, so you can stop at any time and go on later. What you accept goes to facts/sources/,
    what you refuse to facts/refused/, where it is kept and never proposed again.
    """
    if page and decisions:
        raise click.UsageError(said("page-or-decisions"))
    with failures():
        from censorkb.desk.session import Session
        from censorkb.ontology.ontology import Ontology

        session = Session(Root(root), Ontology(Root(root).ontology), options.inside(root, files))
        if page:
            reviewing.write_page(session, Root(root), page)
        if page or decisions:
            whole = reviewing.apply(session, decisions) if decisions else True
            _end(session, decided=not page, whole=whole)
            return
        number = 0
        while (proposal := session.next()) is not None:
            number += 1
            _show(session, proposal, number)
            if not _decided(session, proposal):
                break
        _end(session)


def _end(session: Session, decided: bool = True, whole: bool = True) -> None:
    for fault in session.problems():
        click.echo(f"{fault.place}: {fault.severity} {fault.rule}  {fault.message}; {fault.fix}", err=True)
    if decided:
        _sum_up(session)
    if session.problems() or not whole:
        sys.exit(FAILED)


def _sum_up(session: Session) -> None:
    counts = ", ".join(f"{count} {what}" for what, count in session.counts.items() if count)
    left = session.left()
    click.echo(f"{counts or 'nothing decided'}; {left} left" if left else f"{counts or 'nothing to decide'}; none left")
    if session.counts["accepted"]:
        click.echo("look at what follows: censorkb check --changed")


def _show(session: Session, proposal: Proposal, number: int) -> None:
    seen = session.exhibit(proposal)
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    click.echo()
    head = f"{number} of {number + session.left() - 1}  {proposal.file}  {proposal.id}"
    click.echo(click.style(click.unstyle(head), dim=True))
    phase = click.style(seen.phase.upper(), fg=_PHASES.get(seen.phase, "cyan"), bold=True)
    click.echo(f"{phase}  {' · '.join(seen.act)}{_sure(seen)}")
    click.echo()
    _passage(seen, width)
    click.echo()
    for line in seen.dates:
        click.echo(f"  date     {line}")
    for key, text in seen.rows:
        click.echo(f"  {key:<8} {text}")
    if seen.doubts:
        click.echo(f"  look at  {click.style(', '.join(seen.doubts), fg='yellow')}")
    for name in seen.unknown:
        click.echo(f"  {click.style('new', fg='yellow')}      no file is about {name} yet: censorkb new")
    _neighbours(session.near(proposal))


def _sure(seen: Exhibit) -> str:
    return f"  {click.style(f'{seen.confidence:.0%} sure', dim=True)}" if seen.confidence is not None else ""


def _passage(seen: Exhibit, width: int) -> None:
    """The sentence, wrapped, with its spans lit."""
    line, column = "  ", 2
    for span in seen.passage:
        for word in span.text.replace(" ", "\0 \0").split("\0"):
            if word == " " and column >= width - 12:
                click.echo(line)
                line, column = "  ", 2
            elif word:
                line += click.style(word, **_LIGHTS[span.light])
                column += len(word)
    click.echo(line)
    if not seen.is_whole:
        click.echo(click.style("  the text is not at hand; open the source, or propose it again", dim=True))


def _neighbours(near: list[Neighbour]) -> None:
    if not near:
        click.echo("  near     no known measure of this target and country")
    for number, one in enumerate(near[:9], 1):
        away = "time not known" if one.days is None else "same time" if one.days == 0 else f"{one.days} days away"
        dates = f", {', '.join(one.dates[:3])}" if one.dates else ""
        click.echo(
            f"  near {click.style(str(number), bold=True)}   {one.label} ({one.id}; {one.action}; {away}{dates})"
        )


def _decided(session: Session, proposal: Proposal) -> bool:
    """Take a key until the claim is dealt with; False if the reviewer stops."""
    from censorkb.desk.decision import CantDecide

    near = session.near(proposal)[:9]
    while True:
        click.echo(f"  {_menu(len(near))} ", nl=False)
        key = _key()
        if key in _STOP:
            return False
        try:
            if _carried_out(session, proposal, near, key):
                return True
        except CantDecide as fault:
            click.echo(f"  {fault}", err=True)
        except click.Abort:
            click.echo()  # a question was left; the claim is still to be decided


def _key() -> str:
    """The next key; that of the end if there is nobody to press one."""
    try:
        key = click.getchar()
    except (EOFError, KeyboardInterrupt):
        key = "q"
    except OSError:
        raise click.UsageError("review asks for keys, so it needs a terminal") from None
    click.echo(key if key.isprintable() else "")
    return key


def _carried_out(session: Session, proposal: Proposal, near: list[Neighbour], key: str) -> bool:
    """Do what a key stands for; False if the claim is still to be decided."""
    if key == "a":
        _tell(session.accept(proposal))
    elif key.isdecimal() and 1 <= int(key) <= len(near):
        how = click.prompt("    same, evidence or conflict", type=click.Choice(("s", "e", "c")), default="e")
        _tell(session.join(proposal, near[int(key) - 1], how))
    elif key == "e":
        _edited(session, proposal)
    elif key == "r":
        _tell(session.refuse(proposal, click.prompt("    why")))
    elif key == "s":
        session.later(proposal)
    else:
        for name, word, meaning in _KEYS:
            click.echo(f"    {name:<4} {word:<7} {meaning}")
        return False
    return True


def _menu(near: int) -> str:
    keys = [f"{name} {word}" for name, word, _ in _KEYS if name != "1-9"]
    if near:
        keys.insert(1, f"{'1' if near == 1 else f'1-{min(near, 9)}'} join")
    return click.style(" · ".join(keys), fg="cyan")


def _edited(session: Session, proposal: Proposal) -> None:
    before = session.lines(proposal)
    after = click.edit(before, extension=".yaml", require_save=True)
    if after is None or after == before:
        click.echo("    nothing was changed")
    else:
        session.rewrite(proposal, after)


def _tell(files: list[str]) -> None:
    for name in files:
        click.echo(f"    wrote {name}")
