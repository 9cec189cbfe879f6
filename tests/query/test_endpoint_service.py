"""`censorkb serve --sparql` follows the SPARQL 1.1 Protocol, and real clients work against it.

Cases of the protocol are named as in the list of the W3C's test suite (section "protocol" of sparql11-test-suite); those that
need an update or a graph that the service would have to fetch are asked for their refusal.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from censorkb.root import Root
from censorkb.site.build import build

pytestmark = pytest.mark.slow

TOY = Root(Path(__file__).resolve().parents[1] / "toy")
ASK = "ASK { ?claim a ckb:Claim }"
SELECT = "SELECT ?country { ?country a ckb:Country } ORDER BY ?country"
GRAPH = "https://w3id.org/censorkb/graph/2024-09-17-north-post-blip-back"
OTHER = "https://w3id.org/censorkb/graph/2024-03-06-wire-one-blip-blocked"
COUNT = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?c a ckb:Claim }"
COUNT_NAMED = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { GRAPH ?g { ?c a ckb:Claim } }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
SLOW = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j))) }"


@dataclass
class Answer:
    """An HTTP response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def number(self) -> int:
        return int(json.loads(self.body)["results"]["bindings"][0]["n"]["value"])


@dataclass
class Server:
    """A server in a process of its own."""

    port: int
    process: subprocess.Popen[str]
    address: str = field(init=False)

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.port}/sparql"

    def send(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
        response = connection.getresponse()
        found = Answer(response.status, dict(response.getheaders()), response.read())
        connection.close()
        return found

    def get(self, *pairs: tuple[str, str], **headers: str) -> Answer:
        return self.send("GET", f"/sparql?{urlencode(pairs)}", **headers)

    def form(self, *pairs: tuple[str, str], **headers: str) -> Answer:
        return self.send("POST", "/sparql", urlencode(pairs), Content_Type=FORM, **headers)

    def direct(self, query: str, *pairs: tuple[str, str], **headers: str) -> Answer:
        return self.send("POST", f"/sparql?{urlencode(pairs)}", query, **{"Content_Type": QUERY, **headers})


def started(out: Path, *words: str) -> Server:
    command = [sys.executable, "-m", "censorkb", "serve", "--sparql", "--port", "0", "--out", str(out), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=TOY.path)
    assert process.stdout
    line = process.stdout.readline()
    assert line.startswith("SPARQL endpoint: http://127.0.0.1:"), process.stderr and process.stderr.read()
    return Server(int(line.split(":")[3].split("/")[0]), process)


def stop(server: Server) -> None:
    server.process.terminate()
    server.process.communicate(timeout=20)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output for the toy."""
    path = tmp_path_factory.mktemp("output") / "build"
    assert not build(TOY, path, "facts/", lambda _: None, fresh=True).checked.errors
    return path


@pytest.fixture(scope="module")
def server(out: Path) -> Iterator[Server]:
    """The toy, served."""
    found = started(out)
    yield found
    stop(found)


@pytest.fixture(scope="module")
def narrow(out: Path) -> Iterator[Server]:
    """The toy, served within narrow limits to the pages of one other site."""
    limits = ("--timeout", "3", "--limit", "20", "--engines", "1", "--body", "2000")
    found = started(out, *limits, "--allow-origin", "https://facts.example.org")
    yield found
    stop(found)


def test_query_get(server: Server) -> None:
    found = server.get(("query", ASK))
    assert (found.status, found.kind) == (200, "application/sparql-results+json")
    assert json.loads(found.body)["boolean"] is True


def test_query_post_form(server: Server) -> None:
    assert json.loads(server.form(("query", ASK)).body)["boolean"] is True


def test_query_post_direct(server: Server) -> None:
    assert json.loads(server.direct(ASK).body)["boolean"] is True
    assert json.loads(server.direct(ASK, Content_Type=f"{QUERY}; charset=UTF-8").body)["boolean"] is True


def test_query_head(server: Server) -> None:
    found = server.send("HEAD", f"/sparql?{urlencode([('query', ASK)])}")
    assert (found.status, found.body) == (200, b"")


@pytest.mark.parametrize("way", ["get", "form"])
def test_query_dataset_default_graphs(server: Server, way: str) -> None:
    ask = getattr(server, way)
    assert ask(("query", COUNT), ("default-graph-uri", GRAPH)).number == 6
    assert ask(("query", COUNT), ("default-graph-uri", GRAPH), ("default-graph-uri", OTHER)).number == 11
    assert ask(("query", COUNT_NAMED), ("default-graph-uri", GRAPH)).number == 0


@pytest.mark.parametrize("way", ["get", "form"])
def test_query_dataset_named_graphs(server: Server, way: str) -> None:
    ask = getattr(server, way)
    assert ask(("query", COUNT_NAMED), ("named-graph-uri", GRAPH)).number == 6
    assert ask(("query", COUNT_NAMED), ("named-graph-uri", GRAPH), ("named-graph-uri", OTHER)).number == 11
    assert ask(("query", COUNT), ("named-graph-uri", GRAPH)).number == 0


def test_query_dataset_full(server: Server) -> None:
    pairs = (("default-graph-uri", GRAPH), ("named-graph-uri", OTHER))
    both = "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { { ?c a ckb:Claim } UNION { GRAPH ?g { ?c a ckb:Claim } } }"
    assert server.get(("query", both), *pairs).number == 11
    assert server.direct(both, *pairs).number == 11


def test_query_multiple_dataset(server: Server) -> None:
    """The graphs of the request go before those of the query."""
    query = COUNT.replace("WHERE", f"FROM <{OTHER}> WHERE")
    assert server.get(("query", query)).number == 5
    assert server.get(("query", query), ("default-graph-uri", GRAPH)).number == 6


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values;q=0.5, text/csv;q=0.4", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/html, application/xml;q=0.9, */*;q=0.1", "application/xml"),
        ("nonsense/*, application/sparql-results+json;q=0.2", "application/sparql-results+json"),
    ],
)
def test_query_content_type_select_and_ask(server: Server, accept: str, kind: str) -> None:
    headers = {"Accept": accept} if accept else {}
    for query in (SELECT, ASK):
        found = server.get(("query", query), **headers)
        assert (found.status, found.kind) == (200, kind)
    assert b"xa" in server.get(("query", SELECT), **headers).body


@pytest.mark.parametrize(
    "form",
    [ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS, ox.RdfFormat.JSON_LD,
     ox.RdfFormat.RDF_XML],
)  # fmt: skip
def test_query_content_type_construct_and_describe(server: Server, form: ox.RdfFormat) -> None:
    for query in ("DESCRIBE id:xa", "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { id:xa } ?s ?p ?o }"):
        found = server.get(("query", query), Accept=form.media_type)
        assert (found.status, found.kind) == (200, form.media_type)
        triples = {quad.triple for quad in ox.parse(found.body, format=form)}
        assert {triple.subject for triple in triples} == {ox.NamedNode("https://w3id.org/censorkb/id/xa")}
        plain = server.get(("query", query), Accept="application/n-triples")
        assert triples == {quad.triple for quad in ox.parse(plain.body, format=ox.RdfFormat.N_TRIPLES)}


@pytest.mark.parametrize("form", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"])
def test_service_description(server: Server, form: str) -> None:
    found = server.send("GET", "/sparql", Accept=form)
    assert (found.status, found.kind) == (200, form)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    triples = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in ox.parse(found.body, format=ox.RdfFormat.from_media_type(form))
    }  # type: ignore[union-attr]
    assert (server.address, f"{sd}endpoint", server.address) in triples
    assert (server.address, f"{sd}supportedLanguage", f"{sd}SPARQL11Query") in triples
    assert (server.address, f"{sd}feature", f"{sd}UnionDefaultGraph") in triples


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_bad_query_method(server: Server, method: str) -> None:
    found = server.send(method, f"/sparql?{urlencode([('query', ASK)])}")
    assert (found.status, found.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert found.text == "ask with GET or POST; the data can only be read\n"


BAD = {
    "bad_multiple_queries": (400, "GET", [("query", ASK), ("query", ASK)], None, None, "one parameter query, not 2"),
    "no query": (400, "GET", [("default-graph-uri", GRAPH)], None, None, "one parameter query, not 0"),
    "bad_query_wrong_media_type": (415, "POST", [], ASK, "text/plain", "not text/plain"),
    "bad_query_missing_form_type": (415, "POST", [], urlencode([("query", ASK)]), None, "not nothing"),
    "bad_query_missing_direct_type": (415, "POST", [], ASK, None, "not nothing"),
    "bad_query_non_utf8": (415, "POST", [], ASK, f"{QUERY}; charset=UTF-16", "send it as UTF-8, not utf-16"),
    "bytes that are not UTF-8": (400, "POST", [], b"ASK { ?s ?p '\xff' }", QUERY, "the body is not UTF-8"),
    "a form that is not UTF-8": (400, "POST", [], b"query=ASK%20%7B%20?s%20?p%20'%FF'%20%7D", FORM, "the form is not UTF-8 in percent signs"),
    "bad_query_syntax": (400, "GET", [("query", "ASK WHERE")], None, None, "this is not SPARQL: line 1, column"),
    "a query twice": (400, "POST", [("query", ASK)], ASK, QUERY, "send one of them"),
    "a form and an address": (400, "POST", [("default-graph-uri", GRAPH)], urlencode([("query", ASK)]), FORM, "all of them in the form"),
    "a graph without a name": (400, "GET", [("query", ASK), ("default-graph-uri", "no iri")], None, None, "must be an absolute IRI"),
    "bad_update_get": (400, "GET", [("update", "CLEAR ALL")], None, None, "can only be read"),
    "update_post_form": (400, "POST", [], urlencode([("update", "CLEAR ALL")]), FORM, "can only be read"),
    "update_post_direct": (415, "POST", [], "CLEAR ALL", "application/sparql-update", "send a query as"),
    "an update as a query": (400, "POST", [], "CLEAR ALL", QUERY, "found CLEAR; the data can only be read"),
    "SERVICE": (400, "POST", [], "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QUERY, "queries stay on this machine"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_are_refused_in_a_line(server: Server, name: str) -> None:
    status, method, pairs, body, kind, sentence = BAD[name]
    path = f"/sparql?{urlencode(pairs)}" if pairs else "/sparql"
    found = server.send(method, path, body, **({"Content_Type": kind} if kind else {}))
    assert (found.status, found.kind) == (status, "text/plain"), found.text
    assert sentence in found.text
    assert found.text.count("\n") == 1


def test_what_nobody_can_read_is_refused(server: Server) -> None:
    found = server.get(("query", SELECT), Accept="image/png")
    assert (found.status, found.kind) == (406, "text/plain")
    assert "application/sparql-results+json" in found.text
    assert server.get(("query", "DESCRIBE id:xa"), Accept="text/csv").status == 406


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example:{port}", ""])
def test_other_names_of_the_machine_are_refused(server: Server, host: str) -> None:
    found = server.send("GET", "/sparql", Host=host.format(port=server.port))
    assert found.status in (400, 403)
    assert server.send("GET", "/sparql", Host=f"localhost:{server.port}").status == 200


def test_pages_of_other_sites_may_not_ask_unless_they_are_let(server: Server, narrow: Server) -> None:
    assert server.get(("query", ASK), Origin="https://facts.example.org").status == 403
    found = narrow.get(("query", ASK), Origin="https://facts.example.org")
    assert (found.status, found.headers["Access-Control-Allow-Origin"]) == (200, "https://facts.example.org")
    before = narrow.send("OPTIONS", "/sparql", Origin="https://facts.example.org", Access_Control_Request_Method="POST")
    assert (before.status, before.headers["Access-Control-Allow-Headers"]) == (204, "Content-Type")
    other = narrow.get(("query", ASK), Origin="https://evil.example.org")
    assert other.status == 403
    assert "Access-Control-Allow-Origin" not in other.headers


def test_other_addresses_lead_to_the_endpoint_in_words(server: Server) -> None:
    found = server.send("GET", "/../../etc/passwd")
    assert (found.status, found.text) == (404, "the endpoint is at /sparql\n")


def test_limits_are_told_and_never_cut_an_answer(narrow: Server) -> None:
    late = narrow.form(("query", SLOW))
    assert (late.status, late.text) == (503, "no answer within 3 seconds; ask for less, or allow more with --timeout\n")
    many = narrow.get(("query", "SELECT * { ?s ?p ?o }"))
    assert (many.status, many.text) == (
        500,
        "the answer has more than 20 rows; ask for less, for instance with LIMIT\n",
    )
    triples = narrow.get(("query", "CONSTRUCT WHERE { ?s ?p ?o }"))
    assert (triples.status, triples.text) == (many.status, many.text)
    assert narrow.get(("query", "SELECT * { ?s ?p ?o } LIMIT 20")).status == 200
    large = narrow.direct(f"{ASK} # {'x' * 3000}")
    assert (large.status, large.headers["Content-Type"].partition(";")[0]) == (413, "text/plain")
    assert narrow.get(("query", ASK)).status == 200


def test_who_comes_when_all_engines_are_at_work_is_told_to_come_again(narrow: Server) -> None:
    found: list[Answer] = []
    askers = [threading.Thread(target=lambda: found.append(narrow.form(("query", SLOW)))) for _ in range(3)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert {answer.status for answer in found} == {503}
    busy = [answer for answer in found if "all engines are at work" in answer.text]
    assert busy
    assert busy[0].headers["Retry-After"] == "1"
    assert narrow.get(("query", ASK)).status == 200


def test_half_a_request_harms_nobody(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as half:
        half.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nASK")
        assert server.get(("query", ASK)).status == 200


def test_a_new_build_is_answered_from(tmp_path: Path, out: Path) -> None:
    import shutil

    shutil.copytree(out / "data", tmp_path / "data")
    server = started(tmp_path)
    try:
        assert server.get(("query", ASK)).status == 200
        shutil.rmtree(tmp_path / "data")
        found = server.get(("query", ASK))
        assert found.status == 503
        assert "run 'censorkb build' first" in found.text
        shutil.copytree(out / "data", tmp_path / "data")
        assert server.get(("query", ASK)).status == 200
    finally:
        stop(server)


def test_rdflib_asks_it(server: Server) -> None:
    for form in ("xml", "json", "csv", "tsv"):
        store = SPARQLStore(server.address, returnFormat=form)
        rows = [
            str(row[0]) for row in rdflib.Graph(store).query(SELECT, initNs={"ckb": "https://w3id.org/censorkb/ns#"})
        ]
        assert [row.rpartition("/")[2] for row in rows] == ["no", "xa", "xb"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_asks_it(server: Server, method: str) -> None:
    wrapper = SPARQLWrapper(server.address)
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    wrapper.setReturnFormat(JSON)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 3
    wrapper.setReturnFormat(XML)
    assert len(wrapper.queryAndConvert().getElementsByTagName("result")) == 3
    wrapper.setReturnFormat(CSV)
    assert wrapper.queryAndConvert().decode().splitlines()[0] == "country"
    wrapper.setQuery("DESCRIBE id:xa")
    wrapper.setReturnFormat(TURTLE)
    assert b"id:xa" in wrapper.queryAndConvert()


def test_curl_asks_it(server: Server) -> None:
    command = [
        "curl",
        "--silent",
        "--fail",
        "--header",
        "Accept: text/csv",
        "--data-urlencode",
        f"query={SELECT}",
        server.address,
    ]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line.rpartition("/")[2] for line in found.stdout.split()] == ["country", "no", "xa", "xb"]


def test_a_port_that_is_taken_is_a_sentence(server: Server, out: Path) -> None:
    command = [sys.executable, "-m", "censorkb", "serve", "--sparql", "--port", str(server.port), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=TOY.path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "censorkb: Address already in use\n"
