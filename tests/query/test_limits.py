"""A question may cost so much time and memory and give so many rows; then it is ended in words, and the next is answered."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.query.embedded import Embedded
from censorkb.query.limits import Exceeded, Limits
from censorkb.query.question import WrongQuestion
from censorkb.root import Root
from censorkb.site.build import build

pytestmark = pytest.mark.slow

TOY = Root(Path(__file__).resolve().parents[1] / "toy")
ENDLESS = {
    "a cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?a) = CONCAT(STR(?d), STR(?g))) }",
    "a path over cycles": "SELECT (COUNT(*) AS ?n) { ?a (!ckb:x|^!ckb:y)* ?b . ?b (!ckb:x|^!ckb:y)* ?c }",
    "an ASK": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j))) }",
    "triples": "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?a) = CONCAT(STR(?d), STR(?g))) }",
}
DOUBLING = "BIND (CONCAT(?v{0}, ?v{0}) AS ?v{1})"
HUGE = f"SELECT ?v40 {{ BIND ('0123456789' AS ?v0) {' '.join(DOUBLING.format(i, i + 1) for i in range(40))} }}"
COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a ckb:Claim }"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output for the toy."""
    path = tmp_path_factory.mktemp("output") / "build"
    assert not build(TOY, path, "facts/", lambda _: None, fresh=True).checked.errors
    return path


@pytest.fixture
def embedded(out: Path) -> Iterator[Embedded]:
    """The toy, with half a second for a question."""
    with Embedded(Ontology(TOY.ontology), out, Limits(seconds=0.5, megabytes=2000)) as found:
        yield found


def count(embedded: Embedded) -> int:
    answer = embedded.ask(COUNT)
    assert isinstance(answer, Answer)
    ((number,),) = answer.rows
    assert isinstance(number, ox.Literal)
    return int(number.value)


@pytest.mark.parametrize("sparql", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_question_is_ended_and_the_next_is_answered(embedded: Embedded, sparql: str) -> None:
    assert count(embedded) > 50
    before = time.monotonic()
    with pytest.raises(Exceeded) as fault:
        embedded.ask(sparql)
    assert time.monotonic() - before < 10
    assert str(fault.value) == "no answer within 0.5 seconds; ask for less, or allow more with --timeout"
    assert count(embedded) > 50


def test_a_question_that_fills_the_memory_is_ended_and_the_next_is_answered(out: Path) -> None:
    with Embedded(Ontology(TOY.ontology), out, Limits(seconds=30, megabytes=1200)) as embedded:
        with pytest.raises(Exceeded) as fault:
            embedded.ask(HUGE)
        assert str(fault.value) == (
            "the question needs more than 1,200 MB of memory; ask for less, or allow more with --memory"
        )
        assert count(embedded) > 50


def test_rows_are_counted_and_their_end_is_told(embedded: Embedded) -> None:
    every = "SELECT ?claim { ?claim a ckb:Claim } ORDER BY ?claim"
    whole, some = embedded.ask(every), embedded.ask(every, rows=7)
    assert isinstance(whole, Answer)
    assert isinstance(some, Answer)
    assert (whole.is_whole, some.is_whole) == (True, False)
    assert some.rows == whole.rows[:7]
    exact = embedded.ask(every, rows=len(whole.rows))
    assert isinstance(exact, Answer)
    assert (exact.is_whole, exact.rows) == (True, whole.rows)


def test_the_first_rows_of_an_endless_question_come_when_no_more_are_wanted(embedded: Embedded) -> None:
    answer = embedded.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", rows=5)
    assert isinstance(answer, Answer)
    assert (len(answer.rows), answer.is_whole) == (5, False)


@pytest.mark.parametrize(
    ("sparql", "rows"),
    [
        ("SELECT * {}", [()]),
        ("SELECT ?x {}", [(None,)]),
        ("SELECT ?x { FILTER (false) }", []),
        ('SELECT ?x ?y { VALUES (?x ?y) { ("a\\tb\\n\\"c\\\\" UNDEF) (UNDEF "é"@fr) } }', [
            (ox.Literal('a\tb\n"c\\'), None), (None, ox.Literal("é", language="fr")),
        ]),
        ("SELECT ?x { VALUES ?x { 1.5 007 1e3 true <a:b> } }", None),
    ],
)  # fmt: skip
def test_terms_come_through_whole(embedded: Embedded, sparql: str, rows: list[tuple[object, ...]] | None) -> None:
    answer = embedded.ask(sparql)
    assert isinstance(answer, Answer)
    directly = ox.Store().query(sparql)
    assert isinstance(directly, ox.QuerySolutions)
    assert answer.rows == [tuple(row) for row in directly]
    assert rows is None or answer.rows == rows


def test_a_wrong_query_leaves_the_engine_alive(embedded: Embedded) -> None:
    with pytest.raises(WrongQuestion, match="this is not SPARQL: line 1"):
        embedded.ask("SELECT")
    assert count(embedded) > 50


def test_an_engine_that_somebody_else_has_ended_is_started_again(embedded: Embedded) -> None:
    count(embedded)
    assert embedded._child
    embedded._child._process.kill()
    embedded._child._process.wait()
    assert count(embedded) > 50


def test_a_damaged_store_is_thrown_away_and_the_question_asked_again(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out / "data", tmp_path / "data")
    ontology, all_of_it = Ontology(TOY.ontology), "SELECT * { ?s ?p ?o }"
    with Embedded(ontology, tmp_path) as embedded:
        whole = embedded.ask(all_of_it)
    for path in (tmp_path / "store/1/quads").glob("*.sst"):
        state, content = path.stat(), bytearray(path.read_bytes())
        content[: len(content) // 2] = bytes(len(content) // 2)
        with path.open("r+b") as file:
            file.write(content)
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    with Embedded(ontology, tmp_path, Limits(seconds=5)) as embedded:
        again = embedded.ask(all_of_it)
    assert isinstance(whole, Answer)
    assert isinstance(again, Answer)
    assert set(again.rows) == set(whole.rows)


COMMAND = [sys.executable, "-m", "censorkb", "query", "--root", str(TOY.path)]


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(word) for word in text.split()]


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL], ids=["control c", "a killed parent"])
def test_nothing_goes_on_when_the_asker_is_gone(out: Path, sign: signal.Signals) -> None:
    sparql = ENDLESS["a cross product"]
    asker = subprocess.Popen([*COMMAND, "--out", str(out), "-e", sparql], stderr=subprocess.PIPE, text=True)
    engine: list[int] = []
    for _ in range(200):
        engine = children(asker.pid)
        if engine:
            break
        time.sleep(0.05)
    time.sleep(0.3)
    asker.send_signal(sign)
    _, said = asker.communicate(timeout=10)
    if sign is signal.SIGINT:
        assert (asker.returncode, said) == (130, "interrupted\n")
    time.sleep(0.3)
    assert engine
    assert not Path(f"/proc/{engine[0]}/cmdline").exists() or not Path(f"/proc/{engine[0]}/cmdline").read_bytes()


