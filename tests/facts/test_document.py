"""Walking the folder of facts: what is read, in which order, and what is refused by its name or kind."""

from __future__ import annotations

import os

import pytest

from censorkb.facts.document import LONGEST_ID, is_id

GATE = "facts/entities/agents/gate.yaml"


def test_files_are_read_in_the_order_of_their_paths_whatever_the_file_system_says(read_files, monkeypatch):
    names = [f"facts/entities/agents/{stem}.yaml" for stem in ("b", "a-b", "a", "c1", "c-1")] + [
        "facts/measures/ru/x.yaml"
    ]
    forwards = read_files(dict.fromkeys(names, "label: x\n")).names
    scan = os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: sorted(scan(folder), key=lambda e: e.name, reverse=True))
    assert read_files().names == forwards == sorted(names, key=lambda name: name.split("/"))


def test_a_document_knows_its_folder_the_folders_inside_it_and_its_stem(read_files):
    [document] = read_files({"facts/sources/2026/2026-02-11-reuters-whatsapp.yaml": "title: x\n"}).documents
    assert (document.folder, document.inside, document.stem) == ("sources", ("2026",), "2026-02-11-reuters-whatsapp")


def test_a_missing_folder_of_facts_is_one_problem(read_files):
    reading = read_files()
    assert reading.report == ["facts:1:1 missing-facts"]
    assert "--root" in reading.problems[0].fix


def test_a_file_in_the_place_of_the_folder_is_a_missing_folder(read_files):
    assert read_files({"facts": "x"}).report == ["facts:1:1 missing-facts"]


def test_a_folder_without_facts_is_one_problem(read_files):
    assert read_files({"facts/README.md": "x", "facts/EXAMPLE.yaml": "x"}).report == ["facts:1:1 no-facts"]


@pytest.mark.parametrize(
    "skipped",
    [
        "facts/proposed/x/whatever.txt",
        "facts/refused/y.yaml",
        "facts/README.md",
        "facts/EXAMPLE.yaml",
        "facts/entities/agents/.gate.yaml.swp",
    ],
)
def test_proposals_refusals_and_what_stands_beside_the_facts_are_skipped(read_files, skipped):
    reading = read_files({GATE: "label: x\n", skipped: "<not: yaml"})
    assert (reading.names, reading.report) == ([GATE], [])


@pytest.mark.parametrize(
    "name",
    [
        "gate.yml",
        "Gate.yaml",
        "ga te.yaml",
        "gate.yaml.bak",
        "gate",
        "-gate.yaml",
        "gate-.yaml",
        "ga--te.yaml",
        "ga_te.yaml",
        "гейт.yaml",
        f"{'x' * (LONGEST_ID + 1)}.yaml",
    ],
)
def test_a_file_name_that_can_be_no_id_is_refused(read_files, name):
    reading = read_files({GATE: "label: x\n", f"facts/entities/agents/{name}": "label: y\n"})
    assert [problem.rule for problem in reading.problems] == ["file-name"]
    assert reading.names == [GATE]


@pytest.mark.parametrize("name", [b"ga\nte.yaml", b"ga\x1b[31mte.yaml", b"ga\xffte.yaml", "ga\u202ete.yaml".encode()])
def test_a_file_name_can_smuggle_nothing_into_the_report(read_files, tmp_path, name):
    read_files({GATE: "label: x\n"})
    with open(os.fsencode(tmp_path) + b"/facts/entities/agents/" + name, "wb") as file:
        file.write(b"label: y\n")
    [fault] = read_files().problems
    line = f"{fault.place} {fault.message} {fault.fix}"
    assert fault.rule == "file-name"
    assert line.isprintable()
    line.encode()


@pytest.mark.parametrize("folder", ["2\n026", "ru\x1b[31m", "Ru", "r u"])
def test_a_folder_that_can_be_no_id_is_refused(read_files, folder):
    [fault] = read_files({f"facts/measures/{folder}/x.yaml": "x: {label: y}\n"}).problems
    assert fault.rule == "unknown-folder"
    assert str(fault.place).isprintable()


