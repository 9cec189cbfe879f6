"""Forms: what keys a fact may have and how each becomes RDF, read from the shapes.

The shapes in `ontology/shapes/` are the only place where this is said; there is no mapping table in Python.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import pyoxigraph as ox

from censorkb.ontology.vocabulary import Node, Vocabulary


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a form.

    Args:
        key: the word in the YAML file.
        path: the property that it feeds; `property` is the same as a term of N-Triples.
        form: local name of the `ckb:Form`, how the value becomes RDF.
        class_: class that the value must have, if it is a node.
        datatype: datatype of the value, if it is a literal.
        entries: name of the form of nested mappings.
        default: value if the key is left out.
        required: whether the author must write it.
        bookkeeping: whether it speaks of the record and not of what the source says.
        single: whether it takes one value only, or one in each language.
        pattern: regular expression that a text must match; empty if any will do.
        longest: how many characters a text may have; 0 if any number.
        least: the smallest number that it takes; None if any will do.
        message: what to say if it is missing or wrong.
    """

    key: str
    path: ox.NamedNode
    property: str
    form: str
    order: int
    name: str
    description: str
    example: str
    message: str
    class_: ox.NamedNode | None = None
    datatype: ox.NamedNode | None = None
    entries: str = ""
    default: ox.NamedNode | ox.Literal | None = None
    required: bool = False
    bookkeeping: bool = False
    single: bool = False
    pattern: str = ""
    longest: int = 0
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The keys of one kind of thing.

    Args:
        name: name of the shape without the word Shape, kebab-case: `measure-claim`.
        class_: class of the thing.
        fields: keys in the order in which they are best written.
        folder: folder under `facts/` whose files have this form.
        type_key: key whose value picks one of `types`.
        type_order: where that key stands, before the keys of the same order.
        scalar_key: key that a bare value stands for.
        several: whether a file holds several things by their id.
        pattern: what its one text must match, if it is a text by the key of something else and has no keys.
    """

    name: str
    class_: ox.NamedNode
    fields: dict[str, Field]
    folder: str = ""
    type_key: str = ""
    type_order: int = 0
    types: dict[str, Form] = field(default_factory=dict)
    scalar_key: str = ""
    several: bool = False
    pattern: str = ""


def kebab(name: str) -> str:
    """Write a CamelCase name in kebab-case."""
    return "".join(f"-{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def shape_name(vocabulary: Vocabulary, shape: Node) -> str:
    """Name of a shape without the word Shape, kebab-case."""
    return kebab(vocabulary.prefixes.local(shape.value).removesuffix("Shape"))


class Forms:
    """All forms of an ontology, by name and by folder."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._v = vocabulary
        # forms inherit fields, and stand among the types of others
        self._fields, self._field = functools.cache(self._fields_of), functools.cache(self._field_of)
        self._form = functools.cache(self._form_of)
        self._shapes = self._without_severity()
        self._heirs = [s for s in self._shapes if vocabulary.value(s, "ckb:typeValue")]
        self.by_name = {form.name: form for form in map(self._form, self._shapes)}
        self.by_folder = {form.folder: form for form in self.by_name.values() if form.folder}

    def _without_severity(self) -> list[ox.NamedNode]:
        """The shapes that say what keys there are; the others hold constraints only."""
        severe = {node for node in self._v.instances("sh:NodeShape") if self._v.value(node, "sh:severity")}
        return [s for s in self._v.instances("sh:NodeShape") if isinstance(s, ox.NamedNode) and s not in severe]

    def _form_of(self, shape: ox.NamedNode) -> Form:
        class_ = self._v.value(shape, "sh:targetClass")
        assert isinstance(class_, ox.NamedNode), f"{shape} has no sh:targetClass"
        fields = sorted(self._fields(shape).values(), key=lambda f: (f.order, f.key))
        heirs = [s for s in self._heirs if shape in self._ancestors(s)]
        return Form(
            name=shape_name(self._v, shape),
            class_=class_,
            fields={f.key: f for f in fields},
            folder=self._v.text(shape, "ckb:folder"),
            type_key=self._v.text(shape, "ckb:typeKey"),
            type_order=int(self._v.text(shape, "ckb:typeOrder") or 0),
            types={self._v.text(s, "ckb:typeValue"): self._form(s) for s in heirs if s != shape},
            scalar_key=self._v.text(shape, "ckb:scalarKey"),
            several=self._v.value(shape, "ckb:several") is not None,
            pattern="" if fields else self._pattern(shape),
        )

    def _pattern(self, shape: Node) -> str:
        nodes = [node for node in self._v.values(shape, "sh:property") if not isinstance(node, ox.Literal)]
        return next((found for node in nodes if (found := self._v.text(node, "sh:pattern"))), "")

    def _ancestors(self, shape: Node) -> list[Node]:
        parents = [p for p in self._v.values(shape, "ckb:inherits") if not isinstance(p, ox.Literal)]
        return parents + [a for p in parents for a in self._ancestors(p)]

    def _fields_of(self, shape: Node) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        for parent in self._v.values(shape, "ckb:inherits"):
            assert not isinstance(parent, ox.Literal)
            fields |= self._fields(parent)
        for term in self._v.values(shape, "sh:property"):
            assert not isinstance(term, ox.Literal)
            if self._v.text(term, "ckb:key"):
                made = self._field(term)
                fields[made.key] = made
        return fields

    def _field_of(self, node: Node) -> Field:
        v = self._v
        path, form, default = v.value(node, "sh:path"), v.value(node, "ckb:form"), v.value(node, "sh:defaultValue")
        class_, datatype, entries = (
            v.value(node, "sh:class"),
            v.value(node, "sh:datatype"),
            v.value(node, "ckb:entries"),
        )
        assert isinstance(path, ox.NamedNode) and isinstance(form, ox.NamedNode)
        filled = default is not None or v.value(node, "ckb:filledIn") is not None
        return Field(
            key=v.text(node, "ckb:key"),
            path=path,
            property=str(path),
            form=v.prefixes.local(form.value),
            order=int(v.text(node, "sh:order") or 99),
            name=v.text(node, "sh:name"),
            description=v.text(node, "sh:description"),
            example=v.text(node, "skos:example"),
            message=v.text(node, "sh:message"),
            class_=class_ if isinstance(class_, ox.NamedNode) else None,
            datatype=datatype if isinstance(datatype, ox.NamedNode) else None,
            entries=shape_name(self._v, entries) if isinstance(entries, ox.NamedNode) else "",
            default=default if isinstance(default, ox.NamedNode | ox.Literal) else None,
            required=v.text(node, "sh:minCount") not in ("", "0") and not filled,
            bookkeeping=v.value(node, "ckb:bookkeeping") is not None,
            single=v.text(node, "sh:maxCount") == "1" or v.text(node, "sh:uniqueLang") == "true",
            pattern=v.text(node, "sh:pattern"),
            longest=int(v.text(node, "sh:maxLength") or 0),
            least=int(v.text(node, "sh:minInclusive")) if v.text(node, "sh:minInclusive") else None,
        )
