"""Mentions: the predicates that a query may look at, by its words alone, so that most need not be read after a change."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection

from censorkb.ontology.prefixes import Prefixes

_NAME = re.compile(r"([\w-]*):([\w-]*)|<([^<>\s]*)>")
_TERM = re.compile(r"""<[^<>\s]*>|"[^"\\\n]*"|'[^'\\\n]*'""")
_COMMENT, _QUOTED = re.compile(r"(?<!\S)#[^\n]*"), re.compile(r"#[^\n]*[\"']")
_HEAD = re.compile(r"\bSELECT\b[^{]*\{", re.IGNORECASE)
# A variable after the first word of a triple, or after a semicolon.
_VARIABLE = re.compile(r"[{}.)]\s*(?!AS\b)[^\s{}().;,]+\s+[?$]\w|;\s*[?$]\w", re.IGNORECASE)


def may_mention(text: str, prefixes: Prefixes, predicates: Collection[str]) -> bool:
    """Whether a query may have a pattern with one of some predicates; only false is sure.

    Args:
        text: the query.
        prefixes: those that it uses.
        predicates: IRIs.
    """
    known = _mentioned(text, prefixes)
    return known is None or not known.isdisjoint(predicates)


@functools.cache  # two states of the facts are asked the same
def _mentioned(text: str, prefixes: Prefixes) -> frozenset[str] | None:
    """The IRIs of all names in a query, be they predicates or not; None if a predicate may be a variable."""
    body = _HEAD.sub("{", _TERM.sub("<>", _COMMENT.sub(" ", text)))
    if _QUOTED.search(text) or _VARIABLE.search(body):
        return None
    names = prefixes.names
    found = {iri or names[prefix] + local for prefix, local, iri in _NAME.findall(text) if iri or prefix in names}
    return frozenset(found | {prefixes.iri("rdf:type")})
