"""Limits: what a question may cost, and how it is said that it cost more."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS, MEGABYTES = 60.0, 4096


class Exceeded(Exception):
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
        return Exceeded(f"no answer within {self.seconds:g} seconds; ask for less, or allow more with --timeout")

    def too_large(self) -> Exceeded:
        """What is said when the memory is full."""
        return Exceeded(
            f"the question needs more than {self.megabytes:,} MB of memory; ask for less, or allow more with --memory"
        )
