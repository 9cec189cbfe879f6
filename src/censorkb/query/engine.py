"""The engine: a process of its own that answers questions with Oxigraph and can be ended at any time.

Oxigraph can't be interrupted, and when memory runs out it ends the process that it is in. So it is in this one:
`python -m censorkb.query.engine MEGABYTES alone|network [FOLDER]`, with requests on its input and answers on its output (frames.py).
"""

from __future__ import annotations

import ctypes
import io
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from censorkb.query.frames import Pieces, TooMany, put, take
from censorkb.query.order import arranged, shortened, without

_ROWS = ox.QueryResultsFormat.TSV  # a row a line, all terms whole: rows can be counted as they come
ALONE, NETWORK = "alone", "network"
_GRACE = 2  # seconds that a question may go on when the one who asked has not ended it
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def main(megabytes: int, folder: Path | None, *, alone: bool) -> None:
    """Answer questions until nobody asks any more.

    Args:
        megabytes: how much memory the process may take; 0 for no bound.
        folder: a store; without one the answers are those of an empty one.
        alone: whether it is to have no network.
    """
    _shut_in(megabytes)
    if alone:  # before there are threads
        _leave_network()
    source, out = sys.stdin.buffer, sys.stdout.buffer
    store = None
    with suppress(EOFError, BrokenPipeError):
        while True:
            request = take(source)
            try:
                store = store or (ox.Store.read_only(str(folder)) if folder else ox.Store())
                _bound_time(request["seconds"])
                _answer(store, request, out)
            except MemoryError:
                put(out, {"fault": "memory", "why": ""})
            except (RuntimeError, OSError, ValueError) as fault:  # so are those of the engine and of its files
                put(out, {"fault": "engine", "why": str(fault)})
            out.flush()


def _shut_in(megabytes: int) -> None:
    """End with the one who asks, and take no more memory than is allowed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if megabytes:
        with suppress(ValueError, OSError):  # a lower bound is set already
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    with suppress(OSError, AttributeError):  # Linux only; elsewhere the end of our input tells
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _leave_network() -> None:
    """Have no network where the system lets us: a second wall, since Oxigraph has no switch for SERVICE."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _bound_time(seconds: float | None) -> None:
    """Let the system end us if the one who asks is not there to do it."""
    if seconds is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + (os.cpu_count() or 1) * seconds) + _GRACE
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(store: ox.Store, request: dict[str, Any], out: BinaryIO) -> None:
    if _has_put_in_order(store, request, out):
        return
    try:
        found = store.query(request["sparql"], **_arguments(request))
    except SyntaxError as fault:
        put(out, {"fault": "syntax", "why": str(fault)})
        return
    if isinstance(found, ox.QueryBoolean):
        put(out, {"kind": "truth", "truth": bool(found)})
    elif isinstance(found, ox.QueryTriples):
        put(out, {"kind": "triples"})
        _write(found, ox.RdfFormat.N_TRIPLES, Pieces(out, request["rows"]), out)
    else:
        put(out, {"kind": "rows", "columns": [variable.value for variable in found.variables]})
        most = request["rows"]
        _write(found, _ROWS, Pieces(out, None if most is None else most + 1), out)


def _has_put_in_order(store: ox.Store, request: dict[str, Any], out: BinaryIO) -> bool:
    """Answer with rows that were put in order here, if that is sure to be the order of the engine."""
    apart = without(request["sparql"]) if "ORDER" in request["sparql"].upper() else None
    if apart is None:
        return False
    text = io.BytesIO()
    try:
        found = store.query(apart.sparql, **_arguments(request))
        assert isinstance(found, ox.QuerySolutions), "it is a SELECT"
        columns = [variable.value for variable in found.variables]
        found.serialize(text, _ROWS)
        del found  # with all its tables: the rows need the memory, and the next question would wait for that
    except (SyntaxError, RuntimeError):  # told of the query as it was written
        return False
    head, *lines = text.getvalue().splitlines(keepends=True)
    rows, most = arranged(lines, columns, apart), request["rows"]
    if rows is None:
        return False
    put(out, {"kind": "rows", "columns": columns[: len(columns) - apart.added]})
    pieces = Pieces(out, None)
    for line in (shortened(head, apart), *rows[:most]):
        pieces.write(line)
    pieces.end()
    put(out, {"whole": most is None or len(rows) <= most})
    return True


def _write(
    found: ox.QuerySolutions | ox.QueryTriples,
    form: ox.QueryResultsFormat | ox.RdfFormat,
    pieces: Pieces,
    out: BinaryIO,
) -> None:
    verdict: dict[str, Any] = {"whole": True}
    try:
        found.serialize(pieces, form)  # type: ignore[arg-type] # each kind of answer has its own formats
    except TooMany:
        verdict = {"whole": False}
    except MemoryError:
        verdict = {"fault": "memory", "why": ""}
    except (RuntimeError, OSError, ValueError) as fault:
        verdict = {"fault": "engine", "why": str(fault)}
    pieces.end()
    put(out, verdict)


def _arguments(request: dict[str, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {"prefixes": request["prefixes"]}
    if request["bound"]:
        arguments["substitutions"] = {ox.Variable(name): _term(text) for name, text in request["bound"].items()}
    for name in ("default_graph", "named_graphs"):
        if request[name] is not None:
            arguments[name] = [ox.NamedNode(iri) for iri in request[name]]
    return arguments


def _term(parts: list[str]) -> Term:
    kind, value, datatype = parts
    return ox.NamedNode(value) if kind == "uri" else ox.Literal(value, datatype=ox.NamedNode(datatype))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[3]) if len(sys.argv) > 3 else None, alone=sys.argv[2] == ALONE)
