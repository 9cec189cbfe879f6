"""Schemas for editors: what the shapes say of each kind of file, as JSON Schema, so that an editor can help while one types.

Draft 7, since YAML editors know that best. A schema sees one file: what takes two files, or a look at the calendar or at
the text of an article, only `censorkb check` finds.
"""

from __future__ import annotations

import copy
import functools
import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from censorkb.ontology.form import Field, Form
from censorkb.ontology.ontology import Ontology

Schema = dict[str, Any]
FOLDER = "forms"

# How a value is written, by the local name of its form; forms that nest others are methods of the writer.
_WRITTEN = {
    "wikidata": "item",
    "formerName": "claim",
    "mergedName": "merged",
    "webAddress": "address",
    "entityRef": "reference",
    "sourceRef": "reference",
    "orderedRefs": "reference",
    "claimRef": "claim",
    "edtfDate": "date",
    "sourceText": "text",
}


def schemas(ontology: Ontology) -> dict[str, str]:
    """The schema of each kind of file, by the name of its file below `ontology/forms/`."""
    forms = ontology.forms.by_folder.items()
    return {f"{name(folder)}.json": _text(_Writer(ontology).file(folder, form)) for folder, form in forms}


def name(folder: str) -> str:
    """The name of a kind of file: the last part of the folder under `facts/`."""
    return folder.rpartition("/")[2]


def write(ontology: Ontology) -> list[Path]:
    """Renew the schemas in the folder of an ontology; returns their files."""
    folder = ontology.folder / FOLDER
    folder.mkdir(exist_ok=True)
    made = []
    for file, text in schemas(ontology).items():
        made.append(folder / file)
        made[-1].write_text(text, "utf-8")
    return made