@pytest.mark.slow
def test_the_commands_limits_have_words_and_an_exit_code_of_their_own(out: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*COMMAND, "--out", str(out), *words], capture_output=True, text=True, check=False)

    late = run("-e", ENDLESS["an ASK"], "--timeout", "0.5")
    assert (late.returncode, late.stdout) == (4, "")
    assert late.stderr == "censorkb: no answer within 0.5 seconds; ask for less, or allow more with --timeout\n"
    large = run("-e", HUGE, "--memory", "1200")
    assert (large.returncode, large.stdout) == (4, "")
    assert "needs more than 1,200 MB of memory" in large.stderr
    some = run("all-claims", "--limit", "2", "--format", "csv")
    assert (some.returncode, len(some.stdout.splitlines())) == (0, 3)
    assert some.stderr == "these are the first 2 rows; there are more: --limit 0 shows all\n"


@pytest.mark.slow
def test_the_engine_has_no_network_unless_it_is_allowed(out: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        heard: list[bytes] = []

        def listen() -> None:
            caller, _ = listening.accept()
            with caller:
                heard.append(caller.recv(100))
                body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"far"}}]}}'
                kind = b"Content-Type: application/sparql-results+json\r\n"
                caller.sendall(b"HTTP/1.1 200 OK\r\n" + kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)

        threading.Thread(target=listen, daemon=True).start()
        sparql = f"SELECT ?x {{ SERVICE <{address}> {{ ?x a ?y }} }}"
        words = [*COMMAND, "--out", str(out), "--format", "csv", "-e", sparql]
        refused = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (refused.returncode, heard) == (2, [])
        assert "queries stay on this machine unless --allow-network is given" in refused.stderr
        allowed = subprocess.run([*words, "--allow-network"], capture_output=True, text=True, check=False)
        assert (allowed.stdout, len(heard)) == ("x\nfar\n", 1), allowed.stderr
