"""Acts: a trigger with its target, stage, place, agent and date, as one sentence of an article has them."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.extract.agents import Agent
from censorkb.extract.dated import Dated
from censorkb.extract.groups import Group
from censorkb.extract.marks import Mark, Marked


@dataclass(frozen=True, slots=True)
class Act:
    """What a sentence says was done to one target.

    Args:
        action: its code.
        mark: the target, where it was named.
        status: its stage.
        country: code of the country.
        agent: who did it.
        date: when it began.
        marked: the sentence.
        trigger: the words that name the act.
        first: first word of the target.
        last: one after the last word of the target.
        pronoun: whether the target is one that was named before.
        noun: whether a noun names the act, or it only goes on: "the ban", "remains blocked".
        watched: whether users or monitors are said to have noticed it.
        again: whether the target is not named, but is that of an act before.
        effect: whether the sentence says that it took effect.
        assumed: whether the text names no country, so that the one of its language is taken.
    """

    action: str
    mark: Mark
    status: str
    country: str | None
    agent: Agent | None
    date: Dated | None
    marked: Marked
    trigger: Mark
    first: int
    last: int
    pronoun: bool = False
    noun: bool = False
    watched: bool = False
    again: bool = False
    effect: bool = False
    assumed: bool = False

    @property
    def target(self) -> str:
        """English name of the target."""
        return self.mark.name


def action(trigger: Mark, group: Group, target: Mark, before: str = "") -> str:
    """The code of an act, by its trigger and by what it aims at; an act told again keeps the code that it had before."""
    family = trigger.name
    if family in ("fine", "arrest", "law") and target.name == "VPNs":
        return "vpn-restriction"
    if family in ("delist", "fine", "law", "arrest", "promote", "unblock"):
        return {"promote": "promote-alternative"}.get(family, family)
    if family in ("block", "cut", "throttle") and before:
        return before
    if family == "removal" or (group.account and family not in ("disruption", "slowness") and not target.is_network):
        return "order-removal"
    if target.is_network:
        return "throttle" if family in ("throttle", "slowness") else "shutdown"
    if target.name == "VPNs" or target.kind == "vpn":
        return "vpn-restriction"
    if group.feature:
        return "restrict-feature"
    return "throttle" if family in ("throttle", "slowness") else "block"
