"""Articles: a text with what is known of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A text with what is known of it.

    Args:
        id: the id of the input, or the name of the file.
        text: the unaltered text.
        language: code of its language.
        published: day of publication, if it is known.
        publisher: who published it, if it is known.
        url: where it stands, if it is known.
        title: its headline, if it is known apart from the text.
    """

    id: str
    text: str
    language: str
    published: dt.date | None = None
    publisher: str = ""
    url: str = ""
    title: str = ""
