"""Labels, titles and quotes that try to be markup stay text."""

from __future__ import annotations

import shutil

import pytest
from markup import Markup
from toysite import TOY, rendered

ATTACK = "\"'--></title><script>alert(1)</script><img src=x onload=alert(2)> {{ 7 * 7 }} {% raw %} javascript:alert(3)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Markup]:
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(TOY / "facts", root / "facts")
    quoted = "'" + ATTACK.replace("'", "''") + "'"
    changes = {
        "entities/services/blip.yaml": [("{en: Blip, ru: Блип}", quoted)],
        "entities/agents/north-post.yaml": [],
        "sources/2025/2025-10-07-north-post-chirp-dark.yaml": [
            ("title: Chirp goes dark", f"title: {quoted}"),
            ("says: Blip has been blocked in Bravonia since 3 October 2025.", f"says: {quoted}"),
            ("page: Blip has been out since Friday", "page: '<script>alert(1)</script> \"onload=alert(2)'"),
            ("phrase: on Saturday", "phrase: '<b onload=alert(1)>'"),
        ],
    }
    for name, pairs in changes.items():
        path = root / "facts" / name
        text = path.read_text("utf-8")
        for old, new in pairs:
            assert old in text, f"{name} has changed: {old}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return {name: Markup(content.decode()) for name, content in rendered(root).items() if name.endswith(".html")}


def test_no_element_or_attribute_comes_from_a_label(hostile: dict[str, Markup]) -> None:
    for name, page in hostile.items():
        assert page.faults == [], name
        for tag, attributes in page.elements:
            assert tag not in ("img", "b-onload"), name
            assert not [a for a in attributes if a.startswith("on")], name
            assert tag != "script" or attributes["src"].startswith("../" * (name.count("/")) + "assets/"), name
            assert not attributes.get("href", "").lower().startswith("javascript"), name


def test_the_words_are_shown_as_they_are(hostile: dict[str, Markup]) -> None:
    assert "<script>alert(1)</script>" in hostile["en/service/blip.html"].text
    assert "{{ 7 * 7 }}" in hostile["en/service/blip.html"].text
    assert "<script>alert(1)</script>" in hostile["en/claim/2025-10-07-north-post-chirp-dark.blip-bravonia.html"].text
