"""Review: claims that wait are decided on by keys, each decision is written at once, and nothing is lost or done twice."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from censorkb.check.checker import check
from censorkb.cli import main
from censorkb.desk.decision import Decisions
from censorkb.desk.waiting import Waiting
from censorkb.graph.knowledge import Knowledge
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Severity
from censorkb.root import Root

PROJECT = Path(__file__).parents[2]
TEXT = (
    "Russia blocks messengers\n\nRussia blocked Signal and Telegram on Friday, Roskomnadzor said. "
    "It has also blocked FaceTime and throttled YouTube since August.\n"
)
FILE = "facts/proposed/2026-02-13-reuters-article-txt.yaml"
SOURCE = "facts/sources/2026/2026-02-13-reuters-article-txt.yaml"
REFUSED = "facts/refused/2026-02-13-reuters-article-txt.yaml"


@pytest.fixture(scope="module")
def proposals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base with four claims that wait, and what it has left outside of it."""
    folder = tmp_path_factory.mktemp("proposals")
    shutil.copytree(PROJECT / "facts", folder / "kb/facts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CENSORKB_CACHE", str(folder / "cache"))
        patch.chdir(folder / "kb")
        proposed(folder)
    return folder


@pytest.fixture
def desk(proposals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that knowledge base, and a cache of its own."""
    monkeypatch.setenv("CENSORKB_CACHE", str(tmp_path / "cache"))
    shutil.copytree(proposals / "kb", tmp_path / "kb")
    shutil.copytree(next(proposals.rglob("articles")), Root(tmp_path / "kb").cache / "articles")
    monkeypatch.chdir(tmp_path / "kb")
    return tmp_path / "kb"


def proposed(folder: Path, text: str = TEXT) -> Result:
    article = folder / "article.txt"
    article.write_text(text)
    words = ["propose", str(article), "--published", "2026-02-13", "--publisher", "reuters"]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def review(keys: str, *words: str, **more) -> Result:
    return CliRunner().invoke(main, ["review", *words], input=keys, catch_exceptions=False, **more)


def claims(desk: Path, name: str) -> dict[str, dict]:
    path = desk / name
    return {c["id"]: c for c in yaml.safe_load(path.read_text())["claims"]} if path.exists() else {}


def waiting(desk: Path) -> list[str]:
    return list(claims(desk, FILE))


def errors(desk: Path) -> list[str]:
    knowledge = Knowledge.read(Root(desk), Ontology(Root(desk).ontology))
    return [str(p.message) for p in check(knowledge).problems if p.severity is Severity.ERROR]


def test_what_is_accepted_becomes_a_fact_about_a_new_measure_that_passes_the_checks(desk):
    shown = review("saq")
    assert shown.exit_code == 0
    made = claims(desk, SOURCE)["telegram-block"]
    assert made["status"] == "accepted"
    assert made["about"] == "ru-telegram-block"
    assert "note" not in made
    assert "ru-telegram-block:" in (desk / "facts/measures/ru/telegram.yaml").read_text()
    assert waiting(desk) == ["signal-block", "facetime-block", "youtube-throttle"]
    assert errors(desk) == []


def test_a_claim_joins_a_known_measure_as_evidence_with_its_dates_or_as_the_same_without(desk):
    assert "near 1" in review("1e\nq").stdout
    made = claims(desk, SOURCE)["signal-block"]
    assert made["about"] == "ru-signal-restriction"
    assert made["dates"]["in-force"]["phrase"] == "Friday"
    review("1s\nq")
    made = claims(desk, SOURCE)["telegram-block"]
    assert "dates" not in made
    assert made["action"] == "throttle"
    assert errors(desk) == []


def test_what_is_another_action_is_no_evidence(desk):
    shown = review("s1e\nq")
    assert "ru-telegram-slowdown-2026 is a throttle, and this a block" in shown.stderr
    assert not (desk / SOURCE).exists()


def test_a_conflict_names_the_claims_that_it_contradicts(desk):
    review("s1c\nq")
    made = claims(desk, SOURCE)["telegram-block"]
    assert made["about"] == "ru-telegram-block"
    assert any("telegram" in other for other in made["disputes"])
    assert errors(desk) == []


def test_what_is_refused_is_kept_with_the_reason_and_never_proposed_again(desk, tmp_path):
    review("rnot in the text\n" * 4)
    kept = claims(desk, REFUSED)
    assert {claim["status"] for claim in kept.values()} == {"rejected"}
    assert kept["signal-block"]["status-note"] == "not in the text"
    assert not (desk / FILE).exists()
    assert "already in facts/refused/" in proposed(tmp_path).stderr
    assert not (desk / FILE).exists()
    assert errors(desk) == []


def test_a_refused_quote_is_not_proposed_from_another_copy_either(desk, tmp_path):
    review("rmisread\nq")
    shutil.rmtree(desk / "facts/proposed")
    proposed(tmp_path, "Copied.\n\n" + TEXT.partition("\n\n")[2])
    assert [c["target"] for c in claims(desk, FILE).values()] == ["telegram", "facetime", "youtube"]


def test_what_waits_is_neither_proposed_twice_nor_overwritten(desk, tmp_path):
    review("aq")
    before = (desk / FILE).read_text()
    assert "already in" in proposed(tmp_path).stderr
    proposed(tmp_path, TEXT + "Another copy of it ends otherwise.\n")
    assert (desk / FILE).read_text() == before


def test_the_sentence_is_shown_with_the_act_the_quote_and_the_words_of_the_date(desk):
    shown = review("q", color=True).stdout
    assert "\x1b[7mblocked\x1b[0m" in shown
    assert "\x1b[4mFriday\x1b[0m" in shown
    assert shown.index("IN-FORCE") < shown.index("signal · ru")
    assert "in-force 2026-02-13: “Friday”, counted from 2026-02-13, the day of publication" in shown


def test_without_the_text_there_is_the_quote_and_a_word_about_it(desk, tmp_path):
    shutil.rmtree(tmp_path / "cache")
    shown = review("q").stdout
    assert "“Russia blocked Signal and Telegram on Friday, Roskomnadzor said”" in shown
    assert "the text is not at hand" in shown


def test_the_text_is_thrown_away_once_all_of_it_is_decided(desk):
    kept = list((desk.parent / "cache").rglob("articles/*"))
    assert len(kept) == 1
    assert kept[0].stat().st_mode & 0o077 == 0
    review("aaaa")
    assert not kept[0].exists()


def test_an_edited_claim_is_shown_again_and_written_as_edited(desk, monkeypatch):
    monkeypatch.setenv("EDITOR", "sed -i s/2026-02-13/2026-02-12/")
    shown = review("eaq").stdout
    assert "in-force 2026-02-12" in shown
    assert claims(desk, SOURCE)["signal-block"]["says"] == "Roskomnadzor blocked Signal in Russia (2026-02-12)."


@pytest.mark.parametrize("spoiled", ["s/^- id: .*/- id: [/", "s/^- id: .*/- type: measure/", "s/^  says/says/"])
def test_an_edit_that_is_no_claim_is_refused_and_changes_nothing(desk, monkeypatch, spoiled):
    before = (desk / FILE).read_text()
    monkeypatch.setenv("EDITOR", f"sed -i '{spoiled}'")
    shown = review("eq")
    assert shown.exit_code == 0
    assert "that " in shown.stderr
    assert (desk / FILE).read_text() == before


def test_a_decision_that_was_cut_off_in_the_middle_adds_nothing_twice(desk):
    ontology = Ontology(Root(desk).ontology)
    before = (desk / FILE).read_text()
    Decisions(Root(desk), ontology).accept(
        Waiting(Root(desk), ontology).of(FILE)[0], {"about": "ru-signal-restriction"}
    )
    (desk / FILE).write_text(before)  # as if the machine had stopped right before the claim left its file
    Decisions(Root(desk), ontology).accept(
        Waiting(Root(desk), ontology).of(FILE)[0], {"about": "ru-signal-restriction"}
    )
    assert list(claims(desk, SOURCE)) == ["signal-block"]
    assert len(waiting(desk)) == 3


def test_what_steers_terminals_is_not_printed_and_a_broken_file_stays_as_it_is(desk):
    path = desk / FILE
    path.write_text(path.read_text().replace("target: signal", 'target: "sig\\e[31mnal"'))
    (desk / "facts/proposed/a-broken.yaml").write_text("claims: [\n")
    shown = review("q")
    assert "\x1b" not in shown.output
    assert "a-broken.yaml" in shown.stderr
    assert (desk / "facts/proposed/a-broken.yaml").read_text() == "claims: [\n"


def test_help_lists_the_keys_and_a_file_can_be_chosen(desk):
    assert "facts/refused/" in review("?q").stdout
    assert review("", "facts/measures/ru/max.yaml").stdout == "nothing to decide; none left\n"
    assert review("q", FILE).stdout.count("signal-block") == 1
    assert review("", "/etc/hostname").exit_code == 2


def test_nothing_waits_and_it_says_so(desk):
    shutil.rmtree(desk / "facts/proposed")
    assert review("").stdout == "nothing to decide; none left\n"


def terminal(desk: Path, keys: list[str], kill: bool) -> str:
    """Review at a real terminal, and end it or kill it; what it showed."""
    pid, handle = pty.fork()
    if pid == 0:
        os.chdir(desk)
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-m", "censorkb", "review"])
    shown = b""

    def until(words: bytes) -> None:
        nonlocal shown
        start, end = len(shown), time.monotonic() + 60
        while words not in shown[start:] and time.monotonic() < end:
            if select.select([handle], [], [], 1)[0]:
                try:
                    shown += os.read(handle, 65536)
                except OSError:  # the other side is gone
                    return

    for key in keys:
        until(b"? help")
        time.sleep(0.3)  # until the terminal gives keys and not lines
        os.write(handle, key.encode())
    until(b"? help")
    if kill:
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(handle)
    return shown.decode()


@pytest.mark.slow
def test_killed_at_a_terminal_it_has_kept_what_was_decided_and_goes_on_from_there(desk):
    terminal(desk, ["a"], kill=True)
    assert list(claims(desk, SOURCE)) == ["signal-block"]
    assert "1 of 3" in terminal(desk, ["a", "q"], kill=False)
    assert list(claims(desk, SOURCE)) == ["signal-block", "telegram-block"]
    assert waiting(desk) == ["facetime-block", "youtube-throttle"]
    assert errors(desk) == []


def test_it_says_so_if_there_is_no_terminal(desk):
    done = subprocess.run(
        [sys.executable, "-m", "censorkb", "review"],
        cwd=desk,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 2
    assert "review asks for keys, so it needs a terminal" in done.stderr
