"""References: a wrong one gets a hint, a renamed one is forwarded, and what can't be read is not called wrong."""

from __future__ import annotations

import pytest

BASE = """
== entities/countries/ru.yaml
label: {en: Russia, fr: Russie, ru: Россия}
aliases: {en: Russian Federation}
iso: RU
== entities/countries/no.yaml
label: {en: Norway, fr: Norvège}
iso: "NO"
== entities/agents/roskomnadzor.yaml
label: {en: Roskomnadzor, ru: Роскомнадзор}
type: authority
country: ru
== entities/agents/reuters.yaml
label: Reuters
type: media
== entities/agents/this-or-that.yaml
label: This or That
type: media
== entities/services/whatsapp.yaml
label: WhatsApp
aliases: {fr: [Ouatsap], ru: [Вотсап]}
kind: messenger
== measures/ru/whatsapp.yaml
ru-whatsapp-block:
  label: Block of WhatsApp in Russia
  action: block
  target: whatsapp
  country: ru
"""

SOURCE = """
== sources/2026/s1.yaml
title: Title
publisher: reuters
language: en
published: 2026-02-11
copies:
  page: {kind: original, host: reuters, language: en, url: https://example.org/a}
claims:
- id: block
  type: measure
  says: WhatsApp was blocked in Russia in 2026.
  about: ru-whatsapp-block
  action: block
  target: whatsapp
  country: ru
  quotes: {page: blocked WhatsApp}
"""


def test_good_references_are_silent(report):
    assert report(BASE + SOURCE) == []


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("rus", "did you mean ru?"),
        ("Russia", "write ru"),
        ("russia", "write ru"),
        ("Russie", "write ru"),
        ("Россия", "write ru"),
        ("Росия", "did you mean ru?"),
        ("Russian Federation", "write ru"),
        ("RU", "write ru"),
        ("NO", "write no"),
        ("Norvege", "did you mean no?"),
        ("atlantis", "or add the file facts/entities/countries/atlantis.yaml"),
        ("Atlantis!", "look for its id in facts/entities/countries/, or add a file for it there"),
        ("Нигде", "look for its id in facts/entities/countries/, or add a file for it there"),
        ("ru> <http://evil", "look for its id in facts/entities/countries/, or add a file for it there"),
    ],
)
def test_an_unknown_id_is_met_with_the_nearest_by_id_or_by_name_in_any_language(report, written, hint):
    [problem] = report(BASE + SOURCE.replace("country: ru", f"country: '{written}'"))
    assert problem.startswith("facts/sources/2026/s1.yaml:14:12 unknown-reference: ")
    assert "there is no country with that id" in problem
    assert hint in problem


@pytest.mark.parametrize(
    ("written", "hint"),
    [("whatsap", "whatsapp"), ("WhatsApp", "whatsapp"), ("Ouatsap", "whatsapp"), ("вотсап", "whatsapp")],
)
def test_aliases_count_as_names(report, written, hint):
    [problem] = report(BASE + SOURCE.replace("target: whatsapp", f"target: {written}"))
    assert problem.endswith((f"; write {hint}", f"; did you mean {hint}?"))


def test_a_name_with_the_word_or_in_it_is_a_name_like_others(report):
    [problem] = report(BASE + SOURCE.replace("publisher: reuters", "publisher: This or that"))
    assert "write this-or-that" in problem


def test_an_id_that_is_also_a_name_of_something_else_is_hinted_at(report):
    other = "== entities/services/z-for-business.yaml\nlabel: WhatsApp\nkind: messenger\n"
    [problem] = report(BASE + other + SOURCE.replace("target: whatsapp", "target: whatsap"))
    assert "did you mean whatsapp?" in problem


def test_every_wrong_reference_of_a_list_is_named(report):
    problems = report(BASE + SOURCE.replace("target: whatsapp", "target: [whatsap, whatsapp, signal]"))
    assert [problem.split(" ")[0] for problem in problems] == [
        "facts/sources/2026/s1.yaml:13:12",
        "facts/sources/2026/s1.yaml:13:31",
    ]


