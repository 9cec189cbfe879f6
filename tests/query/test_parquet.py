"""`censorkb export --parquet` writes each statement once, by country and year, and its questions in SQL have the rows of the store."""

from __future__ import annotations

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import httpx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from censorkb.cli import main
from censorkb.ontology.ontology import Ontology
from censorkb.query.embedded import Embedded
from censorkb.query.limits import Exceeded, Limits
from censorkb.query.parquet import texts
from censorkb.query.parquet.lines import COLUMNS, lines
from censorkb.query.parquet.tables import Tables
from censorkb.query.question import Question, read_all
from censorkb.root import Root
from censorkb.site.build import build

HERE = Path(__file__).resolve().parent
ROOTS = {"toy": HERE.parent / "toy", "real": HERE.parents[1]}
ONTOLOGY = Ontology(HERE.parents[1] / "ontology")
QUESTIONS = read_all(ONTOLOGY)
PARAMETERS = tomllib.loads(HERE.joinpath("parameters.toml").read_text("utf-8"))


def censorkb(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@dataclass(frozen=True, slots=True)
class Export:
    """An export and the build that it was made from."""

    root: Path
    out: Path
    folder: Path

    def made(self, folder: Path | None = None) -> Result:
        return censorkb("export", "--root", self.root, "--out", self.out, "--parquet", folder or self.folder)

    def asked(self, *words: str | Path) -> Result:
        return censorkb("query", "--root", self.root, *words, "--parquet", self.folder)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect() as database:
            database.read_parquet(f"{self.folder}/quads/*/*/*.parquet", hive_partitioning=True).create_view("quads")
            return database.sql(sql).fetchall()


def exported(kind: str, folder: Path) -> Export:
    export = Export(ROOTS[kind], folder / "build", folder / "parquet")
    assert not build(Root(export.root), export.out, "facts/", lambda _: None, fresh=True).checked.errors
    assert export.made().exit_code == 0
    return export


@pytest.fixture(scope="session")
def toy_export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """The toy as Parquet."""
    return exported("toy", tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def real_export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """The facts of the project as Parquet."""
    return exported("real", tmp_path_factory.mktemp("real"))


@pytest.fixture(params=["toy", "real"])
def export(request: pytest.FixtureRequest) -> Export:
    """One of both."""
    found: Export = request.getfixturevalue(f"{request.param}_export")
    return found


@pytest.fixture
def own(toy_export: Export, tmp_path: Path) -> Export:
    """A copy of the toy's, to be damaged."""
    shutil.copytree(toy_export.out / "data", tmp_path / "build/data")
    shutil.copytree(toy_export.folder, tmp_path / "parquet")
    return Export(toy_export.root, tmp_path / "build", tmp_path / "parquet")


def bound(question: Question, export: Export) -> dict[ox.Variable, ox.NamedNode | ox.Literal]:
    kind = next(name for name, root in ROOTS.items() if root == export.root)
    return question.bind(ONTOLOGY, PARAMETERS[question.name][kind] if question.parameters else {})


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_every_statement_of_the_store_is_there_once_and_can_be_read_back(export: Export) -> None:
    with (export.folder / "prefixes.csv").open(newline="") as table:
        names = {row["prefix"]: row["namespace"] for row in csv.DictReader(table)}

    def iri(short: object) -> ox.NamedNode:
        prefix, _, local = str(short).partition(":")
        return ox.NamedNode(names[prefix] + local if prefix in names else str(short))

    found = []
    for graph, subject, predicate, value, kind, datatype, language in export.rows(
        f"SELECT {', '.join(COLUMNS)} FROM quads"
    ):
        term = (
            iri(value) if kind == "iri"
            else ox.Literal(str(value), language=str(language)) if language
            else ox.Literal(str(value), datatype=iri(datatype))
        )  # fmt: skip
        found.append(ox.Quad(iri(subject), iri(predicate), term, iri(graph)))
    with Embedded(ONTOLOGY, export.out) as store:
        store.ask("ASK {}")
        assert store._quads is not None
        wanted = [q for q in ox.Store.read_only(str(store._quads)) if isinstance(q.graph_name, ox.NamedNode)]
    assert sorted(map(str, found)) == sorted(map(str, wanted))


@pytest.mark.slow
def test_a_thing_and_its_parts_stand_under_their_country_and_year(toy_export: Export) -> None:
    def places(start: str) -> list[tuple[object, ...]]:
        return toy_export.rows(f"SELECT DISTINCT country, year FROM quads WHERE starts_with(subject, '{start}')")

    assert places("claim:2024-03-06-wire-one-blip-blocked.block") == [("xa", 2024)]
    assert places("source:2024-03-06-wire-one-blip-blocked") == [(None, 2024)]
    assert places("id:xa-hallo-throttle") == [("xa", 2025)]
    assert places("ckb:country") == [(None, None)]
    assert (toy_export.folder / "quads/country=xa/year=2024/part-0.parquet").is_file()


@pytest.mark.slow
def test_the_same_facts_give_the_same_bytes_and_leave_what_is_there_alone(own: Export, tmp_path: Path) -> None:
    assert own.made(tmp_path / "other").exit_code == 0
    assert everything(tmp_path / "other") == everything(own.folder)
    before = own.folder.stat().st_ino
    assert own.made().exit_code == 0
    assert own.folder.stat().st_ino == before


@pytest.mark.slow
def test_a_folder_that_is_gone_from_the_facts_is_gone_from_the_export(own: Export) -> None:
    (own.folder / "quads/country=zz/year=1999").mkdir(parents=True)
    (own.folder / "quads/country=zz/year=1999/part-0.parquet").write_bytes(b"old")
    assert own.made().exit_code == 0
    assert not (own.folder / "quads/country=zz").exists()


@pytest.mark.slow
def test_an_export_that_fails_leaves_the_old_one_and_nothing_else(own: Export) -> None:
    before = everything(own.folder)
    data = own.out / "data/censorkb.nq"
    data.write_bytes(data.read_bytes().replace(b"blip", b"blop", 1))
    result = own.made()
    assert result.exit_code == 3
    assert result.stderr == "censorkb: a build is writing the data set; export it when that is done\n"
    assert everything(own.folder) == before
    assert {path.name for path in own.folder.parent.iterdir()} == {"build", "parquet", ".parquet.lock"}


def test_what_was_not_built_can_not_be_exported(tmp_path: Path) -> None:
    result = censorkb("export", "--root", ROOTS["toy"], "--out", tmp_path / "none", "--parquet", tmp_path / "parquet")
    assert result.exit_code == 3
    assert "there is no data set" in result.stderr
    assert "run 'censorkb build' first" in result.stderr
    assert not (tmp_path / "parquet").exists()


def test_a_folder_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.txt").write_text("years of work")
    result = censorkb("export", "--root", ROOTS["toy"], "--out", tmp_path / "build", "--parquet", tmp_path / "thesis")
    assert result.exit_code == 3
    assert "was not made by censorkb; choose another folder" in result.stderr
    assert (tmp_path / "thesis/chapter.txt").read_text() == "years of work"


@pytest.mark.parametrize("place", ["build", "build/parquet"])
def test_the_output_of_a_build_is_never_overwritten(tmp_path: Path, place: str) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/MANIFEST.sha256").touch()
    for out in ("build", "another"):
        if (place, out) == ("build/parquet", "another"):
            continue
        result = censorkb("export", "--root", ROOTS["toy"], "--out", tmp_path / out, "--parquet", tmp_path / place)
        assert result.exit_code == 3
        assert "is the output of a build, or in it; choose a folder of its own" in result.stderr
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["MANIFEST.sha256"]


@pytest.mark.slow
def test_a_build_and_an_export_never_replace_each_other(own: Export, tmp_path: Path) -> None:
    before = everything(own.folder)
    built = censorkb("build", "--root", own.root, "--out", own.folder, "--no-cache")
    assert (built.exit_code, built.stdout) == (3, "")
    assert f"{own.folder} has what another command of censorkb wrote; choose another folder" in built.stderr
    assert everything(own.folder) == before
    other = tmp_path / "site"
    (other / "quads").mkdir(parents=True)  # somebody's own folder in the output does not make it an export
    (other / "MANIFEST.sha256").write_text(f"{'0' * 64}  data/censorkb.nq\n")
    result = own.made(other)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"{other} has what another command of censorkb wrote; choose another folder" in result.stderr
    assert list(everything(other)) == ["MANIFEST.sha256"]


@pytest.mark.parametrize("command", ["export", "query"])
def test_without_duckdb_it_is_said_what_to_install(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    words = ["first-reports"] if command == "query" else []
    result = censorkb(command, *words, "--root", ROOTS["toy"], "--out", tmp_path / "no", "--parquet", tmp_path / "dir")
    assert result.exit_code == 3
    assert result.stderr == "censorkb: Parquet needs DuckDB, which is not installed; run: pip install duckdb\n"


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(value=st.text(st.characters(exclude_categories=("Cs",))), language=st.sampled_from(["en", "ru", ""]))
def test_any_text_comes_back_as_it_was_written(
    value: str, language: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    term = ox.Literal(value, language=language) if language else ox.Literal(value)
    node = ONTOLOGY.vocabulary.node
    quad = ox.Quad(node("id:blip"), node("ckb:says"), term, node("graph:derived"))
    rows = tmp_path_factory.mktemp("rows") / "rows"
    rows.write_bytes(lines(ONTOLOGY.prefixes, f"{quad} .\n".encode()))
    with duckdb.connect() as database:
        (row,) = database.read_json(str(rows), format="newline_delimited", columns=COLUMNS).fetchall()
    kind = ("rdf:langString", language) if language else ("xsd:string", None)
    assert row == ("graph:derived", "id:blip", "ckb:says", value, "literal", *kind)


def test_at_least_ten_questions_can_be_asked_in_sql() -> None:
    assert set(texts.questions()) <= set(QUESTIONS)
    assert len(texts.questions()) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("name", texts.questions())
def test_duckdb_has_the_rows_of_the_store(name: str, export: Export) -> None:
    question = QUESTIONS[name]
    terms = bound(question, export)
    with Embedded(ONTOLOGY, export.out) as store:
        wanted = store.ask(question.sparql, terms)
    assert Tables(ONTOLOGY, export.folder).ask(question, terms) == wanted


@pytest.mark.slow
def test_the_command_answers_from_an_export_as_from_the_store(toy_export: Export) -> None:
    words = ("status-on", "--country", "xa", "--date", "2024-09-16", "--format", "csv")
    stored = censorkb("query", "--root", toy_export.root, "--out", toy_export.out, *words)
    found = toy_export.asked(*words)
    assert (found.exit_code, found.stdout) == (0, stored.stdout)
    assert "blip,,blocked" in found.stdout


@pytest.mark.slow
def test_rows_beyond_a_limit_are_told(toy_export: Export) -> None:
    found = toy_export.asked("first-reports", "--limit", "2", "--format", "csv")
    assert found.stdout.count("\n") == 3
    assert "these are the first 2 rows; there are more" in found.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("said-by", "--person", "x"), "no parameter --person"),
        (("claims-of", "--source", "x"), "can't be asked of Parquet files; these can: breaks-news-first, copies-"),
        (
            ("timeline", "--country", "xa", "--target", "helo"),
            "--target helo is not in the export; did you mean hallo?",
        ),
        (("status-on", "--country", "xa' OR ''='", "--date", "2024-09-16"), "is not an id"),
        (("status-on", "--country", "xa", "--date", "ru"), "is not a date"),
        (("status-on", "--country", "xa"), "needs --date"),
        (("-e", "ASK {}"), "Parquet files are asked by the name of a question; for SPARQL leave --parquet out"),
        (("first-reports", "--endpoint", "http://127.0.0.1:9/"), "give --endpoint or --parquet, not both"),
    ],
)
def test_a_wrong_question_to_an_export_is_told_what_to_write(
    words: tuple[str, ...], said: str, toy_export: Export
) -> None:
    found = toy_export.asked(*words)
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.split())


