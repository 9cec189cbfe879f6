"""Corrections: nothing disappears, every old id leads on, and no correction leaves the facts with a new error."""

from __future__ import annotations

from pathlib import Path

import pytest

from censorkb.graph.knowledge import Knowledge
from censorkb.root import Root

pytestmark = pytest.mark.slow

SLOW = "facts/sources/2025/2025-04-10-wire-one-hallo-slow.yaml"
CHIRP = "2025-10-07-north-post-chirp-dark"


def lines(desk: Path) -> set[str]:
    return set(Knowledge.read(Root(desk)).lines())


def all_text(desk: Path) -> dict[str, str]:
    return {p.relative_to(desk).as_posix(): p.read_text() for p in sorted((desk / "facts").rglob("*.yaml"))}


def difference(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[list[str], list[str]]]:
    """Lines that are gone and lines that are new, by file."""
    found = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, "").splitlines(), after.get(name, "").splitlines()
        if old != new:
            found[name] = ([line for line in old if line not in new], [line for line in new if line not in old])
    return found


def test_an_accepted_claim_is_retracted_with_a_reason_and_stays(desk, run, errors):
    before = all_text(desk)
    done = run("retract", "2025-04-10-wire-one-hallo-slow.boxes", "--because", "source-corrected")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == f"changed {SLOW}\n"
    assert difference(before, all_text(desk)) == {
        SLOW: (
            [],
            [
                "  status-reason: source-corrected",
                "  status-note: The publisher corrected the text, which does not say this any more.",
            ],
        )
    }
    assert errors() == []


def test_a_withdrawal_has_its_day_if_somebody_says_it(desk, run, errors):
    done = run("retract", "2025-04-10-wire-one-hallo-slow.boxes", "--because", "misread", "--date", "2025-06-03")
    assert done.exit_code == 0, done.stderr
    assert "  status-reason: misread\n  status-date: 2025-06-03\n  status-note: " in (desk / SLOW).read_text()
    new = "2025-04-15-netgauge-report-31.tenth-of-speed"
    replaced = run("supersede", "2025-04-10-wire-one-hallo-slow.slow", new, "--date", "2025-06-04")
    assert replaced.exit_code == 0, replaced.stderr
    assert "  status: superseded\n  status-date: 2025-06-04\n  superseded-by: " in (desk / SLOW).read_text()
    assert errors() == []


@pytest.mark.parametrize("day", ["2025-06", "03.06.2025", "20250603", "yesterday", "2025-02-30"])
def test_a_withdrawal_on_no_day_writes_nothing(desk, run, day):
    before = all_text(desk)
    done = run("retract", "2025-04-10-wire-one-hallo-slow.boxes", "--because", "misread", "--date", day)
    assert done.exit_code == 2
    assert f"--date {day} is not one day; write year-month-day" in " ".join(done.stderr.split())
    assert all_text(desk) == before


def test_a_claim_that_was_never_accepted_is_rejected(desk, run, errors):
    done = run(
        "retract",
        "2026-01-copysite-roundup.reelbox",
        "--because",
        "not-asserted",
        "--because",
        "misread",
        "--note",
        "A rumour: no more.",
    )
    assert done.exit_code == 0, done.stderr
    text = (desk / "facts/sources/2026/2026-01-copysite-roundup.yaml").read_text()
    assert "  status: rejected\n  status-reason: [not-asserted, misread]\n  status-note: 'A rumour: no more.'\n" in text
    assert errors() == []


def test_all_claims_of_a_source_are_retracted_that_still_count(desk, run, errors):
    done = run("retract", "2025-04-10-wire-one-hallo-slow", "--because", "source-withdrawn", "--note", "Taken offline.")
    assert done.exit_code == 0, done.stderr
    text = (desk / SLOW).read_text()
    assert text.count("status: retracted") == 4
    assert text.count("status: superseded") == 1
    assert text.count("status-note: Taken offline.") == 3
    assert errors() == []
    assert "status-reason: [source-corrected, source-withdrawn]" in text  # of the one that was retracted before


def test_who_leans_on_a_withdrawn_claim_is_named(run):
    done = run("retract", "2025-09-03-vestnik-lantern-out.site", "--because", "misread")
    assert done.exit_code == 0, done.stderr
    assert (
        f"look whether it still stands: {CHIRP}.lantern-august disputes 2025-09-03-vestnik-lantern-out.site"
        in done.stderr
    )


