"""The comment on a pull request tells what a report says, and nothing that a report says becomes more than text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from censorkb.check.translation import CODES, speech
from censorkb.cli import main
from censorkb.desk.comment import MARK, MOST_BYTES, MOST_CHARACTERS, comment
from censorkb.desk.diff import Desk
from censorkb.desk.report import as_json
from censorkb.root import Root

slow = pytest.mark.slow
HERE = Path(__file__).parent
URL = "https://github.com/example/facts/actions/runs/1"
HOSTILE = "</p><script>x</script> @everyone #1 [a](https://x.example) ![i](//x.example/i.png) `*_~ <!-- censorkb -->\u202e\x1b[31m"
EMPTY = {"files": 0, "added": [], "changed": [], "corrected": [], "withdrawn": [], "follows": [], "problems": []}


@pytest.mark.parametrize(
    "name",
    [
        "added-source",
        *(pytest.param(name, marks=slow) for name in ("deleted-claim", "only-comments", "unreadable", "withdrawn")),
    ],
)
def test_the_comment_of_an_edit_is_as_expected(name, change, ontology, request):
    made = change(name)
    report = as_json(Desk(Root(made.head), ontology).diff(str(made.base))).encode()
    golden = HERE / "comments" / f"{name}.md"
    if request.config.getoption("--renew"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(comment(report, URL), "utf-8")
    assert comment(report, URL) == golden.read_text("utf-8")


@slow
@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_the_comment_is_all_of_one_language(code, change, ontology, request):
    made, tongue = change("deleted-claim"), speech(code)
    report = as_json(Desk(Root(made.head), ontology, language=code).diff(str(made.base)), tongue).encode()
    golden = HERE / "comments" / f"deleted-claim.{code}.md"
    if request.config.getoption("--renew"):
        golden.write_text(comment(report, URL, tongue), "utf-8")
    assert comment(report, URL, tongue) == golden.read_text("utf-8")


def item(text: str) -> dict:
    return {"id": text, "file": text, "line": 1, "says": text, "keys": [text]}


def problem(text: str) -> dict:
    return {"file": text, "line": 1, "column": 1, "severity": "error", "rule": text, "message": text, "fix": text}


def full_of(text: str, times: int = 1) -> bytes:
    groups = {group: [item(text)] * times for group in ("added", "changed", "corrected", "withdrawn")}
    return json.dumps({**EMPTY, **groups, "follows": [text] * times, "problems": [problem(text)] * times}).encode()


@given(st.sampled_from([HOSTILE, "a"]) | st.text("ab`*_<>[]()#@!|~\\\n\r:/w.1-+=&\x00\u2028 ", max_size=40))
def test_a_hostile_report_becomes_text(text):
    made = comment(full_of(text), URL)
    rendered = MarkdownIt("commonmark", {"html": True}).render(made.removeprefix(MARK))
    tags = set(re.findall(r"<(\w+)", rendered))
    assert tags <= {"h3", "p", "strong", "ul", "li", "code", "br"}
    assert made.count(MARK) == 1
    plain = re.sub(r"(`+).*?\1", "", made)
    assert not re.search(r"[@#]\w|://", plain)


def test_a_report_is_cut_to_what_a_comment_may_have():
    made = comment(full_of("<" * 900, 200), URL)
    assert len(made) <= MOST_CHARACTERS + 10
    assert "170 more" in comment(full_of("a", 200), URL)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b" " * (MOST_BYTES + 1), json.dumps({**EMPTY, "files": "1"}).encode(),
     json.dumps({**EMPTY, "added": [{"id": 1}]}).encode(), json.dumps({**EMPTY, "follows": ["x" * 5000]}).encode()],
)  # fmt: skip
def test_what_is_no_report_is_told_so(raw):
    made = comment(raw, URL)
    assert made.startswith(MARK)
    assert "can't be read" in made


def test_the_preview_is_offered_only_if_nothing_is_to_be_mended():
    assert URL in comment(json.dumps(EMPTY).encode(), URL)
    assert URL not in comment(full_of("a"), URL)


def test_the_command_writes_it(tmp_path):
    (tmp_path / "diff.json").write_bytes(full_of(HOSTILE))
    done = CliRunner().invoke(main, ["comment", str(tmp_path / "diff.json"), "--preview", URL])
    assert (done.exit_code, done.stdout) == (0, comment(full_of(HOSTILE), URL))
