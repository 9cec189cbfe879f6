"""Identity: what an id that an asker wrote is the id of, now that some were given up and some claims withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

import pyoxigraph as ox

from censorkb.graph.pattern import is_word, pieces
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, both, did_you_mean, listed, near, phrase, verbatim
from censorkb.query.queries import read
from censorkb.query.question import WrongQuestion

Value = ox.NamedNode | ox.BlankNode | ox.Literal | None
Bound = dict[ox.Variable, ox.NamedNode | ox.Literal]
Rows = Callable[[str, Bound], list[tuple[Value, ...]]]
Tell = Callable[[Phrase], None]
_WITHDRAWABLE = ("source", "claim")
_NAMED = ("id", *_WITHDRAWABLE)  # prefixes of what fact files give ids to


def silence(_: Phrase) -> None:
    """Tell nobody."""


class Identity:
    """Knows what ids stand for.

    Args:
        ontology: its prefixes.
        rows: gives the rows of a query in which some variables are bound, without columns for those.
        tell: is told what an asker should know of an id, such as that it was given up.
    """

    def __init__(self, ontology: Ontology, rows: Rows, tell: Tell = silence) -> None:
        self._ontology, self._rows, self._tell = ontology, rows, tell
        self._local = ontology.prefixes.local
        self._withdrawable = tuple(ontology.prefixes.names[prefix] for prefix in _WITHDRAWABLE)

    def settled(self, bound: Bound) -> Bound:
        """Put present ids in the place of those that were given up.

        Args:
            bound: what an asker gave, by the parameter's variable.

        Raises:
            WrongQuestion: nothing has or had an id, rather than that it is answered with no rows.
        """
        return {
            variable: self._present(f"--{variable.value.replace('_', '-')}", term)
            if isinstance(term, ox.NamedNode)
            else term
            for variable, term in bound.items()
        }

    def look_over(self, sparql: str) -> None:
        """Tell which ids in a query of an asker's own were given up; the query is asked as it stands."""
        if self._tell is silence:  # the questions of a build name thousands of ids, and nobody listens
            return
        prefixes = self._ontology.prefixes
        spaces = tuple(prefixes.names[prefix] for prefix in _NAMED)
        named = sorted(iri for iri in _iris(sparql, prefixes.names) if iri.startswith(spaces))
        if named:
            ids = ox.Literal(f" {' '.join(named)} ")
            for former, present in self._rows(read("former-ids"), {ox.Variable("ids"): ids}):
                assert former, "a thing has an id"
                assert present, "a thing has replaced it"
                old, new = (verbatim(prefixes.curie(node.value)) for node in (former, present))
                self._tell(phrase("id-in-query", old=old, new=new))

    def _present(self, option: str, term: ox.NamedNode) -> ox.NamedNode:
        found = self._rows(read("present-id"), _thing(term))
        if not found:
            raise WrongQuestion(self._unknown(option, term))
        _, present, merged = found[0]
        if isinstance(present, ox.NamedNode):
            old, new = (verbatim(self._local(node.value)) for node in (term, present))
            self._tell(phrase("id-merged" if merged else "id-renamed", option=option, old=old, new=new))
            term = present
        if term.value.startswith(self._withdrawable):
            self._tell_withdrawn(option, term)
        return term

    def _tell_withdrawn(self, option: str, term: ox.NamedNode) -> None:
        found = self._rows(read("withdrawn"), _thing(term))
        if not found:
            return
        words = [[self._local(value.value) for value in column if value] for column in zip(*found, strict=True)]
        reviews, because, notes, successors = (list(dict.fromkeys(column)) for column in words)
        kind = "id-superseded" if successors else "id-withdrawn-why" if notes else "id-withdrawn"
        review, new = ": ".join(filter(None, (listed(reviews), listed(because)))), listed(successors)
        id_, note = verbatim(self._local(term.value)), verbatim(" ".join(notes))
        self._tell(phrase(kind, option=option, id=id_, known=review, near=new, note=note))

    def _unknown(self, option: str, term: ox.NamedNode) -> Phrase:
        word = self._local(term.value)
        namespace = term.value.removesuffix(word)
        named: dict[str, str] = {}
        things: dict[str, None] = {}
        for found, label in self._rows(read("things"), {ox.Variable("namespace"): ox.Literal(namespace)}):
            assert found, "a thing has an id"
            things[self._local(found.value)] = None
            if label:
                named[label.value.lower()] = self._local(found.value)
        called = get_close_matches(word.replace("-", " "), named, 1, 0.8)
        hint = near([named[called[0]]]) if called else did_you_mean(word, things)
        return both(phrase("not-in-facts", option=option, id=word), hint or phrase("id-is-file"))


def _thing(term: ox.NamedNode) -> Bound:
    return {ox.Variable("thing"): term}


def _iris(sparql: str, names: dict[str, str]) -> set[str]:
    """The IRIs that a query names, in full, and perhaps some that only look like it."""
    words = [piece for piece in pieces(sparql) if is_word(piece)]
    for before, prefix, iri in zip(words, words[1:], words[2:], strict=False):
        if before.upper() == "PREFIX":
            names = {**names, prefix.rstrip(":"): iri[1:-1]}
    found = set()
    for word, dot, rest in zip(words, [*words[1:], ""], [*words[2:], "", ""], strict=True):
        prefix, colon, local = word.partition(":")
        if word[0] == "<":
            found.add(word[1:-1])
        elif colon:  # an id of a claim has a dot, which otherwise ends a pattern
            found |= {names.get(prefix, "") + local + more for more in ("", dot + rest if dot == "." else "")}
    return found
