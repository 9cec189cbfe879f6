"""`censorkb propose`: articles to candidate claims."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from censorkb.cli import options, second_reading
from censorkb.cli.terminal import FAILED, examples, failures, progress
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.extract.article import Article
    from censorkb.extract.known import Known
    from censorkb.extract.material import Material
    from censorkb.extract.proposal import Read


@click.command(
    short_help="Read articles and propose claims for a person to accept.",
    epilog=examples(
        "censorkb propose article.html",
        "censorkb propose article.txt --published 2026-02-11 --publisher reuters",
        "censorkb propose https://example.org/news/1 --archive page.warc.gz",
        "censorkb propose articles.jsonl --format jsonl > claims.jsonl",
        "censorkb propose article.txt --model qwen3:8b --model-endpoint http://127.0.0.1:11434/v1",
    ),
)
@click.argument("inputs", nargs=-1, required=True, metavar="URL|FILE|FOLDER|-...")
@options.root
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day of publication, where it is not stated.",
)
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
@click.option(
    "--archive", type=click.Path(dir_okay=False, path_type=Path), help="Keep the page that was fetched as WARC."
)
@second_reading.options
def propose(
    inputs: tuple[str, ...],
    root: Path,
    published: dt.datetime | None,
    publisher: str,
    language: str,
    form: str,
    archive: Path | None,
    model: str,
    model_endpoint: str,
    seconds: float,
) -> None:
    """Read articles and propose claims, each bound to its place in the text, for a person to accept.

    An input is a web page, plain text, .jsonl with the keys id, text, published and lang, or a web archive. Only a URL
    is fetched. Texts are read as data and never obeyed; they are kept only for `censorkb review`, outside the knowledge
    base, until all that rests on them is decided. A model (--model) is a second reader: what it says counts only where its
    quote stands in the text, and what the rules have found stays, whatever becomes of it.
    """
    with failures():
        from censorkb.extract.extractor import Extractor
        from censorkb.extract.gazetteer import Gazetteer
        from censorkb.extract.known import Known
        from censorkb.extract.lexicon import languages
        from censorkb.extract.material import Material
        from censorkb.extract.proposal import Read
        from censorkb.extract.today import latest_day

        if language and language not in languages():
            raise click.UsageError(
                f"there are no rules for the language {language!r}; known are {', '.join(languages())}"
            )
        day = published.date() if published else None
        if day and day > latest_day():
            raise click.UsageError(f"{day} is yet to come")
        known = Known.read(Root(root))
        material = Material(day, publisher, language, latest_day())
        extractor, say = Extractor(Gazetteer(known.names)), progress()
        reading = second_reading.reader(model, model_endpoint, seconds, extractor.gazetteer)
        second = click.get_current_context().with_resource(reading)
        reads: list[Read] = []
        try:
            for stated in _articles(inputs, material, archive):
                say(f"read {click.format_filename(stated.id)}")
                article = _completed(stated, form)
                found = extractor.candidates(article)
                reads.append(Read(article, second.candidates(article, found) if second else found))
                if form == "jsonl":
                    _print(reads.pop())
        finally:  # whoever is interrupted keeps what has been read
            if reads:
                _write(reads, known, root)
        for fault in material.problems:
            if form == "jsonl" and fault.rule == "article-no-publisher":
                continue  # a line of JSON does not need one
            click.echo(f"{fault.place}: {fault.severity} {fault.rule}  {fault.message}; {fault.fix}", err=True)
        if any(fault.severity == "error" for fault in material.problems) or (second and second.has_failed):
            sys.exit(FAILED)


def _print(read: Read) -> None:
    row = {"id": read.article.id, "claims": [candidate.row() for candidate in read.candidates]}
    click.echo(json.dumps(row, ensure_ascii=False))


def _articles(inputs: tuple[str, ...], material: Material, archive: Path | None) -> Iterator[Article]:
    for name in inputs:
        if name == "-":
            yield from material.articles("-", sys.stdin.buffer.read())
        elif name.startswith(("http:", "https:")):
            yield from _fetched(name, material, archive)
        else:
            path = Path(name)
            for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
                yield from material.articles(str(file), file.read_bytes())


def _fetched(url: str, material: Material, archive: Path | None) -> Iterator[Article]:
    from censorkb.extract.archive import warc
    from censorkb.extract.fetch import Refused, fetch

    try:
        answer = fetch(url)
    except Refused as fault:
        raise OSError(f"{click.format_filename(url)}: {fault}") from None
    if archive:
        archive.write_bytes(warc(answer.url, answer.status, answer.headers, answer.body))
        click.echo(f"kept the page in {click.format_filename(archive)}", err=True)
    yield from material.fetched(answer.url, answer.body)


def _completed(article: Article, form: str) -> Article:
    """Ask for what an article does not state, if there is somebody to ask."""
    from dataclasses import replace

    if form == "jsonl" or not sys.stdin.isatty() or (article.published and article.publisher):
        return article
    click.echo(f"{click.format_filename(article.id)} does not state everything:", err=True)
    day = (
        article.published
        or click.prompt("published (year-month-day)", type=click.DateTime(["%Y-%m-%d"]), err=True).date()
    )
    publisher = article.publisher or click.prompt("publisher (id)", err=True)
    return replace(article, published=day, publisher=publisher)


def _write(reads: list[Read], known: Known, root: Path) -> None:
    """Write a file for each story that says something new."""
    from censorkb.extract import proposal
    from censorkb.extract.shelf import Shelf
    from censorkb.extract.twins import stories

    folder, shelf = root / "facts/proposed", Shelf(Root(root))
    for story in stories([read for read in reads if read.candidates]):
        article = story[0].article
        before = next((known.texts[key] for key in map(proposal.sha256, story) if key in known.texts), None)
        if before:
            click.echo(f"{click.format_filename(article.id)}: this text is already in {before}", err=True)
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder / proposal.name_of(article))
        path.write_text(proposal.write(story, known), "utf-8")
        shelf.keep(article.text)
        copies = f", {len(story)} copies of one story" if len(story) > 1 else ""
        click.echo(f"{path.relative_to(root).as_posix()}: {len(story[0].candidates)} candidates{copies}")
    if (root / "facts/proposed").is_dir():
        click.echo("decide on them: censorkb review", err=True)
    silent = len(reads) - sum(bool(read.candidates) for read in reads)
    if silent:
        click.echo(f"{silent} of {len(reads)} articles say nothing of censorship", err=True)


def _free(path: Path) -> Path:
    """A path of a file that is not there yet: what waits is never overwritten."""
    number, free = 2, path
    while free.exists():
        number, free = number + 1, path.with_stem(f"{path.stem}-{number}")
    return free
