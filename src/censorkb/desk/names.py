"""Names as people type them: the same whatever their capitals, accents, signs and script."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from anyascii import anyascii

from censorkb.facts.document import LONGEST_ID

NEAR = 0.82  # of two folded names that may well be one: a letter in six


def folded(name: str) -> str:
    """A name in small Latin letters and digits alone: Роскомнадзор, ROSKOMNADZOR and Roskomnádzor are the same."""
    return re.sub(r"[^a-z0-9]", "", anyascii(name).lower())


def slug(name: str, words: int = 9) -> str:
    """An id made of the first words of a name; empty if it has no letter or digit."""
    return "-".join(re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", ""))[:words])[:LONGEST_ID].strip("-")


def are_near(one: str, other: str) -> bool:
    """Whether two folded names differ by little, or one begins with the other."""
    if min(len(one), len(other)) < 4:
        return one == other
    if one.startswith(other) or other.startswith(one):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR
