"""Reports in each format: whole, valid for whoever reads them, and harmless whatever a stranger has written."""

from __future__ import annotations

import json
import os
from importlib import resources
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from pydantic_sarif import model as sarif_model

from censorkb.check.reporters import github, sarif, text
from censorkb.check.reporters import json as json_reporter
from censorkb.check.reporters.report import Report
from censorkb.check.rule import read
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Place, Problem, phrase, problem

GOLDEN = Path(__file__).parent / "reports"
FORMATS = {"text": text.plain, "json": json_reporter.lines, "github": github.lines, "sarif": sarif.lines}


@pytest.fixture(scope="module")
def rules():
    return read(Ontology(Path(__file__).parents[2] / "ontology"))


def found() -> list[Problem]:
    """Problems of each weight, some with what could break a format."""
    file = "facts/sources/2026/2026-02-11-reuters-whatsapp.yaml"
    return [
        problem(
            Place("facts/entities/services/100% sure,a:b.yaml"),
            "file-name",
            name="100% sure,a:b.yaml",
            want="100-sure-a-b.yaml",
        ),
        problem(
            Place(file, 3, 8),
            "wrong-date",
            key="date",
            value="11/02/2026",
            why=phrase("day-or-month"),
            hint=phrase("full-date"),
        ),
        problem(
            Place(file, 7, 3), "unknown-key", key="::error::taget##[group]\r\n%0A", hint=phrase("near", near="target")
        ),
        problem(
            Place(file, 7, 3), "unknown-key", key="::error::taget##[group]\r\n%0A", hint=phrase("near", near="target")
        ),
        problem(Place(file, 9), "weekday", date="2026-02-11", is_day="Wednesday", said_day="Thursday"),
        problem(Place(file, 10, 1), "text-not-found", sha256="e3b0c442"),
    ]


def written(form: str, rules, problems: list[Problem] | None = None, **more: str) -> str:
    report = Report(found() if problems is None else problems, 3, 1, rules=rules, **more)
    return "".join(f"{line}\n" for line in FORMATS[form](report))


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_as_it_was_agreed(form, rules):
    """Set RENEW_GOLDEN=1 to write the files anew, and read what has changed."""
    path = GOLDEN / f"{form}.txt"
    made = written(form, rules, folder="data/", site="https://kb.example/")
    if os.environ.get("RENEW_GOLDEN"):
        path.write_text(made, "utf-8")
    assert made == path.read_text("utf-8")


@pytest.mark.parametrize("problems", [None, []])
def test_a_sarif_report_is_valid(rules, problems):
    """The models are made from the schema of OASIS, and forbid what it does not know."""
    log = sarif_model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(
        written("sarif", rules, problems, site="https://kb.example")
    )
    assert len(log.runs[0].results or ()) == (0 if problems == [] else len(found()))


def test_sarif_names_files_as_addresses_and_knows_a_problem_again(rules):
    [run] = json.loads(written("sarif", rules, folder="data/"))["runs"]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]]
    assert uris[0] == "data/facts/entities/services/100%25%20sure%2Ca%3Ab.yaml"
    assert [unquote(uri) for uri in uris] == [f"data/{p.place.file}" for p in found()]
    prints = [r["partialFingerprints"]["problem/v1"] for r in run["results"]]
    assert len(set(prints)) == len(prints), "two problems alike on one line are two"
    moved = [Problem(Place(p.place.file, p.place.line + 40), p.rule, p.severity, p.wrong, p.mend) for p in found()]
    [again] = json.loads(written("sarif", rules, moved))["runs"]
    assert [r["partialFingerprints"]["problem/v1"] for r in again["results"]] == prints


def test_every_rule_that_sarif_reports_is_described(rules):
    [run] = json.loads(written("sarif", rules, site="https://kb.example/"))["runs"]
    described = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert described[result["ruleIndex"]]["id"] == result["ruleId"]
    assert all(rule["fullDescription"]["text"] for rule in described)
    assert described[0]["helpUri"] == "https://kb.example/en/rules/file-name.html"


@pytest.mark.parametrize("problems", [None, []])
def test_a_json_report_has_the_form_that_is_described(rules, problems):
    schema = json.loads(resources.files("censorkb.check.reporters").joinpath("report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(written("json", rules, problems)), schema)


def test_a_strangers_words_are_no_command_to_github(rules):
    for line in written("github", rules).splitlines():
        assert "##[" not in line
        assert line.startswith(("::error file=", "::warning file=", "::notice file=")) or "::" not in line[:2]


def test_github_is_given_ten_of_each_weight_and_the_rest_as_text(rules):
    many = [problem(Place("facts/a.yaml", n), "empty-value", key=f"k{n}") for n in range(1, 31)]
    lines = written("github", rules, many).splitlines()
    assert sum(line.startswith("::error") for line in lines) == github.MOST
    assert "GitHub shows 10 of 30 problems beside the lines of the change; here are all of them" in lines
    assert sum(line.startswith("· facts/a.yaml:") for line in lines) == 30
    assert lines[-1] == "3 files, 1 claim: 30 errors, 0 warnings, 0 notes"


def test_text_says_the_same_once_and_where_else_it_is(rules):
    gone = [
        problem(
            Place(f"facts/{n}.yaml", 2),
            "unknown-reference",
            key="target",
            value="hallo",
            kind="target",
            hint="did you mean x?",
        )
        for n in range(1, 7)
    ]
    assert written("text", rules, gone).splitlines() == [
        "facts/1.yaml:2:1 error unknown-reference  'target: hallo': there is no target with that id",
        "    did you mean x?",
        "    the same at facts/2.yaml:2:1, facts/3.yaml:2:1, facts/4.yaml:2:1 and in 2 more places",
        "    if you have renamed a file, list its old id there: 'formerly: hallo'; if you have deleted it, put it back",
    ]
