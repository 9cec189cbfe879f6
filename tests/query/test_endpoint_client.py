"""What servers of others can do wrong, each told in a sentence, and nothing believed of it."""

from __future__ import annotations

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given as each
from hypothesis import strategies as st

from censorkb.cli import main
from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer
from censorkb.query.endpoint import results
from censorkb.query.endpoint.client import EndpointFailed
from censorkb.query.endpoint.remote import Remote
from censorkb.query.given import given
from censorkb.query.limits import Limits
from censorkb.query.question import WrongQuestion, read_all

pytestmark = pytest.mark.slow

ONTOLOGY = Ontology(Path(__file__).resolve().parents[2] / "ontology")
JSON = "application/sparql-results+json"
SELECT = "SELECT ?x WHERE { ?x a ckb:Country }"


def rows(number: int) -> bytes:
    bindings = [{"x": {"type": "literal", "value": str(i)}} for i in range(number)]
    return json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": bindings}}).encode()


def response(body: bytes, status: str = "200 OK", kind: str = JSON, *more: str, length: int | None = None) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body) if length is None else length}",
        *more,
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


class Fake:
    """A server that answers in turn, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: list[bytes | Callable[[socket.socket], None]] = []
        self.heard: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/sparql"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._listening.accept()
            except OSError:
                return
            with caller:
                self.heard.append(self._request(caller))
                answer = self.answers.pop(0)
                if callable(answer):
                    answer(caller)
                else:
                    caller.sendall(answer)

    @staticmethod
    def _request(caller: socket.socket) -> bytes:
        text = b""
        while b"\r\n\r\n" not in text:
            text += caller.recv(1 << 16)
        head, _, body = text.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
        )
        while len(body) < length:
            body += caller.recv(1 << 16)
        return head + b"\r\n\r\n" + body

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A server that does as it is told."""
    found = Fake()
    yield found
    found.close()


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No name or password of whoever runs the tests."""
    monkeypatch.delenv("CENSORKB_ENDPOINT_USER", raising=False)
    monkeypatch.delenv("CENSORKB_ENDPOINT_PASSWORD", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


def asked(fake: Fake, sparql: str = SELECT, seconds: float = 5) -> Answer:
    with Remote(ONTOLOGY, fake.address, Limits(seconds)) as remote:
        answer = remote.ask(sparql)
    assert isinstance(answer, Answer)
    return answer


def refused(fake: Fake, *answers: bytes | Callable[[socket.socket], None], seconds: float = 5) -> str:
    fake.answers += answers
    with pytest.raises(EndpointFailed) as fault:
        asked(fake, seconds=seconds)
    assert str(fault.value).startswith(("http://127.0.0.1:", "the answer of http://127.0.0.1:"))
    return str(fault.value).partition("/sparql ")[2] or str(fault.value)


def drip(caller: socket.socket) -> None:
    caller.sendall(response(b"", length=1000))
    for _ in range(100):
        time.sleep(0.1)
        try:
            caller.sendall(b" ")
        except OSError:
            return


def hang(caller: socket.socket) -> None:
    time.sleep(3)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (response(b"", "401 Unauthorized"), "lets only some people in (status 401); put name and password into"),
        (response(b"", "403 Forbidden"), "lets only some people in (status 403)"),
        (response(b"", "404 Not Found"), "has nothing at this address (status 404)"),
        (response(b"oops", "500 Internal Server Error"), "failed (status 500); try again later"),
        (response(b"", "302 Found", JSON, "Location: http://evil.example/x"), "leads to http://evil.example/"),
        (response(b"<p>Welcome", "200 OK", "text/html"), "sends text/html, not SPARQL results in JSON; is that the address"),
        (response(b"x\n1\n", "200 OK", "text/csv"), "sends text/csv, not SPARQL results in JSON"),
        (response(rows(3), length=5000), "broke off in the middle of its answer; try again"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"hea", "broke off in the middle"),
        (b"SSH-2.0-OpenSSH\r\n", "broke off in the middle"),
        (b"", "broke off in the middle"),
        (response(rows(3)[:-4]), "can't be believed: it is not whole JSON"),
        (response(rows(3) + b"The SPARQL operation has been cancelled"), "can't be believed: it is not whole JSON"),
        (response(rows(3), "200 OK", JSON, "X-SPARQL-MaxRows: 3"), "says that it has cut the answer"),
        (response(rows(3), "200 OK", JSON, "X-SQL-State: S1TAT"), "says that it has cut the answer"),
        (response(b"{}"), "can't be believed: it has neither rows nor a truth value"),
        (hang, "has not answered within 1 seconds; allow more with --timeout"),
        (drip, "has not answered within 1 seconds; allow more with --timeout"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_server_that_fails_is_told_in_a_sentence(
    fake: Fake, answer: bytes | Callable[[socket.socket], None], sentence: str
) -> None:
    said = refused(fake, answer, seconds=1 if callable(answer) else 5)
    assert sentence in said
    assert said.isprintable()


def test_a_server_that_is_down_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody_listens:
        port = nobody_listens.getsockname()[1]
    with (
        Remote(ONTOLOGY, f"http://127.0.0.1:{port}/sparql") as remote,
        pytest.raises(EndpointFailed, match="can't be reached; is it running"),
    ):
        remote.ask(SELECT)


def test_rows_are_held_to_the_number_that_the_server_gives(fake: Fake) -> None:
    count = json.dumps(
        {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "1000"}}]}}
    )
    fake.answers += [response(rows(1000)), response(count.encode())]
    assert len(asked(fake).rows) == 1000
    assert b"COUNT" in fake.heard[1]
    assert "sent 999 rows, but has another number of them" in refused(
        fake, response(rows(999)), response(count.encode())
    )


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x/",
        "http://",
        "file:///etc/passwd",
        "x",
        "http://user:secret@127.0.0.1/",
        "http://[",
        "",
        "http://a\x00b/",
    ],
)
def test_a_wrong_address_is_told_without_its_secrets(address: str) -> None:
    with pytest.raises(EndpointFailed) as fault:
        Remote(ONTOLOGY, address)
    assert "secret" not in str(fault.value)
    assert str(fault.value).isprintable()


def test_name_and_password_go_only_to_who_asks_for_them(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login reader password s3cret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    challenge = response(b"", "401 Unauthorized", JSON, 'WWW-Authenticate: Basic realm="x"')
    fake.answers += [challenge, response(rows(1))]
    assert len(asked(fake).rows) == 1
    secret = base64.b64encode(b"reader:s3cret")
    assert [secret in heard for heard in fake.heard] == [False, True]
    assert "lets only some people in" in refused(fake, challenge, challenge)
    monkeypatch.setenv("CENSORKB_ENDPOINT_USER", "other")
    monkeypatch.setenv("CENSORKB_ENDPOINT_PASSWORD", "word")
    fake.answers += [challenge, response(rows(1))]
    asked(fake)
    assert base64.b64encode(b"other:word") in fake.heard[-1]


def test_the_command_says_it_in_a_sentence(fake: Fake) -> None:
    fake.answers.append(response(b"<html>", "200 OK", "text/html"))
    result = CliRunner().invoke(main, ["query", "-e", SELECT, "--endpoint", fake.address], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "sends text/html, not SPARQL results in JSON" in result.stderr


def test_what_no_server_should_be_asked_is_refused_before(fake: Fake) -> None:
    with Remote(ONTOLOGY, fake.address) as remote:
        with pytest.raises(WrongQuestion, match="SELECT and ASK only"):
            remote.ask("# SELECT\nCONSTRUCT WHERE { ?s ?p ?o }")
        with pytest.raises(WrongQuestion, match="SERVICE would ask another server"):
            remote.ask("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
    assert fake.heard == []


def test_a_query_that_the_server_refuses_is_explained_in_our_words(fake: Fake) -> None:
    fake.answers.append(response(b"Virtuoso 37000 Error SP030", "400 Bad Request", "text/plain"))
    with pytest.raises(WrongQuestion, match="line 1, column 11: expected } for the "):
        asked(fake, "SELECT ?x { ?x a ckb:Country")
    assert "does not understand the request" in refused(fake, response(b"", "400 Bad Request"))


NAMED = {"type": "uri", "value": "http://x/"}


@pytest.mark.parametrize(
    "found",
    [
        [], None, 1, {"head": {}}, {"boolean": True}, {"head": {}, "boolean": 1}, {"head": {}, "boolean": True, "more": 1},
        {"head": {"vars": ["x", "x"]}, "results": {"bindings": []}}, {"head": {"vars": [1]}, "results": {"bindings": []}},
        {"head": {"vars": ["x"]}, "results": {"bindings": {}}}, {"head": {"vars": ["x"]}, "results": {"bindings": [[]]}},
        *({"head": {"vars": ["x"]}, "results": {"bindings": [row]}} for row in (
            {"y": NAMED}, {"x": None}, {"x": {}}, {"x": {"type": "uri"}}, {"x": {"type": "uri", "value": "no iri"}},
            {"x": {"type": "uri", "value": 1}}, {"x": {**NAMED, "more": 1}}, {"x": {"type": "thing", "value": "x"}},
            {"x": {"type": "literal", "value": "x", "datatype": "no iri"}},
            {"x": {"type": "literal", "value": "x", "xml:lang": "no language"}},
        )),
    ],
)  # fmt: skip
def test_what_is_not_exactly_results_is_refused(found: object) -> None:
    with pytest.raises(results.WrongResults):
        results.read(json.dumps(found).encode())


@pytest.mark.parametrize(
    "text", [b"", b"\xff", b"[" * 100_000, b'{"head":{},"head":{},"boolean":true}', b"NaN", rows(1)[:-1], rows(1) * 2]
)
def test_what_is_not_json_is_refused(text: bytes) -> None:
    with pytest.raises(results.WrongResults):
        results.read(text)


@each(st.binary(max_size=200))
def test_no_bytes_break_the_reader(text: bytes) -> None:
    with pytest.raises(results.WrongResults):
        results.read(text)


def test_terms_are_read_whole() -> None:
    query = 'SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) { (<a:b> "x"@en "1"^^<a:c> UNDEF) ("\\"\\n\\t" "é" 7 true) } }'
    found = ox.Store().query(query)
    assert isinstance(found, ox.QuerySolutions)
    text = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert text
    again = ox.Store().query(query)
    assert isinstance(again, ox.QuerySolutions)
    assert results.read(text).rows == [tuple(row) for row in again]


@each(st.text(alphabet=st.sampled_from("ab\"'\\<>{}?$ \n\r\tÿ\u0000#/.:;"), max_size=20))
def test_no_text_can_leave_its_place_in_a_query(text: str) -> None:
    sparql = "SELECT ?text ?other WHERE { BIND (?text AS ?other) FILTER (STRLEN(?text) >= 0) } ORDER BY ?text"
    literal = ox.Literal(text)
    found = ox.Store().query(given(sparql, {ox.Variable("text"): literal}))
    assert isinstance(found, ox.QuerySolutions)
    assert [[value.value for value in row if isinstance(value, ox.Literal)] for row in found] == [[text]]


@pytest.mark.parametrize("name", [name for name, question in read_all(ONTOLOGY).items() if question.parameters])
def test_terms_in_the_place_of_parameters_are_sparql(name: str) -> None:
    question = read_all(ONTOLOGY)[name]
    terms: dict[str, ox.NamedNode | ox.Literal] = {
        "date": ox.Literal("2026-01-01T00:00:00Z", datatype=ONTOLOGY.vocabulary.node("xsd:dateTime")),
        "text": ox.Literal("x"),
    }
    bound = {
        ox.Variable(p.name.replace("-", "_")): terms.get(p.type, ONTOLOGY.vocabulary.node("id:x"))
        for p in question.parameters
    }
    text = given(question.sparql, bound)
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert not any(f"?{variable.value} " in code for variable in bound)
    ox.Store().query(text, prefixes=ONTOLOGY.prefixes.names)
