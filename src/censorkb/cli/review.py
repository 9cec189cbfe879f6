"""`censorkb review`: a person decides on proposed claims, one after the other, by keyboard."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from censorkb.cli import options, reviewing
from censorkb.cli.language import counted, said
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
    "beside": {"dim": True},
    "": {},
}
_PHASES = {"in-force": "red", "announced": "yellow", "attempted": "yellow", "threatened": "magenta", "ended": "green"}
_STOP = ("q", "\x03", "\x04", "")
_KEYS = {"a": "accept", "1-9": "join", "e": "edit", "r": "refuse", "s": "later", "q": "stop", "?": "help"}
_ROWS = ("row-date", "row-look-at", "row-new", "row-near")  # what stands before lines that are no key of the claim


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
    problems = session.problems()
    if problems:
        from censorkb.cli import findings  # what prints them is slow to load

        findings.print_all(problems, err=True)
    if decided:
        _sum_up(session)
    if problems or not whole:
        sys.exit(FAILED)


def _sum_up(session: Session) -> None:
    from censorkb.problem import verbatim

    left = session.left()
    done = ", ".join(counted(f"decided-{what}", count) for what, count in session.counts.items() if count)
    done = done or said("decided-nothing" if left else "nothing-to-decide")
    click.echo(
        said("decided", done=verbatim(done), left=counted("decisions-left", left) if left else said("none-left"))
    )
    if session.counts["accepted"]:
        click.echo(said("look-what-follows"))


def _show(session: Session, proposal: Proposal, number: int) -> None:
    seen = session.exhibit(proposal)
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    click.echo()
    where = f"{proposal.file}  {proposal.id}"
    head = f"{said('review-number', number=number, all=number + session.left() - 1)}  {click.unstyle(where)}"
    click.echo(click.style(head, dim=True))
    phase = click.style((seen.phase or said("no-phase")).upper(), fg=_PHASES.get(seen.phase, "cyan"), bold=True)
    click.echo(f"{phase}  {' · '.join(seen.act)}{_sure(seen)}")
    click.echo()
    _passage(seen, width)
    click.echo()
    for line in seen.dates:
        _row(said("row-date"), said(line))
    for key, text in seen.rows:
        _row(key, text)
    if seen.doubts:
        _row(said("row-look-at"), click.style(", ".join(map(said, seen.doubts)), fg="yellow"))
    for name in seen.unknown:
        _row(said("row-new"), said("no-file-yet", name=name), fg="yellow")
    _neighbours(session.near(proposal))


def _row(label: str, text: str, **style: Any) -> None:  # whatever click knows as a style
    """A line of what is to be seen, below the others of the same claim whatever the language."""
    width = max(8, *(len(said(name)) for name in _ROWS))
    click.echo(f"  {click.style(label, **style)}{' ' * (width - len(click.unstyle(label)))} {text}")


def _sure(seen: Exhibit) -> str:
    if seen.confidence is None:
        return ""
    return f"  {click.style(said('sure', percent=f'{100 * seen.confidence:.0f}'), dim=True)}"


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
        click.echo(click.style(f"  {said('text-not-at-hand')}", dim=True))


def _neighbours(near: list[Neighbour]) -> None:
    if not near:
        _row(said("row-near"), said("no-neighbour"))
    for number, one in enumerate(near[:9], 1):
        dates = f", {', '.join(one.dates[:3])}" if one.dates else ""
        label = f"{said('row-near')} {click.style(str(number), bold=True)}"
        _row(label, f"{one.label} ({one.id}; {one.action}; {_away(one.days)}{dates})")


def _away(days: int | None) -> str:
    """How far a measure is from a claim."""
    if not days:
        return said("page-time-unknown" if days is None else "page-same-time")
    return counted("page-days-away", days)


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
            click.echo(f"  {said(fault)}", err=True)
        except click.Abort:
            click.echo()  # a question was left; the claim is still to be decided


def _key() -> str:
    """The next key; that of the end if there is nobody to press one."""
    try:
        key = click.getchar()
    except (EOFError, KeyboardInterrupt):
        key = "q"
    except OSError:
        raise click.UsageError(said("review-needs-terminal")) from None
    click.echo(key if key.isprintable() else "")
    return key


def _carried_out(session: Session, proposal: Proposal, near: list[Neighbour], key: str) -> bool:
    """Do what a key stands for; False if the claim is still to be decided."""
    if key == "a":
        _tell(session.accept(proposal))
    elif key.isdecimal() and 1 <= int(key) <= len(near):
        how = click.prompt(f"    {said('same-or-else')}", type=click.Choice(("s", "e", "c")), default="e")
        _tell(session.join(proposal, near[int(key) - 1], how))
    elif key == "e":
        _edited(session, proposal)
    elif key == "r":
        _tell(session.refuse(proposal, click.prompt(f"    {said('ask-why')}")))
    elif key == "s":
        session.later(proposal)
    else:
        words = {name: said(f"key-{word}") for name, word in _KEYS.items()}
        width = max(7, *map(len, words.values()))
        for name, word in _KEYS.items():
            click.echo(f"    {name:<4} {words[name]:<{width}} {said(f'key-{word}-means')}")
        return False
    return True


def _menu(near: int) -> str:
    keys = [f"{name} {said(f'key-{word}')}" for name, word in _KEYS.items() if name != "1-9"]
    if near:
        keys.insert(1, f"{'1' if near == 1 else f'1-{min(near, 9)}'} {said('key-join')}")
    return click.style(" · ".join(keys), fg="cyan")


def _edited(session: Session, proposal: Proposal) -> None:
    before = session.lines(proposal)
    after = click.edit(before, extension=".yaml", require_save=True)
    if after is None or after == before:
        click.echo(f"    {said('nothing-changed')}")
    else:
        session.rewrite(proposal, after)


def _tell(files: list[str]) -> None:
    from censorkb.problem import verbatim

    for name in files:
        click.echo(f"    {said('wrote', path=verbatim(name))}")
