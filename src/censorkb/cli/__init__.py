"""The command line: words to calls, a module per command. Heavy imports wait until a command needs them.

Exit codes: 0 done, 1 the facts have errors, 2 wrong use, 3 input or output failed, 4 a question costs more than is
allowed, 130 interrupted.
"""

from __future__ import annotations

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
    issue,
    merge,
    new,
    propose,
    push,
    query,
    retract,
    serve,
    supersede,
    terms,
    tidy,
)
from censorkb.cli.terminal import examples


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("censorkb check", "censorkb build", "censorkb query status-on --country ru --date 2026-02-12"),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A knowledge base of internet censorship: who says what was blocked, where, when, on what evidence."""


main.add_command(build.build)
main.add_command(check.check)
main.add_command(comment.comment)
main.add_command(diff.diff)
main.add_command(endpoint.endpoint)
main.add_command(evaluate.evaluate)
main.add_command(explain.explain)
main.add_command(issue.issue)
main.add_command(merge.merge)
main.add_command(new.new)
main.add_command(propose.propose)
main.add_command(push.push)
main.add_command(query.query)
main.add_command(retract.retract)
main.add_command(serve.serve)
main.add_command(supersede.supersede)
main.add_command(terms.terms)
main.add_command(tidy.tidy)
