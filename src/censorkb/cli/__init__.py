"""The command line: words to calls, a module per command. Heavy imports wait until a command needs them.

Exit codes: 0 done, 1 the facts have errors, 2 wrong use, 3 input or output failed, 4 a question costs more than is
allowed, 130 interrupted.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from censorkb import __version__
from censorkb.cli.help import examples, spoken
from censorkb.cli.language import bind, speech
from censorkb.cli.terminal import write_all_letters

# The commands as the help shows them: by what somebody wants to do.
SECTIONS = {
    "Write facts": ("new", "tidy", "terms", "propose", "review", "evaluate"),
    "Check them": ("check", "explain", "diff"),
    "Correct them": ("retract", "supersede", "merge"),
    "Show and ask": ("build", "query", "serve", "push", "endpoint", "export"),
    "For pull requests": ("comment", "issue"),
}
NAMES = sorted(name for names in SECTIONS.values() for name in names)


class Commands(click.Group):
    """A group that loads a command when it is asked for, and helps in sections, in the language of the environment."""

    _say: Callable[[str], str] | None = None

    # what click calls it with is click's own affair
    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run what the words of the command line ask for."""
        write_all_letters()
        bind()
        # To look for cycles among modules, and in what ends anyway, takes a twentieth of a small build.
        gc.set_threshold(10_000)
        atexit.register(gc.freeze)
        told = spoken(self, speech(None).say)
        told._say = speech(None).say
        return super(Commands, told).main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - what click calls it with
        """The names of all commands."""
        return NAMES

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - what click calls it with
        """A command by its name, which is that of its module, too."""
        if cmd_name not in NAMES:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return spoken(command, self._say) if self._say else command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands of each section with their first sentence."""
        width = max(map(len, NAMES))
        for title, names in SECTIONS.items():
            with formatter.section(speech(None).say(title)):
                limit = formatter.width - width - 6
                told = [(name, self.get_command(ctx, name)) for name in names]
                formatter.write_dl([(name.ljust(width), c.get_short_help_str(limit)) for name, c in told if c])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("censorkb check", "censorkb build", "censorkb query status-on --country ru --date 2026-02-12"),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A knowledge base of internet censorship: who says what was blocked, where, when, on what evidence."""
