"""Pages: the plan, the answers and the templates to the files of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment, Template
from jinja2.environment import TemplateModule

from censorkb.ontology.ontology import Ontology
from censorkb.site import catalogue as catalogues
from censorkb.site import static
from censorkb.site.catalogue import Catalogue
from censorkb.site.environment import environment, speak
from censorkb.site.plan import PageKind, Plan
from censorkb.site.rows import Answers, Row, Rows
from censorkb.site.scale import EARLIEST, Scale
from censorkb.site.value import Shower, Thing, names_of

UP = "../"


@dataclass(frozen=True, slots=True)
class _Site:
    """What all pages share."""

    plan: Plan
    catalogues: list[Catalogue]
    assets: dict[str, str]
    facts_url: str


def render(ontology: Ontology, store: ox.Store, templates: Path, facts_url: str) -> Iterator[tuple[str, bytes]]:
    """Render the site.

    Args:
        ontology: its prefixes and datatypes.
        store: facts, terms and what is derived.
        templates: folder of `pages.toml`, templates, questions, catalogues and static files.
        facts_url: where the fact files can be read on the web; empty if nowhere.

    Yields:
        The address of each file from the root of the site, and its bytes.
    """
    plan = Plan.read(templates)
    answers = Answers(ontology, store, templates / "questions")
    addresses = _addresses(ontology, plan, answers)
    names = names_of(answers[plan.labels].rows)
    made = environment(templates)
    spoken = catalogues.read_all(templates)
    assets: dict[str, str] = {}
    for file in static.files(templates):
        text = made.get_template(f"static/{file}").render(scales=_scales(answers, plan))
        content = static.squeezed(file, text)
        assets[file] = static.name_of(file, content)
        yield assets[file], content
    site = _Site(plan, spoken, assets, facts_url)
    for one in spoken:
        rows = Rows(answers, Shower(ontology, names, addresses, (one.language, "en", "")))
        language = _Spoken(site, one, speak(made, plan, one, rows, _now(answers, plan)), rows)
        for kind in plan.kinds:
            if kind.languages or one is spoken[0]:
                yield from language.pages(kind)


def _addresses(ontology: Ontology, plan: Plan, answers: Answers) -> dict[str, str]:
    """Where each thing has its page, by its IRI; a former id stands where pages of its successor's kind do."""
    kinds: dict[str, PageKind] = {}
    found: dict[str, str] = {}
    for kind in plan.kinds:
        answer = answers[kind.question] if kind.question else None
        for row in answer.rows if answer else []:
            named = dict(zip(answer.columns if answer else (), row, strict=True))
            page = named["page"]
            assert isinstance(page, ox.NamedNode), f"{kind.question}.rq: ?page must be a thing"
            like = kind
            if kind.successor:
                successor = named[kind.successor]
                assert isinstance(successor, ox.NamedNode), f"{kind.question}.rq: ?{kind.successor} must be a thing"
                if successor.value not in kinds:
                    continue
                like = kinds[successor.value]
            kinds[page.value] = like
            found[page.value] = like.url.replace("{id}", ontology.prefixes.local(page.value))
    return found


def _now(answers: Answers, plan: Plan) -> dt.date:
    """The last day that the data know of."""
    answer = answers[plan.site]
    cutoff = answer.rows[0][answer.columns.index("cutoff")]
    return dt.date.fromisoformat(cutoff.value[:10]) if isinstance(cutoff, ox.Literal) else dt.date(EARLIEST, 1, 1)


def _scales(answers: Answers, plan: Plan) -> list[Scale]:
    """Every axis that a chart of the site can have."""
    now = _now(answers, plan)
    return [Scale(year, now) for year in range(EARLIEST, now.year + 1)]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What all pages of one language share.

    Args:
        site: what all languages share.
        catalogue: the words.
        environment: the templates.
        rows: the answers.
        show: how things look, by the way up from a page to the folder of the language.
    """

    site: _Site
    catalogue: Catalogue
    environment: Environment
    rows: Rows
    show: dict[str, TemplateModule] = field(default_factory=dict)

    def pages(self, kind: PageKind) -> Iterator[tuple[str, bytes]]:
        """All pages of a kind."""
        template = self.environment.get_template(f"pages/{kind.template}")
        if not kind.question:
            sections = {name: self.rows.all(section.question) for name, section in kind.sections.items()}
            yield self._page(template, kind, kind.url, None, sections)
            return
        for row in self.rows.all(kind.question):
            page: Thing = row.page
            if page.page:
                sections = {name: self.rows.of(section, page) for name, section in kind.sections.items()}
                yield self._page(template, kind, page.page, row, sections)

    def _page(
        self, template: Template, kind: PageKind, address: str, row: Row | None, sections: dict[str, list[Row]]
    ) -> tuple[str, bytes]:
        site, up = self.site, UP * address.count("/")
        path = f"{self.catalogue.language}/{address}" if kind.languages else address
        text = template.render(
            kind=kind, page=row.page if row else None, row=row, address=address, path=path, up=up,
            root=UP * path.count("/"), show=self._show(up), assets=site.assets, catalogues=site.catalogues,
            facts_url=site.facts_url, **sections,
        )  # fmt: skip
        return path, text.encode("utf-8")

    def _show(self, up: str) -> TemplateModule:
        """How things look on pages from which `up` leads to the folder of the language."""
        if up not in self.show:
            shared = {"up": up, "plan": self.site.plan, "facts_url": self.site.facts_url}
            self.show[up] = self.environment.get_template("partials/show.html").make_module(shared)
        return self.show[up]
