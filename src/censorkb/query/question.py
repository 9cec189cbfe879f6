"""Questions that people ask: a `.rq` file in `ontology/questions/` whose comments say it in English.

The comments are the question. A line `# @country entity: the country, such as ru` declares a parameter: a variable of the
query, its type, what it means, and an example. The query selects each of them, so that Oxigraph can bind them. Types are `entity`,
`source`, `claim`, `date` (one day) and `text`; values are bound as terms and never pasted into the query.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.edtf import WrongDate, parse
from censorkb.graph.pattern import pieces, read
from censorkb.ontology.ontology import Ontology
from censorkb.ontology.prefixes import Prefixes
from censorkb.problem import Refusal, both, did_you_mean, known, listed, phrase

_PARAMETER = re.compile(
    r"#\s*@(?P<name>[a-z][a-z-]*) (?P<type>entity|source|claim|date|text)( = (?P<default>\S+))?: (?P<meaning>.+?)(, such as (?P<example>.+))?"
)
_SAID = re.compile(
    r'"([a-z][a-z ,]{2,})"'
)  # words that a query says itself, such as "certainly begun"; no tag of a language
_WHERE = re.compile(r"\bWHERE\s*\{")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*([.][a-z0-9-]+)?")


class WrongQuestion(Refusal, ValueError):
    """A question, parameter or value that can't be used; its text is a sentence for the asker."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question leaves open.

    Args:
        name: the variable of the query and the option on the command line.
        type: entity, source, claim, date or text.
        meaning: what it is, in words.
        default: value if it is left out; empty if it must be given.
        example: a value that shows what is meant.
    """

    name: str
    type: str
    meaning: str
    default: str = ""
    example: str = ""

    def term(self, ontology: Ontology, value: str) -> ox.NamedNode | ox.Literal:
        """Make a term of what the asker wrote.

        Raises:
            WrongQuestion: the value is not of the parameter's type.
        """
        if self.type == "text":
            return ox.Literal(value)
        if self.type == "date":
            return ox.Literal(f"{self._day(value)}T00:00:00Z", datatype=ontology.vocabulary.node("xsd:dateTime"))
        if not _ID.fullmatch(value):
            raise WrongQuestion("no-id", name=self.name, value=value)
        return ontology.vocabulary.node(f"{'id' if self.type == 'entity' else self.type}:{value}")

    def _day(self, value: str) -> dt.date:
        try:
            date = parse(value)
        except WrongDate as fault:
            raise WrongQuestion("not-a-date", name=self.name, value=value, why=fault.why) from None
        if date.earliest_start is None or date.earliest_start != date.latest_start or "/" in value:
            raise WrongQuestion("not-a-day", name=self.name, value=value)
        return date.earliest_start


@dataclass(frozen=True, slots=True)
class Question:
    """A named query.

    Args:
        name: file name without `.rq`.
        sentence: the question in English.
        parameters: what it leaves open, in order.
        sparql: the query, without prefixes.
    """

    name: str
    sentence: str
    parameters: tuple[Parameter, ...]
    sparql: str

    @classmethod
    def read(cls, path: Path) -> Question:
        """Read a question's file."""
        text = path.read_text("utf-8")
        comments = [line for line in text.splitlines() if line.startswith("#")]
        found = [match for line in comments if (match := _PARAMETER.fullmatch(line))]
        parameters = tuple(
            Parameter(m["name"], m["type"], m["meaning"], m["default"] or "", m["example"] or "") for m in found
        )
        sentence = " ".join(line.removeprefix("#").strip() for line in comments if not _PARAMETER.fullmatch(line))
        return cls(path.stem, sentence, parameters, text)

    @property
    def examples(self) -> dict[str, str]:
        """An example of each parameter."""
        return {parameter.name: parameter.example for parameter in self.parameters}

    @property
    def first(self) -> str:
        """Name of the first thing that it leaves open, by which lists order questions; empty if it leaves nothing open."""
        return self.parameters[0].name if self.parameters else ""

    def words(self) -> Iterator[str]:
        """All English that the question and its answer are told in, some of it more than once: what is translated."""
        yield self.sentence
        yield from (parameter.meaning for parameter in self.parameters)
        yield from (in_words(variable[1:]) for variable in sorted(read(self.sparql).selected))
        yield from (said[1] for piece in pieces(self.sparql) if (said := _SAID.fullmatch(piece)))

    def with_values(self, prefixes: Prefixes, bound: Mapping[ox.Variable, ox.NamedNode | ox.Literal]) -> str:
        """The query with values in it, for engines that can't bind them; it has columns for them as well.

        Args:
            prefixes: those that queries need not declare.
            bound: what `bind` made of them.
        """
        if not bound:
            return self.sparql
        names, values = " ".join(map(str, bound)), " ".join(_written(prefixes, value) for value in bound.values())
        # In every group, since one in a group of its own does not see what is given outside.
        return _WHERE.sub(lambda where: f"{where[0]}\n  VALUES ({names}) {{ ({values}) }}", self.sparql)

    def bind(self, ontology: Ontology, values: dict[str, str]) -> dict[ox.Variable, ox.NamedNode | ox.Literal]:
        """Bind what the asker wrote to the variables of the query.

        Raises:
            WrongQuestion: a parameter is unknown, missing or of the wrong type.
        """
        names = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in names:
                takes = (
                    phrase("takes", known=listed(f"--{n}" for n in sorted(names))) if names else phrase("takes-none")
                )
                hint = did_you_mean(name, names) or takes
                raise WrongQuestion(both(phrase("no-parameter", question=self.name, name=name), hint))
        bound: dict[ox.Variable, ox.NamedNode | ox.Literal] = {}
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            if not value:
                meaning = known(parameter.meaning)
                raise WrongQuestion("needs-parameter", question=self.name, name=parameter.name, meaning=meaning)
            bound[ox.Variable(parameter.name.replace("-", "_"))] = parameter.term(ontology, value)
        return bound


def in_words(column: str) -> str:
    """A column of an answer as people read it."""
    return column.replace("_", " ")


def _written(prefixes: Prefixes, value: ox.NamedNode | ox.Literal) -> str:
    """A value as people write it in a query."""
    if isinstance(value, ox.NamedNode):
        return prefixes.curie(value.value)
    text = ox.Literal(value.value)
    return str(text) if value.datatype == text.datatype else f"{text}^^{prefixes.curie(value.datatype.value)}"


def read_all(ontology: Ontology) -> dict[str, Question]:
    """All questions of an ontology folder by name."""
    return {path.stem: Question.read(path) for path in sorted((ontology.folder / "questions").glob("*.rq"))}
