"""The command line: words to calls, a module per command. Heavy imports wait until a command needs them.

Exit codes: 0 done, 1 the facts have errors, 2 wrong use, 3 input or output failed, 4 a question costs more than is
allowed, 130 interrupted.
"""

from __future__ import annotations

from typing import Any

import click

from censorkb import __version__
from censorkb.cli import (
    build,
    check,
    comment,
    diff,
    endpoint,
    evaluate,
    explain,
    export,
    issue,
    merge,
    new,
    propose,
    push,
    query,
    retract,
    review,
    serve,
    supersede,
    terms,
    tidy,
)
from censorkb.cli.help import examples, spoken
from censorkb.cli.language import bind, speech

# The commands as the help shows them: by what somebody wants to do.
SECTIONS = {
    "Write facts": (new.new, tidy.tidy, terms.terms, propose.propose, review.review, evaluate.evaluate),
    "Check them": (check.check, explain.explain, diff.diff),
    "Correct them": (retract.retract, supersede.supersede, merge.merge),
    "Show and ask": (build.build, query.query, serve.serve, push.push, endpoint.endpoint, export.export),
    "For pull requests": (comment.comment, issue.issue),
}


class Commands(click.Group):
    """A group whose help shows the commands in sections, and all of it in the language of the environment."""

    # what click calls it with is click's own affair
    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run what the words of the command line ask for."""
        bind()
        return super(Commands, spoken(self, speech(None).say)).main(*args, **kwargs)

    # click calls it with a context, which this help does without
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the commands of each section with their first sentence."""
        width = max(map(len, self.commands))
        for title, commands in SECTIONS.items():
            with formatter.section(speech(None).say(title)):
                limit = formatter.width - width - 6
                told = [self.commands[command.name or ""] for command in commands]
                formatter.write_dl([(f"{c.name}".ljust(width), c.get_short_help_str(limit)) for c in told])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("censorkb check", "censorkb build", "censorkb query status-on --country ru --date 2026-02-12"),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A knowledge base of internet censorship: who says what was blocked, where, when, on what evidence."""


for _commands in SECTIONS.values():
    for _command in _commands:
        main.add_command(_command)