def test_a_reference_to_a_thing_of_another_kind_says_of_which(report):
    [problem] = report(BASE + SOURCE.replace("publisher: reuters", "publisher: ru"))
    assert "2:12 reference-of-another-kind: 'publisher: ru' is of the wrong kind: it is listed as country" in problem


def test_a_reference_may_name_any_class_above(report):
    assert report(BASE + SOURCE.replace("  about:", "  speaker: whatsapp\n  actor: roskomnadzor\n  about:")) == []


def test_a_claim_of_the_same_file_is_hinted_at_without_its_source(report):
    claim = "- id: users\n  type: position\n  says: x\n  position: criticism\n  subject: whatsapp\n  disputes: blok\n  quotes: {page: a}\n"
    [problem] = report(BASE + SOURCE + claim)
    assert "did you mean block?" in problem


def test_a_claim_of_another_file_is_named_with_its_source(report):
    other = (
        SOURCE.replace("s1.yaml", "s2.yaml")
        .replace("example.org/a", "example.org/b")
        .replace("  about:", "  confirms: s1.block\n  about:")
    )
    assert report(BASE + SOURCE + other) == []
    [problem] = report(BASE + SOURCE + other.replace("s1.block", "s1.blok"))
    assert "did you mean s1.block" in problem


# renamed


def test_a_renamed_id_is_forwarded_with_a_warning(read):
    renamed = BASE.replace(
        "== entities/services/whatsapp.yaml\n", "== entities/services/whatsapp.yaml\nformerly: [whats-app, wa]\n"
    )
    knowledge = read(renamed + SOURCE.replace("target: whatsapp", "target: wa"))
    [problem] = knowledge.text_problems
    assert (str(problem.place), problem.rule, problem.severity, problem.fix) == (
        "facts/sources/2026/s1.yaml:13:11",
        "renamed-reference",
        "warning",
        "write whatsapp",
    )
    lines = "".join(knowledge.lines())
    names = knowledge.names
    assert f"{names('claim:s1.block')} {names('ckb:concerns')} {names('id:whatsapp')} " in lines
    assert f"{names('ckb:concerns')} {names('id:wa')}" not in lines
    assert f"{names('id:wa')} {names('dcterms:isReplacedBy')} {names('id:whatsapp')} " in lines
    assert f"{names('id:whats-app')} {names('dcterms:isReplacedBy')} {names('id:whatsapp')} " in lines


def test_a_renamed_claim_and_a_renamed_source_are_forwarded(report):
    renamed = SOURCE.replace("- id: block\n", "- id: block\n  formerly: [s1.ban, s0.ban]\n").replace(
        "title: Title", "title: Title\nformerly: s0"
    )
    other = (
        SOURCE.replace("s1.yaml", "s2.yaml")
        .replace("example.org/a", "example.org/b")
        .replace("title: Title", "title: Title\nbased-on: s0")
    )
    problems = report(BASE + renamed + other.replace("  about:", "  confirms: [s1.ban, s0.ban]\n  about:"))
    assert [problem.split(" ")[1] for problem in problems] == ["renamed-reference:"] * 3


def test_a_former_id_can_not_be_used_again(report):
    renamed = BASE.replace(
        "== entities/services/whatsapp.yaml\n", "== entities/services/whatsapp.yaml\nformerly: reuters\n"
    )
    [problem] = report(renamed + SOURCE)
    assert "duplicate-id: the id 'reuters' is used twice, here and at facts/entities/agents/reuters.yaml:1:1" in problem


def test_nothing_was_formerly_itself_or_something_that_can_be_no_id(report):
    for old in ("whatsapp", "Whats App"):
        [problem] = report(
            BASE.replace(
                "== entities/services/whatsapp.yaml\n", f"== entities/services/whatsapp.yaml\nformerly: {old}\n"
            )
        )
        assert "wrong-id" in problem or "duplicate-id" in problem


# twice


