"""The bytes of a fact file, read strictly: small, UTF-8, and free of characters that hide or reorder text.

Follows the threats Y5, Y8 and U1 (Trojan Source, CVE-2021-42574): what an author can't see must not be there.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from censorkb.problem import Place, Problem, problem

MOST_BYTES = 256 * 1024

# Bidirectional overrides and isolates, invisible joiners outside scripts that need them, tag characters, controls
# (all but line feed), line separators that YAML takes for line ends, surrogates and noncharacters. Joiners that Persian
# and Indic scripts need (U+200C, U+200D) are let through.
HIDDEN = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # UTF-32 begins like it

# Most files have line feeds and what ASCII can print, which is quick to see: each byte to whether it is another.
_OTHER = bytes(byte != 0x0A and not 0x20 <= byte < 0x7F for byte in range(256))


def read(path: Path, name: str) -> tuple[str, list[Problem]]:
    """Read one fact file.

    Args:
        path: the file; a link, pipe or device is refused unopened.
        name: how the file is called in problems.

    Returns:
        The text with line feeds as line ends, and what is wrong with it; the text is empty if it can't be used.
    """
    raw, problems = load(path, name)
    return ("", problems) if problems else decode(raw, name)


def load(path: Path | str, name: str) -> tuple[bytes, list[Problem]]:
    """The bytes of one fact file, and what is wrong with them; see `read`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b"", [problem(Place(name), "not-a-file")]
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return b"", [problem(Place(name), "not-a-file")]
        raw = _content(handle, status.st_size)
    finally:
        os.close(handle)
    return (b"", [problem(Place(name), "too-long", most=MOST_BYTES // 1024)]) if len(raw) > MOST_BYTES else (raw, [])


def _content(handle: int, size: int) -> bytes:
    """All bytes, or more than may be; to ask for as many as there are spares room for the longest file each time."""
    raw = os.read(handle, min(size, MOST_BYTES) + 1)
    while size != len(raw) <= MOST_BYTES and (more := os.read(handle, MOST_BYTES)):
        raw += more
    return raw


def decode(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    """The text of the bytes of one fact file, and what is wrong with it; see `read`."""
    if b"\1" not in raw.translate(_OTHER):
        return raw.decode("ascii"), []
    if 0 in raw[:2]:  # UTF-16 without a mark: one fault of the file, not one of every letter
        return "", [problem(Place(name), "not-utf8")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        if 0 in raw and not raw.startswith(_UTF16):
            return "", [problem(Place(name), "not-text")]
        return "", [problem(_place(name, raw[: fault.start].decode("utf-8"), fault.start), "not-utf8")]
    text = text.replace("\r\n", "\n")
    return text, [_hidden(name, text, hit) for hit in HIDDEN.finditer(text) if not _is_next_tab(text, hit.start())]


def _hidden(name: str, text: str, hit: re.Match[str]) -> Problem:
    place = _place(name, text, hit.start())
    if hit.start() == 0 and hit.group() == "\ufeff":
        return problem(place, "byte-order-mark")
    return problem(place, "tab" if hit.group() == "\t" else "control-character", code=f"U+{ord(hit.group()):04X}")


def _is_next_tab(text: str, index: int) -> bool:
    """Whether a tab follows another one, which speaks for both."""
    return index > 0 and text[index] == text[index - 1] == "\t"


def _place(name: str, text: str, index: int) -> Place:
    before = text[:index]
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
