"""`censorkb new`: the file of a new source, entity or measure, with what can be known of it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from censorkb.cli import options
from censorkb.cli.asking import hint
from censorkb.cli.help import spoken
from censorkb.cli.language import said, speech
from censorkb.cli.new_source import DERIVED, OF_COPY
from censorkb.cli.terminal import WRONG_FACTS, examples, failures
from censorkb.root import Root

if TYPE_CHECKING:
    from censorkb.ontology.form import Field, Form, Forms
    from censorkb.ontology.ontology import Ontology

# What is called how on the command line, and its folder under facts/.
KINDS = {
    "agent": "entities/agents",
    "country": "entities/countries",
    "law": "entities/laws",
    "measure": "measures",
    "service": "entities/services",
    "source": "sources",
    "target": "entities/targets",
}
EXAMPLES = {
    "agent": ("censorkb new agent 'Example Daily' --type media",),
    "country": ("censorkb new country Norway --iso NO --label fr=Norvège",),
    "law": ("censorkb new law 'Message Act' --type law --country ru",),
    "measure": ("censorkb new measure 'Block of Blip in Russia' --action block --target blip --country ru",),
    "service": ("censorkb new service Blip --kind messenger --aliases ru=Блип",),
    "source": (
        "censorkb new source article.html",
        "censorkb new source https://example.org/a --title 'Blip blocked' --publisher reuters --language en --published 2026-02-11",
    ),
    "target": ("censorkb new target 'Site of The Lantern' --type website --domain lantern.example.org",),
}
SKIPPED = ("formerly", "merged", "copies", "claims", "status")


class _Kinds(click.Group):
    """A command for each kind of thing, with an option for each key of its form."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - what click calls it with
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - what click calls it with
        return spoken(_command(cmd_name), speech(None).say) if cmd_name in KINDS else None


@click.group(
    cls=_Kinds, epilog=examples("censorkb new service Blip --kind messenger", "censorkb new source article.html")
)
def new() -> None:
    """Write the file of a new source, entity or measure.

    What is not said by options is asked for on a terminal. Nothing is fetched from the web and no file is overwritten.
    What seems to be there already is offered instead.
    """


@functools.cache
def _forms(folder: Path) -> Forms:
    """The forms of an ontology: the help of all kinds asks for them."""
    from censorkb.ontology.ontology import Ontology

    return Ontology(folder).forms


def _command(kind: str) -> click.Command:
    form = _forms(Root(Path()).ontology.resolve())
    keys = _keys(form.by_folder[KINDS[kind]])
    if kind == "source":
        keys |= _copy_keys(form.by_name["copy"])
    params: list[click.Parameter] = [
        click.Argument(["what"], required=False, metavar="URL|FILE" if kind == "source" else "NAME")
    ]
    if form.by_folder[KINDS[kind]].type_key:
        types = click.Choice(list(form.by_folder[KINDS[kind]].types))
        params.append(click.Option(["--type", "type_"], type=types, help="What it is."))
    params += [
        click.Option([f"--{option}", f"key_{option.replace('-', '_')}"], multiple=True, help=hint(field))
        for option, field in keys.items()
    ]
    if kind == "source":
        claims = click.Choice(list(form.by_name["claim"].types))
        params.append(
            click.Option(["--topic"], default="", help="Last words of the file name; default from the title.")
        )
        params.append(
            click.Option(["--claim", "claims"], multiple=True, type=claims, help="Add the skeleton of a claim.")
        )
    else:
        params.append(click.Option(["--id", "id_"], default="", help="Its id; default made of its name."))
    params.append(click.Option(["--anyway"], is_flag=True, help="Write it though something like it is there."))
    command = click.Command(
        kind,
        params=params,
        callback=_run,
        help=_summary(kind),
        epilog=examples(*EXAMPLES[kind]),
        short_help=_summary(kind),
    )
    return options.root(command)


def _summary(kind: str) -> str:
    return (
        f"Write the file of a new {kind}."
        if kind != "measure"
        else "Write a new measure into the file of its country and target."
    )


def _keys(form: Form) -> dict[str, Field]:
    """Options of a form and of all its types."""
    fields = {key: field for each in (form, *form.types.values()) for key, field in each.fields.items()}
    return {key: field for key, field in fields.items() if key not in SKIPPED}


def _copy_keys(form: Form) -> dict[str, Field]:
    return {OF_COPY.get(key, key): field for key, field in form.fields.items() if key not in DERIVED}


def _run(root: Path, what: str | None, anyway: bool, **given: Any) -> None:  # click gives whatever the options are
    with failures():
        from censorkb.cli import findings, new_entity, new_source
        from censorkb.desk.change import apply, create
        from censorkb.desk.skeleton import Exists, faults
        from censorkb.ontology.ontology import Ontology
        from censorkb.problem import verbatim

        context = click.get_current_context()
        kind, base = context.command.name or "", Root(root)
        ontology: Ontology = Ontology(base.ontology)
        answers = {
            name.removeprefix("key_").replace("_", "-"): value
            for name, value in given.items()
            if name.startswith("key_")
        }
        try:
            if kind == "source":
                change = new_source.draft(base, ontology, what, answers, given["topic"], given["claims"], anyway)
            else:
                form = ontology.forms.by_folder[KINDS[kind]]
                change = new_entity.draft(base, ontology, form, what, answers, given.get("type_"), given["id_"], anyway)
        except Exists as fault:
            click.echo(f"censorkb: {said(fault)}", err=True)
            context.exit(WRONG_FACTS)
        problems = faults(base, ontology, change)
        if problems:
            findings.print_all(problems)
            click.echo(said("nothing-written"), err=True)
            context.exit(WRONG_FACTS)
        if change.before:
            apply(root, [change])
        else:
            create(root / change.name, change.after)
        click.echo(said("wrote", path=verbatim(click.format_filename(root / change.name))))
        if kind == "source":
            click.echo(said("next-claims"), err=True)
