"""The comment on a pull request, made by trusted code of a report that a stranger's code may have written.

The report is data and nothing else: small, of the expected form, each text escaped again, and cut where it is too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from censorkb.check.speech import ENGLISH, Speech
from censorkb.desk.account import Group
from censorkb.desk.sentence import code, markdown, say
from censorkb.problem import Severity

MOST_BYTES = 4_000_000
MOST_CHARACTERS = 60_000  # GitHub takes 65,536
MOST_ITEMS, MOST_KEYS, LONGEST_SENTENCE = 30, 10, 1200
MARK = "<!-- censorkb: what the change says -->"

_Text = Annotated[str, msgspec.Meta(max_length=4000)]
_Number = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]


class _Item(msgspec.Struct):
    """A thing of the report."""

    id: _Text
    file: _Text
    line: _Number
    says: _Text
    keys: list[_Text] = []


class _Problem(msgspec.Struct):
    """A problem of the report."""

    file: _Text
    line: _Number
    severity: Severity
    rule: _Text
    message: _Text
    fix: _Text = ""


class _Report(msgspec.Struct):
    """What `censorkb diff --format json` writes."""

    files: _Number
    added: list[_Item]
    changed: list[_Item]
    corrected: list[_Item]
    withdrawn: list[_Item]
    follows: list[_Text]
    problems: list[_Problem]


def comment(raw: bytes, preview: str = "", speech: Speech = ENGLISH) -> str:
    """Write the comment.

    Args:
        raw: what claims to be the report of a diff as JSON.
        preview: web address at which the built site can be had; from the caller, never from the report.
        speech: the language of what stands around the sentences of the report.

    Returns:
        Markdown whose first line is `MARK`, by which the comment is found again, at most `MOST_CHARACTERS` long.
    """
    return _cut("\n".join(_Writer(speech).lines(_read(raw), preview)) + "\n")


def _read(raw: bytes) -> _Report | None:
    if len(raw) > MOST_BYTES:
        return None
    try:
        return msgspec.json.decode(raw, type=_Report)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


class _Writer:
    """Writes the comment in a language."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def lines(self, report: _Report | None, preview: str) -> Iterator[str]:
        """The lines of the comment."""
        yield MARK
        if report:
            yield from self._report(report, preview)
        else:
            yield self._said("comment-unread")
        yield ""
        yield self._said("comment-how")

    def _report(self, report: _Report, preview: str) -> Iterator[str]:
        mend = [p for p in report.problems if p.severity is Severity.ERROR]
        look = [p for p in report.problems if p.severity is not Severity.ERROR]
        yield self._heading("comment-says")
        yield from self._says(report)
        yield self._heading("comment-mend")
        yield from self._problems(mend) if mend else [self._said("comment-clean")]
        if look:
            yield self._heading("comment-look")
            yield from self._problems(look)
        yield self._heading("comment-preview")
        yield f"[{self._said('comment-site')}]({preview})" if preview and not mend else self._said("comment-none")

    def _says(self, report: _Report) -> Iterator[str]:
        groups = (report.added, report.changed, report.corrected, report.withdrawn)
        for group, items in zip(Group, groups, strict=True):
            if items:
                yield f"**{self._said(f'heading-{group}')}**\n"
                for item in items[:MOST_ITEMS]:
                    yield f"- {_told(item.says)}  "
                    yield "  " + code(f"{item.file}:{item.line}")
                    yield from (f"  - {_told(key)}" for key in item.keys[:MOST_KEYS])
                    yield from self._more(item.keys, MOST_KEYS, "  ")
                yield from self._more(items, MOST_ITEMS)
                yield ""
        if report.follows:
            yield f"**{self._said('heading-follows')}**\n"
            yield from (f"- {_told(sentence)}" for sentence in report.follows[:MOST_ITEMS])
            yield from self._more(report.follows, MOST_ITEMS)
        elif not any(groups):
            yield self._said("nothing")

    def _problems(self, problems: list[_Problem]) -> Iterator[str]:
        for problem in problems[:MOST_ITEMS]:
            place = code(f"{problem.file}:{problem.line}")
            yield f"- {place} {code(problem.rule)}: {_told(problem.message)}" + ("  " if problem.fix else "")
            if problem.fix:
                yield f"  {_told(problem.fix)}"
        yield from self._more(problems, MOST_ITEMS)

    def _more(self, items: Sequence[object], most: int, indent: str = "") -> Iterator[str]:
        if len(items) > most:
            yield f"{indent}- {say('comment-more', n=len(items) - most).write(markdown, self._speech)}"

    def _heading(self, name: str) -> str:
        return f"\n### {self._said(name)}\n"

    def _said(self, name: str) -> str:
        return say(name).write(markdown, self._speech)


def _told(sentence: str) -> str:
    """A sentence of the report, which is several texts of the facts long."""
    return markdown(sentence, LONGEST_SENTENCE)


def _cut(text: str) -> str:
    """Whole lines, as many as there is room for."""
    if len(text) <= MOST_CHARACTERS:
        return text
    kept = text[:MOST_CHARACTERS].rpartition("\n")[0]
    return f"{kept}\n\n…\n"
