"""The bench itself: clocks, races, goals, the page and the picture."""

from __future__ import annotations

import dataclasses
import itertools
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bench import HOME, curves, page, peers
from bench.cost import Cost, Failed, cost
from bench.figure import Row, at_least, at_most, figures
from bench.hugo_site import ROW, _rows
from bench.programs.findings import line
from bench.race import PeerFailed, race
from bench.results import Results

BUSY = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass\n"
POINTS = {"check": {"our engine": {1000: 0.5, 10000: 4.0}, "pySHACL": {250: 70.0}}, "build": {"Hugo": {1000: 1.0}}}


def fixed(seconds: float, answer: str = "same") -> Cost:
    return Cost(seconds, 0, answer)


@pytest.mark.slow
def test_the_cost_of_a_process_includes_its_children() -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    found = cost([sys.executable, "-c", child])
    assert 0.2 <= found.cpu < 2
    assert found.memory > 1


@pytest.mark.slow
def test_memory_is_that_of_all_processes_together() -> None:
    hungry = "import time; x = b'x' * 60_000_000; time.sleep(1.5)"
    program = f"import subprocess, sys; p = [subprocess.Popen([sys.executable, '-c', {hungry!r}]) for _ in range(3)]; [x.wait() for x in p]"
    assert cost([sys.executable, "-c", program]).memory > 170


def test_a_program_can_narrow_its_clock() -> None:
    program = (
        f"from bench.clock import Clock, tell\nclock = Clock()\n{BUSY}with clock.running(): pass\ntell('done', clock)"
    )
    found = cost([sys.executable, "-c", program])
    assert found.cpu < 0.1
    assert found.elapsed < 0.1
    assert found.answer == "done"


def test_how_long_a_process_takes_is_not_what_its_processors_do() -> None:
    slow = cost([sys.executable, "-c", "import time; time.sleep(0.4)"])
    assert slow.cpu < 0.3 < slow.elapsed


def test_a_failure_says_why_in_one_line() -> None:
    with pytest.raises(Failed, match="ValueError: no"):
        cost([sys.executable, "-c", "raise ValueError('no')"])
    with pytest.raises(Failed, match="not done after"):
        cost([sys.executable, "-c", "import time; time.sleep(30)"], most=0.5)
    with pytest.raises(Failed, match="No such file"):
        cost(["no-such-program"])


def test_a_race_compares_round_by_round() -> None:
    ours, theirs = iter([fixed(1), fixed(4)]), iter([fixed(2), fixed(2)])
    ran = race("x", lambda: next(ours), {"other": lambda: next(theirs)}, 2)["other"]
    assert ran.shares == (0.5, 2.0)
    assert ran.row("other", at_most(1)).met is False
    assert ran.row("other", at_least(1)).values == (2.0, 0.5)


def test_a_race_can_be_about_how_long_it_took() -> None:
    ran = race("x", lambda: Cost(8, 0, elapsed=4), {"other": lambda: Cost(2, 0, elapsed=2)}, 1)["other"]
    row = dataclasses.replace(ran, elapsed=True).row("other", at_most(3))
    assert (ran.shares, row.values, row.ours, row.theirs, row.met) == ((4.0,), (2.0,), 4, 2, True)


def test_a_peer_with_another_answer_or_none_has_no_time() -> None:
    def fails() -> Cost:
        raise PeerFailed("it crashed")

    ran = race("x", lambda: fixed(1), {"wrong": lambda: fixed(1, "other"), "dead": fails, "good": lambda: fixed(2)}, 3)
    assert ran["wrong"].row("wrong").note == "found something else: other, not same"
    assert ran["dead"].row("dead").note == "it crashed"
    assert ran["good"].shares == (0.5, 0.5, 0.5)


@pytest.mark.slow
def test_a_peer_that_cannot_be_had_is_a_failed_peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "WORKSHOP", tmp_path)
    future = peers.Peer("x", "1", "check", python="3.99")
    with pytest.raises(PeerFailed, match=r"needs Python 3\.99"):
        future.run("shacl", "x", tmp_path)
    assert future.verdicts == ["needs Python 3.99, which is not on this machine"]


