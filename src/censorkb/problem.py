"""What is wrong with the data, where, and what to write instead.

Data faults are values: they are collected and shown together, never raised. Every rule's words stand once, in
`problems.toml` beside this module (shapes carry their own message in `ontology/shapes/`); what fills the gaps of several
of them stands in `phrases.toml`. A problem keeps its words and what fills them apart, to be said in any language.
"""

from __future__ import annotations

import errno
import functools
import os
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from string import Formatter
from typing import Any

LONGEST_SHOWN = 80
QUOTES = "\"'“”„‟«»‘’‚‹›"
CLOSE = 10  # how many percent less alike a word may be than the nearest, to be offered beside it
LISTED = frozenset(
    {"hint", "known", "near", "places"}
)  # gaps for lists of words, each of which is safe and short by itself


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
class Phrase:
    """Words for a reader, with what fills their gaps kept apart.

    Args:
        words: English with gaps such as `{key}`, in the syntax of `str.format`; catalogues of other languages know them
            by these very words.
        gaps: what stands in each gap, safe to print, or a phrase in turn.
    """

    words: str
    gaps: tuple[tuple[str, str | Phrase], ...] = ()

    def said(self, translate: Translate) -> str:
        """The words in a language, filled in."""
        if not self.words:
            return ""
        gaps = {name: gap if isinstance(gap, str) else gap.said(translate) for name, gap in self.gaps}
        return translate(self.words).format_map(gaps).strip()

    def __str__(self) -> str:
        return self.said(str)

    def __bool__(self) -> bool:
        return bool(self.words)


Translate = Callable[[str], str]
NOTHING = Phrase("")


class Refusal(Exception):
    """What was asked for can't be done, and why, in words that can be said in any language.

    Args:
        words: why, or the name of a phrase of `phrases.toml` or `terminal.toml`.
        gaps: what fills the phrase.
    """

    def __init__(self, words: Phrase | str, /, **gaps: str | int | Phrase) -> None:
        self.why = words if isinstance(words, Phrase) else phrase(words, **gaps)
        super().__init__(str(self.why))


class Failure(Refusal, OSError):
    """Input or output failed, and why, in words that can be said in any language."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the data.

    Args:
        place: where the author can mend it.
        rule: stable kebab-case name of the rule.
        severity: error, warning or note.
        wrong: what is wrong, in a contributor's words.
        mend: what to write instead; may be nothing.
    """

    place: Place
    rule: str
    severity: Severity
    wrong: Phrase
    mend: Phrase = NOTHING

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return str(self.wrong)

    @property
    def fix(self) -> str:
        """What to write instead, in English."""
        return str(self.mend)

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


def did_you_mean(word: str, known: Iterable[str]) -> Phrase:
    """Name the known words that are nearest to a word, or nothing if none is near."""
    return near(nearest(word, sorted(known)))


def nearest(word: str, known: Collection[str]) -> list[str]:
    """The known words that are near to a word, at most three and the nearest first.

    Near is what shares letters in the same order: six of ten, counted in both words together.
    """
    from rapidfuzz import fuzz, process  # here, since few runs need it

    found = process.extract(word.lower(), known, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    return [other for other, like, _ in found if like > found[0][1] - CLOSE]


def near(words: Iterable[str]) -> Phrase:
    """Offer words that may be meant, the nearest first; nothing if there are none."""
    offered = listed(words)
    return phrase("near", near=offered) if offered else NOTHING


@functools.cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("censorkb").joinpath(name).read_text("utf-8"))


def rules() -> tuple[str, ...]:
    """Names of all rules whose words stand in the catalogue."""
    return tuple(_read("problems.toml"))


def severity(rule: str) -> Severity:
    """How much a rule of the catalogue weighs."""
    return Severity(_read("problems.toml")[rule].get("severity", "error"))


def words(rule: str) -> tuple[str, str]:
    """What a rule of the catalogue says is wrong, and what to write instead, with their gaps."""
    entry = _read("problems.toml")[rule]
    return entry["message"], entry.get("fix", "")


def phrases() -> tuple[str | tuple[str, str], ...]:
    """All words that are not those of one rule; those that are counted as one and several."""
    every = _read("phrases.toml") | _read("terminal.toml")
    return tuple(entry if isinstance(entry, str) else counted(name) for name, entry in every.items())


def is_phrase(name: str) -> bool:
    """Whether there are words of this name in `phrases.toml` or `terminal.toml`."""
    return name in _read("phrases.toml") or name in _read("terminal.toml")


def counted(name: str) -> tuple[str, str]:
    """Words for one and for several, with the gap `{n}`."""
    entry = _phrase(name)
    return entry["one"], entry["other"]


def phrase(name: str, /, **values: str | int | Phrase) -> Phrase:
    """Make a phrase of those in `phrases.toml` and `terminal.toml`.

    Args:
        name: its name there.
        values: what fills its gaps; text is made safe to print, but for what is listed.

    Raises:
        KeyError: there is no such phrase; that is a fault of the code.
    """
    return _filled(_phrase(name), values)


def verbatim(text: str) -> Phrase:
    """A text that is no word of ours and is shown whole, safe to print."""
    return Phrase("{text}", (("text", harmless(text)),))


def known(text: str) -> Phrase:
    """A text of the ontology, which the catalogues may have in other languages, safe to print."""
    return Phrase(harmless(text).replace("{", "{{").replace("}", "}}"))


def why(fault: Exception) -> Phrase:
    """Why something failed: what a refusal says, what the system says of a file, or else the words of the failure."""
    if isinstance(fault, Refusal):
        return fault.why
    if not (isinstance(fault, OSError) and fault.strerror):
        return verbatim(str(fault))
    name = f"system-{errno.errorcode.get(fault.errno or 0, '').lower()}"
    told = phrase(name) if is_phrase(name) else verbatim(fault.strerror)
    path = fault.filename
    return phrase("of-file", path=verbatim(os.fsdecode(path)), why=told) if isinstance(path, str | bytes) else told


def both(wrong: Phrase, hint: Phrase) -> Phrase:
    """What is wrong, and what may be meant if that is known."""
    return phrase("meant", wrong=wrong, hint=hint) if hint else wrong


def problem(place: Place, rule: str, **values: str | int | Phrase) -> Problem:
    """Make a problem of a rule in the catalogue.

    Args:
        place: where the author can mend it.
        rule: name of the rule in `problems.toml`.
        values: what the rule's message and fix leave open; text is made safe to print, but for what is listed.

    Raises:
        KeyError: the rule or a value is missing; that is a fault of the code.
    """
    message, fix = words(rule)
    return Problem(place, rule, severity(rule), _filled(message, values), _filled(fix, values))


def _phrase(name: str) -> Any:
    """Words by their name; those of the terminal are read when they are wanted."""
    return _read("phrases.toml").get(name) or _read("terminal.toml")[name]


def _filled(text: str, values: dict[str, str | int | Phrase]) -> Phrase:
    return Phrase(text, tuple((name, _gap(name, values[name])) for name in gaps_of(text)))


def _gap(name: str, value: str | int | Phrase) -> str | Phrase:
    if isinstance(value, str) and name not in LISTED:
        return shown(value)
    return str(value) if isinstance(value, int) else value


@functools.cache
def gaps_of(text: str) -> tuple[str, ...]:
    """Names of the gaps in words, each once, in the order of the alphabet."""
    return tuple(sorted({name for _, name, _, _ in Formatter().parse(text) if name}))
