"""The page of a review: all that waits, to be read without a script and decided on with one, and what comes back from it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner, Result
from playwright.sync_api import Browser, Page, sync_playwright

from censorkb.check.checker import check
from censorkb.cli import main
from censorkb.graph.knowledge import Knowledge
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Severity
from censorkb.root import Root

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]
TEXT = (
    "Russia blocks messengers <script>document.title = 'taken'</script>\n\n"
    "Russia blocked Signal and Telegram on Friday, Roskomnadzor said. "
    'It has also blocked FaceTime</textarea><img src=x onerror="document.title = 1"> and throttled YouTube since August.\n'
)
FILE = "facts/proposed/2026-02-13-reuters-article-txt.yaml"
SOURCE = "facts/sources/2026/2026-02-13-reuters-article-txt.yaml"
REFUSED = "facts/refused/2026-02-13-reuters-article-txt.yaml"
ALL = ["signal-block", "telegram-block", "facetime-block", "youtube-throttle"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="module")
def proposals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with four claims that wait, and the cache beside it."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(PROJECT / "facts", folder / "kb/facts")
    (folder / "article.txt").write_text(TEXT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENSORKB_CACHE", str(folder / "cache"))
        words = ["propose", str(folder / "article.txt"), "--published", "2026-02-13", "--publisher", "reuters"]
        done = CliRunner().invoke(main, [*words, "--root", str(folder / "kb")], catch_exceptions=False)
        assert done.exit_code == 0
    return folder


@pytest.fixture
def desk(proposals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that knowledge base."""
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    shutil.copytree(proposals / "kb", tmp_path / "kb")
    shutil.copytree(next(proposals.rglob("articles")), Root(tmp_path / "kb").cache / "articles")
    monkeypatch.chdir(tmp_path / "kb")
    return tmp_path / "kb"


def review(*words: str) -> Result:
    return CliRunner().invoke(main, ["review", *words], catch_exceptions=False)


@pytest.fixture
def made(desk: Path) -> Path:
    """The page of what waits."""
    path = desk.parent / "review.html"
    assert review("--html", str(path)).exit_code == 0
    return path


def claims(desk: Path, name: str) -> dict[str, dict]:
    path = desk / name
    return {c["id"]: c for c in yaml.safe_load(path.read_text())["claims"]} if path.exists() else {}


def marks(page: Path) -> dict[str, str]:
    return dict(re.findall(r'data-claim-id="([^"]+)" data-was="([^"]+)"', page.read_text()))


def decisions(made: Path, *verdicts: dict) -> str:
    """A file of decisions as the page writes it."""
    was = marks(made)
    rows = [{"file": FILE, "was": was.get(verdict["id"], "0" * 16), **verdict} for verdict in verdicts]
    path = made.with_name("decisions.json")
    path.write_text(json.dumps({"censorkb": "decisions", "version": 1, "decisions": rows}))
    return str(path)


