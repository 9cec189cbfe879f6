"""The cost of a process: CPU seconds of it and its children, how long they took, and the most memory they had at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import HOME
from bench.clock import Answer

LOOK_EVERY = 0.25  # seconds between two looks at the memory


class Failed(Exception):
    """A measured program did not do its work; the text says why."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took.

    Args:
        cpu: CPU seconds that count, user and system.
        memory: the most megabytes that it and its children had at once.
        answer: what it says it found, if it is one of our programs.
        parts: CPU seconds of parts of the work.
        output: what it printed.
        elapsed: seconds on the wall that count.
    """

    cpu: float
    memory: int
    answer: Answer | None = None
    parts: dict[str, float] = field(default_factory=dict)
    output: str = ""
    elapsed: float = 0.0


def cost(
    command: Sequence[object],
    env: Mapping[str, str] | None = None,
    most: float = 1200,
    allowed: Sequence[int] = (0,),
) -> Cost:
    """Run a process and see what it takes.

    Args:
        command: program and arguments; it starts in the folder of the project.
        env: variables in addition to ours.
        most: seconds of waiting after which it is ended.
        allowed: exit codes that are no failure.

    Raises:
        Failed: it can't be started, failed, or took too long.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        try:
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=HOME,
                env={**_environment(), **(env or {})}, start_new_session=True,
            )  # fmt: skip
        except OSError as fault:
            raise Failed(str(fault.strerror)) from None
        watch, began = _Watch(process.pid, most), time.monotonic()
        try:
            _, status, used = os.wait4(process.pid, 0)
            elapsed = time.monotonic() - began
        except BaseException:  # we are told to stop, and so is it
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        output = out.read()
        if watch.too_long:
            raise Failed(f"not done after {most:.0f} s")
        if process.returncode not in allowed:
            last = err.read().strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
            raise Failed(last[0][:200])
    memory = max(used.ru_maxrss // 1024, watch.memory)
    return _read(Cost(used.ru_utime + used.ru_stime, memory, output=output, elapsed=elapsed))


def _environment() -> dict[str, str]:
    """Ours, but that Python keeps what it has compiled, as it does unless it is told not to."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _read(whole: Cost) -> Cost:
    """Take the answer from the last line of the output, if it is one of ours, and what it counts of the whole."""
    last = whole.output.rstrip("\n").rpartition("\n")[2]
    return replace(whole, **json.loads(last)) if last.startswith('{"answer"') else whole


class _Watch:
    """Ends a process that takes too long, and adds up the memory of its children: the system gives the largest only."""

    def __init__(self, process: int, most: float) -> None:
        self.memory, self.too_long = 0, False
        self._process, self._until = process, time.monotonic() + most
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            if time.monotonic() > self._until:
                self.too_long = True
                os.killpg(self._process, signal.SIGKILL)
                return
            family = _family(self._process)
            if len(family) > 1:
                self.memory = max(self.memory, sum(map(_memory, family)) // 1024)


def _family(ancestor: int) -> list[int]:
    """A process and its descendants; only itself where there is no /proc."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parents[int(stat.parent.name)] = int(fields[1])
    found = [ancestor]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found


def _memory(process: int) -> int:
    """Kilobytes of a process; what several share is shared out among them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
