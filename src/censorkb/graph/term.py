"""Terms of RDF as the text of N-Triples, escaped by us (RDF 1.1 N-Triples, section 2).

Everything that goes into an IRI was an id or a checked web address before, so that nothing can break out of it.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = re.compile(r'[\\"\n\r\t\b\f\x00-\x1f\x7f]')


def iri(value: str) -> str:
    """Write an IRI."""
    if re.search(r'[\x00-\x20\x7f-\x9f<>"{}|^`\\\[\]]|%(?![0-9A-Fa-f]{2})|#.*#', value, re.DOTALL):
        raise ValueError("this is no IRI")
    return f"<{value}>"


def _quoted(text: str) -> str:
    return '"' + _SPECIAL.sub(lambda m: _ESCAPES.get(m.group()) or f"\\u{ord(m.group()):04X}", text) + '"'


_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.ASCII | re.IGNORECASE
)  # language, script, region and variants of BCP 47; no extensions


@functools.lru_cache(maxsize=256)
def is_language(tag: str) -> bool:
    """Whether a text is a language tag."""
    return _TAG.fullmatch(tag) is not None


def string(text: str) -> str:
    """Write a plain string."""
    return _quoted(text)


def tagged(text: str, language: str) -> str:
    """Write a text in a language; a tag that is none becomes `und`, which stands for an unknown language."""
    if not is_language(language):
        language = "und"
    return f"{_quoted(text)}@{language.lower()}"


def typed(text: str, datatype: str) -> str:
    """Write a literal of a datatype, given as a term."""
    return f"{_quoted(text)}^^{datatype}"


def instant(day: dt.date, datatype: str) -> str:
    """Write the start of a day in UTC: SPARQL 1.1 compares dateTimes, but not dates (section 17.3)."""
    return typed(f"{day.isoformat()}T00:00:00Z", datatype)
