"""Sentences: templates of one catalogue with their gaps filled, written for a reader of plain text or of Markdown."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

from censorkb.check.speech import ENGLISH, Speech
from censorkb.problem import harmless

LONGEST = 300  # characters of a value; nothing that a fact may say is longer, but a file can be wrong
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#~|&!$]|^[-+=]|^\d+(?=[.)])")
# GitHub turns these into links after it has read the Markdown, so a backslash does not keep them plain.
_CALLS = re.compile(r"(?<=[@#])(?=\w)|(?<=\bGH)(?=-)|(?<=\bwww)(?=\.)|(?<=:)(?=//)", re.IGNORECASE)
_JOINER, _NOTHING = "\u2060", "—"  # nothing between two signs would make others of them
Escape = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Args:
        name: of its template in `sentences.toml`; one that counts has the gap `n`.
        gaps: what fills it: texts of the facts, numbers, and clauses.
    """

    name: str
    gaps: dict[str, str | int | Sentence]

    def write(self, escape: Escape, speech: Speech = ENGLISH) -> str:
        """The sentence in words.

        Args:
            escape: makes a text of the facts safe for the format.
            speech: the language.

        Raises:
            KeyError: there is no such template, or a gap is left; that is a fault of the code.
        """
        template = templates()[self.name]
        if isinstance(template, str):
            words = speech.say(template)
        else:
            number = self.gaps["n"]
            assert isinstance(number, int), "it is counted"
            words = speech.count(*template, number)
        return words.format(**{name: _filled(gap, escape, speech) for name, gap in self.gaps.items()})


def say(template: str, /, **gaps: str | int | Sentence) -> Sentence:
    """Make a sentence; see `Sentence`."""
    return Sentence(template, gaps)


def plain(text: str, longest: int = LONGEST) -> str:
    """Make a stranger's text safe for a terminal or JSON: short, on one line, without hidden characters."""
    safe = harmless(" ".join(text.split()))
    return safe if len(safe) <= longest else f"{safe[: longest - 1]}…"


def markdown(text: str, longest: int = LONGEST) -> str:
    """Make a stranger's text safe for Markdown (GitHub's, 0.29): no markup, no mention, no link."""
    return _CALLS.sub(_JOINER, _SIGNS.sub(_escaped, plain(text, longest))) or _NOTHING


def code(text: str) -> str:
    """Make a stranger's text safe inside the backticks of Markdown, and put it between them."""
    return f"`{plain(text).replace('`', chr(39)) or _NOTHING}`"


@functools.cache
def templates() -> dict[str, str | tuple[str, str]]:
    """All templates by name; those that count as one and several."""
    read = tomllib.loads(resources.files("censorkb.desk").joinpath("sentences.toml").read_text("utf-8"))
    return {name: words if isinstance(words, str) else (words["one"], words["other"]) for name, words in read.items()}


def _escaped(found: re.Match[str]) -> str:
    sign = found.group()
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"  # a number is plain if its stop is escaped


def _filled(gap: str | int | Sentence, escape: Escape, speech: Speech) -> str:
    if isinstance(gap, Sentence):
        return gap.write(escape, speech)
    return str(gap) if isinstance(gap, int) else escape(gap)
