"""The versions of libraries, which the edition of a cache tells apart."""

import sys
from importlib.metadata import version

from censorkb.graph.edition import versions


def test_the_version_of_a_library_is_told_by_its_metadata():
    (found,) = versions(["pyoxigraph"])
    assert version("pyoxigraph") in found


def test_of_a_library_whose_metadata_are_no_folder_the_version_is_asked_for(monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr("importlib.metadata.version", lambda library: f"1.0 of {library}")
    assert versions(["pyoxigraph"]) == ["pyoxigraph 1.0 of pyoxigraph"]