def test_a_folder_without_an_export_is_told(tmp_path: Path) -> None:
    found = censorkb("query", "first-reports", "--root", ROOTS["toy"], "--parquet", tmp_path)
    assert found.exit_code == 3
    assert f"there is no export in {tmp_path}; run 'censorkb export --parquet {tmp_path}' first" in found.stderr


@pytest.mark.slow
def test_a_damaged_export_is_told_without_the_words_of_the_engine(own: Export) -> None:
    for path in own.folder.rglob("*.parquet"):
        path.write_bytes(b"\x1b[2Jno parquet")
    found = own.asked("first-reports")
    assert found.exit_code == 3
    assert found.stderr == f"censorkb: the files in {own.folder} are no whole export; export again\n"


@pytest.mark.slow
def test_a_question_that_takes_too_long_is_ended(toy_export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "SELECT count(*) FROM quads AS a, quads AS b, quads AS c WHERE a.object || b.object = c.object || 'x'"
    monkeypatch.setattr(texts, "question", lambda _: endless)
    with pytest.raises(Exceeded, match=r"no answer within 0\.5 seconds"):
        Tables(ONTOLOGY, toy_export.folder, Limits(0.5)).ask(QUESTIONS["first-reports"], {})


@dataclass(frozen=True, slots=True)
class Daemons:
    """A Spark master and its workers, each a process of its own, as on several machines."""

    address: str
    page: str

    def workers(self) -> list[dict[str, object]]:
        """What the master says of its workers."""
        found: list[dict[str, object]] = httpx.get(f"{self.page}/json/", timeout=60).json()["workers"]
        return found


@pytest.fixture(scope="session")
def daemons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemons]:
    """One master and two workers at ports of this machine."""
    if not shutil.which("java"):
        pytest.skip("Java is not there, which Spark needs")
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not there; .ci/test installs it where Java is")
    home, folder = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark")
    ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    port, page = (listening.getsockname()[1] for listening in ports)
    for listening in ports:
        listening.close()
    found = Daemons(f"spark://127.0.0.1:{port}", f"http://127.0.0.1:{page}")
    given = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": "-Dspark.master.rest.enabled=false",
    }  # fmt: skip
    here = ("--host", "127.0.0.1", "--webui-port")
    worker = ("worker.Worker", *here, "0", "--cores", "1", "--memory", "512m", "--work-dir", folder, found.address)
    commands = [("master.Master", *here, str(page), "--port", str(port)), worker, worker]
    with ExitStack() as stack:
        running = []
        for number, (name, *words) in enumerate(commands):
            log = stack.enter_context((folder / f"{number}.log").open("w"))
            words = [str(home / "bin/spark-class"), f"org.apache.spark.deploy.{name}", *map(str, words)]
            process = subprocess.Popen(words, env=given, cwd=folder, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            running.append(process)
        for _ in range(600):
            assert all(process.poll() is None for process in running), (folder / "0.log").read_text()
            with suppress(httpx.TransportError):
                if len(found.workers()) == 2:
                    break
            time.sleep(0.1)
        yield found


@pytest.fixture
def session(daemons: Daemons, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """What gives questions to the daemons."""
    pyspark = pytest.importorskip("pyspark.sql")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    small = {  # a few thousand rows: planning and compiling would take most of the time
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.executor.memory": "512m",
        "spark.log.level": "ERROR", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.sql.adaptive.enabled": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.files.openCostInBytes": "0",
        "spark.sql.shuffle.partitions": "1",
    }  # fmt: skip
    made = pyspark.SparkSession.builder.master(daemons.address).config(map=small).getOrCreate()
    try:
        yield made
    finally:
        made.stop()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_has_the_rows_of_the_store_with_a_master_and_two_workers(
    toy_export: Export, real_export: Export, daemons: Daemons, session: object
) -> None:
    from censorkb.query.parquet.spark import Cluster

    for export in (toy_export, real_export):
        cluster = Cluster(session, ONTOLOGY, str(export.folder))
        with Embedded(ONTOLOGY, export.out) as store:
            for name in texts.questions():
                terms = bound(QUESTIONS[name], export)
                assert cluster.ask(QUESTIONS[name], terms) == store.ask(QUESTIONS[name].sparql, terms), name
    assert [(worker["state"], worker["coresused"]) for worker in daemons.workers()] == [("ALIVE", 1)] * 2
