"""Answers: what somebody gives for a key, made into what the file will say, or refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from censorkb.desk.inventory import Inventory, Item
from censorkb.facts.compose import Tree
from censorkb.facts.text import HIDDEN
from censorkb.graph import edtf, term, web
from censorkb.ontology.form import Field, Form, kebab
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Refusal, both, did_you_mean, is_phrase, listed, near, phrase, verbatim

Answers = Mapping[str, list[str]]
_TAGGED = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)=(.+)", re.DOTALL)


class WrongAnswer(Refusal):
    """The answer can't be used; the text says why and what could be given instead."""


def settled(field: Field, answer: str, ontology: Ontology, inventory: Inventory) -> str:
    """What the file will say for an answer.

    Args:
        field: the key that it is for.
        answer: what was given.
        ontology: the words that there are.
        inventory: the things that there are.

    Raises:
        WrongAnswer: it can't be used.
    """
    text = " ".join(HIDDEN.sub(" ", answer).split())
    if not text:
        raise WrongAnswer("answer-missing", key=field.key, example=verbatim(field.example))
    if field.form == "concept":
        return _word(field, text, ontology)
    if field.form in ("entityRef", "orderedRefs"):
        return _thing(field, text, ontology, inventory)
    if field.form == "sourceRef" and text not in inventory.sources:
        wrong = phrase("answer-no-source", key=field.key, word=text)
        raise WrongAnswer(both(wrong, did_you_mean(text, inventory.sources)))
    if field.form == "webAddress" and not web.is_public(text):
        raise WrongAnswer("answer-no-address", key=field.key, word=text, example=verbatim(field.example))
    if field.form == "nested":
        return _date(field, text)
    return text


def tree(form: Form, answers: Answers) -> dict[str, Tree]:
    """What the file is to say: one value for a key that has one answer, a list for several, names by their language."""
    made: dict[str, Tree] = {}
    for key, given in answers.items():
        field = form.fields.get(key)
        made[key] = _by_language(given) if field and field.form == "langText" else _one_or_all(given)
    return made


def _one_or_all(given: list[str]) -> Tree:
    return given[0] if len(given) == 1 else list(given)


def _by_language(given: list[str]) -> Tree:
    """Texts of which some have their language before them, as in ru=Россия; English is meant by the others."""
    found: dict[str, list[str]] = {}
    for text in given:
        tagged = _TAGGED.fullmatch(text)
        language, name = (
            (tagged[1].lower(), tagged[2].strip()) if tagged and term.is_language(tagged[1].lower()) else ("en", text)
        )
        found.setdefault(language, []).append(name)
    return _one_or_all(found["en"]) if set(found) == {"en"} else {k: _one_or_all(texts) for k, texts in found.items()}


def _word(field: Field, text: str, ontology: Ontology) -> str:
    assert field.class_ is not None
    words = ontology.words.of(field.class_)
    word = next((word for word in words if word.lower() == text.lower().replace(" ", "-")), "")
    if not word:
        wrong = phrase("answer-no-word", key=field.key, word=text, known=listed(words))
        raise WrongAnswer(both(wrong, did_you_mean(text, words)))
    return word


def _thing(field: Field, text: str, ontology: Ontology, inventory: Inventory) -> str:
    """The id of an entity or measure, given by its id or by one of its names."""
    if text in inventory.things:
        return text
    named = inventory.named(text)
    if len(named) == 1:
        return named[0].id
    name = f"kind-{kebab(ontology.prefixes.local(field.class_.value))}" if field.class_ else ""
    kind = phrase(name if is_phrase(name) else "kind-thing")
    hint = near(item.id for item in (named or inventory.like(text))[:3]) or phrase("make-it")
    raise WrongAnswer(both(phrase("answer-no-thing", key=field.key, kind=kind, word=text), hint))


def _date(field: Field, text: str) -> str:
    try:
        edtf.parse(text)
    except edtf.WrongDate as fault:
        raise WrongAnswer("answer-no-date", key=field.key, word=text, why=fault.why, hint=fault.hint) from None
    return text


def described(item: Item) -> str:
    """A thing in a line: its id, its names, and its file."""
    names = listed(dict.fromkeys(item.names[:4]))
    return f"{item.id} ({names}), {item.file}" if names else f"{item.id}, {item.file}"
