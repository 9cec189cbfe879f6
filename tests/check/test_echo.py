"""One mistake is said once: what only looks at a key already found wrong is an echo."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from censorkb.check.compiler import compile_shapes
from censorkb.check.constraint import Constraint
from censorkb.check.echo import Echoes
from censorkb.check.finding import Finding
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Phrase, Severity

CONSTRAINTS = compile_shapes(Ontology(Path(__file__).parents[2] / "ontology").vocabulary)
BY_RULE = {each.rule: each for each in CONSTRAINTS}
ECHOES = Echoes(CONSTRAINTS)


def finding(constraint: Constraint, focus: str = "c", key: str = "", value: str = "") -> Finding:
    path = constraint.path.value if constraint.path is not None else key and constraint.prefixes.node(key).value
    words = Phrase("{value}", (("value", value),))
    return Finding(focus, path, None, constraint.component, constraint.rule, constraint.severity, words)


def test_a_constraint_knows_what_it_looks_at() -> None:
    local = BY_RULE["about-other-target"].prefixes.local
    assert {local(iri) for iri in BY_RULE["about-other-target"].reads} >= {"about", "concerns"}
    assert {local(iri) for iri in BY_RULE["claim.says"].reads} == {"says"}


def test_a_wrong_measure_is_said_once_whatever_else_does_not_fit_it() -> None:
    rules = ("target-without-measure", "about-other-country", "about-other-target", "about-other-action")
    found = [finding(BY_RULE[rule], key="ckb:about") for rule in rules]
    assert [each.rule for each in ECHOES.without(found)] == ["about-other-target"]


def test_two_things_wrong_in_the_same_way_are_both_said() -> None:
    found = [
        finding(BY_RULE["region-of-another-country"], key="ckb:region", value=region) for region in ("XA-1", "XA-2")
    ]
    assert ECHOES.without(found) == found


def test_things_do_not_speak_for_each_other() -> None:
    found = [finding(BY_RULE["about-other-target"], focus, "ckb:about") for focus in ("a", "b")]
    assert ECHOES.without(found) == found


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(CONSTRAINTS),
        st.sampled_from("ab"),
        st.sampled_from(("", "ckb:about", "ckb:status", "ckb:concerns")),
        st.sampled_from("xy"),
    ),
    max_size=12,
)


@given(FINDINGS, st.randoms())
def test_a_thing_with_findings_keeps_one_of_the_greatest_weight_in_whatever_order_they_come(found, random) -> None:
    kept = ECHOES.without(found)
    assert set(kept) <= set(found)
    weights = list(Severity)
    for focus in {each.focus for each in found}:
        greatest = min((each.severity for each in found if each.focus == focus), key=weights.index)
        assert any(each.focus == focus and each.severity is greatest for each in kept)
    random.shuffle(found)
    assert ECHOES.without(found) == kept
