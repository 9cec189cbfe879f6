"""The pages in one language: rows of answers to text, by the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import Template
from jinja2.environment import TemplateModule

from censorkb.site import pictures
from censorkb.site.catalogue import Catalogue
from censorkb.site.environment import SiteEnvironment
from censorkb.site.formats import HTML
from censorkb.site.plan import PageKind, Plan, Some
from censorkb.site.rows import Row, Rows
from censorkb.site.value import Thing

UP = "../"
TEMPLATES = ("base.html", "pages/", "partials/")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What all pages of one language share.

    Args:
        plan: the kinds of pages.
        catalogue: the words.
        environment: the templates.
        rows: the answers.
        shared: what all languages share, as templates call it.
        few: whether the pages of everything show everything.
        first: whether pages without a language are made beside those of this one.
        met: things that a page shows through lines, by kind of page, for all languages.
        show: how things look, by the way up from a page to the folder of the language.
    """

    plan: Plan
    catalogue: Catalogue
    environment: SiteEnvironment
    rows: Rows
    shared: dict[str, object]
    few: bool
    first: bool
    met: dict[str, set[str]]
    show: dict[str, TemplateModule] = field(default_factory=dict)

    def pages(self, kind: PageKind, wanted: Some) -> Iterator[tuple[str, bytes]]:
        """The wanted pages of a kind."""
        if kind.question:
            yield from self._several(kind, wanted.things.get(kind.name, []))
        elif kind.name in wanted.kinds:
            yield self._single(kind)
        self._forget()

    def compile(self) -> None:
        """Compile all templates now, that copies of this process need not do it."""
        for name in self.environment.list_templates(filter_func=lambda name: name.startswith(TEMPLATES)):
            self.environment.get_template(name)

    def _single(self, kind: PageKind) -> tuple[str, bytes]:
        sections = {
            name: [] if section.few and not self.few else self.rows.all(section.question)
            for name, section in kind.sections.items()
        }
        if not kind.through:
            return self._page(self._template(kind), kind, kind.url, None, sections)
        with self.rows.meeting(self.met.setdefault(kind.name, set()), kind.through):
            return self._page(self._template(kind), kind, kind.url, None, sections)

    def _several(self, kind: PageKind, things: list[str]) -> Iterator[tuple[str, bytes]]:
        template = self._template(kind)
        for row in self.rows.batch(kind, things):
            page: Thing = row.page
            if page.page:
                sections = {name: self.rows.of(section, page) for name, section in kind.sections.items()}
                path = page.iri.removeprefix(str(self.shared["base"]))
                address = kind.address(page.id, path) if kind.of or kind.beside else page.page
                yield self._page(template, kind, address, row, sections)

    def other(self, kind: PageKind, address: str, shown: Mapping[str, object]) -> tuple[str, bytes]:
        """A page that shows something else than rows of the plan's questions."""
        page = self._page(self._template(kind), kind, address, None, shown)
        self._forget()
        return page

    def clear(self) -> None:
        """Let go of all rows, and of what was shown of them."""
        self.rows.clear()
        self.environment.forget()

    def _forget(self) -> None:
        if not self.rows.keeps:
            self.clear()

    def _template(self, kind: PageKind) -> Template:
        return self.environment.get_template(f"pages/{kind.template}", globals=self.shared)

    def _page(
        self, template: Template, kind: PageKind, address: str, row: Row | None, sections: Mapping[str, object]
    ) -> tuple[str, bytes]:
        up = UP * address.count("/")
        path = f"{self.catalogue.language}/{address}" if kind.languages else address
        known = {
            "kind": kind, "page": row.page if row else None, "row": row, "address": address, "path": path, "up": up,
            "root": UP * path.count("/"), **sections,
        }  # fmt: skip
        if kind.form is HTML:
            known["show"] = self._show(up)
        text = template.render(known)
        return path, pictures.png(text) if kind.is_picture else kind.form.whole(text)

    def _show(self, up: str) -> TemplateModule:
        """How things look on pages from which `up` leads to the folder of the language."""
        if up not in self.show:
            template = self.environment.get_template("partials/show.html", globals=self.shared)
            self.show[up] = template.make_module({"up": up, "plan": self.plan})
        return self.show[up]
