"""The edition of a cache: it tells apart what made it."""

import sys
from importlib.metadata import version
from pathlib import Path

from censorkb.graph.edition import edition, versions


def test_the_version_of_a_library_is_told_by_its_metadata():
    (found,) = versions(["pyoxigraph"])
    assert version("pyoxigraph") in found


def test_another_version_of_a_library_is_another_edition(tmp_path: Path, monkeypatch):
    before = edition(tmp_path)
    (tmp_path / "pyoxigraph-99.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert edition(tmp_path) != before


def test_of_a_library_whose_metadata_are_no_folder_the_version_is_asked_for(monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr("importlib.metadata.version", lambda library: f"1.0 of {library}")
    assert versions(["pyoxigraph"]) == ["pyoxigraph 1.0 of pyoxigraph"]
