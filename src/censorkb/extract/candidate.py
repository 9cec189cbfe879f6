"""Candidates: claims that rules or a model propose, with the place in the text that each rests on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One act that a text puts forward.

    Args:
        action: a code such as block or shutdown.
        target: English name of what it aims at.
        agent: English name of who did it; None if nobody is said to.
        country: code of the country where it applies; None if the text has none.
        date: EDTF of its beginning; None if the text has none.
        status: enacted, ordered, threatened, lifted, denied or reported-disruption.
        quote: at most 12 words, verbatim.
        start: where the quote begins in the text.
        end: one after its last character.
        phrase: the words that a date was resolved from.
        basis: how the date was found: stated, relative, lead (the month of publication) or before.
        speaker: who says it, as the text has it.
        via: who the speaker told it to, as the text has it.
        stance: asserts, confirms or denies.
        confidence: between 0 and 1.
        flags: what a reviewer should look at.
        trigger: where the words stand that name the act: first and one after the last character.
        by: who has found it: rules, model, or both.
        differs: slots that a model reads in another way, and how.
    """

    action: str
    target: str
    agent: str | None
    country: str | None
    date: str | None
    status: str
    quote: str
    start: int
    end: int
    phrase: str = ""
    basis: str = ""
    speaker: str = ""
    via: tuple[str, ...] = ()
    stance: str = "asserts"
    confidence: float = 0.5
    flags: tuple[str, ...] = ()
    trigger: tuple[int, int] = (0, 0)
    by: str = "rules"
    differs: tuple[tuple[str, str], ...] = ()

    def row(self) -> dict[str, str | int | None]:
        """The keys that `--format jsonl` prints."""
        keys = ("action", "target", "agent", "country", "date", "status", "quote", "start", "end")
        return {key: getattr(self, key) for key in keys}
