"""The clock of a measured program: CPU seconds of a stretch of work, its child processes included, how long it took, and its answer.

A program that is measured as a whole only gives its answer. This module knows nothing but the standard library, since
peers run it in Pythons of their own.
"""

from __future__ import annotations

import hashlib
import json
import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

Answer = str | int | float | list[str] | dict[str, str] | dict[str, float]


def now() -> float:
    """CPU seconds that this process and its ended children have used, user and system."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


class Clock:
    """Adds up the stretches of work that count."""

    def __init__(self) -> None:
        self.seconds = self.elapsed = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is done meanwhile."""
        start, began = now(), time.monotonic()
        try:
            yield
        finally:
            self.seconds += now() - start
            self.elapsed += time.monotonic() - began


def tell(answer: Answer, clock: Clock | None = None, **parts: float) -> None:
    """Hand the answer to whoever measures.

    Args:
        answer: by which to see that two programs did the same work.
        clock: what counts; without one it is the whole process.
        parts: CPU seconds of the parts, if there are any of interest.
    """
    counted = {"cpu": clock.seconds, "elapsed": clock.elapsed} if clock else {}
    print(json.dumps({"answer": answer, **counted, "parts": parts}))


def digest(lines: Iterable[str]) -> str:
    """Say in few signs how many lines there are and which, whatever their order."""
    ordered = sorted(set(lines))
    return f"{len(ordered)} {hashlib.sha256(chr(10).join(ordered).encode()).hexdigest()[:12]}"