@pytest.mark.parametrize(
    "name",
    [
        "facts/gate.yaml",
        "facts/entities/gate.yaml",
        "facts/entities/agent/gate.yaml",
        "facts/measure/ru/x.yaml",
        "facts/.git/config",
    ],
)
def test_a_file_outside_the_folders_of_facts_is_refused_with_their_names(read_files, name):
    reading = read_files({name: "label: x\n"})
    assert reading.report == [f"{name}:1:1 unknown-folder"]
    assert "entities/agents, entities/countries, measures, sources" in reading.problems[0].fix


def test_a_link_is_refused_even_if_it_leads_to_a_good_file(read_files, tmp_path):
    (tmp_path / "gate.yaml").write_text("label: x\n")
    (tmp_path / "facts/entities/agents").mkdir(parents=True)
    (tmp_path / GATE).symlink_to(tmp_path / "gate.yaml")
    assert read_files().report == [f"{GATE}:1:1 not-a-file"]


def test_a_link_to_a_folder_is_not_followed(read_files, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/gate.yaml").write_text("label: x\n")
    (tmp_path / "facts/entities").mkdir(parents=True)
    (tmp_path / "facts/entities/agents").symlink_to(tmp_path / "elsewhere")
    reading = read_files()
    assert reading.names == []
    assert [problem.rule for problem in reading.problems] == ["unknown-folder"]


def test_a_pipe_is_refused_and_does_not_block(read_files, tmp_path):
    (tmp_path / "facts/entities/agents").mkdir(parents=True)
    os.mkfifo(tmp_path / GATE)
    assert read_files().report == [f"{GATE}:1:1 not-a-file"]


def test_a_folder_with_the_name_of_a_file_is_refused(read_files, tmp_path):
    (tmp_path / GATE).mkdir(parents=True)
    assert read_files().report == [f"{GATE}:1:1 not-a-file"]


@pytest.mark.parametrize("text", ["", "\n", "# to be written\n"])
def test_an_empty_file_is_named(read_one, text):
    reading = read_one(text)
    assert reading.report == [f"{GATE}:1:1 empty-file"]
    assert reading.nodes[0] is None


@pytest.mark.parametrize(
    ("text", "place"), [("- a\n", "1:1"), ("just words\n", "1:1"), ("\n\n  [a, b]\n", "3:3"), ("---\n", "2:1")]
)
def test_a_file_that_is_no_mapping_is_named(read_one, text, place):
    reading = read_one(text)
    assert reading.report == [f"{GATE}:{place} not-a-mapping"]
    assert "label:" in reading.problems[0].fix


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_read(read_files):
    reading = read_files({GATE: "a: [\n", "facts/entities/agents/rbc.yaml": "label: RBC\n"})
    assert reading.names == [GATE, "facts/entities/agents/rbc.yaml"]
    assert [node is not None for node in reading.nodes] == [False, True]
    assert reading.report == [f"{GATE}:2:1 yaml-syntax"]


def test_the_path_of_the_knowledge_base_is_in_no_report(read_files, tmp_path):
    reading = read_files({GATE: "a: [\n", "facts/x": "", "facts/entities/agents/B.yaml": ""})
    assert len(reading.problems) == 3
    assert not any(str(tmp_path) in f"{problem.place}{problem.message}{problem.fix}" for problem in reading.problems)


@pytest.mark.parametrize(
    ("word", "good"),
    [
        ("ru", True),
        ("2017-afp-wechat", True),
        ("x" * LONGEST_ID, True),
        ("x" * (LONGEST_ID + 1), False),
        ("", False),
        ("a\n", False),
        ("A", False),
        ("a.b", False),
        ("é", False),
        ("٣", False),
    ],
)
def test_an_id_has_small_letters_digits_and_single_hyphens(word, good):
    assert is_id(word) is good
