"""Editors find the schema of each kind of file."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).parents[2]
SETTINGS = json.loads((PROJECT / ".vscode/settings.json").read_text("utf-8"))


def test_every_schema_is_wired_to_its_folder_and_every_fact_file_has_one():
    wired = SETTINGS["yaml.schemas"]
    assert {Path(name).name for name in wired} == {path.name for path in (PROJECT / "ontology/forms").iterdir()}
    globs = {name: [glob.removesuffix("/**/*.yaml") for glob in globs] for name, globs in wired.items()}
    for path in sorted((PROJECT / "facts").rglob("*.yaml")):
        inner = path.relative_to(PROJECT).as_posix()
        found = [name for name, tops in globs.items() if any(inner == t or inner.startswith(f"{t}/") for t in tops)]
        assert len(found) == 1, inner
        assert (PROJECT / found[0]).is_file()


def test_the_recommended_extension_reads_yaml():
    assert (
        "redhat.vscode-yaml" in json.loads((PROJECT / ".vscode/extensions.json").read_text("utf-8"))["recommendations"]
    )


def test_the_line_for_other_editors_leads_from_a_copy_of_the_example_to_the_schema():
    line = (PROJECT / "facts/EXAMPLE.yaml").read_text("utf-8").splitlines()[0]
    match = re.fullmatch(r"# yaml-language-server: [$]schema=(\S+)", line)
    assert match
    copied = PurePosixPath("facts/sources/2026/2026-02-11-reuters-whatsapp.yaml")
    parts: list[str] = []
    for part in (copied.parent / match[1]).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    assert (PROJECT / "/".join(parts)).is_file()
