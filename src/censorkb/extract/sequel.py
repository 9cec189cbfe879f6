"""Sequels: what a later sentence says of an act told before: that it was carried out, justified, or kept silent about."""

from __future__ import annotations

from dataclasses import replace

from censorkb.extract.acts import Act
from censorkb.extract.marks import Marked


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
