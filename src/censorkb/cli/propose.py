"""`censorkb propose`: articles to candidate claims."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import options
from censorkb.cli.terminal import FAILED, examples, failures, progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from censorkb.extract.article import Article
    from censorkb.extract.material import Material


@click.command(
    epilog=examples(
        "censorkb propose article.html",
        "censorkb propose article.txt --published 2026-02-11 --publisher reuters",
        "censorkb propose articles.jsonl --format jsonl > claims.jsonl",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="URL|FILE|FOLDER|-")
@options.root
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication, where it is not stated.")
@click.option("--publisher", default="", help="Id of the publisher, where it is not stated.")
@click.option("--lang", "language", default="", help="Language of the articles; recognised if left out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("yaml", "jsonl")),
    default="yaml",
    show_default=True,
    help="Files under facts/proposed/, or a line of JSON for each article.",
)
def propose(
    inputs: tuple[str, ...], root: Path, published: dt.datetime | None, publisher: str, language: str, form: str
) -> None:
    """Read articles and propose claims, each bound to its place in the text, for a person to accept.

    An input is a web page, plain text, .jsonl with the keys id, text, published and lang, or a web archive. Only a URL
    is fetched.
    """
    with failures():
        from censorkb.extract.extractor import Extractor
        from censorkb.extract.lexicon import languages
        from censorkb.extract.material import Material
        from censorkb.extract.today import latest_day

        if language and language not in languages():
            raise click.UsageError(
                f"there are no rules for the language {language!r}; known are {', '.join(languages())}"
            )
        day = published.date() if published else None
        if day and day > latest_day():
            raise click.UsageError(f"{day} is yet to come")
        material = Material(day, publisher, language, latest_day())
        extractor, say = Extractor(), progress()
        for article in _articles(inputs, material):
            say(f"read {article.id}")
            found = extractor.candidates(article)
            click.echo(json.dumps({"id": article.id, "claims": [c.row() for c in found]}, ensure_ascii=False))
        for fault in material.problems:
            click.echo(f"{fault.place}: {fault.severity} {fault.rule}  {fault.message} ({fault.fix})", err=True)
        if material.problems:
            sys.exit(FAILED)


def _articles(inputs: tuple[str, ...], material: Material) -> Iterator[Article]:
    for name in inputs:
        if name == "-":
            yield from material.articles("-", sys.stdin.buffer.read())
            continue
        path = Path(name)
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            yield from material.articles(str(file), file.read_bytes())
