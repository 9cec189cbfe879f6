"""Servers of others that run for a figure: empty at first, on loopback, with their own loaders."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import ClassVar

from bench.cost import Failed, cost

WAIT = 60.0  # seconds for a server to listen
PASSWORD = "only-for-this-figure"
_SETTINGS = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = ., {data}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 1000000
"""


class Server(ABC):
    """A make of server.

    Attributes:
        loader: what its own loader is called.
        environment: what our commands need to write into it.
    """

    loader: str
    environment: ClassVar[dict[str, str]]

    @abstractmethod
    def serving(self, folder: Path, data: Path) -> AbstractContextManager[Running]:
        """Run it with an empty store.

        Args:
            folder: where it keeps its files.
            data: a folder that its loader may read.
        """

    @abstractmethod
    def load(self, folder: Path, quads: Path) -> float:
        """CPU seconds that its own loader takes for N-Quads, into an empty folder."""


class Running:
    """A server that runs.

    Args:
        process: it.
        endpoint: where it takes queries.
        sql: where Virtuoso takes SQL.
    """

    def __init__(self, process: subprocess.Popen[bytes], endpoint: str, sql: str = "") -> None:
        self._process, self.endpoint, self.sql = process, endpoint, sql

    @property
    def used(self) -> float:
        """CPU seconds that it has used, user and system (proc(5), fields 14 and 15 of stat)."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text("ascii").rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Oxigraph(Server):
    """`oxigraph serve`, of the package `oxigraph`, which the tests install."""

    loader = "`oxigraph load`"
    environment: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        files = distribution("oxigraph").files or []
        found = next((Path(str(file.locate())) for file in files if file.name == "oxigraph"), None)
        if found is None:
            raise Failed("oxigraph is not installed")
        self._program = found

    @contextmanager
    def serving(self, folder: Path, data: Path) -> Iterator[Running]:  # noqa: ARG002 - it reads what it is sent
        port = _free()
        words = [self._program, "serve", "--location", folder / "served", "--bind", f"127.0.0.1:{port}"]
        with _running(words, folder, port) as process:
            yield Running(process, f"http://127.0.0.1:{port}/query")

    def load(self, folder: Path, quads: Path) -> float:
        return cost([self._program, "load", "--location", folder / "loaded", "--file", quads]).cpu


class Virtuoso(Server):
    """Debian's virtuoso-opensource-7, which the project's script installs."""

    loader = "`rdf_loader_run()`"
    environment: ClassVar[dict[str, str]] = {
        "CENSORKB_ENDPOINT_USER": "dba",
        "CENSORKB_ENDPOINT_PASSWORD": PASSWORD,
    }

    def __init__(self) -> None:
        if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
            raise Failed("Virtuoso is not installed")

    @contextmanager
    def serving(self, folder: Path, data: Path) -> Iterator[Running]:
        sql, http = _free(), _free()
        (folder / "v.ini").write_text(_SETTINGS.format(sql=sql, http=http, data=data), "utf-8")
        with _running(["virtuoso-t", "+foreground", "+configfile", "v.ini"], folder, http, sql) as process:
            address = f"127.0.0.1:{sql}"
            cost(["isql-vt", address, "dba", "dba", f"exec=USER_SET_PASSWORD('dba','{PASSWORD}');"])
            yield Running(process, f"http://127.0.0.1:{http}/sparql", address)

    def load(self, folder: Path, quads: Path) -> float:
        with self.serving(folder, quads.parent) as running:
            before = running.used
            said = f"exec=ld_dir('{quads.parent}','{quads.name}','urn:x'); rdf_loader_run(); checkpoint;"
            return cost(["isql-vt", running.sql, "dba", PASSWORD, said]).cpu + running.used - before


@contextmanager
def _running(words: Sequence[object], folder: Path, *ports: int) -> Iterator[subprocess.Popen[bytes]]:
    nothing = subprocess.DEVNULL
    process = subprocess.Popen([str(word) for word in words], cwd=folder, stdout=nothing, stderr=nothing)
    try:
        until = time.monotonic() + WAIT
        while not all(map(_listens, ports)):
            if process.poll() is not None or time.monotonic() > until:
                raise Failed("the server does not listen")
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
