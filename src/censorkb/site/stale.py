"""Stale pages: those that a change of the facts makes different.

A page shows the rows of its questions, the rows that its template asks for of the things in these (`lines`), and the
names and addresses of all these things. So the rows that a change can touch are compared as they were and as they are,
and from each difference the questions lead back to the pages that show it. A page too many costs a moment; it is written
only if its bytes differ.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from censorkb.graph.changes import ByPredicate, Changes
from censorkb.query.answer import Value
from censorkb.site.answers import Answers
from censorkb.site.plan import PageKind, Plan, Section, Some

Rows = dict[str, list[tuple[Value, ...]]]


@dataclass(slots=True)
class Stale:
    """What a change does to the pages of a site.

    Args:
        things: IRIs of the things whose pages differ or are new, by kind of page.
        kinds: names of the kinds with a single page that differs.
        come: things that have a page now and had none before, by kind.
        gone: things that had a page and have none now, by kind.
        looks: things whose name or address differs.
        touched: the things of which a question may say something else now, as terms; None if of any.
    """

    things: dict[str, set[str]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    come: dict[str, set[str]] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)
    looks: set[str] = field(default_factory=set)
    touched: dict[Section, set[str] | None] = field(default_factory=dict)

    def wanted(self) -> Some:
        """The pages to render."""
        gone = self.gone
        return Some({kind: sorted(things - gone.get(kind, set())) for kind, things in self.things.items()}, self.kinds)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of all the data.

    Args:
        row: what the question of the site answers, as a text that differs if a figure does.
        cutoff: the last day that the data know of, ISO 8601.
        few: whether there are few claims.
    """

    row: str
    cutoff: str
    few: bool

    @classmethod
    def of(cls, plan: Plan, answers: Answers) -> Figures:
        """Ask for them."""
        row = " ".join(map(str, answers[plan.site].rows[0]))
        return cls(row, answers.cutoff(plan.site).isoformat(), answers.claims(plan.site) <= plan.few)


def stale(
    plan: Plan,
    answers: Answers,
    store: ox.Store,
    changes: Changes,
    uses: set[tuple[str, str]],
    then: Figures,
    met: dict[str, list[str]],
) -> Stale | None:
    """Find the pages that a change makes different; None if it may be any.

    Args:
        plan: the kinds of pages.
        answers: the questions of the site, asked of the store.
        store: facts and conclusions after the change.
        changes: what was changed.
        uses: the kind of page and the `lines` that its pages asked for when they were rendered.
        then: the figures before the change.
        met: IRIs of the things that a single page has shown through lines, by kind.
    """
    return _Search(plan, answers, store, uses, met).run(changes, then)


