"""A query reads the facts and nothing else: no other server, no file, no change, and a fault of its own in words."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from censorkb.query.answer import Answer, ask
from censorkb.query.question import WrongQuestion

if TYPE_CHECKING:
    from conftest import Loaded


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what was sent to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    heard.append(caller.recv(100))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", heard


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * WHERE { SERVICE <HERE> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <HERE> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICESILENT<HERE>{?s ?p ?o} }",
        "SELECT * WHERE { SerVice # why\n # not?\n SILENT#\n<HERE>#\n{ ?s ?p ?o } }",
        "PREFIX x: <HERE> SELECT * WHERE { SERVICE x:y#{ \n{ ?s ?p ?o } }",
        "SELECT * WHERE { BIND (<HERE> AS ?x) SERVICE ?x { ?s ?p ?o } }",
        "SELECT * WHERE { VALUES $x { <HERE> } SERVICE $x{ ?s ?p ?o } }",
        "SELECT * WHERE { OPTIONAL { GRAPH ?g { SERVICE <HERE> { ?s ?p ?o } } } }",
        "SELECT * WHERE { { SELECT ?s WHERE { SERVICE <HERE> { ?s ?p ?o } } } }",
        "SELECT * WHERE { ?s ?p ?o FILTER (1 = 1 && EXISTS { SERVICE <HERE> { ?s ?p ?o } }) }",
        "ASK { SERVICE <HERE> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <HERE> { ?s ?p ?o } }",
        # What Oxigraph reads as a SERVICE clause and a simple reader of strings, IRIs and words does not.
        "SELECT * WHERE { ?s ?p 5SERVICE <HERE> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p trueSERVICE <HERE> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?a FILTER(?a<'>'||''=?c)SERVICE <HERE>{?s ?p ?o}#'\n }",
        "SELECT * WHERE { ?s ?p ?a FILTER(?a<5#>'''\n)SERVICE <HERE>{?s ?p ?o}#'''\n }",
    ],
)
def test_a_query_that_would_ask_another_server_is_refused(
    toy: Loaded, server: tuple[str, list[bytes]], sparql: str
) -> None:
    address, heard = server
    with pytest.raises(WrongQuestion, match="SERVICE would ask another server; queries stay on this machine"):
        ask(toy.ontology, toy.store, sparql.replace("HERE", address))
    assert heard == []


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { ?account ckb:onService ?service }",
        "ASK { ?account ckb:onService ?service . ?service a ckb:Service OPTIONAL { ?service ckb:kind ?kind } }",
        "ASK { ?x a ckb:Service FILTER (STR(?x) != 'SERVICE') } # no SERVICE here",
        'ASK { ?x a ckb:Service FILTER (STR(?x) != "see <x> and SERVICE <y>") }',
        "# SERVICE <http://127.0.0.1/>\nASK { ?x a <https://w3id.org/censorkb/ns#Service> }",
    ],
)
def test_the_word_alone_is_no_harm(toy: Loaded, sparql: str) -> None:
    answer = ask(toy.ontology, toy.store, sparql)
    assert isinstance(answer, Answer)
    assert [str(row[0]) for row in answer.rows] == ['"true"^^<http://www.w3.org/2001/XMLSchema#boolean>']


def test_long_nonsense_is_judged_quickly(toy: Loaded) -> None:
    for text in (
        "SERVICE" + "#" * 50_000,
        "SERVICE " * 5_000,
        "SERVICE" + " \n" * 20_000,
        "SERVICE <x>" + "#a\n" * 20_000,
    ):
        with pytest.raises(WrongQuestion, match="not SPARQL"):
            ask(toy.ontology, toy.store, text)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { id:x a ckb:Country }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <file:///etc/passwd>",
        "SELECT * WHERE { ?s ?p ?o } ; CLEAR ALL",
    ],
)
def test_nothing_can_be_changed_or_loaded(toy: Loaded, update: str) -> None:
    before = len(toy.store)
    with pytest.raises(WrongQuestion, match="not SPARQL"):
        ask(toy.ontology, toy.store, update)
    assert len(toy.store) == before


def test_from_reads_graphs_of_the_facts_and_fetches_nothing(toy: Loaded, server: tuple[str, list[bytes]]) -> None:
    address, heard = server
    answer = ask(toy.ontology, toy.store, f"SELECT ?s FROM <{address}> FROM NAMED <{address}> WHERE {{ ?s ?p ?o }}")
    assert isinstance(answer, Answer)
    assert (answer.rows, heard) == ([], [])


@pytest.mark.parametrize(
    ("clause", "claims"),
    [
        ("FROM graph:2024-09-17-north-post-blip-back", 6),
        ("from#\n<https://w3id.org/censorkb/graph/2024-09-17-north-post-blip-back>", 6),
        ("FROM NAMED graph:2024-09-17-north-post-blip-back", 0),
        ("FROM graph:2024-09-17-north-post-blip-back FROM graph:2024-03-06-wire-one-blip-blocked", 11),
    ],
)
def test_from_limits_a_query_to_the_graphs_it_names(toy: Loaded, clause: str, claims: int) -> None:
    answer = ask(toy.ontology, toy.store, f"SELECT (COUNT(DISTINCT ?c) AS ?n) {clause} WHERE {{ ?c a ckb:Claim }}")
    assert isinstance(answer, Answer)
    assert [str(term) for row in answer.rows for term in row] == [
        f'"{claims}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ]


def test_the_word_from_in_a_text_or_a_name_limits_nothing(toy: Loaded) -> None:
    query = 'SELECT ?from ("FROM <x>" AS ?y) WHERE { ?from a ckb:Country } # FROM <x>'
    answer = ask(toy.ontology, toy.store, query)
    assert isinstance(answer, Answer)
    assert len(answer.rows) == 3


@pytest.mark.parametrize(
    ("sparql", "place"),
    [
        ("SELECT ?s WHERE { ?s ?p }", "line 1"),
        ("SELECT ?s\nWHERE {\n  ?s ckb:kind kind }\n", "line 3"),
        ("", "line 1"),
        ("SELECT ?s WHERE { ?s nope:x ?o }", "line 1"),
    ],
)
def test_a_fault_of_syntax_has_a_place(toy: Loaded, sparql: str, place: str) -> None:
    with pytest.raises(WrongQuestion, match=f"this is not SPARQL: {place}, column [0-9]+: "):
        ask(toy.ontology, toy.store, sparql)
