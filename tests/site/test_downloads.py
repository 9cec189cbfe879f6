"""What can be downloaded: told with its size and sum, read by the programs that it is for, the same bytes each time."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from markup import Markup
from rdflib import DCAT, RDF, SDO, VOID, Graph
from toysite import FACTS_URL, TOY

from censorkb.root import Root
from censorkb.site.build import Asked, build

pytestmark = pytest.mark.slow
RELEASE = Asked(FACTS_URL, release=True)
DESCRIBING = {"void.ttl", "ro-crate-metadata.json", "SHA256SUMS"}
PACKED = (".ttl.gz", ".trig.gz", ".js")  # for the page that asks in the browser


def files(data: Path) -> set[str]:
    """The files of the data set that people and programs take."""
    return {path.name for path in data.iterdir() if not path.name.endswith(PACKED)} - DESCRIBING


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("downloads") / "build"
    build(Root(TOY), out, RELEASE, lambda _: None, fresh=True)
    return out


@pytest.fixture(scope="module")
def data(built: Path) -> Path:
    return built / "site/data"


@pytest.fixture
def database(data: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "db").write_bytes(gzip.decompress((data / "censorkb.sqlite.gz").read_bytes()))
    connection = sqlite3.connect(tmp_path / "db")
    yield connection
    connection.close()


def test_the_page_tells_the_sum_of_every_file(data: Path) -> None:
    for language in ("en", "fr", "ru"):
        page = Markup((data.parent / language / "downloads.html").read_text("utf-8"))
        linked = {link.removeprefix("../data/") for link in page.values("href") if link.startswith("../data/")}
        assert linked == files(data) | DESCRIBING
        for path in (data / name for name in files(data)):
            if path.name not in DESCRIBING:
                assert hashlib.sha256(path.read_bytes()).hexdigest() in page.text, path.name


def test_the_sums_are_right(data: Path) -> None:
    for line in (data / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == digest


def test_programs_find_every_file_in_the_descriptions(data: Path) -> None:
    void = Graph().parse(data / "void.ttl", publicID="https://facts.example/data/void.ttl")
    (dataset,) = void.subjects(RDF.type, VOID.Dataset)
    told = {str(address).rpartition("/")[2] for address in void.objects(None, DCAT.downloadURL)}
    assert told == files(data)
    assert {str(dump).rpartition(".")[2] for dump in void.objects(dataset, VOID.dataDump)} == {
        *("nq", "trig", "ttl", "jsonld", "gz")
    }
    sizes = {int(size) for size in void.objects(None, DCAT.byteSize)}
    assert sizes == {path.stat().st_size for path in data.iterdir() if path.name in told}


def test_the_research_crate_holds_together(data: Path) -> None:
    crate = json.loads((data / "ro-crate-metadata.json").read_text("utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    for part in entities["./"]["hasPart"]:
        entity = entities[part["@id"]]
        assert entity["@type"] == "File"
        assert int(entity["contentSize"]) == (data / part["@id"]).stat().st_size


def test_search_engines_find_the_data_set(data: Path) -> None:
    page = (data.parent / "en/downloads.html").read_text("utf-8")
    block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    graph = Graph().parse(
        data=block.replace('"https://schema.org"', '{"@vocab": "https://schema.org/"}'), format="json-ld"
    )
    (dataset,) = graph.subjects(RDF.type, SDO.Dataset)
    assert len(set(graph.objects(dataset, SDO.distribution))) == len(files(data))


def test_the_database_holds_what_the_tables_say(data: Path, database: sqlite3.Connection) -> None:
    for name, key in (("claims", "claim"), ("measures", "measure")):
        rows = list(csv.DictReader(io.StringIO((data / f"{name}.csv").read_text("utf-8"))))
        column = "id" if name == "claims" else "measure"
        found = [row[0] for row in database.execute(f"SELECT {column} FROM {name} ORDER BY {column}")]
        assert found == sorted(row[key] for row in rows), name
    joined = "SELECT s.publisher FROM claims c JOIN sources s ON s.id = c.source WHERE c.id = ?"
    assert database.execute(joined, ["2025-04-10-wire-one-hallo-slow.slow"]).fetchone() == ("wire-one",)
    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"claim_measures", "claims", "dates", "measures", "names", "quotes", "sources", "status_periods"}
    for table in tables:
        assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0], table
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_claims_and_sources_have_one_row_each(database: sqlite3.Connection) -> None:
    for table in ("claims", "sources"):
        keys = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[5]]
        assert keys == ["id"], table


def test_the_zip_is_the_site(built: Path) -> None:
    site = built / "site"
    with zipfile.ZipFile(site / "censorkb-site.zip") as packed:
        assert packed.testzip() is None
        held = {entry.filename.removeprefix("censorkb/"): packed.read(entry) for entry in packed.infolist()}
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    del files["censorkb-site.zip"]
    assert held == files


def contents(root: Root, out: str) -> dict[str, bytes]:
    folder = root.path / out
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_after_a_change_is_that_of_a_build_of_everything(toy_copy: Root) -> None:
    build(toy_copy, toy_copy.path / "one", RELEASE, lambda _: None)
    source = toy_copy.facts / "sources/2025/2025-10-07-north-post-chirp-dark.yaml"
    source.write_text(source.read_text("utf-8").replace("says: ", "says: Amended. ", 1), "utf-8")
    again = build(toy_copy, toy_copy.path / "one", RELEASE, lambda _: None)
    assert 0 < again.written < again.pages
    build(toy_copy, toy_copy.path / "two", RELEASE, lambda _: None, fresh=True)
    assert contents(toy_copy, "one") == contents(toy_copy, "two")


def test_without_release_there_is_neither_database_nor_zip(toy_copy: Root) -> None:
    out = toy_copy.path / "build"
    build(toy_copy, out, RELEASE, lambda _: None)
    build(toy_copy, out, FACTS_URL, lambda _: None)
    assert not [*out.rglob("*.zip"), *out.rglob("*.sqlite.gz")]
    shutil.rmtree(out)


def test_what_is_a_table_is_an_array_of_json_as_well(data: Path) -> None:
    for name in ("claims", "measures"):
        rows = list(csv.DictReader(io.StringIO((data / f"{name}.csv").read_text("utf-8"))))
        records = json.loads((data / f"{name}.json").read_text("utf-8"))
        assert [list(record) for record in records] == [list(row) for row in rows]
        text = [{key: "" if value is None else str(value) for key, value in record.items()} for record in records]
        assert [[cell.lower() for cell in record.values()] for record in text] == [
            [cell.removeprefix("'").lower() for cell in row.values()] for row in rows
        ]
        assert len((data / f"{name}.json").read_text("utf-8").splitlines()) == len(rows) + 2
    assert isinstance(records[0]["measure"], str)


def test_n_triples_hold_every_statement_once_without_its_graph(data: Path) -> None:
    lines = gzip.decompress((data / "censorkb.nt.gz").read_bytes()).decode().splitlines()
    quads = (data / "censorkb.nq").read_text("utf-8").splitlines()
    assert set(lines) == {f"{quad.rpartition(' <')[0]} ." for quad in quads}
