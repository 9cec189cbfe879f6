"""The bytes of a fact file, read strictly: small, UTF-8, and free of characters that hide or reorder text.

Follows the threats Y5, Y8 and U1 (Trojan Source, CVE-2021-42574): what an author can't see must not be there.
"""

from __future__ import annotations

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


def read(path: Path, name: str) -> tuple[str, list[Problem]]:
    """Read one fact file.

    Args:
        path: the file; a link, pipe or device is refused unopened.
        name: how the file is called in problems.

    Returns:
        The text with line feeds as line ends, and what is wrong with it; the text is empty if it can't be used.
    """
    place = Place(name)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return "", [problem(place, "not-a-file")]
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return "", [problem(place, "not-a-file")]
    with os.fdopen(handle, "rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return "", [problem(place, "too-long", most=MOST_BYTES // 1024)]
    if 0 in raw[:2]:  # UTF-16 without a mark: one fault of the file, not one of every letter
        return "", [problem(place, "not-utf8")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        return "", [problem(_place(name, raw[: fault.start].decode("utf-8"), fault.start), "not-utf8")]
    text = text.replace("\r\n", "\n")
    return text, [
        problem(
            _place(name, text, hit.start()),
            "tab" if hit.group() == "\t" else "control-character",
            code=f"U+{ord(hit.group()):04X}",
        )
        for hit in HIDDEN.finditer(text)
    ]


def _place(name: str, text: str, index: int) -> Place:
    before = text[:index]
    return Place(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
