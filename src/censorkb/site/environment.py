"""The environment of the templates: Jinja with escaping always on, and what templates may call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import FileSystemLoader, StrictUndefined

from censorkb.site import days, lists, timeline
from censorkb.site.compiled import Compiled
from censorkb.site.compiler import Compiling
from censorkb.site.deeplink import deep_link
from censorkb.site.diction import ALIKE, Diction
from censorkb.site.formats import PLAIN, ending
from censorkb.site.plan import Plan
from censorkb.site.rows import Row, Rows
from censorkb.site.value import DateText, Thing

KEPT = 1 << 15


class SiteEnvironment(Compiling):
    """An environment that knows what its macros have shown."""

    compiled: dict[tuple[str, str], CodeType]
    forgetting: list[Callable[[], None]]

    def once(self, macro: Callable[..., str]) -> Callable[..., str]:
        """A macro that is rendered once for the same arguments, as long as its last uses are not too many ago."""

        # Told apart by type, since a text and markup of the same letters are equal but are not escaped alike.
        @lru_cache(maxsize=KEPT, typed=True)
        def kept(*args: object) -> str:
            return macro(*args)

        self.forgetting.append(kept.cache_clear)
        return kept

    def forget(self) -> None:
        """Let go of what macros have shown, and with it of the rows and things that they were given."""
        for forget in self.forgetting:
            forget()


def environment(templates: Path) -> SiteEnvironment:
    """An environment that escapes everything and stops at what is undefined."""
    made = SiteEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=lambda name: name is None or ending(name) != PLAIN,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all: there are a hundred, and to note which was used last takes longer than to look it up
    )
    made.settled, made.compiled, made.forgetting = {}, {}, []
    made.filters |= {"deep": deep_link, **ALIKE}
    made.filters["replace"] = lambda text, old, new: text.replace(old, new)  # markup escapes what comes into it
    made.filters |= {function.__name__: function for function in lists.FOR_TEMPLATES}
    made.tests["thing"] = lambda value: isinstance(value, Thing)
    made.tests["day"] = lambda value: isinstance(value, (dt.date, DateText))
    return made


def speak(
    made: SiteEnvironment, plan: Plan, diction: Diction, rows: Rows, now: dt.date, compiled: Path | None = None
) -> SiteEnvironment:
    """An environment for one language.

    Args:
        made: the environment that all languages share.
        plan: the questions that any page can ask.
        diction: how it writes.
        rows: answers in the language.
        now: the last day that the data know of.
        compiled: where compiled templates are kept from run to run; None if nowhere.
    """

    def lines(name: str, thing: Thing) -> list[Row]:
        return rows.of(plan.lines[name], thing)

    def line(name: str, thing: Thing) -> Row:
        return rows.of(plan.lines[name], thing)[0]

    def chart(found: list[Row], lane: str = "target", group: str = "group") -> timeline.Chart | None:
        return timeline.chart(found, now, lane, group)

    spoken = made.overlay(bytecode_cache=Compiled(made.compiled, compiled))
    spoken.settled, spoken.forgetting = {"t": diction.words, "language": diction.language}, []
    spoken.filters = {**made.filters, **diction.filters}
    spoken.globals = {
        **made.globals,
        **spoken.settled,
        **diction.functions,
        "once": spoken.once,
        "lines": lines,
        "line": line,
        "chart": chart,
        "calendars": days.calendars,
        "until": lambda row, rows: days.until(row, rows, now),
        "is_over": lambda row: timeline.is_over(row, now),
        "now": now,
        "most": plan.most,
        "site": rows.all(plan.site)[0],
    }
    return spoken
