"""Start-up: what a user waits for before anything is done, which is most felt when a shell completes a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("censorkb")
COMPLETING = {"_CENSORKB_COMPLETE": "bash_complete", "COMP_CWORD": "1", "COMP_WORDS": "censorkb ch"}
MOST = 0.15  # CPU seconds, interpreter included
HEAVY = {"babel", "jinja2", "pyoxigraph", "pyshacl", "rdflib", "yaml", "sqlite3", "multiprocessing", "concurrent"}


def loaded(*words: str, **variables: str) -> set[str]:
    """The modules that a start loads."""
    program = (
        "import sys, atexit; sys.argv = ['censorkb', *sys.argv[1:]]; from censorkb.cli import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main(prog_name='censorkb')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env={**os.environ, **variables}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout
    return set(done.stderr.split())


def test_completion_loads_nothing_heavy() -> None:
    assert HEAVY & loaded(**COMPLETING) == set()


@pytest.mark.parametrize("language", ["C", "fr_FR.UTF-8", "ru_RU.UTF-8"])
def test_help_loads_nothing_heavy(language: str) -> None:
    loaded("--help", LC_ALL=language)  # the first start in a language compiles its catalogue
    assert HEAVY & loaded("--help", LC_ALL=language) == set()


@pytest.mark.parametrize(
    ("words", "variables"),
    [(("--help",), {}), (("--help",), {"LC_ALL": "ru_RU.UTF-8"}), ((), COMPLETING)],
    ids=["--help", "--help in Russian", "completing a word"],
)
def test_start_takes_no_more_than_a_blink(words: tuple[str, ...], variables: dict[str, str]) -> None:
    from bench.cost import cost

    assert min(cost([COMMAND, *words], variables).cpu for _ in range(5)) < MOST