def errors(desk: Path) -> list[str]:
    knowledge = Knowledge.read(Root(desk), Ontology(Root(desk).ontology))
    return [str(p.message) for p in check(knowledge).problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize(("address", "is_link"), [("https://example.org/a?b=1", True), ("javascript:alert(1)", False)])
def test_the_article_can_be_opened_where_it_was_read(desk, address, is_link):
    file, page = desk / FILE, desk.parent / "review.html"
    text = re.sub(r"^    file: .*$", f'    url: "{address}"', file.read_text(), flags=re.MULTILINE)
    assert address in text
    file.write_text(text)
    review("--html", str(page))
    assert (f'<a href="{address}"' in page.read_text()) == is_link
    assert page.read_text().count('href="') == (4 if is_link else 0)


def test_a_denial_is_seen_before_what_it_denies(desk):
    file, page = desk / FILE, desk.parent / "review.html"
    file.write_text(file.read_text().replace("  phase: in-force\n", "  phase: in-force\n  stance: denies\n", 1))
    review("--html", str(page))
    assert re.search(r'<h2 id="head-1"><b class="stance">denies</b> <span class="phase in-force">', page.read_text())


# What comes back from it


def test_decisions_are_carried_out_as_those_of_the_terminal_are(desk, made):
    path = decisions(
        made,
        {"id": "telegram-block", "do": "accept"},
        {"id": "facetime-block", "do": "refuse", "reason": "not what it says"},
        {"id": "signal-block", "do": "join", "measure": "ru-signal-restriction", "how": "evidence"},
    )
    done = review("--decisions", path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 accepted, 1 refused; 1 left" in done.stdout
    assert claims(desk, SOURCE)["telegram-block"]["about"] == "ru-telegram-block"
    assert claims(desk, SOURCE)["signal-block"]["about"] == "ru-signal-restriction"
    assert claims(desk, REFUSED)["facetime-block"]["status-note"] == "not what it says"
    assert list(claims(desk, FILE)) == ["youtube-throttle"]
    assert errors(desk) == []


def test_the_same_decisions_again_change_nothing(desk, made):
    path = decisions(made, {"id": "telegram-block", "do": "accept"}, {"id": "signal-block", "do": "accept"})
    review("--decisions", path)
    before = {file: file.read_bytes() for file in desk.rglob("*.yaml")}
    done = review("--decisions", path)
    assert done.exit_code == 0
    assert "2 of them were decided before" in done.stderr
    assert {file: file.read_bytes() for file in desk.rglob("*.yaml")} == before


def test_a_run_that_is_interrupted_goes_on_where_it_stopped(desk, made, monkeypatch):
    path = decisions(
        made,
        {"id": "signal-block", "do": "accept"},
        {"id": "telegram-block", "do": "accept"},
        {"id": "facetime-block", "do": "refuse", "reason": "no"},
    )
    with monkeypatch.context() as patch:
        patch.setattr("censorkb.desk.session.Session.refuse", interrupted)
        assert review("--decisions", path).exit_code == 130
    assert list(claims(desk, SOURCE)) == ["signal-block", "telegram-block"]
    done = review("--decisions", path)
    assert done.exit_code == 0
    assert "2 of them were decided before" in done.stderr
    assert list(claims(desk, SOURCE)) == ["signal-block", "telegram-block"]
    assert list(claims(desk, REFUSED)) == ["facetime-block"]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_claim_can_be_edited_before_it_is_accepted_or_for_another_look(desk, made):
    lines = (desk / FILE).read_text()
    block = lines[lines.index("- id: telegram-block") : lines.index("- id: facetime-block")].rstrip() + "\n"
    path = decisions(
        made,
        {"id": "telegram-block", "do": "accept", "lines": block.replace("phase: in-force", "phase: announced")},
        {"id": "signal-block", "do": "edit", "lines": "- id: signal-gone\n  type: measure\n  says: Other.\n"},
    )
    assert review("--decisions", path).exit_code == 0
    assert claims(desk, SOURCE)["telegram-block"]["phase"] == "announced"
    assert list(claims(desk, FILE)) == ["signal-gone", "facetime-block", "youtube-throttle"]


def test_an_edit_that_was_written_before_the_run_was_killed_is_accepted_by_the_next(desk, made):
    lines = (desk / FILE).read_text()
    block = lines[lines.index("- id: telegram-block") : lines.index("- id: facetime-block")].rstrip() + "\n"
    other = block.replace("phase: in-force", "phase: announced")
    path = decisions(made, {"id": "telegram-block", "do": "accept", "lines": other})
    (desk / FILE).write_text(lines.replace(block, other))
    assert review("--decisions", path).exit_code == 0
    assert claims(desk, SOURCE)["telegram-block"]["phase"] == "announced"


def test_a_claim_that_has_changed_since_is_left_for_another_look_and_the_others_are_decided(desk, made):
    path = decisions(made, {"id": "telegram-block", "do": "accept"}, {"id": "signal-block", "do": "accept"})
    (desk / FILE).write_text((desk / FILE).read_text().replace("blocked Telegram", "blocked TELEGRAM"))
    done = review("--decisions", path)
    assert done.exit_code == 3
    assert f"{FILE} telegram-block was left: it has changed since the page was made" in done.stderr
    assert list(claims(desk, SOURCE)) == ["signal-block"]


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ({"id": "telegram-block", "do": "join", "measure": "ru-none", "how": "same"}, "ru-none is not near it"),
        ({"id": "telegram-block", "do": "accept", "lines": "- id: [\n"}, "was left"),
        ({"id": "telegram-block", "do": "edit", "lines": "no claim"}, "was left"),
        ({"id": "telegram-block", "do": "edit", "lines": "- id: a\n- id: b\n"}, "was left"),
    ],
)
def test_what_can_not_be_carried_out_is_told_and_loses_nothing(desk, made, verdict, why):
    before = (desk / FILE).read_bytes()
    done = review("--decisions", decisions(made, verdict))
    assert done.exit_code == 3
    assert why in done.stderr
    assert (desk / FILE).read_bytes() == before


