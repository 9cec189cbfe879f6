"""Schemas for editors accept every fact, and refuse each wrong one that a look at one file can tell from a right one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from check.case import TOY, Case, read_cases, toy_with
from jsonschema import Draft7Validator

from censorkb.ontology.ontology import Ontology
from censorkb.ontology.schema import name, schemas

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
CASES = read_cases()

# What no schema of one file can see, and why.
TWO_THINGS = "it takes a look at another file or claim, or at two keys together"
CALENDAR = "it takes a calendar"
NAMES = "it is about the name or the place of the file"
BYTES = "it is about the bytes or the YAML of the file; the editor's own YAML reader sees to it"
BEYOND = {
    TWO_THINGS: """
        about-other-action about-other-country about-other-target accepted-about-nothing act-needs-source
        authority-needs-country began-after-publication by-publication-by-hand confirms-and-disputes copy-in-other-language
        copy-in-two-sources copy-needs-trace entity-twice denies-nothing disputes-itself disputes-own-words duplicate-id
        garbled-text-alone inferred-needs-note instead-of-itself law-of-another-country match-needs-source
        measure-again-after-end measure-part-of-itself measure-renews-itself measure-twice penalty-without-penalty
        quote-not-in-text reference-of-another-kind region-of-another-country related-in-a-circle
        related-to-itself relative-needs-phrase renamed-reference renewal-of-another-kind said-after-publication scope-mixed
        second-hand-text-alone source-based-on-itself source-twice successor-without-status superseded-by-nothing
        superseded-in-a-circle target-without-measure translation-in-same-language unknown-copy unknown-reference
        withdrawn-without-reason
    """,
    CALENDAR: "weekday",
    NAMES: "country-file-name file-name measure-file-name source-file-name unknown-folder",
    BYTES: """
        alias anchor byte-order-mark control-character curly-quotes duplicate-key empty-file merge-key not-utf8 tab tag too-deep too-long two-documents
        yaml-syntax key-not-a-word
    """,
}
UNSEEN = {rule: why for why, rules in BEYOND.items() for rule in rules.split()}


# Cases of rules that it sees otherwise.
BEYOND_CASES = {
    "February 2026 has 28 days.": CALENDAR,
    "A time ends after it begins.": CALENDAR,
    "A span ends after it begins.": CALENDAR,
}


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `no` is a text and 2025-02-30 is no date."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag.rpartition(":")[2] in ("null", "int", "float", "merge")]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


@pytest.fixture(scope="module")
def validators(ontology) -> dict[str, Draft7Validator]:
    """The schema of each folder, as an editor finds it."""
    folder = PROJECT / "ontology/forms"
    return {
        f: Draft7Validator(json.loads((folder / f"{name(f)}.json").read_text("utf-8")))
        for f in ontology.forms.by_folder
    }


def folder_of(path: Path, root: Path, known) -> str:
    inner = path.relative_to(root / "facts").as_posix()
    return next((folder for folder in known if inner.startswith(f"{folder}/")), "")


def faults(validators, root: Path, path: Path) -> list[str]:
    """What the editor would underline; a file that is no YAML is refused by its own reader."""
    try:
        said: Any = yaml.load(path.read_text("utf-8"), Core)
    except (yaml.YAMLError, UnicodeDecodeError):
        return ["not YAML"]
    validator = validators[folder_of(path, root, validators)]
    return [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(said)]


def test_the_schemas_are_fresh(ontology):
    folder = PROJECT / "ontology/forms"
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == schemas(ontology), (
        "run: censorkb terms --write"
    )


def test_they_are_schemas(validators):
    for validator in validators.values():
        Draft7Validator.check_schema(validator.schema)


@pytest.mark.parametrize("root", [PROJECT, TOY], ids=["real", "toy"])
def test_they_accept_every_fact(root, validators):
    paths = [p for p in sorted((root / "facts").rglob("*.yaml")) if p.name != "EXAMPLE.yaml"]
    assert len(paths) > 50
    assert {path.name: found for path in paths if (found := faults(validators, root, path))} == {}


def test_they_accept_the_example(validators):
    example = PROJECT / "facts/EXAMPLE.yaml"
    assert not list(validators["sources"].iter_errors(yaml.load(example.read_text("utf-8"), Core)))


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.rule not in UNSEEN and c.why not in BEYOND_CASES], ids=lambda c: c.name
)
def test_they_refuse_a_bad_case(case: Case, validators, tmp_path):
    root = toy_with(case.bad, tmp_path)
    changed = {root / "facts" / edit.file for edit in case.bad}
    found = [fault for path in changed if path.is_file() for fault in faults(validators, root, path)]
    assert found or shown_elsewhere(case), case.why


def shown_elsewhere(case: Case) -> bool:
    """Whether the case is one of a rule that is about two files."""
    return case.rule_shown in UNSEEN


def test_what_they_can_not_refuse_is_listed_for_a_reason():
    assert set(UNSEEN) <= {case.rule for case in CASES}
    assert set(BEYOND_CASES) <= {case.why for case in CASES}


def test_every_key_has_a_title_and_every_word_its_meaning(ontology):
    for text in schemas(ontology).values():
        for keys in every(json.loads(text), "properties"):
            for key, value in keys.items():
                assert value.get("const") or value.get("title") or value.get("description"), key
        for choice in every(json.loads(text), "enumDescriptions"):
            assert all(choice)


def every(node: Any, key: str):
    if isinstance(node, dict):
        if key in node and not (key == "properties" and "if" in str(node.get("required"))):
            yield node[key]
        for value in node.values():
            yield from every(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from every(value, key)
