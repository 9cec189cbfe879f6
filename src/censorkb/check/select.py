"""SHACL-SPARQL constraints, written for one node, rewritten to run once for all nodes of a class.

SHACL puts the node in place of `$this` everywhere before it runs a query (SHACL, section 5.3.1). Running it once for
all nodes means the same if `$this` is bound in every scope that mentions it: the body of each SELECT, and each group
that SPARQL evaluates on its own, such as a branch of a UNION. Filters of EXISTS and OPTIONAL see the scope around them.
"""

from __future__ import annotations

from collections.abc import Iterator

from censorkb.graph.pattern import is_word, pieces, word

# What SHACL forbids in constraints (section 5.3.1), what would count over all nodes instead of one, and what only
# SHACL's own prebinding can give.
REFUSED = frozenset({"LIMIT", "OFFSET", "MINUS", "VALUES", "SERVICE", "GRAPH", "FROM"}) | frozenset(
    {"?PATH", "?currentShape", "?shapesGraph", "?failure"}
)
LED_INTO = ("EXISTS", "OPTIONAL")  # groups after these words see the variables around them


class Select:
    """A SELECT query of a SPARQL constraint.

    Args:
        text: the query as the shape has it.

    Raises:
        NotImplementedError: it uses what cannot run once for all nodes.
    """

    def __init__(self, text: str) -> None:
        self._pieces = pieces(text)
        words = [_word(piece) for piece in self._pieces if is_word(piece)]
        refused = sorted(REFUSED.intersection(words))
        if refused or words[:1] != ["SELECT"]:
            raise NotImplementedError(f"not a SELECT, or a SELECT with {', '.join(refused) or 'nothing'}: {text}")

    @property
    def variables(self) -> frozenset[str]:
        """Names of all variables that the query mentions before its body."""
        head = self._pieces[: self._pieces.index("{")]
        return frozenset(piece[1:] for piece in head if piece[0] in "?$" and len(piece) > 1)

    def of(self, target: str) -> str:
        """Write the query for all nodes at once.

        Args:
            target: the pattern that binds `?this` to them.
        """
        bound = {start for start, leader in self._groups() if self._is_scope(start, leader)}
        return "".join(f"{piece} {target} " if i in bound else piece for i, piece in enumerate(self._pieces))

    def _groups(self) -> Iterator[tuple[int, str]]:
        """Each opening brace with the word or sign that leads into its group; SELECT for the body of one."""
        leader, awaiting = "", False
        for i, piece in enumerate(self._pieces):
            if not is_word(piece):
                continue
            if piece == "{":
                yield i, "SELECT" if awaiting else leader
                awaiting = False
            leader = _word(piece)
            awaiting = awaiting or leader == "SELECT"

    def _is_scope(self, start: int, leader: str) -> bool:
        inside = [_word(piece) for piece in self._inside(start) if is_word(piece)]
        if leader == "SELECT":
            return True
        return leader not in LED_INTO and inside[:1] != ["SELECT"] and "?this" in inside

    def _inside(self, start: int) -> Iterator[str]:
        depth = 0
        for piece in self._pieces[start:]:
            depth += (piece == "{") - (piece == "}")
            if not depth:
                return
            if depth > 1 or piece != "{":
                yield piece


def _word(piece: str) -> str:
    """A piece as it compares: keywords in capitals, variables with a question mark."""
    return word(piece) if piece[0] in "?$" else piece.upper()
