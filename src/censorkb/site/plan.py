"""The plan of the site: `site_templates/pages.toml`, a table of page kinds with their addresses, templates and questions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from censorkb.site import pictures
from censorkb.site.formats import Format, format_of


class Section(NamedTuple):
    """A part of a page: the rows of a question that belong to it.

    Args:
        question: name of the question.
        by: column that holds the page of a row.
        few: whether only a site of few claims has it; a page of everything would grow too long on others.
    """

    question: str
    by: str
    few: bool = False


@dataclass(frozen=True, eq=False)
class PageKind:
    """One kind of page; there is one object for each.

    Args:
        name: what a template calls it.
        url: address in the folder of a language, with `{id}` if there are several pages.
        template: file under `pages/`.
        question: question whose rows are the pages of the kind, by their column `page`; empty for a single page.
        sections: the parts of each page by the name that the template uses.
        nav: entry of the menu that it stands under.
        successor: column that holds the page to which a former id has moved.
        languages: whether there is one in each language; else it stands at the root of the site.
        figures: whether it shows figures of all the data, or depends on how much there is.
        data: whether it shows the files of the data set.
        through: questions of `lines` by which a single page shows things that no section of it names.
        absolute: whether it is made only if the address of the site on the web is known.
        beside: the kind of page that is the first one of its things, to which links lead; empty if this one is.
        of: the kind of page that it is a file beside; empty for pages.
        files: what stands beside each page.
    """

    name: str
    url: str
    template: str
    question: str
    sections: dict[str, Section]
    nav: str
    successor: str
    languages: bool
    figures: bool
    data: bool = False
    through: tuple[Section, ...] = ()
    absolute: bool = False
    beside: str = ""
    of: str = ""
    files: tuple[PageKind, ...] = ()

    def address(self, id_: str, path: str = "") -> str:
        """The address of the page of a thing.

        Args:
            id_: the short name of the thing.
            path: its whole name from the base of all names on, for `{path}`.
        """
        return self.url.replace("{id}", id_).replace("{path}", path)

    @cached_property
    def is_picture(self) -> bool:
        """Whether its drawings become pictures."""
        return self.url.endswith(pictures.ENDING)

    @cached_property
    def form(self) -> Format:
        """The format of its files."""
        return format_of(self.template)

    @property
    def media(self) -> str:
        """The media type of its files."""
        return self.form.media

    @cached_property
    def ending(self) -> str:
        """What tells it from other files of a thing: `csv`, `csl.json`."""
        return self.url.rpartition("/")[2].partition(".")[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole site.

    Args:
        kinds: page kinds in order.
        lines: questions whose rows any page can show of a thing, by the name that templates use.
        site: question with one row of figures for all pages.
        labels: question with the names of all things.
        menu: page kinds that the menu shows.
        few: up to how many claims are few.
        most: up to how many measures a page shows one by one.
        rules: page kinds that show the rules of the check, all in one page or each in its own; no change of facts alters
            them.
        questions: page kinds that show the named questions: all in one page, or each with its answer in its own.
    """

    kinds: tuple[PageKind, ...]
    lines: dict[str, Section]
    site: str
    labels: str
    menu: tuple[str, ...]
    few: int
    most: int
    rules: tuple[PageKind, ...]
    questions: tuple[PageKind, ...]

    @classmethod
    def read(cls, templates: Path) -> Plan:
        """Read `pages.toml` of a folder of templates; KeyError if an entry lacks a key."""
        table = tomllib.loads((templates / "pages.toml").read_text("utf-8"))
        lines = _sections(table["lines"])
        pages = [_kind(entry, lines) for entry in table["page"]]
        kinds = tuple(kind for page in pages for kind in (page, *page.files))
        rules = tuple(_kind(entry, lines) for entry in table["rules"])
        questions = tuple(_kind(entry, lines) for entry in table["questions"])
        menu = tuple(table["menu"])
        few, most = table["few"], table["most"]
        return cls(kinds, lines, table["site"], table["labels"], menu, few, most, rules, questions)

    @property
    def entries(self) -> tuple[PageKind, ...]:
        """The page kinds of the menu, in its order; KeyError if it names one that there is not."""
        named = {kind.name: kind for kind in self.kinds}
        return tuple(named[name] for name in self.menu)


def _kind(entry: dict[str, object], lines: dict[str, Section]) -> PageKind:
    table, through = entry.get("sections", {}), entry.get("through", [])
    assert isinstance(table, dict) and isinstance(through, list)
    sections = _sections(table)
    page = PageKind(
        name=str(entry["kind"]),
        url=str(entry["url"]),
        template=str(entry.get("template", f"{entry['kind']}.html")),
        question=str(entry.get("question", "")),
        sections=sections,
        nav=str(entry.get("nav", "")),
        successor=str(entry.get("successor", "")),
        languages=bool(entry.get("languages", True)),
        figures=bool(entry.get("figures", False)) or any(section.few for section in sections.values()),
        data=bool(entry.get("data", False)),
        through=tuple(lines[name] for name in through),
        absolute=bool(entry.get("absolute", False)),
        beside=str(entry.get("beside", "")),
    )
    files = [_beside(page, key, entry, languages=key == "feeds") for key in ("files", "feeds")]
    return replace(page, files=tuple(file for found in files for file in found))


def _beside(page: PageKind, key: str, entry: dict[str, object], *, languages: bool) -> list[PageKind]:
    """The files beside a page: templates by ending, or by a whole address."""
    table = entry.get(key, {})
    assert isinstance(table, dict)
    return [
        replace(
            page,
            name=f"{page.name}.{name}",
            url=name if "{" in name else f"{page.url.removesuffix('html')}{name}",
            template=template,
            languages=languages,
            of=page.name,
        )
        for name, template in table.items()
    ]


def _sections(table: dict[str, str]) -> dict[str, Section]:
    """Sections are written as `question`, `question by column` or `question if few`."""
    return {name: _section(text) for name, text in table.items()}


def _section(text: str) -> Section:
    question, few, _ = text.partition(" if few")
    question, _, by = question.partition(" by ")
    return Section(question, by or "page", bool(few))


@dataclass(frozen=True, slots=True)
class Some:
    """Some pages of a site.

    Args:
        things: IRIs of the things whose pages are wanted, by kind of page.
        kinds: names of the kinds with a single page that are wanted.
    """

    things: dict[str, list[str]]
    kinds: set[str]

    @property
    def pages(self) -> int:
        """How many there are in each language."""
        return sum(map(len, self.things.values())) + len(self.kinds)

    def shares(self, kinds: list[PageKind], most: int, least: int) -> list[Some]:
        """The pages of things in batches, as several processes make them.

        Args:
            kinds: a kind of page and the files beside it.
            most: how many pages of each kind a batch may have.
            least: how many batches there are, if there are as many pages.
        """
        longest = max((len(self.things.get(kind.name, ())) for kind in kinds), default=0)
        size = max(1, min(most, longest // least))
        return [*Some(self.things, set()).batches(kinds, size)] if longest else []

    def batches(self, kinds: list[PageKind], size: int) -> Iterator[Some]:
        """Those of some kinds in portions: about the same things for all kinds at once.

        Args:
            kinds: a kind of page and the files beside it.
            size: at most so many pages of each kind.
        """
        things = {kind.name: self.things.get(kind.name, []) for kind in kinds}
        for start in range(0, max([1, *map(len, things.values())]), size):
            yield Some({name: each[start : start + size] for name, each in things.items()}, self.kinds)
