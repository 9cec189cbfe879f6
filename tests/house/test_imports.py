"""Who may know whom: the contracts of pyproject.toml, and what they can't say."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    program = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True))"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", program, str(config)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=PROJECT,
    )


def test_all_contracts_between_rooms_are_kept():
    done = lint(PROJECT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_contracts_notice_what_they_forbid(tmp_path):
    config = (
        (PROJECT / "pyproject.toml")
        .read_text("utf-8")
        .replace('"asyncio", ', '"asyncio", "hashlib", ')
        .replace("-> rdflib", "-> nothing")
    )
    (tmp_path / "pyproject.toml").write_text(config)
    done = lint(tmp_path / "pyproject.toml")
    assert done.returncode == 1
    assert "2 broken" in done.stdout


def test_every_third_party_import_is_a_dependency_of_the_program(modules):
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["notebook"] + extras["parquet"]  # imported where they are installed
    wanted += [name.replace("==", ">") for name in extras["images"]]
    declared = {name.partition(">")[0].replace("pyyaml", "yaml").replace("-", "_") for name in wanted}
    imported = {name.partition(".")[0] for module in modules for name in imports(module.tree)} - {"censorkb"}
    assert imported - set(sys.stdlib_module_names) == declared - {"lxml_html_clean"}  # imported by trafilatura


def test_nothing_opens_a_web_address(modules):
    forbidden = {"urllib.request", "urllib.error", "http.client", "http.server", "webbrowser"}
    found = {(module.name, name) for module in modules for name in imports(module.tree) if name in forbidden}
    assert found == FETCHING


# One page is fetched if somebody gives its address to `censorkb propose`.
FETCHING = {("extract/fetch.py", "http.client")}


# How long to wait for another run, whether a file can change without its times telling, how long a server or a page may
# keep us waiting, or we it, and whether an article is said to be of the future: none of these reaches an output.
CLOCKS = (
    "desk/second_reader.py",
    "extract/fetch.py",
    "extract/today.py",
    "facts/stamp.py",
    "graph/cache.py",
    "query/endpoint/client.py",
)


def test_nothing_asks_the_clock_or_chance(modules):
    for module in modules:
        forbidden = {"random", "secrets", "uuid", "time", "locale"} - ({"time"} if module.name in CLOCKS else set())
        assert not forbidden & set(imports(module.tree)), module.name
        calls = {f"{ast.unparse(node.func)}" for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
        assert not {
            call for call in calls if call.rpartition(".")[2] in ("now", "today", "utcnow", "getenv", "eval", "exec")
        }, module.name


def imports(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            found += [
                node.module or "",
                *(f"{node.module}.{alias.name}" for alias in node.names if node.module == "urllib"),
            ]
    return found
