"""Answers of a model, read strictly: the envelope of the chat completions of OpenAI, and in it acts by our schema."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from censorkb.extract.gold import Action, Status
from censorkb.problem import Refusal

MOST_ACTS = 100  # in an article; the longest of the gold has 18


class WrongAnswer(Refusal):
    """The answer of a model can't be used; the text says why."""


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act as a model has read it: codes, and words of the article.

    Args:
        quote: the words that carry it.
        action: what was done.
        status: how far it has come.
        target: what it was done to.
        agent: who did it.
        country: where it applies.
        date: when it began.
    """

    quote: Annotated[str, msgspec.Meta(description="At most 12 words of the article, verbatim, with the verb.")]
    action: Action
    status: Status
    target: Annotated[str, msgspec.Meta(description="The service, site, kind of sites or network, as written.")]
    agent: Annotated[str | None, msgspec.Meta(description="The body or state that acts, as written.")]
    country: Annotated[str | None, msgspec.Meta(description="The country where it applies, as written.")]
    date: Annotated[str | None, msgspec.Meta(description="The words that say when it began, as written.")]


class Acts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The acts of an article."""

    acts: list[Act]


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


class _Content(msgspec.Struct, forbid_unknown_fields=True):
    acts: list[msgspec.Raw]


_COMPLETION = msgspec.json.Decoder(_Completion)
_CONTENT = msgspec.json.Decoder(_Content)
_ACT = msgspec.json.Decoder(Act)


def schema() -> dict[str, Any]:
    """The JSON Schema of an answer, with an object at its root, as strict servers want it."""
    _, parts = msgspec.json.schema_components([Acts], ref_template="#/$defs/{name}")
    for part in parts.values():
        part["description"] = part["description"].partition("\n")[0]  # the rest is for who reads the code
    return {**parts.pop("Acts"), "$defs": parts}


def read(raw: bytes) -> tuple[list[Act], int]:
    """The acts of an answer, and how many more there are that are not by the schema.

    Args:
        raw: the body of a chat completion, JSON (RFC 8259).

    Raises:
        WrongAnswer: it is none, was cut off, or holds something else than acts.
    """
    try:
        choices = _COMPLETION.decode(raw).choices
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise WrongAnswer("model-no-completion") from None
    if not choices:
        raise WrongAnswer("model-no-completion")
    choice = choices[0]
    if choice.finish_reason == "length":
        raise WrongAnswer("model-broke-off")
    if choice.message.refusal or not choice.message.content:
        raise WrongAnswer("model-declined")
    return _acts(choice.message.content)


def _acts(content: str) -> tuple[list[Act], int]:
    try:
        rows = _CONTENT.decode(content).acts
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise WrongAnswer("model-not-by-schema") from None
    if len(rows) > MOST_ACTS:
        raise WrongAnswer("model-too-many", most=MOST_ACTS)
    acts = []
    for row in rows:
        try:
            acts.append(_ACT.decode(row))
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            continue  # counted below
    return acts, len(rows) - len(acts)
