"""Diction: how a language writes what templates show: its words, its dates and numbers. All languages have one together, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2.filters import FILTERS

from censorkb.site.catalogue import Catalogue, Words
from censorkb.site.dates import Dates
from censorkb.site.formats import as_html, iri, verbatim
from censorkb.site.tongues import Tongues

Functions = dict[str, Callable[..., Any]]


def ended(sentence: str) -> str:
    """A sentence with a full stop, as it is if it has one."""
    return sentence if sentence.endswith(".") else f"{sentence}."


# What templates send texts through, in any language alike.
ALIKE: Functions = {
    "verbatim": verbatim, "as_html": as_html, "iri": iri, "ended": ended,
    **{name: FILTERS[name] for name in ("lower", "capitalize")},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """What a language is called.

    Args:
        language: its tag.
        direction: in which it is written.
        locale: its name in the Unicode CLDR.
        name: its name in its own words.
    """

    language: str
    direction: str
    locale: str
    name: str


@dataclass(frozen=True, slots=True)
class Diction:
    """How a language writes.

    Args:
        language: what it is called.
        words: its words by key.
        filters: what templates send values through; for all languages together also `ALIKE`.
        functions: what templates call.
    """

    language: Language
    words: Words
    filters: Functions
    functions: Functions

    @classmethod
    def of(cls, catalogue: Catalogue) -> Diction:
        """That of one language."""
        dates, tag = Dates(catalogue.locale, catalogue.date), catalogue.language

        def either(here: str, there: str, language: str) -> str:
            return here if language == tag else there

        filters: Functions = {
            "date": dates, "month": dates.month, "number": catalogue.number, "size": catalogue.size,
            "language": catalogue.language_name, "either": either,
        }  # fmt: skip
        language = Language(tag, catalogue.direction, str(catalogue.locale), catalogue.name)
        functions: Functions = {"counted": catalogue.counted, "bounds": dates.bounds}
        return cls(language, catalogue.words, filters, functions)

    @classmethod
    def together(cls, all_: Sequence[Diction], tongues: Tongues) -> Diction:
        """That of all languages at once, in their order: what it writes are texts of them all."""

        def each(said: Sequence[str]) -> str:
            return tongues.each(said, lasting=True)

        def functions(found: Sequence[Functions]) -> Functions:
            return {name: tongues.function([one[name] for one in found]) for name in found[0]}

        names = ((one.language, one.direction, one.locale, one.name) for one in (one.language for one in all_))
        return cls(
            Language(*map(each, zip(*names, strict=True))),
            _together([one.words for one in all_], each),
            functions([one.filters for one in all_]) | {name: tongues.alike(one) for name, one in ALIKE.items()},
            functions([one.functions for one in all_]),
        )


def _together(found: Sequence[Any], each: Callable[[Sequence[str]], str]) -> Any:
    """Words, groups and lists of them, of which all languages have the same."""
    if isinstance(found[0], Words):
        return Words({key: _together([one[key] for one in found], each) for key in vars(found[0])})
    if isinstance(found[0], list):
        return [_together(one, each) for one in zip(*found, strict=True)]
    return each(found)
