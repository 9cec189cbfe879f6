"""Limits: what a question may cost, and how it is said that it cost more."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.problem import Refusal, grouped

SECONDS, MEGABYTES = 60.0, 4096


class Exceeded(Refusal):
    """A question was ended because it went on too long or took too much memory; the text is a sentence for the asker."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may cost; none of them where a value is 0.

    Args:
        seconds: from the question to the last row.
        megabytes: memory of the process that answers.
        network: whether SERVICE may ask other servers.
    """

    seconds: float = SECONDS
    megabytes: int = MEGABYTES
    network: bool = False

    def too_long(self) -> Exceeded:
        """What is said when the time is over."""
        return Exceeded("too-long", seconds=f"{self.seconds:g}")

    def too_large(self) -> Exceeded:
        """What is said when the memory is full."""
        return Exceeded("too-large", megabytes=grouped(self.megabytes))