@pytest.mark.parametrize("file", ["../../etc/passwd", "facts/sources/2026/a.yaml", "", "facts/proposed/none.yaml"])
def test_decisions_reach_no_other_file_than_those_that_wait(desk, made, file):
    before = {path: path.read_bytes() for path in desk.parent.rglob("*.yaml")}
    done = review("--decisions", decisions(made, {"id": "x", "do": "refuse", "reason": "r", "file": file}))
    assert done.exit_code == 0
    assert "1 of them was decided before, or is gone" in done.stderr
    assert {path: path.read_bytes() for path in desk.parent.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "no",
        "[" * 100_000,
        '{"censorkb": "decisions", "version": 2, "decisions": []}',
        '{"censorkb": "decisions", "version": 1, "decisions": [{"id": "a"}]}',
        '{"censorkb": "decisions", "version": 1, "decisions": [{"file": "f", "id": "a", "was": "0", "do": "delete"}]}',
        '{"censorkb": "decisions", "version": 1, "decisions": [{"file": "f", "id": "a", "was": "0", "do": "refuse"}]}',
        '{"censorkb": "decisions", "version": 1, "decisions": [{"file": "f", "id": "a", "was": "0", "do": "join"}]}',
    ],
)
def test_a_file_that_holds_no_decisions_is_refused_whole(desk, content):
    path = desk.parent / "decisions.json"
    path.write_text(content)
    done = review("--decisions", str(path))
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr
    assert list(claims(desk, FILE)) == ALL


def test_a_page_and_decisions_at_once_are_wrong_use(desk, made):
    assert review("--html", "-", "--decisions", decisions(made)).exit_code == 2


# The page


def test_the_page_asks_nobody_for_anything_and_is_for_its_reader_alone(made):
    text = made.read_text()
    assert not re.search(r"https?://|\bsrc=[^x]|<link|@import|url\(", text)
    assert "default-src 'none'" in text
    assert made.stat().st_mode & 0o077 == 0


def test_what_an_article_says_stays_text(made):
    text = made.read_text()
    assert text.count("<script>") == 1
    assert "&lt;script&gt;document.title" in text
    assert "<img" not in text


def test_a_claim_stands_between_the_sentences_beside_it_with_the_words_of_its_date_lit(made):
    article = made.read_text().split("<article")[3]
    shown = article[article.index("<blockquote") : article.index("</blockquote>")]
    assert '<span class="beside">Russia blocked Signal and Telegram on Friday, Roskomnadzor said. </span>' in shown
    assert '<mark class="act">blocked</mark>' in shown
    assert '<mark class="date">Friday</mark>' in made.read_text().split("<article")[1]


def test_what_a_translation_says_stands_beside_what_the_original_does(desk):
    path = desk / FILE
    lines = path.read_text()
    at = lines.index("    page: ", lines.index("- id: telegram-block"))
    path.write_text(lines[:at] + lines[at:].replace("\n", '\n    copy-fr: "a bloqué <b>Telegram</b>"\n', 1))
    assert "<dt>copy-fr</dt><dd>“a bloqué &lt;b&gt;Telegram&lt;/b&gt;”</dd>" in review("--html", "-").stdout


def test_the_page_goes_to_standard_output_too(desk, made):
    assert review("--html", "-").stdout == made.read_text()


