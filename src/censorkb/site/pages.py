"""Pages: the plan, the answers and the templates to the files of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment

from censorkb.ontology.ontology import Ontology
from censorkb.site import catalogue as catalogues
from censorkb.site import static
from censorkb.site.catalogue import Catalogue
from censorkb.site.environment import environment, speak
from censorkb.site.plan import PageKind, Plan
from censorkb.site.rows import Answers, Row, Rows
from censorkb.site.scale import EARLIEST, Scale
from censorkb.site.value import Shower, Thing, names_of


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
        env = speak(made, plan, one, rows, _now(answers, plan))
        for kind in plan.kinds:
            if kind.languages or one is spoken[0]:
                yield from _kind(site, kind, one, env, rows)


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


def _kind(site: _Site, kind: PageKind, one: Catalogue, env: Environment, rows: Rows) -> Iterator[tuple[str, bytes]]:
    """All pages of a kind in one language."""
    template = env.get_template(f"pages/{kind.template}")
    pages: list[Row | None] = [*rows.all(kind.question)] if kind.question else [None]
    for row in pages:
        thing: Thing | None = row.page if row else None
        address = thing.page if thing else kind.url
        if not address:
            continue
        path = f"{one.language}/{address}" if kind.languages else address
        sections = {
            name: rows.of(section, thing) if thing else rows.all(section.question)
            for name, section in kind.sections.items()
        }
        text = template.render(
            kind=kind, page=thing, row=row, address=address, path=path, root="../" * path.count("/"), assets=site.assets,
            catalogues=site.catalogues, plan=site.plan, facts_url=site.facts_url, **sections,
        )  # fmt: skip
        yield path, text.encode("utf-8")
