"""Identity: whether an id that an asker wrote is that of anything, and which one was meant if it is not."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.problem import did_you_mean, shown
from censorkb.query.queries import read
from censorkb.query.question import WrongQuestion

Value = ox.NamedNode | ox.BlankNode | ox.Literal | None
Bound = dict[ox.Variable, ox.NamedNode | ox.Literal]
Rows = Callable[[str, Bound], list[tuple[Value, ...]]]


def refuse_unknown(ontology: Ontology, rows: Rows, name: str, term: ox.NamedNode) -> None:
    """Refuse an id that nothing has, rather than answer with no rows.

    Args:
        ontology: its prefixes.
        rows: gives the rows of a query in which some variables are bound, without columns for those.
        name: the parameter's variable.
        term: its value.

    Raises:
        WrongQuestion: nothing has this id, or it is a former one.
    """
    local, thing = ontology.prefixes.local, {ox.Variable("thing"): term}
    word = local(term.value)
    said = f"--{name.replace('_', '-')} {shown(word)}"
    for (present,) in rows(read("present-id"), dict(thing)):
        assert present, "a thing has replaced it"
        raise WrongQuestion(f"{said} has another id now: {local(present.value)}")
    if rows(read("known"), dict(thing)):
        return
    namespace = term.value.removesuffix(word)
    named: dict[str, str] = {}
    things: dict[str, None] = {}
    for found, label in rows(read("things"), {ox.Variable("namespace"): ox.Literal(namespace)}):
        assert found, "a thing has an id"
        things[local(found.value)] = None
        if label:
            named[label.value.lower()] = local(found.value)
    called = get_close_matches(word.replace("-", " "), named, 1, 0.8)
    hint = f"did you mean {named[called[0]]}?" if called else did_you_mean(word, things)
    raise WrongQuestion(f"{said} is not in the facts; {hint or 'its id is the name of its file'}")
