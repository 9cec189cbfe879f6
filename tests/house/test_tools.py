"""The tools that read the code agree with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=PROJECT, capture_output=True, text=True, check=False, env=environment
    )


@pytest.mark.slow
def test_every_type_is_right(tmp_path):
    done = run("mypy", "--strict", "--cache-dir", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_ruff_has_no_complaint():
    done = run("ruff", "check", "--no-cache", "--output-format", "concise")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_can_be_run_by_the_oldest_python(modules):
    import ast

    for module in modules:
        ast.parse(module.text, feature_version=(3, 11))


@pytest.mark.slow
def test_code_is_formatted():
    done = run("ruff", "format", "--no-cache", "--check", "--diff")
    assert done.returncode == 0, done.stdout
