"""A constraint of a shape as one query for the whole graph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template

import pyoxigraph as ox

from censorkb.check.finding import Finding
from censorkb.check.queries import read
from censorkb.graph.hand import Only
from censorkb.ontology.prefixes import Prefixes
from censorkb.ontology.vocabulary import Term
from censorkb.problem import Phrase, Severity, shown

CURIE = re.compile(r"(?<![\w?$:-])[a-z]+:[A-Za-z][\w-]*")
PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def template(message: str) -> str:
    """A message of a shape as the words of a phrase: `{?name}` becomes a gap, other braces stay."""
    parts = PLACEHOLDER.split(message)  # what stands between the names, and the names
    plain = [part.replace("{", "{{").replace("}", "}}") for part in parts[::2]]
    return "".join(f"{text}{{{name}}}" for text, name in zip(plain, parts[1::2], strict=False)) + plain[-1]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One SHACL constraint, ready to run.

    Args:
        component: kind of constraint in kebab-case.
        rule: stable name of what it asks for.
        severity: how much a finding weighs.
        target: class whose nodes it is about.
        path: property whose values it is about; none for a constraint written in SPARQL.
        message: what to say of a finding, with `{?name}` for what the query has bound (SHACL, section 5.2.1).
        query: SELECT that binds `this`, and `path`, `value` and others if it has them, for all findings at once.
        source: the node in the shapes that it was made from.
        prefixes: prefixes of the query and of the IRIs in messages.
    """

    component: str
    rule: str
    severity: Severity
    target: ox.NamedNode
    path: ox.NamedNode | None
    message: str
    query: str
    source: str
    prefixes: Prefixes = field(compare=False, repr=False)

    @property
    def reads(self) -> frozenset[str]:
        """IRIs of the properties that it looks at, of its node or beyond."""
        if self.path is not None:
            return frozenset((self.path.value,))
        known = self.prefixes.names
        pairs = (name.split(":") for name in CURIE.findall(self.query))
        return frozenset(f"{known[prefix]}{local}" for prefix, local in pairs if prefix in known)

    def about(self, only: Only) -> str:
        """The query about the nodes in hand, wherever it binds `this` to the target class.

        Args:
            only: what `graph.hand` gives for them.
        """
        bound = Template(read("sparql", "target")).substitute(target=self.target).strip()
        bound = bound.removesuffix(".").strip()
        return self.query.replace(bound, f"{only('?this')} {bound}")

    def finding(self, bindings: Mapping[str, Term]) -> Finding:
        """Turn what an engine has bound into a finding; both engines come through here.

        Args:
            bindings: terms by variable name; `this` is always among them.
        """
        focus, value = bindings["this"], bindings.get("value")
        path = self.path or bindings.get("path")
        if self.path is None and value == focus:  # SHACL reports the node itself where a SPARQL constraint has no value
            value = None
        gaps = ((name, self._text(bindings.get(name), name)) for name in sorted(set(PLACEHOLDER.findall(self.message))))
        words = Phrase(template(self.message), tuple(gaps))
        path_iri = path.value if path is not None else ""
        return Finding(focus.value, path_iri, value, self.component, self.rule, self.severity, words)

    def _text(self, term: Term | None, name: str) -> str:
        if term is None:
            return f"{{?{name}}}"
        return shown(self.prefixes.local(term.value) if isinstance(term, ox.NamedNode) else term.value)
