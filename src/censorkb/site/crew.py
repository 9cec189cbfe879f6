"""Crews: pages are rendered by several processes at once, one for each processor, which hand their files to this one.

The processes are copies of this one (fork), so that they start with everything that it has read, asked and compiled.
They write nothing to the disk, and none of them outlives its crew.
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
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType

from censorkb.problem import Failure

File = tuple[str, bytes]
Share = Callable[[], Iterator[File]]
_MUCH = 1 << 20  # bytes that are handed over at once


class HandLost(Failure):
    """A process of a crew was ended from outside."""


def hands() -> int:
    """How many processes pay: as many as this one may use processors at once; 1 where there can be no copies of it."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class Crew:
    """Processes at work, as a context.

    Args:
        shares: what each is to make; it must ask nothing of a store that has threads of its own, since these are not
            copied.
    """

    def __init__(self, shares: Iterable[Share]) -> None:
        self._shares = shares
        self._processes: list[multiprocessing.process.BaseProcess] = []
        self._open: list[Connection] = []

    def __enter__(self) -> Crew:
        try:
            for share in self._shares:
                self._begin(share)
        except BaseException:  # a crew is whole, or there is none
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def files(self, *, rest: bool) -> Iterator[File]:
        """What was made so far, or all the rest as soon as it is made.

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

    def _begin(self, share: Share) -> None:
        copies = multiprocessing.get_context("fork")
        here, there = copies.Pipe(duplex=False)
        with contextlib.suppress(OSError):  # a small pipe does, too, but the two wait for each other more often
            fcntl.fcntl(here, fcntl.F_SETPIPE_SZ, _MUCH)
        self._open.append(here)
        process = copies.Process(target=_work, args=(share, there, [*self._open]), daemon=True)
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


def _work(share: Share, out: Connection, others: list[Connection]) -> None:
    """Make a share in a copy of the process, which ends here: what is left of the original is not its to clear away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the original, which ends its copies
    gc.freeze()  # else a search for cycles would copy all memory
    for other in others:
        other.close()
    code = 1
    try:
        _hand_over(share(), out)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, it is told where there is somebody to tell
        out.send(traceback.format_exc())
    finally:
        os._exit(code)


def _hand_over(files: Iterator[File], out: Connection) -> None:
    made, size = list[File](), 0
    for file in files:
        made.append(file)
        size += len(file[1])
        if size >= _MUCH:
            out.send(made)
            made, size = [], 0
    out.send(made)
    out.send(None)
