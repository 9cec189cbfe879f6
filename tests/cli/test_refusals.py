"""What goes wrong is told in the language of the environment: by click, by the commands, by the rooms below and by the system."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from censorkb.cli import main

TOY = Path(__file__).resolve().parents[1] / "toy"
SLOW = "2025-04-10-wire-one-hallo-slow"
NOWHERE = "http://127.0.0.1:9/sparql"  # the port of discard, where nobody listens
ENGLISH = re.compile(
    r"\b(the|of|and|with|that|this|what|which|from|is|are|be|has|have|its|for|by|it|to|in|was|will|not|no|there|must|can't)\b"
)

# What stands in a Russian sentence as it is: programs, formats, variables, keys, and words and names of the facts.
NAMES = frozenset(
    [
        *("main", "censorkb", "git", "url", "http", "https", "sparql", "json", "parquet", "wacz", "warc", "netrc"),
        *(
            "endpoint",
            "user",
            "password",
            "build",
            "action",
            "claims",
            "status",
            "target",
            "measures",
            "duplicate",
            "misread",
        ),
        *("messenger", "messagerie", "vpn", "blip", "block", "und", "blok", "timeline"),
    ]
)

# Words of the command line; {root} is the toy, {file} a file that is no fact, {none} a path of nothing.
CASES = [
    "--bogus",
    "chek",
    "check --bogus",
    "check --format jsn",
    "check --root {none}",
    "check --root {file}",
    "check {file} --root {root}",
    "check --changed nosuch --referee --root {root}",
    "check --changed nosuch --root {root}",
    "check --texts",
    "tidy {none}",
    "terms extra",
    "explain nosuch-rule",
    "diff a b c",
    "diff nosuch --root {root}",
    "retract",
    "retract x",
    "retract x --because misread --root {root}",
    f"retract {SLOW} --because nosuch --root {{root}}",
    "supersede a b --root {root}",
    f"supersede {SLOW}.boxes {SLOW}.boxes --because misread --root {{root}}",
    "merge hallo hallo --root {root}",
    "merge hallo xa-hallo-throttle --root {root}",
    "merge nosuch hallo --root {root}",
    "new thing",
    "new service",
    "new service Blip --root {root}",
    "new service Blip --kind messenger --root {root}",
    "new service Nwe --kind nosuch --root {root}",
    "new measure Block --root {root}",
    "new source",
    "new source {none} --root {root}",
    "new source http://localhost/ --root {root}",
    "new law Act --type nosuch --root {root}",
    "new law Act --type law --country nosuch --root {root}",
    "new source https://example.org/q --title T --publisher wire-one --language en --published mardi --root {root}",
    "build --bogus",
    "build --root {root} --base-url ftp://x",
    "build --root {root} --images",
    "build --root {root} --out {full}",
    "query",
    "query all-claims",
    "query nosuch-question --root {root}",
    "query --timeout x",
    "query --limit -1",
    "query --format nosuch",
    "query -e ASK all-claims --root {root}",
    "query start-of --measure",
    "query status-on --country ru --date yesterday --root {root}",
    "query status-on --nosuch ru --root {root}",
    "query --endpoint x --parquet {full} all-claims --root {root}",
    f"query all-claims --endpoint {NOWHERE} --root {{root}}",
    "query all-claims --endpoint nosuch --root {root}",
    "query all-claims --endpoint http://me:secret@example.org/ --root {root}",
    "query all-claims --parquet {full} --root {root}",
    "serve --port 99999",
    "serve --sparql --open",
    "push",
    f"push --endpoint {NOWHERE} --root {{root}} --out {{none}}",
    "endpoint chek",
    f"endpoint check {NOWHERE} --root {{root}}",
    "export",
    "export --parquet {full} --root {root} --out {none}",
    "evaluate",
    "evaluate {file}",
    "evaluate {gold} --predicted {gold} --root {root}",
    "evaluate {gold} --root {root}",
    "evaluate {wrong} --root {root}",
    "comment",
    "comment {none}",
    "issue",
    "issue {none}",
    "issue {file}",
    "propose",
    "propose {none} --root {root}",
    "propose {full} --root {root}",
    "propose {file} --lang xx --root {root}",
    "propose {file} --published 11.2.2026 --root {root}",
    "propose {file} --published 2999-01-01 --root {root}",
    "propose http://127.0.0.1/a --root {root}",
    "propose http://user@example.org/a --root {root}",
    "propose {archive} --root {root}",
    "review --bogus",
    "review {none}",
]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The paths that the cases name."""
    folder = tmp_path_factory.mktemp("places")
    shutil.copytree(TOY / "facts", folder / "root" / "facts")
    (folder / "full").mkdir()
    (folder / "full" / "mine.txt").write_text("mine\n")
    (folder / "file").write_text("{\n")
    claims = '{"id": "a", "claims": [{"action": "block", "status": "enacted", "target": "Blip"}]}\n'
    (folder / "gold").write_text(claims)
    (folder / "wrong").write_text(claims.replace("block", "blok") + '{"id": 1}\n[]\n')
    (folder / "archive.wacz").write_bytes(b"PK no")
    names = {name: str(folder / name) for name in ("root", "full", "file", "gold", "wrong", "none")}
    return names | {"archive": str(folder / "archive.wacz")}


def run(case: str, places: dict[str, str], code: str) -> Result:
    words = [word.format_map(places) for word in case.split()]
    return CliRunner(env={"LC_ALL": f"{code}.UTF-8"}).invoke(main, words)


def prose(text: str, places: dict[str, str]) -> str:
    """What is told, without the paths, options, addresses and quoted words that are the same in all languages."""
    for place in places.values():
        text = text.replace(place, "")
    text = re.sub(r"«[^»]*»|'[^'\n]*'|https?:\S*|-?-[\w-]+|\S*/\S*|\b\w+(?:-\w+)+", "", text)
    return re.sub(r"(Par exemple|par exemple|Например|например)[ :,]+.*", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_refusal_has_no_english_word(case: str, places: dict[str, str]) -> None:
    english = run(case, places, "C")
    assert english.exit_code in range(4), english.output
    assert english.exception is None or isinstance(english.exception, SystemExit)
    for code in ("fr", "ru"):
        told = run(case, places, code)
        assert told.exit_code == english.exit_code
        assert (told.stderr, told.stdout) != (english.stderr, english.stdout)
        text = prose(told.stderr + told.stdout, places)
        assert ENGLISH.findall(text) == [], text
        if code == "ru":
            latin = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", text)}
            assert latin - NAMES - set(re.findall("[a-z]+", case.lower())) == set()