def test_every_figure_says_what_its_clock_holds() -> None:
    assert len(figures()) >= 10
    assert all(len(figure.clock) > 20 and figure.clock.endswith(".") for figure in figures().values())


def test_every_peer_has_a_job_that_a_program_knows() -> None:
    known = "".join((HOME / "bench/programs" / name).read_text("utf-8") for name in ("shacl.py", "parse.py"))
    for peer in peers.read().values():
        assert peer.job == "site" or f'"{peer.name}"' in known


def test_values_have_two_or_three_significant_digits() -> None:
    assert [page.shown(v, "×") for v in (0.0123, 0.123, 1.234, 12.34, 1234.5)] == ["0.012 ×", "0.12 ×", "1.23 ×", "12.3 ×", "1,234 ×"]  # fmt: skip


def test_the_page_tells_what_was_missed_and_what_was_not_measured() -> None:
    rows = [Row("a", "b", (3.0, 1.0, 2.0), "×", at_most(1)), Row("c", note="it | crashed")]
    text = page.page(Results("1 core", {"parse": rows}), figures())
    assert "| a | b | 2.00 × (1.00 to 3.00) | ≤ 1 × | **missed** |" in text
    assert "| c |  | not measured |" in text
    assert "it / crashed" in text


def test_results_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    results = Results("m", {"parse": [Row("a", "b", (1.0,), "×", at_most(2), 1.0, 2.0, "n")]}, POINTS, [{"name": "x"}])
    results.write(tmp_path / "f.json")
    assert dataclasses.asdict(Results.read(tmp_path / "f.json")) == dataclasses.asdict(results)


def test_what_was_not_measured_anew_stays() -> None:
    results = Results("m", {}, {"check": {"our engine": {1000: 1.0}}})
    results.take({"check": {"our engine": {10: 2.0}}}, [])
    assert results.points == {"check": {"our engine": {10: 2.0, 1000: 1.0}}}


def test_the_picture_is_small_sound_and_always_the_same() -> None:
    text = curves.draw(POINTS)
    assert text == curves.draw(POINTS)
    assert len(text) < 20_000
    drawn = ET.fromstring(text)
    assert drawn.tag.endswith("svg")
    for said in ("our engine", "pySHACL", "Hugo", "prefers-color-scheme: dark", "10,000", "claims", "CPU seconds"):
        assert said in text


def test_names_of_curves_do_not_cover_each_other() -> None:
    places = sorted(curves._apart([50.0, 50.0, 51.0, 200.0]))
    assert all(b - a >= curves.APART for a, b in itertools.pairwise(places))


def test_page_and_picture_are_those_of_the_last_results() -> None:
    results = Results.read()
    text = (HOME / "bench/README.md").read_text("utf-8")
    assert page.renewed(text, page.page(results, figures())) == text, "run: bench/run --page"
    assert curves.draw(results.points) == (HOME / "bench/curves.svg").read_text("utf-8")


def test_a_finding_is_the_same_line_whoever_found_it() -> None:
    ours = line("a:x", "", "<a:x>", "sparql", "Violation")
    assert ours == line("<a:x>", None, None, "http://www.w3.org/ns/shacl#SPARQLConstraintComponent", "<x#Violation>")
    assert line("<x>", "<p>", '"v"', "x#MinCountConstraintComponent", "x#Info") == 'x\tp\t"v"\tmin-count\tInfo'


def test_hugos_rows_fill_a_page_to_the_byte() -> None:
    overhead = 100
    for wanted in (overhead, 259, 260, 1000, 12345):
        found = sum(overhead + len(row["text"]) for row in _rows(wanted, overhead))
        assert wanted - overhead < found <= wanted
    assert max(len(row["text"]) for row in _rows(5000, overhead)) == ROW - overhead


def bench_run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHON": sys.executable}
    return subprocess.run([HOME / "bench/run", *words], env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_one_command_measures_and_says_so_row_by_row() -> None:
    done = bench_run("--quick", "--only", "start")
    assert "`censorkb --help`, against bare Python: 0." in done.stdout
    assert "goal ≤ 0.15 s: met" in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""  # progress is for terminals


def test_small_sizes_do_not_get_into_the_page() -> None:
    done = bench_run("--quick", "--only", "start", "--write")
    assert done.returncode == 1
    assert "only figures of the full sizes" in done.stderr