class _Search:
    def __init__(
        self,
        plan: Plan,
        answers: Answers,
        store: ox.Store,
        uses: set[tuple[str, str]],
        met: dict[str, list[str]],
    ) -> None:
        self._plan, self._answers, self._store, self._uses = plan, answers, store, uses
        self._met = {kind: frozenset(things) for kind, things in met.items()}
        self._found = Stale()
        # the same things are looked for in the same question for several kinds of pages
        self._holding, self._has = cache(answers.holding), cache(answers.has)
        self._differing: dict[Section, set[str]] = {}
        self._few = False
        self._figures = self._section(Section(plan.site, ""))

    def run(self, changes: Changes, then: Figures) -> Stale | None:
        touched = self._found.touched = self._touched(changes)
        changes.reversed().apply(self._store)
        before = self._rows(touched)
        changes.apply(self._store)
        self._answers.forget()
        after = self._rows(touched)
        # They are asked of everything, and most changes are of nothing that is counted.
        now = then if touched[self._figures] == set() else Figures.of(self._plan, self._answers)
        if then.cutoff != now.cutoff:
            return None  # it stands on every page, and is where every axis ends
        self._few = then.few or now.few
        for section in touched:
            old, new = before[section], after[section]
            self._differing[section] = {thing for thing in old.keys() | new.keys() if old.get(thing) != new.get(thing)}
        for kind in self._plan.kinds:
            if kind.question:
                self._compare_pages(kind, before, after)
                if kind.successor and (self._found.come[kind.name] or self._found.gone[kind.name]):
                    return None  # such pages stand among those of other kinds
            elif any(self._differing[self._section(section)] for section in self._shown(kind)) or any(
                self._shows_through(kind, self._differing[section]) for section in kind.through
            ):
                self._found.kinds.add(kind.name)
        if then != now:
            self._found.kinds |= {kind.name for kind in self._plan.kinds if kind.figures}
        self._spread()
        return self._found

    def _shown(self, kind: PageKind) -> list[Section]:
        """The sections that a single page has, before or after."""
        return [section for section in kind.sections.values() if self._few or not section.few]

    def _shows_through(self, kind: PageKind, things: Collection[str]) -> bool:
        """Whether a single page has shown some things, or asked for their lines.

        What it asks for follows from its sections and from the lines before: if none of these differ, it asks for the same.
        """
        return not self._met.get(kind.name, frozenset()).isdisjoint(things)

    # --- the rows that differ

    def _section(self, section: Section) -> Section:
        """A section with a column that the question has; single pages show all rows, whatever these belong to."""
        columns = self._answers.columns(section.question)
        return Section(section.question, section.by if section.by in columns else min(columns))

    def _sections(self) -> set[Section]:
        """Every question of the site with the column whose things its rows belong to."""
        found = {Section(kind.question, "page") for kind in self._plan.kinds if kind.question}
        found |= {self._section(section) for kind in self._plan.kinds for section in kind.sections.values()}
        return found | set(self._plan.lines.values()) | {Section(self._plan.labels, "thing"), self._figures}

    def _touched(self, changes: Changes) -> dict[Section, set[str] | None]:
        """The things whose rows can differ: seen where what is gone is still there."""
        changed: ByPredicate = changes.by_predicate()
        with changes.still_there(self._store):
            return {
                section: self._answers.focus(section.question, section.by).touched(self._store, changed)
                for section in sorted(self._sections(), key=lambda s: (s.question, s.by))
            }

    def _rows(self, touched: dict[Section, set[str] | None]) -> dict[Section, Rows]:
        return {section: self._grouped(section, things) for section, things in touched.items()}

    def _grouped(self, section: Section, things: set[str] | None) -> Rows:
        """Rows as terms by the thing that they belong to."""
        if things is not None and not things:
            return {}
        if things is None:
            answer = self._answers[section.question]
        else:
            iris = {thing[1:-1] for thing in things if thing[0] == "<"}
            if not iris:
                return {}
            answer = self._answers.about(section.question, section.by, iris)
        groups: Rows = {}
        at = answer.columns.index(section.by)
        for row in answer.rows:
            groups.setdefault(_iri(row[at]), []).append(row)
        return groups

    # --- the pages that show them

    def _compare_pages(self, kind: PageKind, before: dict[Section, Rows], after: dict[Section, Rows]) -> None:
        own = Section(kind.question, "page")
        differing = set(self._differing[own])
        self._found.come[kind.name] = differing & (after[own].keys() - before[own].keys())
        self._found.gone[kind.name] = differing & (before[own].keys() - after[own].keys())
        for section in kind.sections.values():
            differing |= self._differing[section]
        self._found.things[kind.name] = differing

    def _spread(self) -> None:
        """Go from things that look different to the pages that show them."""
        moved = {thing for side in (self._found.come, self._found.gone) for things in side.values() for thing in things}
        looks = self._found.looks = self._differing[Section(self._plan.labels, "thing")] | moved
        if looks:
            self._show(frozenset(looks), {kind.name for kind in self._plan.kinds})
        for name, section in self._plan.lines.items():
            kinds = {kind for kind, line in self._uses if line == name}
            owners = set(self._differing[section])
            if looks and kinds:
                owners |= self._holding(section.question, section.by, frozenset(looks))
            if owners and kinds:
                self._show(frozenset(owners), kinds, asked=True)

    def _show(self, things: frozenset[str], kinds: set[str], *, asked: bool = False) -> None:
        """Note the pages of some kinds that show some things, or are theirs.

        Args:
            things: IRIs.
            kinds: names of the kinds.
            asked: whether it is not how the things look that differs, but a line of each.
        """
        for kind in self._plan.kinds:
            if kind.name not in kinds:
                continue
            if not kind.question:
                if self._shows_through(kind, things) or (
                    not (asked and kind.through)  # what such a page has asked for is known
                    and any(self._has(section.question, things) for section in self._shown(kind))
                ):
                    self._found.kinds.add(kind.name)
                continue
            found = self._found.things[kind.name]
            found |= things
            found |= self._holding(kind.question, "page", things)
            for section in kind.sections.values():
                found |= self._holding(section.question, section.by, things)


def _iri(term: Value) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
