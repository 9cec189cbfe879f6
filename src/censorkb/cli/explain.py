"""`censorkb explain`: what a rule asks for, why, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.terminal import examples, failures


@click.command(
    short_help="Say why a rule is there, and what to write instead.",
    epilog=examples("censorkb explain", "censorkb explain wrong-date", "censorkb explain claim.says --lang fr"),
)
@click.argument("rule", required=False)
@options.root
@options.language
def explain(rule: str | None, root: Path, language: str | None) -> None:
    """Say what RULE asks for, why, and show it broken and mended; without RULE, list all rules.

    The name of the rule stands in each line of a report, after the word error, warning or note.
    """
    with failures():
        from censorkb.check import explanation
        from censorkb.check.rule import read
        from censorkb.cli.language import said, speech
        from censorkb.ontology.ontology import Ontology
        from censorkb.problem import both, did_you_mean, phrase
        from censorkb.root import Root

        rules, tongue = read(Ontology(Root(root).ontology)), speech(language)
        if rule is None:
            for line in explanation.listing(rules.values(), tongue):
                click.echo(line)
            return
        if rule not in rules:
            hint = did_you_mean(rule, rules) or phrase("rules-listed")
            raise click.UsageError(said(both(phrase("no-rule", rule=rule), hint)))
        for heading, line in explanation.lines(rules[rule], tongue):
            click.echo(click.style(heading, bold=True) + line)
