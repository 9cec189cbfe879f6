"""`censorkb terms`: every key, word and term that a fact may use."""

from __future__ import annotations

from pathlib import Path

import click

from censorkb.cli import options
from censorkb.cli.language import said, speech
from censorkb.cli.terminal import examples, failures
from censorkb.root import Root


@click.command(epilog=examples("censorkb terms", "censorkb terms --write"))
@options.root
@click.option(
    "--write",
    "renewing",
    is_flag=True,
    help="Renew the reference in ontology/README.md and the schemas for editors in ontology/forms/.",
)
def terms(root: Path, renewing: bool) -> None:
    """Show every key, word and term that a fact may use."""
    with failures():
        from censorkb.ontology import reference, schema
        from censorkb.ontology.ontology import Ontology
        from censorkb.problem import verbatim

        ontology = Ontology(Root(root).ontology)
        if not renewing:
            tongue = speech(None)
            click.echo(reference.reference(ontology, reference.Tongue(tongue.name, tongue.say)), nl=False)
            return
        readme = ontology.folder / "README.md"
        readme.write_text(reference.renew(readme.read_text("utf-8"), ontology), "utf-8")
        for path in (readme, *schema.write(ontology)):
            click.echo(said("renewed", path=verbatim(str(path))))
