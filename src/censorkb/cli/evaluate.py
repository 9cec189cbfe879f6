"""`censorkb evaluate`: how good proposed claims are, measured against what a person found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import options
from censorkb.cli.findings import print_all
from censorkb.cli.language import said, speech
from censorkb.cli.terminal import FAILED, examples, failures, progress

if TYPE_CHECKING:
    from censorkb.problem import Problem

MOST_SHOWN = 10  # a file of another kind is wrong in each line


@click.command(
    short_help="Measure proposed claims against those of a person.",
    epilog=examples(
        "censorkb propose --format jsonl articles.jsonl > predicted.jsonl",
        "censorkb evaluate gold.jsonl --predicted predicted.jsonl --articles articles.jsonl",
        "censorkb evaluate gold.jsonl --articles articles.jsonl --errors",
    ),
)
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--predicted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was proposed: the output of 'censorkb propose --format jsonl'; if left out, the rules are tried on the texts.",
)
@click.option(
    "--articles",
    type=click.Path(exists=True, path_type=Path),
    help="The texts, as JSON Lines with id and text or as a folder of .txt files, unless they stand in GOLD.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--errors", is_flag=True, help="List instead what was missed, made up, or has a wrong slot.")
@options.root
def evaluate(gold: Path, predicted: Path | None, articles: Path | None, form: str, errors: bool, root: Path) -> None:
    """Measure proposed claims against GOLD, claims that a person found in the same articles (JSON Lines).

    A claim counts as found if action and target are right; strictly, if status, country and date are right too. Names
    are compared by the labels and aliases of the knowledge base.
    """
    with failures():
        from censorkb.extract import scorecard
        from censorkb.extract.extractor import Extractor
        from censorkb.extract.gazetteer import Gazetteer
        from censorkb.extract.gold import read, read_texts
        from censorkb.extract.known import Known
        from censorkb.extract.roster import Roster
        from censorkb.extract.score import score
        from censorkb.extract.trial import trial
        from censorkb.root import Root

        say, tongue = progress(), speech(None).say
        say("reading")
        wanted, of_gold = read(gold)
        texts, of_texts = read_texts(articles) if articles else ({}, [])
        found, of_found = read(predicted) if predicted else ({}, [])
        _stop([*of_gold, *of_found, *of_texts])
        if not predicted:
            say("proposing")
            found = trial(wanted, texts, Extractor(Gazetteer(Known.read(Root(root)).names)))
        if not wanted.keys() & found.keys():
            raise click.UsageError(_nothing(gold, predicted))
        say("scoring")
        roster = Roster.read(Root(root))
        if not roster.has_entities:
            click.echo(said("names-as-written"), err=True)
        result = score(wanted, found, texts, roster)
        if result.missing:
            click.echo(said("no-prediction", some=len(result.missing), all=len(wanted)), err=True)
        if (articles or not predicted) and (
            without := sum(not (texts.get(name) or article.text) for name, article in wanted.items())
        ):
            click.echo(said("no-text-for", some=without, all=len(wanted)), err=True)
        if errors:
            click.echo("".join(f"{line}\n" for line in scorecard.errors(result, tongue)), nl=False)
        else:
            click.echo(scorecard.as_json(result) if form == "json" else scorecard.text(result, tongue), nl=False)


def _nothing(gold: Path, predicted: Path | None) -> str:
    from censorkb.problem import verbatim

    name = verbatim(str(gold))
    if predicted:
        return said("no-prediction-at-all", path=verbatim(str(predicted)), gold=name)
    return said("no-text-at-all", gold=name)


def _stop(problems: list[Problem]) -> None:
    """Show what is wrong with the input, and stop unless all of it is warnings."""
    from censorkb.problem import Severity

    print_all(problems[:MOST_SHOWN], err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(said("and-more", number=len(problems) - MOST_SHOWN), err=True)
    if any(problem.severity is Severity.ERROR for problem in problems):
        sys.exit(FAILED)
