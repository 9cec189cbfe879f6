"""An act is found however it is worded and whatever its target is called."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest

from censorkb.extract.article import Article

DATA = tomllib.loads((Path(__file__).resolve().parent / "wordings.toml").read_text("utf-8"))
PUBLISHED = dt.date(2024, 5, 22)
NETWORKS = {"internet", "mobile internet", "fixed internet", "telecommunications"}
WORDINGS = [(group, text) for group in DATA["wordings"] for text in group["texts"]]


def written(text: str, target: str) -> str:
    """A sentence with its target in it."""
    sentence = text.format(T=target).replace(",,", ",").replace(",.", ".")
    return sentence[0].upper() + sentence[1:]


def is_alike(found: str, wanted: str) -> bool:
    return found == wanted or (found in NETWORKS and wanted in NETWORKS)


@pytest.mark.parametrize(("group", "text"), WORDINGS, ids=[f"{group['action']}: {text}" for group, text in WORDINGS])
def test_an_act_is_found_whatever_its_target_is_called(extractor, group: dict[str, Any], text: str):
    for target, names in DATA["targets"][group["of"]].items():
        found = extractor.candidates(Article("a", written(text, target), "en", PUBLISHED))
        acts = [one for one in found if one.action.removeprefix("threaten-") == group["action"]]
        for name in names:
            meant = [one for one in acts if is_alike(one.target, name)]
            assert meant, f"{name} in {target!r}: {[(one.action, one.target) for one in found]}"
            if "status" in group:
                assert {one.status for one in meant} == {group["status"]}, target
            if "date" in group:
                assert {one.date for one in meant} == {group["date"]}, target
