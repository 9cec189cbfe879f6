"""The command line: words to calls. Heavy imports wait until a command needs them.

Exit codes: 0 done, 1 the facts have errors, 2 wrong use, 3 input or output failed, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb import __version__
from censorkb.query import FORMATS
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.check.checker import Checked

FACTS_URL = "https://github.com/censorkb/censorkb/blob/main/"
WRONG_FACTS, FAILED = 1, 3  # 2, wrong use, is click's own

root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the knowledge base; default the current one.",
)
cache_option = click.option(
    "--no-cache",
    "fresh",
    is_flag=True,
    help="Read and check everything, and leave nothing to later runs in the folder that CENSORKB_CACHE names.",
)
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Folder of the output; default build/ in the knowledge base."
)


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_examples("censorkb check", "censorkb build", "censorkb query status-on --country ru --date 2026-02-12"),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A knowledge base of internet censorship: who says what was blocked, where, when, on what evidence."""


@contextmanager
def _failures() -> Iterator[None]:
    """Turn failures of the machine into a sentence; faults of the program stay exceptions."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except OSError as fault:
        reason = f"{fault.strerror}: {fault.filename}" if fault.strerror else str(fault)
        click.echo(f"censorkb: {reason}", err=True)
        sys.exit(FAILED)


def _say() -> Callable[[str], None]:
    """Progress on a terminal, silence elsewhere."""
    terminal = sys.stderr.isatty()
    return lambda step: click.echo(f"{click.style('·', fg='cyan')} {step}", err=True) if terminal else None


def _show(checked: Checked, paths: tuple[Path, ...], root: Path) -> int:
    """Print the problems of some files, or of all; return the number of errors among them."""
    from censorkb.check import report
    from censorkb.problem import Severity

    wanted = [path.resolve().relative_to(root.resolve()).as_posix() for path in paths]
    problems = [
        p
        for p in checked.problems
        if not wanted or any(p.place.file == w or p.place.file.startswith(f"{w}/") for w in wanted)
    ]
    for start, word, rest in report.lines(problems):
        colour = report.COLOURS[Severity(word)] if word else None
        click.echo(start + (click.style(word, fg=colour) if word else "") + rest)
    documents = [
        d
        for d in checked.knowledge.documents.values()
        if not wanted or any(d.name == w or d.name.startswith(f"{w}/") for w in wanted)
    ]
    click.echo(report.summary(problems, len(documents), checked.claims(documents)), err=True)
    return sum(p.severity is Severity.ERROR for p in problems)


@main.command(
    epilog=_examples(
        "censorkb check",
        "censorkb check facts/sources/2026",
        "censorkb check --referee",
        "censorkb check --texts ../articles",
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@root_option
@click.option("--referee", is_flag=True, help="Judge the shapes with pySHACL; slow, the same report.")
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the texts of copies: check quotes letter by letter.",
)
@cache_option
def check(paths: tuple[Path, ...], root: Path, referee: bool, texts: Path | None, fresh: bool) -> None:
    """Check the facts and say at file:line what to mend.

    PATHS limits the report to files or folders; all facts are looked at, since they refer to each other, but those that
    no change has affected since the last run are taken as they were found then.
    """
    with _failures():
        from censorkb.check.checker import check as run
        from censorkb.check.recheck import recheck
        from censorkb.graph.cache import caching
        from censorkb.graph.knowledge import Knowledge
        from censorkb.ontology.ontology import Ontology

        outside = [path for path in paths if not path.resolve().is_relative_to(root.resolve())]
        if outside:
            raise click.UsageError(
                f"{click.format_filename(outside[0])} is not in the knowledge base {click.format_filename(root)}"
            )
        if referee or texts:
            checked = run(Knowledge.read(Root(root)), referee=referee, texts=texts)
        else:
            ontology = Ontology(Root(root).ontology)
            with nullcontext() if fresh else caching(Root(root), ontology) as cache:
                checked = recheck(Root(root), ontology, cache, _say())
        if _show(checked, paths, root):
            sys.exit(WRONG_FACTS)


@main.command(epilog=_examples("censorkb build", "censorkb build --out public", "censorkb build --root ../my-facts"))
@root_option
@out_option
@cache_option
@click.option("--facts-url", default=FACTS_URL, show_default=True, help="Where the fact files can be seen on the web.")
def build(root: Path, out: Path | None, facts_url: str, fresh: bool) -> None:
    """Check the facts, then write the data set and the site.

    With an error in the facts nothing is written and the last good output stays.
    """
    with _failures():
        from censorkb.site.build import build as run

        out = out or root / "build"
        built = run(Root(root), out, facts_url, _say(), fresh=fresh)
        if built.checked.errors:
            _show(built.checked, (), root)
            click.echo("nothing was written: mend the errors above, then build again", err=True)
            sys.exit(WRONG_FACTS)
        click.echo(f"{built.pages} pages: {out / 'site' / 'index.html'}")
        click.echo(f"data set: {out / 'data'}")


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    epilog=_examples(
        "censorkb query --list",
        "censorkb query status-on --country ru --date 2026-02-12",
        "censorkb query status-on --country ru --date 2026-02-12 --format csv > status.csv",
        "censorkb query my-question.rq",
        "censorkb query -e 'SELECT ?s WHERE { ?s a ckb:Service } ORDER BY ?s'",
    ),
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[QUESTION|FILE] [--PARAMETER VALUE]...")
@click.option("-e", "--sparql", help="Ask this SPARQL query; the prefixes of the ontology are known.")
@click.option("--list", "listing", is_flag=True, help="Show the questions that can be asked by name.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
)
@root_option
@out_option
def query(words: tuple[str, ...], sparql: str | None, listing: bool, form: str, root: Path, out: Path | None) -> None:
    """Ask the data set of the last build a named question, the query in a file, or a query given with -e."""
    with _failures():
        from censorkb.query.asking import Asking, list_questions
        from censorkb.query.question import WrongQuestion

        if listing:
            click.echo(list_questions(Root(root)), nl=False)
            return
        try:
            click.echo(Asking(Root(root), out or root / "build").answer(words, sparql, form), nl=False)
        except WrongQuestion as fault:
            raise click.UsageError(str(fault)) from None


@main.command(epilog=_examples("censorkb terms", "censorkb terms --write"))
@root_option
@click.option("--write", "renewing", is_flag=True, help="Renew the reference in ontology/README.md.")
def terms(root: Path, renewing: bool) -> None:
    """Show every key, word and term that a fact may use."""
    with _failures():
        from censorkb.ontology import reference
        from censorkb.ontology.ontology import Ontology

        ontology = Ontology(Root(root).ontology)
        if not renewing:
            click.echo(reference.reference(ontology), nl=False)
            return
        readme = ontology.folder / "README.md"
        readme.write_text(reference.renew(readme.read_text("utf-8"), ontology), "utf-8")
        click.echo(f"renewed {readme}")
