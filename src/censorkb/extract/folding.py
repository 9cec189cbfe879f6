"""Folding: a copy of a text for matching, letter for letter as long as the text, so that places in both are the same."""

from __future__ import annotations

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\x0b\x0c"
_SINGLE = "\u2018\u2019\u201a\u201b\u02bc\u02b9\u0060\u00b4\u2032\uff07"
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02\u2039\u203a"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_FOLDS = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_SINGLE, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_DASHES, "-"),
        "\u0451": "\u0435",  # Russian io is mostly written as ie
        "\u0401": "\u0415",
        "\u0130": "I",  # its small letter is two characters
    }
)


def fold(text: str) -> str:
    """Return a text with plain spaces, quotes and dashes, each character in its place."""
    return text.translate(_FOLDS)


def lowered(text: str) -> str:
    """Return a folded text in small letters, each character in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