def test_a_page_on_which_nothing_waits_is_a_page(desk):
    (desk / FILE).unlink()
    assert "0 claims" in review("--html", "-").stdout


def test_the_page_speaks_the_language_of_its_reader(desk, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    text = review("--html", "-").stdout
    assert '<html lang="fr">' in text
    assert "Affirmations en attente d’une décision" in text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system."""
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        opened = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, made: Path) -> Iterator[Page]:
    """The page in a browser, in which nothing may go wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened, wrong = context.new_page(), []
    opened.on("pageerror", lambda fault: wrong.append(str(fault)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda asked: wrong.append(asked.url) if asked.url != made.as_uri() else None)
    opened.goto(made.as_uri())
    yield opened
    context.close()
    assert [fault for fault in wrong if not fault.startswith("blob:")] == []


def download(page: Page, folder: Path) -> str:
    with page.expect_download() as waiting:
        page.keyboard.press("d")
    assert waiting.value.suggested_filename == "decisions.json"
    path = folder / "downloaded.json"
    waiting.value.save_as(path)
    return str(path)


@pytest.mark.slow
def test_claims_are_decided_on_by_keys_alone_and_the_download_is_carried_out(desk, page):
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.type("a joke")
    page.keyboard.press("Enter")
    assert not page.get_by_text("Without JavaScript").is_visible()
    assert page.locator("article:focus").get_attribute("data-claim-id") == "youtube-throttle"
    assert page.locator(".verdict").all_text_contents() == [
        "Further evidence of: ru-signal-restriction",
        "Accepted",
        "Refused: a joke",
        "",
    ]
    assert page.title() == "Claims that wait for a decision"
    done = review("--decisions", download(page, desk.parent))
    assert done.exit_code == 0
    assert "2 accepted, 1 refused; 1 left" in done.stdout
    assert claims(desk, SOURCE)["signal-block"]["about"] == "ru-signal-restriction"
    assert claims(desk, REFUSED)["facetime-block"]["status-note"] == "a joke"


@pytest.mark.slow
def test_an_edit_is_taken_along_letter_by_letter(desk, page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("e")
    lines = page.locator("article:nth-of-type(1) .lines textarea").nth(1)
    edited = re.sub("note: .*", "note: «ё» \"'\\\\", lines.input_value())
    lines.fill(edited.replace("phase: in-force", "phase: announced"))
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.locator(".verdict").nth(1).text_content() == "Edited. Accepted"
    assert review("--decisions", download(page, desk.parent)).exit_code == 0
    made = claims(desk, SOURCE)["telegram-block"]
    assert made["phase"] == "announced"
    assert made["note"] == "«ё» \"'\\"


@pytest.mark.slow
def test_decisions_are_still_there_when_the_page_is_opened_again_and_can_be_taken_back(desk, page, made):
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.on("dialog", lambda dialog: dialog.accept())
    assert review("--html", str(made)).exit_code == 0
    page.reload()
    assert page.locator(".verdict").first.text_content() == "Accepted"
    assert json.loads(page.locator("#decisions").input_value())["decisions"][0]["id"] == "signal-block"
    page.keyboard.press("j")
    page.keyboard.press("u")
    assert page.locator("#decided").text_content() == "0"
    page.reload()
    assert page.locator(".verdict").first.text_content() == ""


@pytest.mark.slow
def test_keys_can_be_turned_off(page):
    page.keyboard.press("?")
    page.get_by_label("Keys decide").uncheck()
    page.keyboard.press("j")
    page.locator("article").first.focus()
    page.keyboard.press("a")
    assert page.locator("#decided").text_content() == "0"
    page.get_by_role("button", name="Accept").first.click()
    assert page.locator("#decided").text_content() == "1"


@pytest.mark.slow
def test_the_page_can_be_read_without_a_script(browser, made):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(made.as_uri())
    assert page.locator("mark.act").first.is_visible()
    assert not page.locator("button:visible").count()
    assert page.get_by_text("Without JavaScript").is_visible()
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, made, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(made.as_uri())
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("r")
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [(fault["id"], [spot["html"][:150] for spot in fault["nodes"][:3]]) for fault in found] == []
    assert wide <= width
