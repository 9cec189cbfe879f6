"""Merging: what an article says twice, in a headline, a summary and the body, is one act."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from censorkb.extract.acts import Act
from censorkb.extract.agents import Agent
from censorkb.extract.dated import Dated

_STRONGER = {
    ("reported-disruption", "ordered"): "enacted",
    ("ordered", "lifted"): "lifted",
    ("reported-disruption", "enacted"): "enacted",
}
_FALLBACK = ("lead", "before")
_NEAR = 3  # sentences
_DAY = 10  # characters of a date that is a day
_LASTING = 31  # days


def merged(acts: list[Act]) -> list[Act]:
    """Acts of an article, each once, in the order of the text."""
    kept: list[Act] = []
    for act in acts:
        for at, other in enumerate(kept):
            if same(act, other):
                kept[at] = _united(other, act)
                break
        else:
            kept.append(act)
    return [
        act for act in kept if not any(left(act, kept) for left in (_is_mention, _is_kind, _is_legal, _is_measured))
    ]


def _is_legal(act: Act, acts: list[Act]) -> bool:
    """Whether a law is only the form of another act: "signed a decree that bars access to VKontakte"."""
    return act.action == "law" and any(
        other.marked is act.marked
        and other.target == act.target
        and other.action in ("block", "throttle")
        and other.status != "threatened"
        for other in acts
    )


def _is_measured(act: Act, acts: list[Act]) -> bool:
    """Whether it is only how a shutdown showed: "the internet was cut; traffic fell by a half"."""
    if not (act.action == "throttle" and act.mark.is_network and act.status == "reported-disruption"):
        return False
    cuts = [other for other in acts if other.action == "shutdown" and other.status != "denied"]
    return any(other.country == act.country for other in cuts)


def _is_mention(act: Act, acts: list[Act]) -> bool:
    """Whether an act is only named ("the ban"), and is told elsewhere in the article."""
    if not _is_bare(act):
        return False
    alike = [other for other in acts if (other.action, other.target) == (act.action, act.target)]
    alike = [other for other in alike if other.status != "denied" and act.country in (other.country, None)]
    return any(not _is_bare(other) for other in alike) or alike[0] is not act


def _is_bare(act: Act) -> bool:
    dated = act.date is not None and act.date.first >= 0 and act.date.value
    return act.noun and not dated and act.status == "enacted" and not act.effect


def _is_kind(act: Act, acts: list[Act]) -> bool:
    """Whether the target is a kind of services of which members are named beside it."""
    if not act.mark.is_category or act.target == "VPNs":
        return False
    return any(
        other.mark.is_named
        and (other.action, other.country, other.status) == (act.action, act.country, act.status)
        and abs(other.marked.sentence.number - act.marked.sentence.number) <= 1
        for other in acts
    )


def same(act: Act, other: Act) -> bool:
    """Whether two acts of an article can be one."""
    if (act.action, act.target) != (other.action, other.target) and not _wider(act, other):
        return False
    if act.country and other.country and act.country != other.country:
        return False
    if act.status != other.status and not _stronger(act, other):
        return False
    return _compatible(act, other) or _goes_on(act, other)


def _goes_on(act: Act, other: Act) -> bool:
    """Whether one only tells that what was blocked some days before can still not be reached."""
    seen, done = (act, other) if act.status == "reported-disruption" else (other, act)
    if seen.status != "reported-disruption" or done.status not in ("enacted", "ordered") or seen.watched:
        return False
    then, now = _value(done), _value(seen)
    return len(then) == len(now) == _DAY and then < now and _days(then, now) <= _LASTING


def _days(then: str, now: str) -> int:
    return (dt.date.fromisoformat(now) - dt.date.fromisoformat(then)).days


def _stronger(act: Act, other: Act) -> str:
    """The status that two acts have together; empty if they are not one."""
    if {act.status, other.status} == {"ordered", "enacted"}:
        done = act if act.status == "enacted" else other
        return "ordered" if done.noun and done is act and not done.effect else "enacted"
    both = _STRONGER.get((act.status, other.status)) or _STRONGER.get((other.status, act.status), "")
    if both == "enacted" and "reported-disruption" in (act.status, other.status):
        seen, done = (act, other) if act.status == "reported-disruption" else (other, act)
        together = bool(_value(seen)) and _is_stated(done) and _value(seen) == _value(done)
        later = done.marked.sentence.number > seen.marked.sentence.number
        told = later and not _is_stated(done) and done.agent is not None  # "NetBlocks saw it; the ministry confirmed"
        if seen.agent or (seen.watched and _is_stated(seen) and not (together or told)):
            return ""  # users and monitors noticed it at a time of its own
    return both


def _is_stated(act: Act) -> bool:
    """Whether the text has a date of the act."""
    return act.date is not None and act.date.first >= 0


def _value(act: Act) -> str:
    return act.date.value if act.date else ""


def _wider(act: Act, other: Act) -> bool:
    both = {act.target, other.target} == {"internet", "mobile internet"}
    return act.action == other.action and act.action in ("shutdown", "unblock") and both


def _compatible(act: Act, other: Act) -> bool:
    """Whether the dates can be the same; what has no date of its own is taken to speak of what was said before."""
    if act.date is None or other.date is None or not act.date.value or not other.date.value:
        return True
    if _overlap(act.date.value, other.date.value):
        return True
    if act.date.basis in _FALLBACK or other.date.basis in _FALLBACK:
        if _is_history(act, other):
            return False
        return act.noun or other.noun or abs(act.marked.sentence.number - other.marked.sentence.number) <= _NEAR
    return False


def _is_history(act: Act, other: Act) -> bool:
    """Whether one act is the news, told by a verb, and the other was long before."""
    lead, dated = (act, other) if act.date and act.date.basis == "lead" else (other, act)
    if lead.noun or not (lead.date and dated.date and lead.date.basis == "lead" and dated.date.first >= 0):
        return False
    news, then = lead.date.value, dated.date.value
    months = (
        (int(news[:4]) - int(then[:4])) * 12 + (int(news[5:7]) - int(then[5:7] or news[5:7]))
        if then[:4].isdigit()
        else 0
    )
    return months > 2


def _overlap(one: str, two: str) -> bool:
    """Whether two dates can mean one day."""
    if "/" in one or "/" in two:
        (first, last), (from_, to) = _ends(one), _ends(two)
        return first[:7] <= to and from_[:7] <= last
    return one.startswith(two) or two.startswith(one)


def _ends(date: str) -> tuple[str, str]:
    first, _, last = date.partition("/")
    return ("" if first == ".." else first), (last or first) + "~"


def _united(one: Act, other: Act) -> Act:
    status = one.status if one.status == other.status else _stronger(one, other)
    agent = one.agent
    if other.agent and (agent is None or (_is_vague(agent) and not _is_vague(other.agent))):
        agent = other.agent
    if one.target == "internet" and other.target == "mobile internet":
        one = replace(one, mark=other.mark)
    return replace(one, date=_finer(one, other), status=status, agent=agent, country=one.country or other.country)


def _is_vague(agent: Agent) -> bool:
    return not agent.certain or agent.name.startswith("Government of")


def _finer(one: Act, other: Act) -> Dated | None:
    """The more precise of two dates, and rather one that the text has."""
    if not (one.date and other.date):
        return one.date or other.date
    if _is_weak(one.date) != _is_weak(other.date):
        return one.date if _is_weak(other.date) else other.date
    return other.date if len(other.date.value) > len(one.date.value) and "/" not in other.date.value else one.date


def _is_weak(date: Dated) -> bool:
    return date.basis in _FALLBACK or date.value.startswith("..")
