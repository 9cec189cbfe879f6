"""Wrong pull requests of people who do this for the first time, and what the check answers: golden files to be read.

Each file in `requests/` is one change of the toy knowledge base; the report beside it is what its author is told. Set
RENEW_GOLDEN=1 to write the reports anew, and read what has changed from the seat of that author.
"""

from __future__ import annotations

import base64
import functools
import os
import shutil
import tomllib
from pathlib import Path

import pytest

from censorkb.check.checker import check
from censorkb.check.reporters import text
from censorkb.check.reporters.report import Report
from censorkb.graph.knowledge import Knowledge
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem
from censorkb.root import Root

HERE = Path(__file__).parent
TOY = HERE.parent / "toy"
REQUESTS = sorted((HERE / "requests").glob("*.toml"))
MOST = 3


@functools.cache
def ontology() -> Ontology:
    return Ontology(Root(TOY).ontology)


def found(root: Path, *, texts: bool = False) -> list[Problem]:
    return check(Knowledge.read(Root(root), ontology()), texts=TOY / "texts" if texts else None).problems


@functools.cache
def before() -> frozenset[tuple[object, ...]]:
    return frozenset(problem.key for problem in found(TOY, texts=True))


def applied(request: dict, folder: Path) -> Path:
    """A copy of the toy with the change."""
    shutil.copytree(TOY / "facts", folder / "facts")
    for edit in request["edit"]:
        path = folder / "facts" / edit["file"]
        if "moved-to" in edit:
            path.rename(folder / "facts" / edit["moved-to"])
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if "old" in edit:
            content = path.read_text("utf-8")
            assert content.count(edit["old"]) == 1
            path.write_text(content.replace(edit["old"], edit["new"]), "utf-8")
        else:
            path.write_bytes(base64.b64decode(edit["base64"]) if "base64" in edit else edit["write"].encode())
    return folder


@pytest.mark.parametrize("path", REQUESTS, ids=lambda path: path.stem)
def test_a_newcomer_is_told_what_to_type_instead(path: Path, tmp_path: Path) -> None:
    request = tomllib.loads(path.read_text("utf-8"))
    root, texts = applied(request, tmp_path / "kb"), request.get("texts", False)
    problems = [problem for problem in found(root, texts=texts) if problem.key not in before()]
    told = "".join(f"{line}\n" for line in text.plain(Report(problems, 1, 1)))
    golden = path.with_suffix(".txt")
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(told, "utf-8")
    assert told == golden.read_text("utf-8")
    assert 1 <= len({(p.rule, p.message, p.fix) for p in problems}) <= request.get("most", MOST), (
        "one mistake, few findings"
    )
    assert all(problem.fix or problem.message for problem in problems)


def test_every_report_belongs_to_a_request() -> None:
    assert {path.stem for path in (HERE / "requests").glob("*.txt")} == {path.stem for path in REQUESTS}
