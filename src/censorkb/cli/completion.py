"""Completion: what a shell offers after `censorkb query`: questions, their parameters, and ids of the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from censorkb.cli.language import speech
from censorkb.root import Root

_ALIKE = 5  # letters: --country and the folder countries


def question(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the questions, or the ids that a parameter takes."""
    words = _words(context)
    root = _root(context)
    if not words:
        names = sorted(path.stem for path in (root.ontology / "questions").glob("*.rq"))
        offered = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return offered or [CompletionItem(incomplete, type="file")]
    if not words[-1].startswith("--") or "=" in words[-1]:
        return []
    return [CompletionItem(name) for name in _ids(root, words[-1].removeprefix("--"), incomplete)]


class Asking(click.Command):
    """A command whose first word is a question, which has options of its own."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the parameters of the question before the options of the command."""
        own: list[CompletionItem] = []
        words = _words(ctx)
        path = _root(ctx).ontology / "questions" / f"{words[0]}.rq" if words else None
        if path and incomplete.startswith("-") and path.is_file():
            from censorkb.query.question import Question

            given = {word.partition("=")[0] for word in words[1:]}
            own = [
                CompletionItem(f"--{parameter.name}", help=speech(None).say(parameter.meaning))
                for parameter in Question.read(path).parameters
                if f"--{parameter.name}".startswith(incomplete) and f"--{parameter.name}" not in given
            ]
        return [*own, *super().shell_complete(ctx, incomplete)]


def _words(context: click.Context) -> list[str]:
    return [str(word) for word in (context.params.get("words") or ())]


def _root(context: click.Context) -> Root:
    given: Any = context.params.get("root")
    return Root(Path(given) if given else Path())


def _ids(root: Root, parameter: str, start: str) -> list[str]:
    """Names of fact files: those in the folder that is called like a parameter, or, if none fits, those of all entities."""
    alike = [path for path in sorted(root.facts.glob("**/")) if path.name[:_ALIKE] == parameter[:_ALIKE]]
    for folders in (alike, [root.facts / "entities"]):
        found = {path.stem for folder in folders for path in folder.rglob("*.yaml") if path.stem.startswith(start)}
        if found:
            return sorted(found)
    return []
