"""Values: what a contributor writes after a key, and what it becomes or is met with."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from examples import many
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BASE = """
== entities/countries/xa.yaml
label: Alfania
iso: XA
== entities/agents/daily.yaml
label: The Daily
type: media
== entities/services/blip.yaml
label: Blip
kind: messenger
== measures/xa/blip.yaml
block:
  label: Block
  action: block
  target: blip
  country: xa
"""
SOURCE = """
== sources/2026/s.yaml
title: Title
publisher: daily
language: en
published: 2026-02-11
copies:
  page:
    kind: original
    host: daily
    language: en
    url: https://example.org/a
claims:
- id: c
  type: measure
  says: Blip was blocked.
  about: block
  action: block
  target: blip
  country: xa
  dates: {in-force: {date: 2025-12, phrase: in December}}
  quotes: {page: blocked Blip}
"""


def changed(old: str, new: str) -> str:
    assert SOURCE.count(old) == 1, old
    return BASE + SOURCE.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        # keys
        ("  says:", "  say:", "14:3 unknown-key: 'say' is no key here; did you mean says?"),
        ("title: Title", "titel: Title", "1:1 unknown-key: 'titel' is no key here; did you mean title?"),
        ("    kind: original", "    kidn: original", "7:5 unknown-key: 'kidn' is no key here; did you mean kind?"),
        (
            "phrase: in December",
            "words: in December",
            "19:37 unknown-key: 'words' is no key here; the keys here are date, basis, phrase, note",
        ),
        ("  action: block", "  xyz: block", "16:3 unknown-key: 'xyz' is no key here; the keys here are id, type, says"),
        # kinds of values
        ("title: Title", "title:", "1:7 empty-value: 'title' is empty; give a value or delete the line"),
        (
            "title: Title",
            "title: {a: b}",
            "1:8 not-one-value: 'title' should be a single value; write one word or text after the colon",
        ),
        (
            "  says: Blip was blocked.",
            "  says: []",
            "14:9 empty-value: 'says' is empty; give a value or delete the line",
        ),
        (
            "quotes: {page: blocked Blip}",
            "quotes: blocked Blip",
            "20:11 not-a-mapping: 'quotes' should be 'key: value' lines; write the quote under the key of its copy: page",
        ),
        (
            "dates: {in-force: {date: 2025-12, phrase: in December}}",
            "dates: 2025-12",
            "19:10 not-a-mapping: 'dates' should be 'key: value' lines; write the date under its role: ",
        ),
        (
            "- id: c",
            "- type: measure\n-",
            "12:3 missing-id: a claim needs an 'id'; a short name that is unique in this file, such as facetime-block",
        ),
        # words
        (
            "  action: block",
            "  action: blok",
            "16:11 unknown-word: 'action: blok' is not one of the words for this key; did you mean block? The words are ",
        ),
        (
            "    kind: original",
            "    kind: copied",
            "7:11 unknown-word: 'kind: copied' is not one of the words for this key;",
        ),
        (
            "in-force: {",
            "inforce: {",
            "19:11 unknown-word: 'dates: inforce' is not one of the words for this key; did you mean in-force? The words are ",
        ),
        (
            "  type: measure",
            "  type: mesure",
            "13:9 unknown-type: 'type: mesure' is not known; did you mean measure? The values are ",
        ),
        (
            "  type: measure\n",
            "",
            "12:3 missing-type: needs 'type', which says what keys there may be; add a line 'type: …' with one of ",
        ),
        # ids
        ("- id: c", "- id: The Block", "12:7 wrong-id: 'The Block' can't be an id;"),
        ("- id: c", "- id: a.b", "12:7 wrong-id: 'a.b' can't be an id;"),
        # dates
        (
            "published: 2026-02-11",
            "published: 2026-02-30",
            "4:12 wrong-date: '2026-02-30' is not a date: 2026-02 has 28 days; write a day from 2026-02-01 to 2026-02-28",
        ),
        (
            "published: 2026-02-11",
            "published: 11/02/2026",
            "4:12 wrong-date: '11/02/2026' is not a date: day and month stand in an order that is not the same everywhere; write 2026-02-11 or 2026-11-02, whichever is meant",
        ),
        (
            "published: 2026-02-11",
            "published: [..2026-02-11]",
            "4:12 list-as-date: square brackets make a list in YAML; write the date without brackets",
        ),
        ("published: 2026-02-11", "published: {date: [2025-09..2025-12]}", "4:19 list-as-date"),
        # addresses
        (
            "https://example.org/a",
            "javascript:alert(1)",
            "10:10 wrong-url: 'url: javascript:alert(1)' is not a public web address; write it as the browser shows it",
        ),
        # languages
        (
            "  says: Blip was blocked.",
            "  says: {English: Blip was blocked.}",
            "14:10 unknown-language: 'English' is no language code; write two or three small letters, such as en, fr or ru",
        ),
        (
            "  says: Blip was blocked.",
            "  says: {en-a: Blip was blocked.}",
            "14:10 unknown-language: 'en-a' is no language code",
        ),
    ],
)
def test_a_wrong_value_is_met_with_a_sentence_at_its_place(report, old, new, problem):
    found = report(changed(old, new))
    assert any(line.startswith(f"facts/sources/2026/s.yaml:{problem}") for line in found), found


@pytest.mark.parametrize(
    ("where", "line", "problem"),
    [
        ("  country: xa\n  dates", "value: 12", "unknown-key"),
        (
            "  country: xa\n  dates",
            "people: three",
            "wrong-number: 'people: three' is not a whole number; write digits only, such as 100000000",
        ),
        ("  country: xa\n  dates", "people: 1,000", "wrong-number"),
        ("  country: xa\n  dates", "people: 1e3", "wrong-number"),
        ("  country: xa\n  dates", "people: 007", "wrong-number"),
        ("  country: xa\n  dates", "people: " + "9" * 30, "wrong-number"),
        ("  country: xa\n  dates", "people: ٣", "wrong-number"),
    ],
)
def test_a_number_is_written_in_digits(report, where, line, problem):
    [found] = report(changed(where, f"  {line}\n{where}"))
    assert problem in found


@pytest.mark.parametrize(
    "day", ["2026-02-30", "2026-02", "11/02/2026", "2026-2-1", "20260211", "yesterday", "2026-W07-1"]
)
def test_the_day_of_reading_is_a_full_date(report, day):
    [found] = report(changed("    language: en\n    url", f"    language: en\n    retrieved: {day}\n    url"))
    assert (
        f"10:16 wrong-full-date: 'retrieved: {day}' is not a full date; write year-month-day, such as 2026-02-11"
        in found
    )


def test_claims_and_errors_must_be_lists(report):
    assert (
        "not-a-list: 'claims' should be a list; begin each item with '- '"
        in report(BASE + SOURCE.partition("claims:")[0] + "claims:\n  c: {type: measure}\n")[0]
    )
    assert (
        "not-a-list: 'errors' should be a list"
        in report(changed("    language: en\n    url", "    language: en\n    errors: {reads: a, means: b}\n    url"))[
            0
        ]
    )


def test_all_problems_of_all_files_are_listed_in_the_order_of_files_and_lines(report):
    broken = (
        changed("title: Title", "titel: Title")
        .replace(
            "action: block\n  target: blip\n  country: xa\n  dates",
            "action: blok\n  target: blup\n  country: NO\n  dates",
        )
        .replace("iso: XA", "isso: XA")
    )
    places = [line.split(" ")[0] for line in report(broken)]
    assert places == [
        f"facts/{place}"
        for place in (
            "entities/countries/xa.yaml:2:1",
            "sources/2026/s.yaml:1:1",
            "sources/2026/s.yaml:16:11",
            "sources/2026/s.yaml:17:11",
            "sources/2026/s.yaml:18:12",
        )
    ]


def said(knowledge, subject: str, property_: str) -> list[str]:
    """What is stated, in the words of N-Triples with CURIEs for names."""
    names = knowledge.names
    start = f"{names(subject)} {names(property_)} "
    return sorted(line.removeprefix(start).rpartition(" <")[0] for line in knowledge.lines() if line.startswith(start))


def test_a_date_becomes_its_text_its_bounds_and_its_basis(read):
    knowledge = read(BASE + SOURCE)
    date, names = "claim:s.c#date-in-force", knowledge.names
    assert said(knowledge, date, "ckb:edtf") == [f'"2025-12"^^{names("edtf:EDTF")}']
    assert said(knowledge, date, "ckb:earliestStart") == [f'"2025-12-01T00:00:00Z"^^{names("xsd:dateTime")}']
    assert said(knowledge, date, "ckb:latestStart") == [f'"2025-12-31T00:00:00Z"^^{names("xsd:dateTime")}']
    assert said(knowledge, date, "ckb:basis") == [names("basis:relative")]
    assert said(knowledge, date, "ckb:anchor") == [names("source:s#published")]
    assert said(knowledge, date, "ckb:role") == [names("role:in-force")]


def test_a_date_without_a_phrase_is_stated_and_has_no_anchor(read):
    knowledge = read(changed("{date: 2025-12, phrase: in December}", "2025-12"))
    assert said(knowledge, "claim:s.c#date-in-force", "ckb:basis") == [knowledge.names("basis:stated")]
    assert said(knowledge, "claim:s.c#date-in-force", "ckb:anchor") == []


def test_a_claim_inherits_the_speaker_and_the_status_of_its_source(read):
    knowledge = read(changed("title: Title", "title: Title\nstatus: accepted"))
    assert said(knowledge, "claim:s.c", "ckb:speaker") == [knowledge.names("id:daily")]
    assert said(knowledge, "claim:s.c", "ckb:status") == [knowledge.names("review:accepted")]


def test_a_claim_of_its_own_speaker_and_status_keeps_them(read):
    knowledge = read(changed("  says: Blip was blocked.", "  says: x\n  speaker: blip\n  status: rejected"))
    assert said(knowledge, "claim:s.c", "ckb:speaker") == [knowledge.names("id:blip")]
    assert said(knowledge, "claim:s.c", "ckb:status") == [knowledge.names("review:rejected")]


def test_defaults_of_the_shapes_are_filled_in(read):
    knowledge = read(BASE + SOURCE)
    names = knowledge.names
    assert said(knowledge, "claim:s.c", "ckb:status") == [names("review:candidate")]
    assert said(knowledge, "claim:s.c", "ckb:stance") == [names("stance:asserts")]
    assert said(knowledge, "claim:s.c", "ckb:phase") == [names("phase:in-force")]
    assert said(knowledge, "claim:s.c", "ckb:region") == ['"unknown"']


def test_the_way_from_speaker_to_publisher_keeps_its_order(read):
    knowledge = read(changed("  says: Blip was blocked.", "  says: x\n  via: [daily, daily]"))
    names = knowledge.names
    assert said(knowledge, "claim:s.c", "ckb:step") == [names("claim:s.c#via-1"), names("claim:s.c#via-2")]
    assert said(knowledge, "claim:s.c#via-2", "ckb:rank") == [f'"2"^^{names("xsd:integer")}']


def test_a_thing_has_its_class_and_all_classes_above_it(read):
    knowledge = read(BASE + SOURCE)
    names = knowledge.names
    assert said(knowledge, "id:blip", "rdf:type") == sorted(
        names(f"ckb:{c}") for c in ("Service", "Party", "Target", "Entity")
    )


def test_quotes_carry_the_language_of_their_copy_and_the_title_that_of_the_source(read):
    knowledge = read(changed("language: en\npublished", "language: fr\npublished"))
    assert said(knowledge, "source:s", "dcterms:title") == ['"Title"@fr']
    assert said(knowledge, "claim:s.c#quote-1", "ckb:quote") == ['"blocked Blip"@en']


def test_the_country_of_norway_is_no_truth_value(read):
    knowledge = read(
        BASE + "== entities/countries/no.yaml\nlabel: Norway\niso: NO\n" + SOURCE.replace("country: xa", "country: no")
    )
    assert knowledge.text_problems == []
    assert said(knowledge, "claim:s.c", "ckb:country") == [knowledge.names("id:no")]
    assert said(knowledge, "id:no", "ckb:isoCode") == ['"NO"']


@pytest.mark.parametrize(
    "language", ["english", "en-", "en-a", "x y", "en> <evil:x", "ünï", "123", "''", "[en, fr]", "{en: fr}"]
)
def test_a_wrong_language_never_breaks_the_data(read, language):
    for text in (
        changed("language: en\npublished", f"language: {language}\npublished"),
        changed("    language: en\n    url", f"    language: {language}\n    url"),
    ):
        lines = list(read(text).lines())
        assert len(list(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))) == len(lines)


@settings(max_examples=many(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1).filter(
        lambda text: text.strip()
    )
)
def test_any_text_in_any_place_makes_data_that_can_be_read(read, text):
    import yaml

    written = yaml.dump(text, default_style='"', width=10**6, allow_unicode=True).strip()
    changed_text = SOURCE
    for old in (
        "Title",
        "daily\nlanguage",
        "en\npublished",
        "2026-02-11",
        "https://example.org/a",
        "Blip was blocked.",
        "in December",
        "blocked Blip",
    ):
        changed_text = changed_text.replace(old, written + old[old.find("\n") :] if "\n" in old else written)
    lines = list(read(BASE + changed_text).lines())
    assert len(list(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))) == len(lines)
