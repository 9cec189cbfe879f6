"""The child: this program's side of the process that answers questions; it is started, asked, and ended in time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from censorkb.query.frames import BrokenOff, Text, put, take
from censorkb.query.limits import Limits

Bound = dict[ox.Variable, ox.NamedNode | ox.Literal]


class EngineFailed(Exception):
    """The engine could not answer: its files are damaged or gone, or it was ended by somebody else."""


class NotSparql(Exception):
    """The engine does not understand the query; the text is its parser's."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the engine is asked.

    Args:
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prefixes: known beside those that the query declares.
        bound: terms for variables that the query selects.
        default_graph: IRIs of graphs that make the default graph; none for what the query says.
        named_graphs: IRIs of graphs that GRAPH finds; none for what the query says.
        rows: after how many to stop; none for all.
    """

    sparql: str
    prefixes: dict[str, str]
    bound: Bound = field(default_factory=dict)
    default_graph: list[str] | None = None
    named_graphs: list[str] | None = None
    rows: int | None = None

    def message(self, seconds: float) -> dict[str, Any]:
        """What is written to the engine."""
        return {
            "sparql": self.sparql,
            "prefixes": self.prefixes,
            "bound": {variable.value: _parts(term) for variable, term in self.bound.items()},
            "default_graph": self.default_graph,
            "named_graphs": self.named_graphs,
            "rows": self.rows,
            "seconds": seconds or None,
        }


def _parts(term: ox.NamedNode | ox.Literal) -> list[str]:
    if isinstance(term, ox.NamedNode):
        return ["uri", term.value, ""]
    return ["literal", term.value, term.datatype.value]


@dataclass(slots=True)
class Reply:
    """What the engine says.

    Args:
        kind: `truth`, `rows` or `triples`.
        columns: names of the variables of rows.
        truth: answer to ASK.
        text: rows as SPARQL results in TSV, or triples as N-Triples; not a byte of it may be believed before all was read
            and `is_whole` can be asked.
    """

    kind: str
    columns: tuple[str, ...] = ()
    truth: bool = False
    text: Text | None = None

    @property
    def is_whole(self) -> bool:
        """Whether no row is missing because of a limit on rows; all was read."""
        return self.text is None or bool((self.text.verdict or {}).get("whole"))

    def check(self) -> None:
        """Raise what went wrong on the way."""
        _raise((self.text.verdict if self.text else None) or {})


class Child:
    """A process that answers one question after the other.

    Args:
        folder: the store; without one, questions are asked of nothing.
        limits: what each may cost.
    """

    def __init__(self, folder: Path | None, limits: Limits) -> None:
        self._limits = limits
        # No module of the folder that somebody happens to be in is loaded in the place of ours: -P.
        command = [sys.executable, "-P", "-m", "censorkb.query.engine", str(limits.megabytes)]
        command += ["network" if limits.network else "alone", *([str(folder)] if folder else [])]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603 - all words are ours
        self._late = False

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    @contextmanager
    def ask(self, request: Request) -> Iterator[Reply]:
        """Ask a question; what is left of the answer afterwards ends the process.

        Args:
            request: the question.

        Raises:
            NotSparql: the engine does not understand it.
            Exceeded: it cost too much.
            EngineFailed: anything else.
        """
        assert self._process.stdin, "it has a pipe"
        assert self._process.stdout, "it has a pipe"
        self._late = False
        clock = threading.Timer(self._limits.seconds, self._stop)
        clock.daemon = True
        if self._limits.seconds:
            clock.start()
        finished = False
        try:
            self._send(request)
            head = take(self._process.stdout)  # type: ignore[arg-type] # IO[bytes]
            _raise(head)
            reply = self._reply(head)
            yield reply
            reply.check()
            finished = reply.text is None or reply.text.verdict is not None
        except BrokenOff:
            raise self._why() from None
        except NotSparql:
            finished = True
            raise
        except _Full:
            raise self._limits.too_large() from None
        finally:
            clock.cancel()
            if not finished:
                self.end()

    def _reply(self, head: dict[str, Any]) -> Reply:
        if head["kind"] == "truth":
            return Reply("truth", ("answer",), head["truth"])
        return Reply(head["kind"], tuple(head.get("columns", ())), text=Text(self._process.stdout))  # type: ignore[arg-type]

    def _send(self, request: Request) -> None:
        try:
            put(self._process.stdin, request.message(self._limits.seconds))  # type: ignore[arg-type] # IO[bytes]
        except BrokenPipeError:
            raise BrokenOff from None

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _why(self) -> Exception:
        """Why the process has ended."""
        assert self._process.stderr, "it has a pipe"
        said = self._process.stderr.read().decode("utf-8", "replace")
        code = self._process.wait()
        if self._late or code == -signal.SIGXCPU:
            return self._limits.too_long()
        if code == -signal.SIGABRT or "memory allocation" in said or "MemoryError" in said:
            return self._limits.too_large()
        return EngineFailed(said)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()


class _Full(Exception):
    """The engine had no memory left."""


def _raise(verdict: dict[str, Any]) -> None:
    match verdict.get("fault"):
        case None:
            return
        case "syntax":
            raise NotSparql(verdict["why"])
        case "memory":
            raise _Full
        case _:
            raise EngineFailed(verdict["why"])