class _Writer:
    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._definitions: dict[str, Schema] = {}

    def file(self, folder: str, form: Form) -> Schema:
        """The schema of the files in a folder."""
        if form.several:
            known = _values()["definitions"]["id"]
            body: Schema = {"type": "object", "minProperties": 1, "propertyNames": known}
            body["additionalProperties"] = self._form(form)
        elif form.types:
            body = self._typed(form)
        else:
            body = self._form(form)
        head = {"$schema": _values()["$schema"], "title": f"facts/{folder}/"}
        return {**head, **body, "definitions": dict(sorted(self._definitions.items()))}

    def _form(self, form: Form, beside: dict[str, Schema] | None = None) -> Schema:
        """A mapping with the keys of a form, and keys beside them."""
        keys = {
            **(beside or {}),
            **{key: self._key(field) for key, field in form.fields.items() if key not in (beside or {})},
        }
        required = [*(beside or {}), *(field.key for field in form.fields.values() if field.required)]
        return {"type": "object", "properties": keys, "required": required, "additionalProperties": False}

    def _typed(self, form: Form, beside: dict[str, Schema] | None = None) -> Schema:
        """A mapping whose type picks its keys."""
        labels = {word: self._label(of) for word, of in form.types.items()}
        picked = {"enum": list(labels), "enumDescriptions": list(labels.values()), "title": form.type_key}
        cases = []
        for word, of in form.types.items():
            self._definitions[of.name] = self._form(of, {**(beside or {}), form.type_key: {"const": word}})
            test = {"properties": {form.type_key: {"const": word}}, "required": [form.type_key]}
            cases.append({"if": test, "then": _reference(of.name)})
        required = [*(beside or {}), form.type_key]
        return {"type": "object", "properties": {form.type_key: picked}, "required": required, "allOf": cases}

    def _key(self, field: Field) -> Schema:
        made = self._value(field)
        help_ = (
            f"{field.description}\n\nFor example `{field.key}: {field.example}`" if field.example else field.description
        )
        words = {"title": field.name, "description": field.description, "markdownDescription": help_}
        if field.default is not None and field.form == "concept":
            words["default"] = self._default(field)
        return {**words, **made}

    def _value(self, field: Field) -> Schema:
        """What may stand after a key."""
        nesting = {
            "nested": self._nested,
            "roleMap": self._roles,
            "nestedMap": self._named,
            "nestedList": self._list,
            "quoteMap": self._quotes,
            "claimList": self._claims,
            "langText": self._translated,
        }
        if field.form in nesting:
            return nesting[field.form](field)
        return _one_or_several(self._scalar(field), field.single)

    def _scalar(self, field: Field) -> Schema:
        if field.form == "concept":
            assert field.class_ is not None
            words, v = self._ontology.words.of(field.class_), self._ontology.vocabulary
            told = [f"{v.text(c, 'skos:prefLabel')}: {v.text(c, 'skos:definition')}" for c in words.values()]
            return {"enum": list(words), "enumDescriptions": told}
        datatype = self._ontology.prefixes.local(field.datatype.value) if field.datatype else ""
        written = (
            {"integer": "number", "date": "day"}.get(datatype, "text")
            if field.form == "literal"
            else _WRITTEN[field.form]
        )
        made: Schema = copy.deepcopy(_values()["definitions"][written])
        if written == "text":
            made |= {"pattern": field.pattern} if field.pattern else {}
            made |= {} if re.search(made["pattern"], "1") else {"type": "string"}  # 12 is a number to an editor
            made |= {"maxLength": field.longest} if field.longest else {}
        if field.message:  # what VS Code says instead of the pattern
            made["patternErrorMessage"] = field.description if field.form == "edtfDate" else field.message
        if field.least is not None:
            made["minimum"] = field.least
        return made

    def _translated(self, field: Field) -> Schema:
        """One text, or several, or a mapping from languages to them."""
        text: Schema = copy.deepcopy(_values()["definitions"]["text"])
        text |= {"maxLength": field.longest} if field.longest else {}
        value = _one_or_several(text, field.single)
        languages = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": _values()["languages"]}}
        return {"anyOf": [*value.get("anyOf", [value]), {**languages, "additionalProperties": value}]}

    def _nested(self, field: Field) -> Schema:
        form = self._entries(field)
        if not form.scalar_key:
            return _reference(form.name)
        bare = f"{form.name}-{form.scalar_key}"
        self._definitions[bare] = self._scalar(form.fields[form.scalar_key])
        return {"anyOf": [_reference(bare), _reference(form.name)]}

    def _roles(self, field: Field) -> Schema:
        v = self._ontology.vocabulary
        roles = self._ontology.words.of(v.node("ckb:DateRole"))
        keys = {w: {"description": v.text(c, "skos:definition"), **self._nested(field)} for w, c in roles.items()}
        return {"type": "object", "properties": keys, "additionalProperties": False}

    def _named(self, field: Field) -> Schema:
        known = _values()["definitions"]["id"]
        return {"type": "object", "propertyNames": known, "additionalProperties": _reference(self._entries(field).name)}

    def _list(self, field: Field) -> Schema:
        return {"type": "array", "items": _reference(self._entries(field).name)}

    def _quotes(self, field: Field) -> Schema:
        """Texts by the key of their copy; their shape has no keys of its own, but says how long they may be."""
        text: Schema = copy.deepcopy(_values()["definitions"]["text"])
        text |= {"pattern": self._entries(field).pattern or text["pattern"], "patternErrorMessage": field.message}
        return {"type": "object", "minProperties": 1, "additionalProperties": _one_or_several(text, single=False)}

    def _claims(self, field: Field) -> Schema:
        title = {"title": "id", "description": field.description}
        known = {"id": {**title, **_values()["definitions"]["id"]}}
        return {"type": "array", "items": self._typed(self._ontology.forms.by_name[field.entries], known)}

    def _entries(self, field: Field) -> Form:
        """The form of what is nested, which is defined once."""
        form = self._ontology.forms.by_name[field.entries]
        if form.fields and form.name not in self._definitions:
            self._definitions[form.name] = {}
            self._definitions[form.name] = self._form(form)
        return form

    def _default(self, field: Field) -> str:
        assert isinstance(field.default, ox.NamedNode)
        return self._ontology.vocabulary.text(field.default, "skos:notation")

    def _label(self, form: Form) -> str:
        return self._ontology.vocabulary.text(form.class_, "rdfs:label")


def _one_or_several(value: Schema, single: bool) -> Schema:
    return value if single else {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}


def _reference(definition: str) -> Schema:
    return {"allOf": [{"$ref": f"#/definitions/{definition}"}]}


def _text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


@functools.cache
def _values() -> Schema:
    made: Schema = json.loads(resources.files("censorkb.ontology").joinpath("values.schema.json").read_text("utf-8"))
    return made
