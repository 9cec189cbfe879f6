"""`censorkb evaluate`: how good proposed claims are, measured against what a person found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import options
from censorkb.cli.findings import print_all
from censorkb.cli.terminal import FAILED, examples, failures, progress

if TYPE_CHECKING:
    from censorkb.problem import Problem

MOST_SHOWN = 10  # a file of another kind is wrong in each line


@click.command(
    epilog=examples(
        "censorkb propose --format jsonl articles.jsonl > predicted.jsonl",
        "censorkb evaluate gold.jsonl --predicted predicted.jsonl --articles articles.jsonl",
        "censorkb evaluate gold.jsonl --predicted predicted.jsonl --errors",
    )
)
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--predicted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="What was proposed: the output of 'censorkb propose --format jsonl'.",
)
@click.option(
    "--articles",
    type=click.Path(exists=True, path_type=Path),
    help="The texts, as JSON Lines with id and text or as a folder of .txt files: tells whether words come from the right sentence.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--errors", is_flag=True, help="List instead what was missed, made up, or has a wrong slot.")
@options.root
def evaluate(gold: Path, predicted: Path, articles: Path | None, form: str, errors: bool, root: Path) -> None:
    """Measure proposed claims against GOLD, claims that a person found in the same articles (JSON Lines).

    A claim counts as found if action and target are right; strictly, if status, country and date are right too. Names
    are compared by the labels and aliases of the knowledge base.
    """
    with failures():
        from censorkb.extract import scorecard
        from censorkb.extract.gold import read, read_texts
        from censorkb.extract.roster import Roster
        from censorkb.extract.score import score
        from censorkb.root import Root

        say = progress()
        say("reading")
        wanted, of_gold = read(gold)
        found, of_found = read(predicted)
        texts, of_texts = read_texts(articles) if articles else ({}, [])
        _stop([*of_gold, *of_found, *of_texts])
        if not wanted.keys() & found.keys():
            raise click.UsageError(
                f"{click.format_filename(predicted)} has no prediction for any article of {click.format_filename(gold)}"
            )
        say("scoring")
        roster = Roster.read(Root(root))
        if not roster.has_entities:
            click.echo("no facts here, see --root: names are compared as they are written", err=True)
        result = score(wanted, found, texts, roster)
        if result.missing:
            click.echo(f"no prediction for {len(result.missing)} of {len(wanted)} articles: taken as empty", err=True)
        if articles and (without := sum(not (texts.get(name) or article.text) for name, article in wanted.items())):
            click.echo(f"no text for {without} of {len(wanted)} articles: their evidence is not looked at", err=True)
        if errors:
            click.echo("".join(f"{line}\n" for line in scorecard.errors(result)), nl=False)
        else:
            click.echo(scorecard.as_json(result) if form == "json" else scorecard.text(result), nl=False)


def _stop(problems: list[Problem]) -> None:
    """Show what is wrong with the input, and stop unless all of it is warnings."""
    from censorkb.problem import Severity

    print_all(problems[:MOST_SHOWN], err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"... and {len(problems) - MOST_SHOWN} more", err=True)
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(FAILED)