def test_an_id_used_twice_names_the_first_place(report):
    claim = (
        "- id: block\n  type: position\n  says: x\n  position: criticism\n  subject: whatsapp\n  quotes: {page: a}\n"
    )
    [problem] = report(BASE + SOURCE + claim)
    assert problem.startswith(
        "facts/sources/2026/s1.yaml:16:7 duplicate-id: the id 'block' is used twice, here and at facts/sources/2026/s1.yaml:8:7"
    )


def test_entities_and_measures_share_one_space_of_ids(report):
    [problem] = report(BASE + "== entities/agents/ru-whatsapp-block.yaml\nlabel: X\ntype: company\n")
    assert "duplicate-id" in problem


# nothing else fails because of it


@pytest.mark.parametrize(
    ("path", "broken"),
    [
        ("entities/countries/ru.yaml", "label: [\n"),
        ("entities/countries/ru.yaml", "label: &a x\niso: *a\n"),
        ("entities/countries/ru.yaml", ""),
        ("entities/countries/ru.yaml", "- label\n"),
        ("entities/services/whatsapp.yaml", "label: a: b\n"),
        ("entities/agents/reuters.yaml", "label: Reuters\n"),
        ("entities/agents/reuters.yaml", "label: Reuters\ntype: medium\n"),
        ("entities/agents/reuters.yaml", "label: Reuters\ntype: [media]\n"),
        ("measures/ru/whatsapp.yaml", "ru-whatsapp-block: {\n"),
        ("measures/ru/whatsapp.yaml", "ru-whatsapp-block: a block\n"),
    ],
)
def test_nobodys_reference_is_wrong_because_a_file_can_not_be_read(report, path, broken):
    problems = report(BASE + SOURCE + f"== {path}\n{broken}")
    assert len([problem for problem in problems if not problem.startswith(f"facts/{path}:")]) == 0
    assert len(problems) >= 1


@pytest.mark.parametrize("broken", ["title: [\n", "title: a\ntitle: b: c\n", "\ttitle: a\n", ""])
def test_nobodys_claim_is_wrong_because_its_source_can_not_be_read(report, broken):
    other = (
        SOURCE.replace("s1.yaml", "s2.yaml")
        .replace("  about:", "  confirms: s1.block\n  about:")
        .replace("title: Title", "title: Title\nbased-on: s1")
    )
    problems = report(BASE + other + f"== sources/2026/s1.yaml\n{broken}")
    assert problems
    assert all(problem.startswith("facts/sources/2026/s1.yaml:") for problem in problems)


def test_nobodys_reference_is_wrong_because_a_claim_has_no_kind_that_is_known(report):
    other = (
        SOURCE.replace("s1.yaml", "s2.yaml")
        .replace("example.org/a", "example.org/b")
        .replace("  about:", "  confirms: s1.block\n  about:")
    )
    [problem] = report(BASE + other + SOURCE.replace("type: measure", "type: mesure"))
    assert "unknown-type" in problem


def test_a_word_that_can_be_no_id_is_wrong_even_if_a_file_can_not_be_read(report):
    problems = report(
        BASE + SOURCE.replace("target: whatsapp", "target: What's Up") + "== measures/ru/whatsapp.yaml\n{\n"
    )
    assert [problem.split(" ")[1] for problem in problems] == ["yaml-syntax:", "unknown-reference:"]


def test_quotes_are_not_wrong_because_the_copies_can_not_be_read(report):
    for broken in ("copies: page", "copies:\n  Page One: {kind: original}"):
        start, _, rest = SOURCE.partition("copies:")
        [problem] = report(BASE + start + broken + "\nclaims:" + rest.partition("claims:")[2])
        assert "wrong-id" in problem or "not-a-mapping" in problem


def test_a_quote_of_no_copy_names_the_copies(report):
    [problem] = report(BASE + SOURCE.replace("{page: blocked", "{pag: blocked"))
    assert "unknown-copy: 'pag' is not a copy of this source; did you mean page? Its copies are page." in problem


def test_a_quote_without_any_copy_says_so(report):
    text = SOURCE.replace(
        "copies:\n  page: {kind: original, host: reuters, language: en, url: https://example.org/a}\n", ""
    )
    [problem] = report(BASE + text)
    assert "none yet" in problem
