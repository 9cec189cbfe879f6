"""Predictions are measured as a reader would judge them: action and target first, then what would need correcting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from examples import many
from hypothesis import given, settings
from hypothesis import strategies as st

from censorkb.cli import main
from censorkb.extract.agreement import agreement, overlaps
from censorkb.extract.gold import Action, Article, Claim, Status, read, read_texts
from censorkb.extract.match import match
from censorkb.extract.roster import Roster, fold
from censorkb.extract.score import score
from censorkb.extract.tally import Tally, rates
from censorkb.root import Root

TOY = Path(__file__).resolve().parents[1] / "toy"
NOBODY = Roster()
TEXT = "On Monday Alfania blocked Blip. Its board then slowed Chirp, users said.\nHallo works."


def claim(target: str = "Blip", action: str = "block", status: str = "enacted", **slots) -> Claim:
    return Claim(action=Action(action), status=Status(status), target=target, **{"country": "XA", **slots})


def article(*claims: Claim, name: str = "a", lang: str = "en", text: str = "") -> dict[str, Article]:
    return {name: Article(id=name, claims=claims, lang=lang, text=text)}


def counts(gold: dict[str, Article], found: dict[str, Article], roster: Roster = NOBODY) -> tuple[int, int, int, int]:
    return score(gold, found, {}, roster).rows[0].tally.counts


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster.read(Root(TOY))


# --- what counts as found


def test_the_same_act_is_found_whatever_its_other_slots():
    assert counts(article(claim(date="2025")), article(claim(status="ordered", date="2024"))) == (1, 1, 1, 0)


def test_another_target_is_both_missed_and_made_up():
    assert counts(article(claim("Blip")), article(claim("Chirp"))) == (1, 1, 0, 0)


def test_another_action_is_not_the_same_act():
    assert counts(article(claim(action="throttle")), article(claim(action="block"))) == (1, 1, 0, 0)


def test_a_threat_to_block_is_a_block_that_is_threatened():
    gold = article(claim(action="threaten-block", status="threatened"))
    assert counts(gold, article(claim(action="block", status="threatened"))) == (1, 1, 1, 1)
    assert counts(gold, article(claim(action="block", status="enacted"))) == (1, 1, 1, 0)


def test_a_claim_told_twice_counts_once():
    twice = article(claim(quote="blocked Blip"), claim(quote="Blip was blocked", agent="Board"))
    assert counts(article(claim()), twice) == (1, 1, 1, 1)


def test_one_prediction_can_stand_for_one_claim_only():
    gold = article(claim(date="2024"), claim(date="2025"))
    assert counts(gold, article(claim(date="2025"))) == (2, 1, 1, 1)


def test_of_two_claims_the_one_that_agrees_is_taken():
    gold, found = (claim(date="2024"), claim(date="2025")), (claim(date="2025"), claim(date="2024"))
    assert [(p.gold.date, p.found.date) for p in match(gold, found, NOBODY).pairs] == [
        ("2024", "2024"),
        ("2025", "2025"),
    ]


def test_an_optional_claim_counts_neither_for_nor_against():
    gold = article(claim("Blip"), claim("Chirp", optional=True))
    assert counts(gold, article(claim("Blip"))) == counts(gold, article(claim("Blip"), claim("Chirp"))) == (1, 1, 1, 1)


def test_a_further_name_in_the_gold_is_right():
    assert counts(article(claim("Radio Alfa", aka=("Радио Альфа",))), article(claim("радио альфа"))) == (1, 1, 1, 1)


def test_names_of_the_knowledge_base_are_one_target(roster):
    gold = article(claim("Blip"))
    assert counts(gold, article(claim("Blip Messenger")), roster) == (1, 1, 1, 1)
    assert counts(gold, article(claim("Блип")), roster) == (1, 1, 1, 1)
    assert counts(gold, article(claim("Blip Messenger"))) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "name", ["mobile internet", "internet", "the Internet", "fixed internet", "fibre optic internet"]
)
def test_all_kinds_of_internet_access_are_one_target(name):
    assert counts(article(claim("internet", action="shutdown")), article(claim(name, action="shutdown"))) == (
        1,
        1,
        1,
        1,
    )


def test_a_network_of_the_knowledge_base_is_internet_access(roster):
    gold = article(claim("mobile internet", action="shutdown"))
    assert counts(gold, article(claim("Mobile internet in Alfania", action="shutdown")), roster) == (1, 1, 1, 1)


# --- what counts as right


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("2025-03", "2025-03-14", True),
        ("2025-03-14", "2025", True),
        ("2025-03-14", "2025-03-15", False),
        ("2025-03-14", None, False),
        (None, "2025-03-14", True),
        (None, None, True),
        ("../2026-02-11", "2026-02", True),
        ("../2026-02-11", "2026-03", False),
        ("2021-06/2021-08", "2021-07-03", True),
        ("2021-06/2021-08", "2021-09", False),
        ("2025/..", "2026", False),
        ("2025..2026", "2026-05", True),
        ("/2025", "2024-01", True),
        ("2021-22", "2021-08-31", True),
        ("2021-22", "2021-09-01", False),
        ("2021-24", "2022-02-28", True),
        ("2021-24", "2021-11", False),
    ],
)
def test_dates_agree_if_one_day_fits_both(gold, found, right):
    assert ("date" in agreement(claim(date=gold), claim(date=found), NOBODY).slots) is right


def test_the_precision_of_a_date_is_its_form():
    assert "as precise" in agreement(claim(date="2025-03"), claim(date="2024-11"), NOBODY).slots
    assert "as precise" not in agreement(claim(date="2025-03"), claim(date="2025-03-14"), NOBODY).slots


def test_an_agent_can_be_of_the_right_state_only(roster):
    gold = claim(agent="Communications Board of Alfania")
    slots = agreement(gold, claim(agent="Presidency of Alfania"), roster).slots
    assert "state" in slots
    assert "agent" not in slots
    assert "agent" in agreement(gold, claim(agent="Совет по связи Альфании"), roster).slots
    assert "state" not in agreement(gold, claim(agent=None), roster).slots


def test_an_agent_of_another_state_is_wrong(roster):
    slots = agreement(
        claim(agent="Communications Board of Alfania"), claim(agent="High Court of Borduria"), roster
    ).slots
    assert "agent" not in slots


def test_words_are_evidence_if_they_touch_the_sentence_of_the_quote():
    gold = claim("Chirp", quote="slowed Chirp")
    start = TEXT.index("Its board")
    assert overlaps(TEXT, gold, claim(start=start, end=start + 3))
    assert not overlaps(TEXT, gold, claim(start=0, end=9))
    assert not overlaps(TEXT, gold, claim(start=TEXT.index("Hallo"), end=len(TEXT)))


def test_words_that_stand_elsewhere_are_counted():
    found = article(claim(quote="blocked Blip", start=0, end=12), claim("Chirp", quote="On Monday", start=0, end=9))
    assert score(article(claim()), found, {"a": TEXT}, NOBODY).loose == 1


# --- what is reported


def test_an_article_with_nothing_to_find_must_stay_empty():
    gold = article() | article(name="b") | article(claim(), name="c")
    found = article(claim()) | article(name="b") | article(claim(), name="c")
    result = score(gold, found, {}, NOBODY)
    assert (result.silent, result.kept_silent, result.made_up) == (2, 1, 1)


def test_rows_are_all_then_languages_then_actions():
    gold = article(claim(), lang="ru") | article(claim(action="fine"), name="b", lang="fr")
    assert [row.name for row in score(gold, {}, {}, NOBODY).rows] == ["all", "fr", "ru", "block", "fine"]


def test_an_article_without_a_prediction_is_taken_as_empty():
    result = score(article(claim()), article(name="z"), {}, NOBODY)
    assert (result.missing, result.unknown) == (["a"], ["z"])
    assert result.rows[0].tally.counts == (1, 0, 0, 0)


tallies = st.builds(
    lambda gold, found, matched, strict: Tally(
        gold, found, min(matched, gold, found), min(strict, matched, gold, found)
    ),
    *[st.integers(0, 9)] * 4,
)


@settings(max_examples=many(20), deadline=None)  # each draws a thousand samples
@given(st.lists(tallies, max_size=12))
def test_a_rate_lies_between_nothing_and_all_and_so_does_its_interval(rows):
    for rate in rates(rows).values():
        assert rate.value is None or 0 <= rate.value <= 1
        if rate.low is not None:
            assert 0 <= rate.low <= rate.high <= 1


@settings(max_examples=many(5), deadline=None)
@given(st.lists(tallies, min_size=2, max_size=12))
def test_intervals_are_the_same_in_every_run(rows):
    assert rates(rows) == rates(list(rows))


def test_an_interval_narrows_as_articles_are_added():
    few = rates([Tally(4, 4, 4, 4), Tally(4, 4, 2, 2)] * 3)["f1"]
    many = rates([Tally(4, 4, 4, 4), Tally(4, 4, 2, 2)] * 30)["f1"]
    assert few.value == many.value == 0.75
    assert few.low < many.low < 0.75 < many.high < few.high


@given(st.text())
def test_folding_a_name_twice_changes_nothing_more(name):
    assert fold(fold(name)) in (fold(name), fold(name).removeprefix("the "))


# --- the command


def row(name: str, *claims: dict, **more) -> str:
    return json.dumps({"id": name, "claims": claims, **more}, ensure_ascii=False)


BLOCK = {
    "action": "block", "target": "Blip", "agent": None, "country": "XA", "date": "2025-03", "status": "enacted",
    "quote": "blocked Blip",
}  # fmt: skip


def evaluate(*words: str | Path) -> Result:
    return CliRunner().invoke(
        main, ["evaluate", "--root", str(TOY), *(str(word) for word in words)], catch_exceptions=False
    )


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_text(f"{row('a', BLOCK, lang='en', text=TEXT)}\n{row('b', lang='fr')}\n", "utf-8")
    start = TEXT.index("blocked Blip")
    predicted.write_text(f"{row('a', {**BLOCK, 'start': start, 'end': start + 12})}\n{row('b')}\n", "utf-8")
    return gold, predicted


def test_a_perfect_prediction_is_shown_as_such(files):
    result = evaluate(files[0], "--predicted", files[1])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[1].split()[:6] == ["all", "2", "1", "1", "1.0", "(1.0-1.0)"]
    assert "1 of 1 kept so; 0 claims made up, 0 per 1,000 articles" in result.stdout
    assert result.stderr == ""


def test_of_articles_with_nothing_to_find_only_that_is_said(files):
    files[0].write_text(row("b", lang="fr"), "utf-8")
    assert evaluate(files[0], "--predicted", files[1]).stdout == (
        "Articles with nothing to find: 1 of 1 kept so; 0 claims made up, 0 per 1,000 articles.\n"
    )


def test_json_has_the_numbers_in_full(files):
    shown = json.loads(evaluate(files[0], "--predicted", files[1], "--format", "json").stdout)
    assert [r["name"] for r in shown["rows"]] == ["all", "en", "fr", "block"]
    assert shown["rows"][0]["rates"]["strict f1"]["value"] == 1
    assert shown["rows"][0]["evidence"] == 1
    assert shown["loose"] == 0


def test_errors_name_the_claim_and_what_was_found(files):
    files[1].write_text(row("a", {**BLOCK, "date": "2024"}, {**BLOCK, "target": "Chirp"}), "utf-8")
    assert evaluate(files[0], "--predicted", files[1], "--errors").stdout.splitlines() == [
        "a  wrong   block | enacted | Chirp | XA | 2025-03",
        "a  slots   block | enacted | Blip | XA | 2025-03 -> date 2024",
    ]


def test_texts_can_lie_in_a_folder(files, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT.replace("blocked", "blocked blocked"), "utf-8")
    result = evaluate(files[0], "--predicted", files[1], "--articles", folder)
    assert "do not stand at their place in the text: 1" in result.stdout
    assert "no text for 1 of 2 articles" in result.stderr


def test_texts_of_a_folder_that_are_not_utf8_are_named(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff")
    assert [problem.rule for problem in read_texts(tmp_path)[1]] == ["not-utf8"]


def test_articles_without_a_prediction_are_mentioned(files):
    files[1].write_text(row("a", BLOCK), "utf-8")
    assert "no prediction for 1 of 2 articles" in evaluate(files[0], "--predicted", files[1]).stderr


def test_without_predictions_the_rules_are_tried_on_the_texts(tmp_path):
    gold = tmp_path / "gold.jsonl"
    text = "Russia blocked the messenger Signal on Friday, the regulator said."
    claim = {
        **BLOCK,
        "target": "Signal",
        "country": "RU",
        "date": "2025-03-14",
        "quote": "blocked the messenger Signal",
    }
    gold.write_text(row("a", claim, lang="en", published="2025-03-14", text=text), "utf-8")
    shown = json.loads(evaluate(gold, "--format", "json").stdout)
    assert shown["rows"][0]["strict"] == 1
    assert shown["rows"][0]["evidence"] == 1
    assert shown["loose"] == 0


def test_without_predictions_and_texts_there_is_nothing_to_measure(files):
    files[0].write_text(row("a", BLOCK, lang="en"), "utf-8")
    result = evaluate(files[0])
    assert result.exit_code == 2
    assert "give --articles" in result.stderr


def test_predictions_for_other_articles_are_wrong_use(files):
    files[1].write_text(row("z", BLOCK), "utf-8")
    result = evaluate(files[0], "--predicted", files[1])
    assert result.exit_code == 2
    assert "no prediction for any article" in result.stderr


@pytest.mark.parametrize(
    ("line", "rule", "said"),
    [
        (b"{", "not-a-json-line", "is not JSON"),
        (b"\xff\xfe", "not-a-json-line", "is not JSON"),
        (b'{"x": ' + b"[" * 100_000, "not-a-json-line", "is not JSON"),
        (b'{"id": "a"}', "wrong-gold-value", "claims"),
        (row("a", {**BLOCK, "action": "blok"}).encode(), "wrong-gold-value", "blok"),
        (row("a", {**BLOCK, "target": 5}).encode(), "wrong-gold-value", "target"),
        (row("a", {**BLOCK, "date": "12.3.2025"}).encode(), "wrong-date", "12.3.2025"),
        (row("a", {**BLOCK, "date": "2025-02-30"}).encode(), "wrong-date", "28 days"),
        (row("a", {**BLOCK, "quote": "one " * 13}).encode(), "long-quote", "12 words"),
        (row("a", BLOCK, text="Nothing.").encode(), "quote-not-in-article", "do not stand"),
        (row("a").encode() + b"\n" + row("a").encode(), "twice-in-gold", "'a'"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, rule, said):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n" + line + b"\n")
    _, problems = read(path)
    assert [problem.rule for problem in problems] == [rule]
    assert said in problems[0].message
    assert str(problems[0].place).startswith("gold.jsonl:")


def test_a_wrong_line_stops_the_command_with_its_place(files):
    files[0].write_text("nonsense\n", "utf-8")
    result = evaluate(files[0], "--predicted", files[1])
    assert result.exit_code == 3
    assert "gold.jsonl:1:1 error not-a-json-line" in result.stderr
    assert result.stdout == ""


def test_a_file_of_another_kind_is_not_reported_line_by_line_without_end(files):
    files[0].write_text("nonsense\n" * 50, "utf-8")
    result = evaluate(files[0], "--predicted", files[1])
    assert result.exit_code == 3
    assert len(result.stderr.splitlines()) < 25
    assert "and 40 more" in result.stderr


def test_without_a_knowledge_base_it_is_said_that_names_are_compared_as_written(files, tmp_path):
    result = CliRunner().invoke(
        main, ["evaluate", str(files[0]), "--predicted", str(files[1]), "--root", str(tmp_path)], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert "names are compared as they are written" in result.stderr


def test_control_characters_of_a_stranger_are_not_printed(files):
    files[1].write_text(row("a", {**BLOCK, "target": "\x1b[31mBlip"}), "utf-8")
    result = evaluate(files[0], "--predicted", files[1], "--errors")
    assert "\x1b" not in result.stdout
    assert "\\u001b[31mBlip" in result.stdout
