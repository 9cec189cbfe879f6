"""Quoting: how a text is written in a fact file, plain if every reader of YAML takes it for what it is.

Ours takes all values for text. Those of YAML 1.1 make truth values of no and on, and numbers of 1:30, 010 and 1_000;
whoever reads the facts with one of them must get what was written. Dates and whole numbers come out as they went in.
"""

from __future__ import annotations

import re

from censorkb.facts.value import KEY, PLAIN, PLAIN_INSIDE

_MISREAD = re.compile(
    r"(?i:y|yes|n|no|on|off|true|false|null|~|=|<<"
    r"|[-+]?\.(inf|nan)|[-+]?(?=[.0-9])[0-9_]*(\.[0-9_]*)?(e[-+]?[0-9_]+)?|[-+]?0[xob][0-9a-f_]+"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?)"
)
_TRUE = re.compile(r"0|[1-9][0-9]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN, _PLAIN_INSIDE, _KEY = re.compile(PLAIN), re.compile(PLAIN_INSIDE), re.compile(KEY)
_UNSEEN = re.compile(r"[^\S ]")  # blanks that look like the ordinary one, and ends of lines
_ESCAPES = {"\n": "\\n", "\u00a0": "\\_", "\\": "\\\\", '"': '\\"'}


def quoted(text: str, inside: bool = False) -> str:
    """Write a text on one line, in quotation marks if it needs them.

    Args:
        text: has no hidden characters and no blanks at its ends.
        inside: whether it stands in brackets.
    """
    fits = (_PLAIN_INSIDE if inside else _PLAIN).fullmatch(text)
    return text if fits and _is_safe(text) else _marked(text)


def quoted_key(text: str, known: bool = False) -> str:
    """Write a key, plain if it is one that the forms know: contributors find `on` in the reference as it is."""
    return text if _KEY.fullmatch(text) and (known or _is_safe(text)) else _marked(text)


def block(text: str) -> list[str] | None:
    """The lines of a text of several lines, if they can be written as they are below a `|-`; else None."""
    lines = text.split("\n")
    plain = len(lines) > 1 and not any(_UNSEEN.search(line) or line != line.rstrip() for line in lines)
    return lines if plain else None


def _is_safe(text: str) -> bool:
    return not _UNSEEN.search(text) and (not _MISREAD.fullmatch(text) or _TRUE.fullmatch(text) is not None)


def _marked(text: str) -> str:
    if _UNSEEN.search(text):
        return f'"{"".join(_escaped(c) for c in text)}"'
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\u{ord(character):04x}" if _UNSEEN.match(character) else character
