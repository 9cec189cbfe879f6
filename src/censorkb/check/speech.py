"""Speech: the language in which a report is written."""

from __future__ import annotations

from typing import Protocol


class Speech(Protocol):
    """A language.

    Attributes:
        name: its code, such as `fr`.
    """

    name: str

    def say(self, words: str) -> str:
        """Words of the catalogue in this language; the same words if it has none for them."""

    def count(self, one: str, other: str, number: int) -> str:
        """Words with the gap `{n}` in the form that a number asks for."""


class English:
    """The language that the catalogue is written in."""

    name = "en"

    def say(self, words: str) -> str:
        """The same words."""
        return words

    def count(self, one: str, other: str, number: int) -> str:
        """The singular for one, the plural for all others."""
        return one if number == 1 else other


ENGLISH = English()
