"""The pages in one language: rows of answers to text, by the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Template
from jinja2.environment import TemplateModule

from censorkb.site import pictures
from censorkb.site.diction import Diction
from censorkb.site.environment import SiteEnvironment
from censorkb.site.formats import HTML
from censorkb.site.plan import PageKind, Plan, Some
from censorkb.site.rows import Row, Rows
from censorkb.site.value import Thing

UP = "../"
TEMPLATES = ("base.html", "pages/", "partials/")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What all pages of one language share, or of all languages together.

    Args:
        plan: the kinds of pages.
        diction: how it writes.
        environment: the templates.
        rows: the answers.
        shared: what all languages share, as templates call it.
        few: whether the pages of everything show everything.
        first: whether pages without a language are made beside those of this one.
        met: things that a page shows through lines, by kind of page, for all languages.
        show: how things look, by the way up from a page to the folder of the language.
    """

    plan: Plan
    diction: Diction
    environment: SiteEnvironment
    rows: Rows
    shared: dict[str, object]
    few: bool
    first: bool
    met: dict[str, set[str]]
    show: dict[str, TemplateModule] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """The language tag."""
        return self.diction.language.language

    def pages(self, kind: PageKind, wanted: Some) -> Iterator[tuple[str, bytes]]:
        """The wanted pages of a kind."""
        if kind.question:
            for row in self.rows.batch(kind, wanted.things.get(kind.name, [])):
                if row.page.page:
                    yield self.file(kind, *self.text_of(kind, row))
        elif kind.name in wanted.kinds:
            yield self.file(kind, *self.single(kind))
        self.let_go()

    def text_of(self, kind: PageKind, row: Row) -> tuple[str, str]:
        """The address and the text of the page of a thing, which must have one."""
        page: Thing = row.page
        sections = {name: self.rows.of(section, page) for name, section in kind.sections.items()}
        path = page.iri.removeprefix(str(self.shared["base"]))
        address = kind.address(page.id, path) if kind.of or kind.beside else page.page
        return address, self._text(kind, address, row, sections)

    def file(self, kind: PageKind, address: str, text: str | bytes) -> tuple[str, bytes]:
        """A file of the site, of the text of a page, or of its bytes."""
        path = self._path(kind, address)
        if isinstance(text, bytes):
            return path, text
        return path, pictures.png(text) if kind.is_picture else kind.form.whole(text)

    def compile(self) -> None:
        """Compile all templates now, that copies of this process need not do it."""
        for name in self.environment.list_templates(filter_func=lambda name: name.startswith(TEMPLATES)):
            self.environment.get_template(name)

    def single(self, kind: PageKind) -> tuple[str, str]:
        """The address and the text of the only page of a kind."""
        sections = {
            name: [] if section.few and not self.few else self.rows.all(section.question)
            for name, section in kind.sections.items()
        }
        if not kind.through:
            return kind.url, self._text(kind, kind.url, None, sections)
        with self.rows.meeting(self.met.setdefault(kind.name, set()), kind.through):
            return kind.url, self._text(kind, kind.url, None, sections)

    def other(self, kind: PageKind, address: str, shown: Mapping[str, object]) -> tuple[str, bytes]:
        """A page that shows something else than rows of the plan's questions."""
        page = self.file(kind, address, self._text(kind, address, None, shown))
        self.let_go()
        return page

    def clear(self) -> None:
        """Let go of all rows, and of what was shown of them."""
        self.rows.clear()
        self.environment.forget()

    def let_go(self) -> None:
        """Let go of what the pages of other kinds will not need."""
        if self.rows.keeps:
            self.rows.move_on()
        else:
            self.clear()

    def _template(self, kind: PageKind) -> Template:
        return self.environment.get_template(f"pages/{kind.template}", globals=self.shared)

    def _path(self, kind: PageKind, address: str) -> str:
        return self.environment.joined((self.tag, "/", address)) if kind.languages else address

    def _text(self, kind: PageKind, address: str, row: Row | None, sections: Mapping[str, object]) -> str:
        depth = address.count("/")
        up = UP * depth
        known = {
            "kind": kind, "page": row.page if row else None, "row": row, "address": address,
            "path": self._path(kind, address), "up": up, "root": UP * (depth + kind.languages), **sections,
        }  # fmt: skip
        if kind.form is HTML:
            known["show"] = self._show(up)
        return self._template(kind).render(known)

    def _show(self, up: str) -> TemplateModule:
        """How things look on pages from which `up` leads to the folder of the language."""
        if up not in self.show:
            template = self.environment.get_template("partials/show.html", globals=self.shared)
            self.show[up] = template.make_module({"up": up, "plan": self.plan})
        return self.show[up]