def test_a_better_claim_takes_the_place_of_another(desk, run, errors):
    done = run(
        "supersede",
        "2025-04-10-wire-one-hallo-slow.boxes",
        "2025-04-10-wire-one-hallo-slow.slow",
        "--because",
        "duplicate",
    )
    assert done.exit_code == 0, done.stderr
    text = (desk / SLOW).read_text()
    assert "  status: superseded\n  status-reason: duplicate\n  superseded-by: slow\n  quotes:\n    page: boxes" in text
    done = run("supersede", "2025-04-10-wire-one-hallo-slow.monthly", "2025-10-08-evening-mirror-silence.reads-along")
    assert done.exit_code == 0, done.stderr
    assert "superseded-by: 2025-10-08-evening-mirror-silence.reads-along" in (desk / SLOW).read_text()
    assert errors() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("retract", "2024-03-06-wire-one-blip.block", "--because", "misread"),
            "2024-03-06-wire-one-blip is a former id of 2024-03-06-wire-one-blip-blocked",
        ),
        (("retract", f"{CHIRP}.chrip", "--because", "misread"), f"there is no claim {CHIRP}.chrip; did you mean {CHIRP}.chirp"),
        (("retract", "2025-10-07-north-post", "--because", "misread"), "there is no source 2025-10-07-north-post"),
        (("retract", f"{CHIRP}.chirp", "--because", "misred"), "misred is no reason; the reasons are source-corrected, "),
        (("retract", "2025-04-10-wire-one-hallo-slow.payments", "--because", "misread"), "is withdrawn already"),
        (("supersede", f"{CHIRP}.chirp", f"{CHIRP}.chirp"), "can't replace itself"),
        (("supersede", f"{CHIRP}.chirp", "2025-04-10-wire-one-hallo-slow.payments"), "payments is retracted already"),
        (("merge", "blip", "blip"), "one thing already"),
        (("merge", "blip", "ada-quill"), "only things of one kind"),
        (("merge", "blop", "hallo"), "there is no entity or measure blop; did you mean blip"),
        (("merge", "blipp", "hallo"), "blipp is a former id of blip"),
    ],
)  # fmt: skip
def test_what_can_not_be_corrected_is_told_in_a_sentence(desk, run, words, sentence):
    before = all_text(desk)
    done = run(*words)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert all_text(desk) == before


def test_a_dry_run_shows_what_would_change_and_writes_nothing(desk, run):
    before = all_text(desk)
    done = run("retract", f"{CHIRP}.chirp", "--because", "misread", "--dry-run")
    assert done.exit_code == 0
    assert "+  status-reason: misread" in done.stdout
    assert all_text(desk) == before


def test_a_correction_that_makes_a_new_error_is_not_made(desk, run):
    before = all_text(desk)
    done = run("merge", "xb-hallo-block", "xb-blip-block")
    assert done.exit_code == 1
    assert "about-other-target" in done.stdout
    assert done.stderr.endswith("nothing was written: the facts would have these new errors\n")
    assert all_text(desk) == before


def test_an_old_error_stops_no_correction(desk, run):
    path = desk / "facts/entities/services/seekle.yaml"
    path.write_text(path.read_text() + "colour: red\n")
    assert run("retract", f"{CHIRP}.chirp", "--because", "misread").exit_code == 0


def test_a_merged_service_takes_names_references_and_files_along(desk, run, errors):
    (desk / "facts/entities/services/hello.yaml").write_text(
        "label: {en: Hello, ru: Халло}\nkind: messenger\naliases: {en: [Hallo, Hello Messenger]}\nformerly: helo\nnote: New.\n"
    )
    (desk / "facts/measures/xa/hello.yaml").write_text(
        "# Of summer.\nxa-hello-fine:\n  label: Fine for Hello\n  action: fine\n  target: hello\n  country: xa\n"
    )
    (desk / "facts/sources/2026/2026-02-01-wire-one-hello.yaml").write_text(
        "title: Hello\npublisher: wire-one\nlanguage: en\npublished: 2026-02-01\ncopies:\n  page: {kind: original, host: wire-one, language: en, url: https://w.example.com/1}\n"
        "claims:\n\n- id: a\n  type: accusation\n  says: Hello was accused.\n"
        "  accused: [hello, hallo]  # both\n  reason: fraud\n  about: xa-hello-fine\n  quotes:\n    page: Hello was fined\n"
    )
    assert errors() == []
    done = run("merge", "hello", "hallo")
    assert done.exit_code == 0, done.stdout
    assert "not carried over from facts/entities/services/hello.yaml:5: note: New." in done.stderr
    text = (desk / "facts/entities/services/hallo.yaml").read_text()
    assert "formerly: helo\nmerged: hello\n" in text
    assert "Hello Messenger" in text
    assert "ru: Халло" in text
    assert not (desk / "facts/entities/services/hello.yaml").exists()
    assert not (desk / "facts/measures/xa/hello.yaml").exists()
    assert (
        "\n\n# Of summer.\nxa-hello-fine:\n  label: Fine for Hello\n  action: fine\n  target: hallo\n"
        in (desk / "facts/measures/xa/hallo.yaml").read_text()
    )
    assert "  accused: hallo  # both\n" in (desk / "facts/sources/2026/2026-02-01-wire-one-hello.yaml").read_text()
    assert errors() == []
    assert run("tidy", "--check").exit_code == 0


