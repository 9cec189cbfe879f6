"""A server of a language model on loopback that answers as it is told, well or badly, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable

Reply = bytes | Callable[[socket.socket], None]


def act(**slots: str | None) -> dict[str, str | None]:
    """An act as the schema wants it, with other slots than these if some are given."""
    return {
        "quote": "Russia blocked WhatsApp on Friday",
        "action": "block",
        "status": "enacted",
        "target": "WhatsApp",
        "agent": "Russia",
        "country": "Russia",
        "date": "on Friday",
    } | slots


def completion(*acts: dict[str, str | None], **more: object) -> bytes:
    """The body of a chat completion with some acts."""
    return said(json.dumps({"acts": acts}), **more)


def said(content: str | None, **more: object) -> bytes:
    """The body of a chat completion with some content."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"} | more
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()


def response(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """A response of HTTP."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {size}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


class ModelServer:
    """Gives its replies in turn, the last one again and again."""

    def __init__(self, *replies: Reply) -> None:
        self.replies, self.heard = list(replies), list[bytes]()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/v1"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(caller,), daemon=True).start()

    def _answer(self, caller: socket.socket) -> None:
        with caller:
            self.heard.append(_request(caller))
            reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
            with contextlib.suppress(OSError):  # who asked may have gone
                if callable(reply):
                    reply(caller)
                else:
                    caller.sendall(reply)

    @property
    def bodies(self) -> list[dict]:
        """What it was asked."""
        return [json.loads(heard.partition(b"\r\n\r\n")[2]) for heard in self.heard]

    def close(self) -> None:
        """Stop listening."""
        with contextlib.suppress(OSError):  # closed already
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


def _request(caller: socket.socket) -> bytes:
    text = b""
    while b"\r\n\r\n" not in text:
        text += caller.recv(1 << 16)
    head, _, body = text.partition(b"\r\n\r\n")
    lines = [line.lower() for line in head.split(b"\r\n")]
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), 0)
    while len(body) < length:
        body += caller.recv(1 << 16)
    return head + b"\r\n\r\n" + body
