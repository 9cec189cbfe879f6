"""Verdicts: decisions that a reviewer took on the page of `review --html`, read strictly and carried out one by one.

What a verdict is on must still be what the reviewer saw: a claim whose lines are others by now is left for another look.
Carrying out the same file again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import msgspec

from censorkb.desk.decision import CantDecide
from censorkb.desk.session import Session
from censorkb.desk.sheet import mark
from censorkb.desk.waiting import Proposal
from censorkb.problem import Phrase, Refusal

MOST_BYTES = 16 << 20
MOST_REASON = 500  # characters, as the page allows


class WrongVerdicts(Refusal):
    """A file holds no decisions of the page; the text says why."""


class Do(StrEnum):
    """What is to become of a claim."""

    ACCEPT = "accept"
    JOIN = "join"
    EDIT = "edit"
    REFUSE = "refuse"


class Verdict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision.

    Args:
        file: path of the claim from the knowledge base.
        id: its id in the file.
        was: what told its lines from others when the reviewer saw them.
        do: what is to become of it.
        lines: other lines for it, first of all; none if it stays as it was.
        measure: id of the measure that it joins.
        how: as the same, as further evidence, or in conflict.
        reason: why it is refused.
    """

    file: str
    id: str
    was: str
    do: Do
    lines: str | None = None
    measure: str = ""
    how: Literal["same", "evidence", "conflict", ""] = ""
    reason: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    censorkb: Literal["decisions"]
    version: Literal[1]
    decisions: list[Verdict]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a verdict.

    Args:
        verdict: the verdict.
        files: what was written.
        why: why it was not carried out; nothing if it was.
        is_over: whether there was nothing left to decide.
    """

    verdict: Verdict
    files: tuple[str, ...] = ()
    why: Phrase | None = None
    is_over: bool = False


def read(raw: bytes) -> list[Verdict]:
    """The decisions in a file.

    Args:
        raw: JSON (RFC 8259), as the page writes it.

    Raises:
        WrongVerdicts: it is something else.
    """
    if len(raw) > MOST_BYTES:
        raise WrongVerdicts("verdicts-too-long", most=MOST_BYTES >> 20)
    try:
        found = msgspec.json.decode(raw, type=_File).decisions
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise WrongVerdicts("verdicts-unread") from None
    for verdict in found:
        if verdict.do is Do.REFUSE and not 0 < len(verdict.reason.strip()) <= MOST_REASON:
            raise WrongVerdicts("verdict-no-reason", id=verdict.id, most=MOST_REASON)
        if verdict.do is Do.JOIN and not (verdict.measure and verdict.how):
            raise WrongVerdicts("verdict-no-measure", id=verdict.id)
    return found


def carry_out(session: Session, verdicts: Iterable[Verdict]) -> Iterable[Outcome]:
    """Carry out decisions one by one; what can't be is told, and keeps none of the others from it."""
    for verdict in verdicts:
        proposal = _find(session, verdict.file, verdict.id)
        if proposal is None:
            yield Outcome(verdict, is_over=True)
            continue
        try:
            yield Outcome(verdict, tuple(_carried_out(session, proposal, verdict)))
        except CantDecide as fault:
            yield Outcome(verdict, why=fault.why)


def _carried_out(session: Session, proposal: Proposal, verdict: Verdict) -> list[str]:
    there = session.lines(proposal)
    if mark(there) != verdict.was and there.rstrip() != (verdict.lines or "").rstrip():
        raise CantDecide("verdict-changed")
    if verdict.lines is not None and verdict.do is not Do.REFUSE and there.rstrip() != verdict.lines.rstrip():
        proposal = _rewritten(session, proposal, verdict.lines)
    if verdict.do is Do.ACCEPT:
        return session.accept(proposal)
    if verdict.do is Do.REFUSE:
        return session.refuse(proposal, verdict.reason)
    if verdict.do is Do.JOIN:
        near = next((one for one in session.near(proposal) if one.id == verdict.measure), None)
        if near is None:
            raise CantDecide("verdict-not-near", measure=verdict.measure)
        return session.join(proposal, near, verdict.how[0])
    return [proposal.file]


def _rewritten(session: Session, proposal: Proposal, lines: str) -> Proposal:
    """The claim that stands there once a proposal has other lines, be it under another id."""
    before = {other.id for other in session.waiting() if other.file == proposal.file}
    session.rewrite(proposal, lines)
    after = [other for other in session.waiting() if other.file == proposal.file]
    found = next((other for other in after if other.id not in before), None)
    found = found or next((other for other in after if other.id == proposal.id), None)
    if found is None:
        raise CantDecide("verdict-changed")
    return found


def _find(session: Session, file: str, id_: str) -> Proposal | None:
    return next((one for one in session.waiting() if one.key == (file, id_)), None)