def test_a_merged_measure_keeps_its_id_as_a_former_one(desk, run, errors):
    path = desk / "facts/measures/xa/hallo.yaml"
    path.write_text(
        path.read_text()
        + "\nxa-hallo-slow:\n  label: Slowing of Hallo\n  action: throttle\n  target: hallo\n  country: xa\n  part-of: xa-hallo-throttle\n"
    )
    (desk / SLOW).write_text((desk / SLOW).read_text().replace("about: xa-hallo-throttle", "about: xa-hallo-slow"))
    done = run("merge", "xa-hallo-slow", "xa-hallo-throttle")
    assert done.exit_code == 0, done.stdout
    assert "xa-hallo-slow:" not in path.read_text()
    assert "merged: xa-hallo-slow" in path.read_text()
    assert (desk / SLOW).read_text().count("about: xa-hallo-throttle") == 2
    assert errors() == []
    names = Knowledge.read(Root(desk)).names
    replaced = f"{names('id:xa-hallo-slow')} {names('dcterms:isReplacedBy')} {names('id:xa-hallo-throttle')} "
    assert any(line.startswith(replaced) for line in lines(desk))
    merged = f"{names('id:xa-hallo-slow')} {names('ckb:mergedInto')} {names('id:xa-hallo-throttle')} "
    assert any(line.startswith(merged) for line in lines(desk))


def test_a_merger_has_its_day_if_somebody_says_it(desk, run, errors):
    path = desk / "facts/entities/services/hallo.yaml"
    for old in ("hello", "helo"):
        (desk / f"facts/entities/services/{old}.yaml").write_text(f"label: {old.title()}\nkind: messenger\n")
    assert run("merge", "hello", "hallo", "--date", "2026-03-01").exit_code == 0
    assert run("merge", "helo", "hallo").exit_code == 0
    assert "merged: ['2026-03-01: hello', helo]\n" in path.read_text()
    assert errors() == []
    refused = run("merge", "hello", "chirp")
    assert "hello is a former id of hallo" in refused.stderr
    names = Knowledge.read(Root(desk)).names
    assert [line for line in lines(desk) if f" {names('ckb:mergedOn')} " in line and "2026-03-01" in line]
    assert run("merge", "chirp", "hallo", "--date", "2026-02-30").exit_code == 2


def test_a_measure_that_was_part_of_the_merged_one_is_no_part_of_itself(desk, run, errors):
    path = desk / "facts/measures/xa/hallo.yaml"
    path.write_text(path.read_text().replace("  country: xa\n", "  country: xa\n  part-of: xa-hallo-all\n", 1) + (
        "\nxa-hallo-all:\n  label: All of Hallo\n  action: restriction\n  target: hallo\n  country: xa\n"
    ))  # fmt: skip
    done = run("merge", "xa-hallo-all", "xa-hallo-throttle")
    assert done.exit_code == 0, done.stdout
    assert "taken out of xa-hallo-throttle: part-of: xa-hallo-all" in done.stderr
    assert "part-of" not in path.read_text()
    assert errors() == []


def test_stories_of_a_merged_publisher_are_renamed_and_their_old_ids_lead_on(desk, run, errors):
    done = run("merge", "north-post", "wire-one")
    assert done.exit_code == 0, done.stdout + done.stderr
    moved = desk / "facts/sources/2025/2025-10-07-wire-one-chirp-dark.yaml"
    assert f"formerly: {CHIRP}\n" in moved.read_text()
    assert f"  formerly: {CHIRP}.chirp\n" in moved.read_text()
    assert not (desk / f"facts/sources/2025/{CHIRP}.yaml").exists()
    assert (
        "based-on: 2025-10-07-wire-one-chirp-dark\n"
        in (desk / "facts/sources/2025/2025-10-09-la-gazette-chirp-muet.yaml").read_text()
    )
    assert errors() == []
    checked = run("check", "--no-cache").stdout
    assert "renamed-reference" not in checked
    names = Knowledge.read(Root(desk)).names
    old = f"{names(f'claim:{CHIRP}.chirp')} {names('dcterms:isReplacedBy')} "
    assert any(line.startswith(old) for line in lines(desk))


def test_what_nobody_meant_to_change_stays_in_an_untidy_file(desk, run, errors):
    path = desk / SLOW
    untidy = path.read_text().replace("  stance:", "  stance: ").replace("\n- id: boxes", "\n# here\n\n-   id: boxes  # the id").replace(
        "\n  type: measure\n  says: Engineers", "\n    type:   measure\n    says: Engineers"
    )  # fmt: skip
    block = untidy[untidy.index("-   id: boxes") : untidy.index("- id: monthly")]
    indented = "\n".join(
        f"  {line}" if line.startswith("  ") and not line.startswith("    ") else line for line in block.split("\n")
    )
    indented = indented.replace("    page: boxes", "      page: boxes")
    path.write_text(untidy.replace(block, indented))
    before = all_text(desk)
    assert errors() == []
    done = run("retract", "2025-04-10-wire-one-hallo-slow.boxes", "--because", "misread")
    assert done.exit_code == 0, done.stderr
    gone, new = difference(before, all_text(desk))[SLOW]
    assert gone == []
    assert [line.strip() for line in new] == [
        "status: retracted",
        "status-reason: misread",
        f"status-note: {new[-1].partition(': ')[2]}",
    ]
    assert errors() == []
