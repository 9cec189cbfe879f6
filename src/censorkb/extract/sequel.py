"""Sequels: what a later sentence says of an act told before: that it was carried out, justified, or kept silent about."""

from __future__ import annotations

from dataclasses import replace

from censorkb.extract.acts import Act
from censorkb.extract.aim import Aim
from censorkb.extract.marks import Mark, Marked


def done(act: Act, one: Marked) -> Act:
    """An act that was ordered, once the text says that the order was obeyed."""
    near = 0 <= one.sentence.number - act.marked.sentence.number <= 2
    return replace(act, status="enacted") if near and act.status == "ordered" and act.action != "unblock" else act


def explained(act: Act, one: Marked) -> Act:
    """An act that nobody is said to have done, once the text says that the state justifies it or keeps silent."""
    if act.agent or not 0 <= one.sentence.number - act.marked.sentence.number <= 2:
        return act
    if act.status == "reported-disruption" and one.cue("justified") and one.of("agency", "body"):
        return replace(act, status="enacted")
    ordered = act.marked.cue("order") or act.marked.cue("company-order")
    silent = one.cue("silence") and one.of("agency", "body") and not ordered and act.action in ("block", "shutdown")
    silent = silent and act.trigger.form not in ("active", "noun")
    return replace(act, status="reported-disruption") if act.status == "enacted" and silent else act


def slowed(trigger: Mark, aim: Aim, before: list[Act]) -> str:
    """The code of a slowdown that "the restrictions" on what a pronoun means speak of again; empty if there is none."""
    told = [act for act in before if any(target.name == act.target for target in aim.targets)]
    bare = trigger.name == "cut" and trigger.form == "noun" and aim.group.marks[0].is_pronoun
    return "throttle" if bare and told and told[-1].action == "throttle" else ""


def cause(one: Marked, trigger: Mark, before: list[Act]) -> Act | None:
    """The act of the sentence before, or of the clause before, that cut off a kind of services, of which this one names members."""
    if one.cue("users") or any(cue.sort == "monitor" for cue in one.cues):
        return None
    near = [act for act in before if one.sentence.number - act.marked.sentence.number <= 1 and act.mark.is_category]
    near = [act for act in near if act.marked is not one or act.trigger.last <= trigger.first]
    return near[-1] if near and near[-1].status in ("enacted", "ordered") and near[-1].action == "block" else None
