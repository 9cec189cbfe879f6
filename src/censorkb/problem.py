"""What is wrong with the data, where, and what to write instead.

Data faults are values: they are collected and shown together, never raised. Every rule's words stand once, in
`problems.toml` beside this module (shapes carry their own message in `ontology/shapes/`).
"""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from importlib import resources

LONGEST_SHOWN = 80


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: path relative to the knowledge base with `/`, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the data.

    Args:
        place: where the author can mend it.
        rule: stable kebab-case name of the rule.
        severity: error, warning or note.
        message: what is wrong, in a contributor's words.
        fix: what to write instead; may be empty.
    """

    place: Place
    rule: str
    severity: Severity
    message: str
    fix: str = ""

    @property
    def key(self) -> tuple[Place, str, str]:
        """Order of a report: by file and line, then by rule and message."""
        return (self.place, self.rule, self.message)


def harmless(text: str) -> str:
    """Make a stranger's text safe to print: no control, format or surrogate characters."""
    return "".join(c if unicodedata.category(c)[0] != "C" else f"\\u{ord(c):04x}" for c in text)


def shown(text: str) -> str:
    """Make a stranger's text safe and short enough to print."""
    safe = harmless(text)
    return safe if len(safe) <= LONGEST_SHOWN else safe[: LONGEST_SHOWN - 1] + "…"


def listed(words: Iterable[str]) -> str:
    """Write words as a list for a sentence, each safe to print."""
    return ", ".join(shown(word) for word in words)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the known words that are nearest to a word, or nothing if none is near."""
    near = get_close_matches(word.lower(), list(known), 3, 0.6)
    return f"did you mean {' or '.join(near)}?" if near else ""


@functools.cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("censorkb").joinpath("problems.toml").read_text("utf-8"))


def rules() -> tuple[str, ...]:
    """Names of all rules whose words stand in the catalogue."""
    return tuple(_catalogue())


def problem(place: Place, rule: str, **values: str | int) -> Problem:
    """Make a problem of a rule in the catalogue.

    Args:
        place: where the author can mend it.
        rule: name of the rule in `problems.toml`.
        values: what the rule's message and fix leave open; text is made safe to print.

    Raises:
        KeyError: the rule or a value is missing; that is a fault of the code.
    """
    entry = _catalogue()[rule]
    safe = {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
    safe |= {name: value for name, value in values.items() if name in ("hint", "known")}
    message, fix = entry["message"].format(**safe), entry.get("fix", "").format(**safe)
    return Problem(place, rule, Severity(entry.get("severity", "error")), message, fix)
