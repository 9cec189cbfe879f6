"""The environment of the templates: Jinja with escaping always on, and what templates may call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from censorkb.site import timeline
from censorkb.site.catalogue import Catalogue
from censorkb.site.dates import Dates
from censorkb.site.deeplink import deep_link
from censorkb.site.plan import Plan
from censorkb.site.rows import Row, Rows
from censorkb.site.value import Thing

KEPT = 1 << 15


def environment(templates: Path) -> Environment:
    """An environment that escapes everything and stops at what is undefined."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["deep"] = deep_link
    made.globals["to"] = to
    made.globals["once"] = once
    return made


@pass_context
def to(context: Context, address: str) -> str:
    """The relative link from the page that is being rendered to an address in the folder of its language."""
    return str(context["up"]) + address


def once(shown: Callable[..., str]) -> Callable[..., str]:
    """A macro that is rendered once for the same arguments, as long as its last uses are not too many ago."""

    # Told apart by type, since a text and markup of the same letters are equal but are not escaped alike.
    @lru_cache(maxsize=KEPT, typed=True)
    def kept(*args: object) -> str:
        return shown(*args)

    return kept


def speak(made: Environment, plan: Plan, catalogue: Catalogue, rows: Rows, now: dt.date) -> Environment:
    """An environment for one language.

    Args:
        made: the environment that all languages share.
        plan: the questions that any page can ask.
        catalogue: the words.
        rows: answers in the language.
        now: the last day that the data know of.
    """

    def lines(name: str, thing: Thing) -> list[Row]:
        return rows.of(plan.lines[name], thing)

    def chart(found: list[Row], lane: str = "target", group: str = "group") -> timeline.Chart | None:
        return timeline.chart(found, now, lane, group)

    dates = Dates(catalogue.locale, catalogue.date)
    spoken = made.overlay()
    spoken.filters = {
        **made.filters,
        "date": dates,
        "month": dates.month,
        "number": catalogue.number,
        "language": catalogue.language_name,
    }
    spoken.globals = {
        **made.globals,
        "t": catalogue.words,
        "language": catalogue,
        "counted": catalogue.counted,
        "bounds": dates.bounds,
        "lines": lines,
        "chart": chart,
        "is_over": lambda row: timeline.is_over(row, now),
        "now": now,
        "site": rows.all(plan.site)[0],
    }
    return spoken
