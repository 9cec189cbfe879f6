"""Given: a query with terms in the place of its parameters.

Servers can't be told values beside the query. Oxigraph can, but plans before it looks at them, and begins with all claims
where it could begin with one: that took up to a thousand times as long.

Words are exchanged, not text: what a reader of SPARQL takes for the variable is replaced by one term that is written by
pyoxigraph, so that no value can end a string or an IRI.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from censorkb.graph.pattern import is_word, pieces
from censorkb.query.identity import Bound

_LISTS = {"ORDER", "GROUP"}
_ENDS = {"LIMIT", "OFFSET", "HAVING", "VALUES", "ORDER", "GROUP", "}"}


def given(sparql: str, bound: Bound) -> str:
    """Put terms in the place of variables; those that are only selected are selected no more.

    Args:
        sparql: a SELECT.
        bound: terms by variable.
    """
    terms = {f"?{variable.value}": str(term) for variable, term in bound.items()}
    return "".join(_replaced(pieces(sparql), terms))


def is_one(sparql: str, bound: Bound) -> bool:
    """Whether variables mean the same wherever they stand in a query, so that terms can take their places.

    A variable that a SELECT does not hand on is another one inside.

    Args:
        sparql: a query.
        bound: terms by variable.
    """
    names = {variable.value for variable in bound}
    heads: list[tuple[int, set[str]]] = []  # how deep the body of each SELECT stands, and what it hands on
    head: set[str] | None = None
    depth = parentheses = selects = 0
    for word in filter(is_word, pieces(sparql)):
        parentheses += (word == "(") - (word == ")")
        depth += (word == "{") - (word == "}")
        if word.upper() == "SELECT":
            head, selects = set(), selects + 1
        elif word == "{" and head is not None:
            heads.append((depth, head))
            head = None
        elif word == "}" and heads and heads[-1][0] > depth and len(heads) > 1:
            heads.pop()
        elif word[0] in "?$" and word[1:] in names:
            if head is not None and not parentheses:
                head.add(word[1:])
            elif not all(word[1:] in handed_on for _, handed_on in heads):
                return False
    return selects > 0 and bool(heads) and names <= heads[0][1]


def _replaced(words: list[str], terms: dict[str, str]) -> Iterator[str]:
    where, depth = "", 0
    for word in words:
        upper = word.upper()
        if not is_word(word):
            yield word
            continue
        depth += (word == "(") - (word == ")")
        if upper == "SELECT":
            where, depth = "head", 0
        elif upper in _LISTS:
            where, depth = "list", 0
        elif upper in _ENDS or word == "{" or upper == "WHERE":
            where = ""
        term = terms.get("?" + word[1:]) if word[0] in "?$" and len(word) > 1 else None
        if term is None:
            yield word
        elif where == "head" and depth == 0:
            continue
        else:
            yield f"({term})" if where == "list" and depth == 0 else term


def prologue(sparql: str, prefixes: dict[str, str]) -> str:
    """Declare the prefixes that a query uses and does not declare itself."""
    words = [word for word in pieces(sparql) if is_word(word)]
    own = {after.partition(":")[0] for word, after in pairwise(words) if word.upper() == "PREFIX"}
    used = {word.partition(":")[0] for word in words if ":" in word and word[0] not in "<\"'"}
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in sorted(used - own) if name in prefixes)
