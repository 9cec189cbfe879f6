"""Pictures for those who share a page: of the right size, the same each time, and drawn from text that stays text."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as Tree
from pathlib import Path

import pytest
from test_hostile import ATTACK, attacked

from censorkb.cli import main
from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.store import open_store
from censorkb.root import Root
from censorkb.site import pictures
from censorkb.site.pages import Renderer

pytestmark = pytest.mark.slow
SHAPES = {"svg", "rect", "text", "path", "circle"}


def drawn(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], dict[str, str]]:
    """The site with pictures, and what these were drawn from."""
    root = Root(path)
    knowledge = Knowledge.read(root)
    store = open_store(knowledge.ontology, knowledge.lines())
    derive(knowledge.ontology, store)
    drawings: list[str] = []
    make = pictures.png

    def noting(drawing: str) -> bytes:
        drawings.append(drawing)
        return make(drawing) if "<circle" in drawing or len(drawings) < 4 else b""

    monkeypatch.setattr(pictures, "png", noting)
    made = Renderer(knowledge.ontology, store, root.templates, "", base_url="https://facts.example/", images=True)
    site = dict(made.all())
    return site, dict(zip([name for name in site if name.endswith(".png")], drawings, strict=True))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        return drawn(attacked(tmp_path_factory.mktemp("hostile")), patch)


def test_each_country_and_service_has_one_in_each_language(hostile: tuple[dict[str, bytes], dict[str, str]]) -> None:
    site, drawings = hostile
    for language in ("en", "fr", "ru"):
        for kind in ("country", "service"):
            pages = {name for name in site if name.startswith(f"{language}/embed/{kind}/")}
            assert pages == {
                name.replace("/og/", "/embed/").replace(".png", ".html")
                for name in drawings
                if f"{language}/og/{kind}/" in name
            }
        assert f"{language}/og/site.png" in drawings


def test_pictures_have_the_size_that_they_are_shown_in(hostile: tuple[dict[str, bytes], dict[str, str]]) -> None:
    made = [content for name, content in hostile[0].items() if name.endswith(".png") and content]
    assert len(made) > 3
    for content in made:
        assert content.startswith(b"\x89PNG\r\n")
        assert struct.unpack(">II", content[16:24]) == (1200, 630)


def test_labels_are_text_in_drawings_and_nothing_is_fetched(hostile: tuple[dict[str, bytes], dict[str, str]]) -> None:
    for name, drawing in hostile[1].items():
        tree = Tree.fromstring(drawing)
        assert {element.tag.rpartition("}")[2] for element in tree.iter()} <= SHAPES, name
        attributes = {attribute for element in tree.iter() for attribute in element.keys()}  # noqa: SIM118 - no dictionary
        assert not [one for one in attributes if "href" in one or one.startswith("on") or one == "style"], name
        texts = [element.text or "" for element in tree.iter() if element.tag.endswith("}text")]
        assert all(len(text) <= 90 for text in texts), name
    assert ATTACK[:20] in hostile[1]["en/og/service/blip.png"].replace("&#34;", '"').replace("&#39;", "'").replace(
        "&lt;", "<"
    ).replace("&gt;", ">")


def test_the_same_drawing_gives_the_same_picture() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><text x="2" y="20">Abж</text></svg>'
    assert pictures.png(drawing) == pictures.png(drawing)
    assert pictures.png(drawing) != pictures.png(drawing.replace("ж", "ш")), "the font lacks Cyrillic letters"


def test_pages_name_their_picture_by_its_whole_address(hostile: tuple[dict[str, bytes], dict[str, str]]) -> None:
    site, _ = hostile
    for name in ("en/country/xa.html", "ru/service/hallo.html", "fr/index.html"):
        found = re.search(r'<meta property="og:image" content="https://facts.example/([^"]+)"', site[name].decode())
        assert found and found[1] in site, name


def test_pictures_without_an_address_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["build", "--images"])
    assert stopped.value.code == 2
    assert "--base-url" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    ["facts.example", "ftp://facts.example/", "https://", "https://a/?b", "https://a/#b", "https://a/\x1b[2J"],
)
def test_what_is_no_address_of_a_site_is_wrong_use(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["build", "--base-url", address])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert "give a web address" in told
    assert "\x1b" not in told
