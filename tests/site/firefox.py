"""Firefox as a test drives it: the browser of the system by WebDriver BiDi, which it speaks without another program."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PREFERENCES = """
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("security.sandbox.warn_unprivileged_namespaces", false);
user_pref("toolkit.telemetry.enabled", false);
"""
PATIENCE = 60  # seconds


class Firefox:
    """One tab of a Firefox that runs.

    Args:
        socket: the connection to it.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._number = socket, 0
        self.events: list[dict[str, Any]] = []
        self.tell("session.new", capabilities={})
        self.tell("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._tab = self.tell("browsingContext.getTree")["contexts"][0]["context"]

    def tell(self, method: str, **words: Any) -> dict[str, Any]:
        """Give a command; returns what it answers, and keeps events that come before that."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": words}))
        while True:
            said = json.loads(self._socket.recv(timeout=PATIENCE))
            if said.get("type") == "event":
                self.events.append(said)
            elif said.get("id") == self._number:
                assert said["type"] == "success", said
                result: dict[str, Any] = said["result"]
                return result

    def open(self, address: str) -> None:
        """Open a page and wait until all of it is there."""
        self.tell("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def resize(self, width: int, height: int) -> None:
        """Make the window as wide and high as wanted, in pixels."""
        size = {"width": width, "height": height}
        self.tell("browsingContext.setViewport", context=self._tab, viewport=size)

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        said = self.tell("script.evaluate", expression=expression, target={"context": self._tab}, awaitPromise=True)
        assert said["type"] == "success", said
        return said["result"].get("value")

    @property
    def complaints(self) -> list[str]:
        """What the browser has complained of, and what it has asked other machines for."""
        logged = [e["params"] for e in self.events if e["method"] == "log.entryAdded"]
        asked = [e["params"]["request"]["url"] for e in self.events if e["method"] == "network.beforeRequestSent"]
        said = [entry["text"] for entry in logged if entry["level"] in ("error", "warn")]
        return said + [url for url in asked if not url.startswith(("file:", "data:", "http://127.0.0.1:"))]


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """A Firefox without a window.

    Args:
        program: its path.
        profile: an empty folder for what it keeps.
    """
    (profile / "user.js").write_text(PREFERENCES, "utf-8")
    command = [program, "--headless", "--remote-debugging-port", "0", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr
            lines = iter(process.stderr.readline, "")
            found = next(hit for line in lines if (hit := re.search(r"ws://127\.0\.0\.1:\d+", line)))
            with connect(f"{found.group()}/session", max_size=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)
