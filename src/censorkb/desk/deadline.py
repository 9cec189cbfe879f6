"""Deadlines: work for somebody else's server that is given up after some time, whatever it is waiting for.

A client counts the time between two pieces of an answer, so a server that sends a byte of its headers now and then keeps
it for ever. Work that is late is left to itself, in a thread that does not keep the program from ending.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar

_Made = TypeVar("_Made")


class TooLate(Exception):
    """The work was not done in time."""


def within(seconds: float, work: Callable[[], _Made]) -> _Made:
    """What some work makes.

    Args:
        seconds: that it may take.
        work: what to do; what it raises is raised here.

    Raises:
        TooLate: it takes longer; it goes on, and nobody hears of it any more.
    """
    made: Future[_Made] = Future()

    def run() -> None:
        try:
            made.set_result(work())
        except BaseException as fault:  # noqa: BLE001 - it is raised where the work was asked for
            made.set_exception(fault)

    Thread(target=run, daemon=True).start()
    wait([made], seconds)
    if not made.done():
        raise TooLate
    return made.result()
