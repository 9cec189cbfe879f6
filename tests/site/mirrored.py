"""A language that nobody speaks and that is written from right to left: English in other letters, and longer."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

TAG = "he"
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבצדהפגהיחכלמנעפקרסתוושזיז", strict=True))
SHORT = 4


def mirrored(word: str) -> str:
    """A word in letters that run from right to left, a third longer than in English if it is not short."""
    turned = "".join(LETTERS.get(letter, letter) for letter in word.lower())
    return turned + turned[: len(word) // 3] if len(word) > SHORT else turned


def catalogue(english: str) -> str:
    """The catalogue of the language, from that of English: each word mirrored, signs and gaps as they are."""

    def value(found: re.Match[str]) -> str:
        text = re.sub(r"\{\w+\}|[A-Za-z]+", lambda part: part[0] if part[0][0] == "{" else mirrored(part[0]), found[1])
        return f'"{text}"'

    lines = []
    for line in english.splitlines():
        key, sign, words = line.partition(" = ") if line[:1] not in ("#", "[", " ") else ("", "", line)
        lines.append(
            key + sign + (words if words[:1] in ("#", "[", "") and not sign else re.sub(r'"([^"]*)"', value, words))
        )
    return "\n".join(lines).replace(f'name = "{mirrored("English")}"', 'name = "תילגנא"', 1) + "\n"


def add_to(templates: Path, to: Path) -> Path:
    """Copy templates and add the language to them."""
    shutil.copytree(templates, to)
    english = (templates / "locales" / "en.toml").read_text("utf-8")
    (to / "locales" / f"{TAG}.toml").write_text(catalogue(english), "utf-8")
    return to
