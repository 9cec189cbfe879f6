"""Tidying a knowledge base: files are rewritten, and nothing that they say changes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from vandal import Vandal

from censorkb.cli import main
from censorkb.desk.change import apply
from censorkb.desk.tidy import tidy
from censorkb.graph.knowledge import Knowledge
from censorkb.ontology.ontology import Ontology
from censorkb.root import Root

UNTIDY = "kind: messenger\nlabel: 'Blip'   # the name\n"
TIDY = "label: Blip     # the name\nkind: messenger\n"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(Root(Path(__file__).parents[2]).ontology)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "facts/entities/services"
    folder.mkdir(parents=True)
    (folder / "blip.yaml").write_text(UNTIDY)
    (folder / "chirp.yaml").write_text(TIDY)
    return tmp_path


def censorkb(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def said(root: Root, ontology: Ontology) -> tuple[set[str], list[str]]:
    """What the files say but for the lines on which claims begin, and what is wrong with them but for where."""
    knowledge = Knowledge.read(root, ontology)
    lines = {line for line in knowledge.lines() if knowledge.names("ckb:line") not in line}
    return lines, sorted(re.sub(r":\d+", "", f"{p.place.file} {p.rule} {p.message}") for p in knowledge.text_problems)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_facts_say_the_same_tidied(toy_copy: Root, ontology: Ontology, seed: int) -> None:
    vandal = Vandal(toy_copy.facts, seed)
    done = [vandal.strike() for _ in range(8)]
    before = said(toy_copy, ontology)
    tidied = tidy(toy_copy, ontology)
    apply(toy_copy.path, tidied.changes)
    assert said(toy_copy, ontology) == before, done
    assert tidy(toy_copy, ontology).changes == [], done


def test_files_are_rewritten_and_named(root: Path) -> None:
    done = censorkb("tidy", "--root", root)
    assert done.exit_code == 0
    assert done.stdout == "tidied facts/entities/services/blip.yaml\n"
    assert done.stderr == "2 files, 1 tidied\n"
    assert (root / "facts/entities/services/blip.yaml").read_text() == TIDY
    assert censorkb("tidy", "--root", root).stderr == "2 files, all tidy\n"


def test_only_what_is_named_is_looked_at(root: Path) -> None:
    assert censorkb("tidy", "--root", root, root / "facts/entities/services/chirp.yaml").stderr == "1 file, all tidy\n"
    assert censorkb("tidy", "--root", root, root / "facts/entities").stderr == "2 files, 1 tidied\n"


def test_check_shows_what_would_change_and_writes_nothing(root: Path) -> None:
    done = censorkb("tidy", "--check", "--root", root)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == [
        "--- facts/entities/services/blip.yaml",
        "+++ facts/entities/services/blip.yaml",
        "@@ -1,2 +1,2 @@",
    ]
    assert "+label: Blip     # the name" in done.stdout
    assert done.stderr == "2 files, 1 would be tidied\n"
    assert (root / "facts/entities/services/blip.yaml").read_text() == UNTIDY


def test_a_file_that_cannot_be_read_is_named_and_left_alone(root: Path) -> None:
    bad = root / "facts/entities/services/bad.yaml"
    bad.write_text("label: [\n")
    done = censorkb("tidy", "--root", root)
    assert done.exit_code == 1
    assert "facts/entities/services/bad.yaml:2:1 error yaml-syntax" in done.stdout
    assert done.stderr == "3 files, 1 tidied, 1 left alone\n"
    assert bad.read_text() == "label: [\n"


def test_only_files_that_change_are_touched_and_keep_their_rights(root: Path) -> None:
    services = root / "facts/entities/services"
    (services / "blip.yaml").chmod(0o640)
    os.utime(services / "chirp.yaml", (1, 1))
    censorkb("tidy", "--root", root)
    assert (services / "blip.yaml").stat().st_mode & 0o777 == 0o640
    assert (services / "chirp.yaml").stat().st_mtime == 1
    assert sorted(path.name for path in services.iterdir()) == ["blip.yaml", "chirp.yaml"]


def test_a_disk_that_takes_no_more_loses_no_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert censorkb("tidy", "--root", root).exit_code == 3
    assert (root / "facts/entities/services/blip.yaml").read_text() == UNTIDY
    assert sorted(path.name for path in (root / "facts/entities/services").iterdir()) == ["blip.yaml", "chirp.yaml"]


def test_line_ends_of_windows_are_mended_and_shown(root: Path) -> None:
    path = root / "facts/entities/services/chirp.yaml"
    path.write_bytes(TIDY.replace("\n", "\r\n").encode())
    assert "lines that end as on Windows" in censorkb("tidy", "--check", "--root", root, path).stdout
    censorkb("tidy", "--root", root, path)
    assert path.read_bytes() == TIDY.encode()


def test_a_path_elsewhere_is_wrong_use(root: Path, tmp_path: Path) -> None:
    done = censorkb("tidy", "--root", root / "facts", tmp_path)
    assert done.exit_code == 2
    assert "is not in the knowledge base" in done.stderr


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    target.write_text(UNTIDY)
    (root / "facts/entities/services/link.yaml").symlink_to(target)
    done = censorkb("tidy", "--root", root)
    assert "link.yaml:1:1 error not-a-file" in done.stdout
    assert target.read_text() == UNTIDY
