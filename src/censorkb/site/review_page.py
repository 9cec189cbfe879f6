"""The page for a reviewer: all that waits on one page that asks nobody for anything, to be read on any machine.

It has its own style and script in it, and its policy (CSP Level 3) lets in these two by their hashes and nothing else, so
that what an article says stays text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from censorkb.site.environment import environment

_FOLDER = "review"


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says, in the language of its reader.

    Args:
        language: its code.
        say: the words of a name, with their gaps filled.
        count: the same in the form that a number asks for.
        shown: a text or a phrase as a text.
    """

    language: str
    say: Callable[..., str]
    count: Callable[[str, int], str]
    shown: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A style or a script inside of the page, and what the policy knows it by."""

    text: Markup
    hash: str


def render(templates: Path, cards: Sequence[object], words: Words, filename: str) -> bytes:
    """The page.

    Args:
        templates: folder of the templates.
        cards: what is to be seen of each claim; see `desk.sheet.Card`.
        words: what it says.
        filename: what the file of decisions is called.
    """
    style, script = (_part(templates / _FOLDER / name) for name in ("style.css", "script.js"))
    page = environment(templates).get_template(f"{_FOLDER}/page.html")
    made = page.render(
        cards=cards,
        language=words.language,
        say=words.say,
        count=words.count,
        shown=words.shown,
        style=style,
        script=script,
        filename=filename,
    )
    return made.encode()


def _part(path: Path) -> _Part:
    text = path.read_text("utf-8")
    assert "</" not in text, "it would end its own element"
    return _Part(Markup(text), base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())  # noqa: S704 - our own file
