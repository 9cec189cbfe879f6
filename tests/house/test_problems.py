"""The catalogue of problems: every rule is used, every use is in it, and every gap in its words is filled."""

from __future__ import annotations

import ast
import string
import tomllib
from pathlib import Path

import pytest

from censorkb.problem import LONGEST_SHOWN, Place, Severity, did_you_mean, listed, problem, rules, shown

CATALOGUE = tomllib.loads((Path(__file__).parents[2] / "src/censorkb/problems.toml").read_text("utf-8"))
SAYERS = {"problem": 1, "complain": 1, "_refuse": 1}


def uses(modules) -> list[tuple[str, str, set[str] | None]]:
    """Where a rule is spoken, its name, and the names of the values given (None if they can't be seen)."""
    found = []
    for module in modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in SAYERS or len(node.args) <= SAYERS[name]:
                continue
            values = {k.arg for k in node.keywords}
            rule = node.args[SAYERS[name]]
            parts = (rule.body, rule.orelse) if isinstance(rule, ast.IfExp) else (rule,)
            named = [part.value for part in parts if isinstance(part, ast.Constant)]
            found += [(f"{module.name}:{node.lineno}", word, None if None in values else values) for word in named]
    return found


def gaps(rule: str) -> set[str]:
    words = CATALOGUE[rule]["message"] + CATALOGUE[rule].get("fix", "")
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def test_every_rule_is_used(modules):
    assert set(CATALOGUE) - {rule for _, rule, _ in uses(modules)} == set()


def test_every_use_is_of_a_rule(modules):
    assert [(where, rule) for where, rule, _ in uses(modules) if rule not in CATALOGUE] == []


def test_every_gap_is_filled(modules):
    for where, rule, values in uses(modules):
        assert values is None or gaps(rule) <= values, f"{where} {rule}: {gaps(rule) - values}"


def test_every_rule_says_what_is_wrong_and_what_to_write():
    assert tuple(CATALOGUE) == rules()
    for rule, entry in CATALOGUE.items():
        assert set(entry) <= {"message", "fix", "severity"}, rule
        assert entry["message"], rule
        assert entry["fix"], rule
        assert entry.get("severity", "error") in list(Severity), rule


def test_a_problem_has_the_words_of_its_rule_filled_in():
    made = problem(Place("f", 2, 3), "duplicate-key", key="label", line=1)
    assert (str(made.place), made.severity, made.message, made.fix) == (
        "f:2:3",
        Severity.ERROR,
        "'label' is given twice, first on line 1",
        "keep one of the two lines; if the key takes several values, write label: [one, other]",
    )


def test_an_unknown_rule_or_a_missing_value_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        problem(Place("f"), "no-such-rule")
    with pytest.raises(KeyError):
        problem(Place("f"), "duplicate-key", key="label")


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\nb", "a\u202eb", "\x00", "a\u200bb", "\ud800", "{key}", "x" * 1000])
def test_a_strangers_text_is_safe_and_short_in_a_message(text):
    message = problem(Place("f"), "unknown-key", key=text, hint="").message
    assert message.isprintable()
    assert len(message) < LONGEST_SHOWN + 40
    message.encode()


def test_text_is_shown_as_it_is_if_it_is_harmless():
    assert shown("Россия {a} %s 中国") == "Россия {a} %s 中国"
    assert listed(["a", "\x1b"]) == "a, \\u001b"


@pytest.mark.parametrize(
    ("word", "answer"), [("blok", "did you mean block?"), ("BLOCK", "did you mean block?"), ("zzz", ""), ("", "")]
)
def test_near_words_are_offered(word, answer):
    assert str(did_you_mean(word, ["block", "throttle"])) == answer


def test_problems_are_ordered_by_place_then_by_rule():
    made = [
        problem(Place("b"), "empty-file"),
        problem(Place("a", 10), "tab"),
        problem(Place("a", 9), "tab"),
        problem(Place("a", 9), "control-character", code="x"),
    ]
    assert [f"{p.place} {p.rule}" for p in sorted(made, key=lambda p: p.key)] == [
        "a:9:1 control-character",
        "a:9:1 tab",
        "a:10:1 tab",
        "b:1:1 empty-file",
    ]
