"""New files: a skeleton at the right path with what can be known, and nothing written twice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from censorkb.cli import asking

pytestmark = pytest.mark.slow

PAGE = """<!DOCTYPE html><html lang="en-XA"><head><meta charset="utf-8"><title>Blip cut off | The North Post</title>
<link rel="canonical" href="https://north-post.example.com/blip-cut">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Blip cut off in Alfania",
 "datePublished": "2025-12-03T09:00:00+02:00", "publisher": {"@type": "Organization", "name": "The North Post"}}]}</script>
<style>body { color: red }</style></head><body><h1>Blip cut off</h1><p>Blip cannot be reached since Tuesday.</p></body></html>
"""
FRENCH = "La messagerie Blip est bloquée depuis mardi, a déclaré son opérateur à la presse.\n"


def test_a_service_gets_a_file_with_its_names(desk, run, errors):
    done = run("new", "service", "ru=Квак", "--kind", "messenger", "--label", "en=Quack", "--aliases", "fr=Coin-coin")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"wrote {desk}/facts/entities/services/kvak.yaml\n"
    assert (desk / "facts/entities/services/kvak.yaml").read_text() == (
        "label: {ru: Квак, en: Quack}\nkind: messenger\naliases: {fr: Coin-coin}\n"
    )
    assert errors() == []


def test_names_in_several_languages_stand_under_their_language(desk, run, errors):
    done = run("new", "service", "Quack", "--kind", "messenger", "--label", "ru=Квак", "--id", "quack")
    assert done.exit_code == 0, done.stderr
    text = (desk / "facts/entities/services/quack.yaml").read_text()
    assert text == "label: {en: Quack, ru: Квак}\nkind: messenger\n"
    assert errors() == []
    assert run("tidy", "--check").exit_code == 0


@pytest.mark.parametrize(
    ("words", "file", "text"),
    [
        (
            ("agent", "Pond Board", "--type", "authority", "--country", "Alfania"),
            "entities/agents/pond-board.yaml",
            "label: Pond Board\ntype: authority\ncountry: xa\n",
        ),
        (("country", "Coralia", "--iso", "XC"), "entities/countries/xc.yaml", "label: Coralia\niso: XC\n"),
        (("law", "Pond Act", "--type", "law", "--country", "xa"), "entities/laws/pond-act.yaml", "label: Pond Act\ntype: law\ncountry: xa\n"),
        (
            ("target", "Site of the pond", "--type", "website", "--domain", "pond.example"),
            "entities/targets/site-of-the-pond.yaml",
            "label: Site of the pond\ntype: website\ndomain: pond.example\n",
        ),
        (
            ("measure", "Slowing of Unita in Bravonia", "--action", "throttle", "--target", "unita", "--country", "xb"),
            "measures/xb/unita.yaml",
            "xb-unita-throttle:\n  label: Slowing of Unita in Bravonia\n  action: throttle\n  target: unita\n  country: xb\n",
        ),
    ],
)  # fmt: skip
def test_every_kind_of_thing_gets_its_file(desk, run, errors, words, file, text):
    done = run("new", *words)
    assert done.exit_code == 0, done.stderr
    assert (desk / "facts" / file).read_text() == text
    assert errors() == []
    assert run("tidy", "--check").exit_code == 0


def test_a_measure_joins_the_others_of_its_target(desk, run, errors):
    path = desk / "facts/measures/xa/blip.yaml"
    before = path.read_text()
    done = run("new", "measure", "Slowing of Blip", "--action", "throttle", "--target", "blip", "--country", "xa")
    assert done.exit_code == 0, done.stderr
    assert (
        path.read_text()
        == f"{before}\nxa-blip-throttle:\n  label: Slowing of Blip\n  action: throttle\n  target: blip\n  country: xa\n"
    )
    assert errors() == []


def test_a_measure_like_another_needs_a_word(desk, run):
    words = ("new", "measure", "Another block", "--action", "block", "--target", "blip", "--country", "xa")
    done = run(*words)
    assert done.exit_code == 1
    assert "xa-blip-block-2024 in facts/measures/xa/blip.yaml has the same action, target and country" in done.stderr
    assert run(*words, "--renews", "xa-blip-block-2025", "--id", "xa-blip-block-2026").exit_code == 0


@pytest.mark.parametrize("name", ["Blip Messenger", "BLIP", "Блип!", "la messagerie blip", "blipp"])
def test_a_name_or_alias_of_a_known_thing_is_refused_with_its_path(desk, run, name):
    done = run("new", "service", name, "--kind", "messenger")
    assert done.exit_code == 1
    assert "blip (Blip" in done.stderr
    assert "facts/entities/services/blip.yaml" in done.stderr
    assert run("new", "service", name, "--kind", "messenger", "--anyway", "--id", "other").exit_code == 0


def test_a_name_much_like_a_known_one_is_offered(desk, run, monkeypatch):
    done = run("new", "service", "Realbox", "--kind", "video-platform")
    assert (done.exit_code, "may be there already: reelbox" in done.stderr) == (1, True)
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    done = run("new", "service", "Realbox", "--kind", "video-platform", typed="1\n")
    assert done.exit_code == 1
    assert "add the name to the 'aliases' of facts/entities/services/reelbox.yaml" in done.stderr
    assert run("new", "service", "Realbox", typed="0\nvideo-platform\n").exit_code == 0


def test_what_is_missing_is_named_by_its_option(run):
    done = run("new", "service", "Quack")
    assert done.exit_code == 2
    assert "say also:\n  --kind  What kind of service it is." in done.stderr


def test_what_is_missing_is_asked_for_on_a_terminal(desk, run, monkeypatch):
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    done = run("new", "service", typed="Quack\nmesenger\nmessenger\n")
    assert done.exit_code == 0, done.stderr
    assert "Its name; one per language" in done.stderr
    assert "mesenger is not one of its words, which are messenger, " in done.stderr
    assert "; did you mean messenger?\n" in done.stderr
    assert (desk / "facts/entities/services/quack.yaml").read_text() == "label: Quack\nkind: messenger\n"


def test_a_source_is_asked_for_what_its_text_does_not_say(desk, run, errors, tmp_path, monkeypatch):
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    (tmp_path / "a.txt").write_text(FRENCH)
    done = run("new", "source", tmp_path / "a.txt", typed="Blip bloquée\nLa Gazete\nla gazette\nmardi\n2025-12-02\n")
    assert done.exit_code == 0, done.stderr
    assert "publisher: there is no agent called La Gazete; did you mean la-gazette?" in done.stderr
    assert "published: mardi is not a date" in done.stderr
    assert "language: fr" in done.stderr
    assert (
        "publisher: la-gazette\n" in (desk / "facts/sources/2025/2025-12-02-la-gazette-blip-bloquee.yaml").read_text()
    )
    assert errors() == []


def test_the_type_is_asked_for_once(desk, run, monkeypatch):
    monkeypatch.setattr(asking, "is_terminal", lambda: True)
    done = run("new", "agent", typed="media\nPond Post\n")
    assert done.exit_code == 0, done.stderr
    assert (desk / "facts/entities/agents/pond-post.yaml").read_text() == "label: Pond Post\ntype: media\n"


def test_no_file_is_overwritten(desk, run):
    before = (desk / "facts/entities/services/blip.yaml").read_text()
    done = run("new", "service", "Blip", "--kind", "vpn", "--anyway")
    assert done.exit_code == 1
    assert "the id blip is taken: facts/entities/services/blip.yaml" in done.stderr
    assert (desk / "facts/entities/services/blip.yaml").read_text() == before


def test_a_former_id_is_not_given_again(run):
    done = run("new", "service", "Something", "--kind", "vpn", "--id", "blipp")
    assert (done.exit_code, "the id blipp is taken" in done.stderr) == (1, True)


def test_a_saved_page_says_nearly_everything(desk, run, errors, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    done = run("new", "source", tmp_path / "page.html")
    assert done.exit_code == 0, done.stderr
    digest = hashlib.sha256(PAGE.encode()).hexdigest()
    assert (desk / "facts/sources/2025/2025-12-03-north-post-blip-cut-off-in.yaml").read_text() == (
        "title: Blip cut off in Alfania\npublisher: north-post\nlanguage: en\npublished: 2025-12-03\ncopies:\n  page:\n"
        "    kind: original\n    host: north-post\n    language: en\n    url: https://north-post.example.com/blip-cut\n"
        f"    file: page.html\n    sha256: {digest}\nstatus: candidate\nclaims: []\n"
    )
    assert errors() == []


def test_the_language_of_a_text_is_recognised(desk, run, errors, tmp_path):
    (tmp_path / "a.txt").write_text(FRENCH)
    done = run(
        "new",
        "source",
        tmp_path / "a.txt",
        "--title",
        "Blip bloquée",
        "--publisher",
        "La Gazette",
        "--published",
        "2025-12",
    )
    assert done.exit_code == 0, done.stderr
    text = (desk / "facts/sources/2025/2025-12-la-gazette-blip-bloquee.yaml").read_text()
    assert "language: fr\n" in text
    assert errors() == []


def test_an_address_is_not_fetched_and_tells_its_publisher_by_its_host(desk, run, errors):
    words = ("--title", "More", "--language", "en", "--published", "2025-12-04")
    done = run("new", "source", "https://wire-one.example/2025/more", *words)
    assert done.exit_code == 0, done.stderr
    assert "publisher: wire-one\n" in (desk / "facts/sources/2025/2025-12-04-wire-one-more.yaml").read_text()
    assert errors() == []


def test_a_copy_that_is_known_is_not_taken_twice(run):
    done = run("new", "source", "https://wire-one.example/2025/dark")
    assert done.exit_code == 1
    assert "there already, with the same url: facts/sources/2025/2025-06-06-wire-one-shutdown.yaml" in done.stderr


def test_what_is_left_to_write_is_named_kindly(desk, run, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    assert run("new", "source", tmp_path / "page.html", "--claim", "measure").exit_code == 0
    checked = run("check", "--no-cache")
    assert "error to-do  'says' is still to be written" in checked.stdout
    assert {line.split()[2] for line in checked.stdout.splitlines() if " error " in line} == {"to-do"}


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("https://localhost/x", "no public web address"),
        ("file:///etc/passwd", "no public web address"),
        ("https://example.org/\x1b[31m", "no public web address"),
    ],
)
def test_a_wrong_address_is_refused(run, what, sentence):
    done = run("new", "source", what)
    assert (done.exit_code, sentence in done.stderr) == (2, True)
    assert "\x1b" not in done.stderr


def test_a_file_without_text_is_refused(run, tmp_path):
    (tmp_path / "a.bin").write_bytes(b"\0\1")
    done = run("new", "source", tmp_path / "a.bin")
    assert (done.exit_code, "holds no text" in done.stderr) == (2, True)
    assert run("new", "source", tmp_path / "none").exit_code == 3


def test_a_hostile_page_states_nothing_harmful(desk, run, tmp_path):
    page = PAGE.replace("Blip cut off in Alfania", "a\u202eb\\u0007").replace("2025-12-03T09", "2025-99-99T09")
    page = page.replace("https://north-post.example.com/blip-cut", "javascript:alert(1)")
    (tmp_path / "page.html").write_text(page)
    done = run("new", "source", tmp_path / "page.html", "--published", "2025-12-03")
    assert done.exit_code == 0, done.stderr
    (path,) = (desk / "facts/sources/2025").glob("2025-12-03-north-post-*.yaml")
    assert path.read_text().startswith("title: a b\n")
    assert "javascript" not in path.read_text()


def test_a_page_in_pieces_never_fails():
    from censorkb.desk.page import read

    for end in range(len(PAGE)):
        read(PAGE[:end])
    assert read('<script type="application/ld+json">' + "[" * 5000).title == ""


def test_help_shows_the_keys_of_the_shapes(run, desk: Path):
    from click.testing import CliRunner

    from censorkb.cli import main

    shown = CliRunner().invoke(main, ["new", "agent", "--help"]).stdout
    assert "The country an authority belongs to" in shown
    assert "[company|media|person|group|authority]" in shown
