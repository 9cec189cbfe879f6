"""Crews: pages are rendered by several processes at once, one for each processor, which tell this one what they have made.

The processes are copies of this one (fork), so that they start with everything that it has read, asked and compiled.
None of them outlives its crew.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import multiprocessing
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, TypeVar

from censorkb.problem import Failure

Made = TypeVar("Made")
Share = Callable[[], Iterator[Made]]
_MANY = 500  # things that are told of at once
_NUMBER = 4  # bytes of the number of a share
_ROOM = 1 << 20  # bytes for what was told while nobody listens


class HandLost(Failure):
    """A process of a crew was ended from outside."""


def hands() -> int:
    """How many processes pay: as many as this one may use processors at once; 1 where there can be no copies of it."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class Crew(Generic[Made]):
    """Processes at work, as a context.

    Args:
        shares: what is to be done, and told of; who has done one does the next. It must ask nothing of a store that has
            threads of its own, since these are not copied.
        hands: how many processes.
    """

    def __init__(self, shares: Sequence[Share[Made]], hands: int) -> None:
        self._shares, self._hands = shares, hands
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._open: list[Connection] = []

    def __enter__(self) -> Crew[Made]:
        numbers = _numbers(len(self._shares))
        try:
            for _ in range(self._hands):
                self._begin(numbers)
        except BaseException:  # a crew is whole, or there is none
            self._end()
            raise
        finally:
            os.close(numbers)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def made(self, *, rest: bool) -> Iterator[Made]:
        """What was told of so far, or all the rest as soon as it is told.

        Raises:
            HandLost: a process was ended from outside.
            RuntimeError: a process has failed; the text is its traceback.
        """
        while self._open and (ready := wait(self._open, None if rest else 0)):
            for connection in ready:
                assert isinstance(connection, Connection)
                try:
                    content = connection.recv()
                except (EOFError, ConnectionError):
                    raise HandLost("hand-lost") from None
                if content is None:
                    self._open.remove(connection)
                elif isinstance(content, str):
                    raise RuntimeError(content)
                else:
                    yield from content

    def _begin(self, numbers: int) -> None:
        copies = multiprocessing.get_context("fork")
        here, there = copies.Pipe(duplex=False)
        with contextlib.suppress(OSError):  # a small pipe does, too, but who tells must wait more often
            fcntl.fcntl(here, fcntl.F_SETPIPE_SZ, _ROOM)
        self._open.append(here)
        process = copies.Process(target=_work, args=(self._shares, numbers, there, [*self._open]), daemon=True)
        with there, warnings.catch_warnings():  # closed here, so that the end of the process is seen
            # Python 3.12 warns of forks beside threads: no lock of theirs is wanted.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        self._processes.append(process)

    def _end(self) -> None:
        for connection in self._open:
            connection.close()
        for process in self._processes:
            process.kill()
            process.join()


def _numbers(most: int) -> int:
    """A pipe with the numbers of all shares: each is read by one process (the place in a file would not be: memfd_create has no lock for it)."""
    handle, end = os.pipe()
    with contextlib.suppress(OSError):  # a small one has room for 16,000
        fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, _ROOM)
    with open(end, "wb") as numbers:
        numbers.write(b"".join(number.to_bytes(_NUMBER) for number in range(most)))
    return handle


def _work(shares: Sequence[Share[Made]], numbers: int, out: Connection, others: list[Connection]) -> None:
    """Do shares in a copy of the process, which ends here: what is left of the original is not its to clear away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the original, which ends its copies
    gc.freeze()  # else a search for cycles would copy all memory
    for other in others:
        other.close()
    code = 1
    try:
        made = (
            one for number in iter(partial(os.read, numbers, _NUMBER), b"") for one in shares[int.from_bytes(number)]()
        )
        while told := [*islice(made, _MANY)]:
            out.send(told)
        out.send(None)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, it is told where there is somebody to tell
        out.send(traceback.format_exc())
    finally:
        os._exit(code)
