"""The options of a second reading by a language model, which a command has only if somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from censorkb.cli.language import said

if TYPE_CHECKING:
    from censorkb.desk.second_reader import SecondReader
    from censorkb.extract.gazetteer import Gazetteer
    from censorkb.problem import Phrase

_SECONDS = 60.0


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a second reading: `model`, `model_endpoint` and `seconds`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--model",
        default="",
        metavar="NAME",
        help="Also let a language model read the articles, whose text is then sent to its server.",
    ),
    click.option(
        "--model-endpoint",
        envvar="CENSORKB_MODEL_ENDPOINT",
        default="",
        metavar="URL",
        help="Base of its server, which speaks the chat completions of OpenAI, such as that of Ollama, llama.cpp or vLLM;"
        " default CENSORKB_MODEL_ENDPOINT. A key is taken from CENSORKB_MODEL_KEY or a netrc file.",
    ),
    click.option(
        "--timeout",
        "seconds",
        type=click.FloatRange(min=1.0, max=3600.0),
        default=_SECONDS,
        show_default=True,
        metavar="SECONDS",
        help="How long the model may take for an article.",
    ),
)


@contextmanager
def reader(model: str, address: str, seconds: float, gazetteer: Gazetteer) -> Iterator[SecondReader | None]:
    """Open the second reader that was asked for; None if there is to be none.

    Args:
        model: name of the model; empty for none.
        address: base of its server.
        seconds: for an answer.
        gazetteer: the names that the rules go by.

    Raises:
        click.UsageError: it can't be asked.
    """
    if not model:
        if address and click.get_current_context().get_parameter_source("model_endpoint") is _GIVEN:
            raise click.UsageError(said("model-not-named"))
        yield None
        return
    if not address:
        raise click.UsageError(said("model-no-address"))
    from censorkb.desk.second_reader import CantAsk, SecondReader, key_for
    from censorkb.query.endpoint.client import EndpointFailed

    try:
        opened = SecondReader(address, model, seconds, key_for(address), gazetteer, _tell)
    except (CantAsk, EndpointFailed) as fault:
        raise click.UsageError(said(fault)) from None
    with opened:
        yield opened


_GIVEN = click.core.ParameterSource.COMMANDLINE


def _tell(what: Phrase) -> None:
    click.echo(said("model-tells", what=what), err=True)
