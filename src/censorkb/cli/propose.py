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
from censorkb.cli.language import counted, said
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
        from censorkb.problem import phrase, verbatim

        if language and language not in languages():
            raise click.UsageError(said("no-rules", language=language, known=", ".join(languages())))
        day = published.date() if published else None
        if day and day > latest_day():
            raise click.UsageError(said("yet-to-come", day=str(day)))
        known = Known.read(Root(root))
        material = Material(day, publisher, language, latest_day())
        extractor, say = Extractor(Gazetteer(known.names)), progress()
        reading = second_reading.reader(model, model_endpoint, seconds, extractor.gazetteer)
        second = click.get_current_context().with_resource(reading)
        reads: list[Read] = []
        try:
            for stated in _articles(inputs, material, archive):
                say(phrase("reading-article", name=verbatim(stated.id)))
                article = _completed(stated, form)
                found = extractor.candidates(article)
                reads.append(Read(article, second.candidates(article, found) if second else found))
                if form == "jsonl":
                    _print(reads.pop())
        finally:  # whoever is interrupted keeps what has been read
            if reads:
                _write(reads, known, root)
        # a line of JSON does not need a publisher
        problems = [p for p in material.problems if form != "jsonl" or p.rule != "article-no-publisher"]
        if problems:
            from censorkb.cli import findings  # what prints them is slow to load

            findings.print_all(problems, err=True)
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
    from censorkb.problem import Failure, verbatim

    try:
        answer = fetch(url)
    except Refused as fault:
        raise Failure("of-file", path=verbatim(url), why=fault.why) from None
    if archive:
        archive.write_bytes(warc(answer.url, answer.status, answer.headers, answer.body))
        click.echo(said("page-kept", path=verbatim(click.format_filename(archive))), err=True)
    yield from material.fetched(answer.url, answer.body)


def _completed(article: Article, form: str) -> Article:
    """Ask for what an article does not state, if there is somebody to ask."""
    from dataclasses import replace

    from censorkb.problem import verbatim

    if form == "jsonl" or not sys.stdin.isatty() or (article.published and article.publisher):
        return article
    click.echo(said("not-all-stated", name=verbatim(article.id)), err=True)
    day = article.published or click.prompt(said("ask-published"), type=click.DateTime(["%Y-%m-%d"]), err=True).date()
    publisher = article.publisher or click.prompt(said("ask-publisher"), err=True)
    return replace(article, published=day, publisher=publisher)


def _write(reads: list[Read], known: Known, root: Path) -> None:
    """Write a file for each story that says something new."""
    from censorkb.extract import proposal
    from censorkb.extract.shelf import Shelf
    from censorkb.extract.twins import stories
    from censorkb.problem import verbatim

    folder, shelf = root / "facts/proposed", Shelf(Root(root))
    for story in stories([read for read in reads if read.candidates]):
        article = story[0].article
        before = next((known.texts[key] for key in map(proposal.sha256, story) if key in known.texts), None)
        if before:
            click.echo(said("text-known", name=verbatim(article.id), path=verbatim(before)), err=True)
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder / proposal.name_of(article))
        path.write_text(proposal.write(story, known), "utf-8")
        shelf.keep(article.text)
        found = counted("candidates", len(story[0].candidates))
        copies = f", {counted('copies-of-story', len(story))}" if len(story) > 1 else ""
        click.echo(f"{path.relative_to(root).as_posix()}: {found}{copies}")
    if (root / "facts/proposed").is_dir():
        click.echo(said("decide-on-them"), err=True)
    silent = len(reads) - sum(bool(read.candidates) for read in reads)
    if silent:
        click.echo(said("silent-articles", some=silent, all=len(reads)), err=True)


def _free(path: Path) -> Path:
    """A path of a file that is not there yet: what waits is never overwritten."""
    number, free = 2, path
    while free.exists():
        number, free = number + 1, path.with_stem(f"{path.stem}-{number}")
    return free
