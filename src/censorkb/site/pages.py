"""Pages: the plan, the answers and the templates to the files of the site."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.source import Source
from censorkb.site import catalogue as catalogues
from censorkb.site import sitemap, static
from censorkb.site.answers import Answers
from censorkb.site.bundle import Bundle
from censorkb.site.chorus import Chorus, File, TogetherShower, gather
from censorkb.site.deeplink import history
from censorkb.site.diction import Diction
from censorkb.site.directory import Directory
from censorkb.site.draft import Entry, Part
from censorkb.site.environment import environment, speak
from censorkb.site.memory import give_back
from censorkb.site.packed import Packed
from censorkb.site.plan import PageKind, Plan, Section, Some
from censorkb.site.published import Published
from censorkb.site.question_pages import QuestionPages, Touch
from censorkb.site.rows import Rows, SomeRows
from censorkb.site.rules import RulePages
from censorkb.site.scale import EARLIEST, Scale
from censorkb.site.spoken import Spoken
from censorkb.site.tongues import Tongues, is_fit
from censorkb.site.uses import uses
from censorkb.site.value import Shower
from censorkb.site.whereabouts import Whereabouts

NO_BUNDLE = Bundle(None)
BATCH = 2_500  # pages
PORTION = 250  # pages of a kind that a process of a crew makes before it looks what is left
PORTIONS = 8  # for each process, of kinds with fewer pages: some of them show a hundred times as much as others
WORTH_IT = 5_000  # files of things in each language, from which on a crew is sooner ready than one process
MUCH = 4_000  # claims: pages that show so many, each in all its languages, take about 100 MB
ALIKE, UNLIKE = 100, 4  # among fewer pages some show many times as much as others: a ministry, and who spoke once


class Renderer:
    """Renders the pages of a site.

    Args:
        ontology: its prefixes and datatypes.
        store: facts, terms and what is derived.
        templates: folder of `pages.toml`, templates, questions, catalogues and static files.
        facts_url: where the fact files can be read on the web; empty if nowhere.
        compiled: where compiled templates are kept from run to run; nowhere if there is no such folder.
        base_url: where the site will be on the web, with a stroke at the end; empty if nobody knows.
        bundle: the scripts that the installation has bundled.
        packed: the data set that a browser can load.
        images: whether to make pictures for those who share pages.
        source: something that has the same data as the store and is asked instead.
    """

    def __init__(
        self,
        ontology: Ontology,
        store: ox.Store,
        templates: Path,
        facts_url: str,
        compiled: Path | None = None,
        base_url: str = "",
        bundle: Bundle = NO_BUNDLE,
        packed: Packed | None = None,
        *,
        images: bool = False,
        source: Source | None = None,
    ) -> None:
        self.plan = Plan.read(templates)
        self.answers = Answers(ontology, store, templates / "questions", source)
        self._ontology, self._templates, self._facts_url, self._compiled = ontology, templates, facts_url, compiled
        self._environment, self._base_url = environment(templates), base_url
        self._images = images
        self._bundle, self.packed = bundle, packed
        self.questions = QuestionPages(self.plan, ontology, store, source)
        self.directory = Directory(ontology, self.plan, self.answers)
        self._spoken = catalogues.read_all(templates)
        self.whereabouts = Whereabouts(self.plan, ontology.prefixes, [one.language for one in self._spoken])
        self._assets: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self.published: list[Published] = []
        self.met: dict[str, set[str]] = {}

    def all(self, *, whole: bool = True) -> Iterator[File]:
        """Render all files.

        Args:
            whole: whether each question is asked once of everything, which takes memory, or about a batch of pages.

        Yields:
            The address of each file from the root of the site, and its bytes.
        """
        yield from self._static()
        yield from self._one_by_one(self._chorus(whole=whole), self._everything(whole=whole), whole=whole)

    def write(self, site: Part, *, whole: bool = True, hands: int = 1) -> None:
        """Render all files and write them.

        Args:
            site: to which they are written.
            whole: as for `all`.
            hands: how many processes render pages; 1 for this one only.
        """
        site.write(self._static())
        chorus = self._chorus(whole=whole)
        if hands > 1:
            with self.answers.asking(self._shown() if whole else (), hands):
                chorus.compile()
        wanted = self._everything(whole=whole)
        if hands == 1 or wanted.pages < WORTH_IT:
            site.write(self._one_by_one(chorus, wanted, whole=whole))
        else:
            self._share_out(chorus, wanted, site, hands, whole=whole)

    def _share_out(self, chorus: Chorus, wanted: Some, site: Part, hands: int, *, whole: bool) -> None:
        """Write all pages: those of things are made by a crew, the few others here, while the crew is at work."""
        from censorkb.site.crew import Crew  # brings multiprocessing, which no small build needs

        if not whole:
            site.write(self._beside(chorus, keep=False))  # for want of memory not at the same time as the crew
        site.share()
        most = PORTION if whole else 2 * BATCH
        parts = [part for kinds in self._kinds() for part in wanted.shares(kinds, most, hands * PORTIONS)]
        with Crew([partial(self._share, chorus, part, site, whole=whole) for part in parts], hands) as crew:
            single = self._pages(chorus, Some({}, wanted.kinds), keep=whole)
            for file in chain(self._beside(chorus, keep=True), single) if whole else single:
                site.write([file])
                site.take(crew.made(rest=False))
            site.take(crew.made(rest=True))

    def _share(self, chorus: Chorus, part: Some, site: Part, *, whole: bool) -> Iterator[Entry]:
        """Put the pages of some things, in a copy of the process, and tell of each."""
        yield from site.put(self._pages(chorus, part, keep=whole))
        site.settle()

    def _everything(self, *, whole: bool) -> Some:
        """All pages, of which the directory is told."""
        for _ in self.directory.read_pages():
            if not whole:
                self.answers.forget()
        if whole:
            self.directory.read_names()
        things = {kind.name: self.directory.members(kind) for kind in self.plan.kinds}
        return Some(things, {kind.name for kind in self.plan.kinds if not kind.question})

    def _one_by_one(self, chorus: Chorus, wanted: Some, *, whole: bool) -> Iterator[File]:
        """All pages, made by this process."""
        # First: a question of everything needs more memory than a batch of pages, which leave less behind them.
        yield from self._beside(chorus, keep=whole)
        yield from self._pages(chorus, Some({}, wanted.kinds), keep=whole)
        chorus.clear()
        yield from self._pages(chorus, Some(wanted.things, set()), keep=whole)

    def _shown(self) -> list[Section]:
        """What the pages of things show of everything."""
        kinds = [kind for kind in self.plan.kinds if kind.question and self._is_made(kind)]
        shown = (section for kind in kinds for section in (Section(kind.question, "page"), *kind.sections.values()))
        return [*shown, *self.plan.lines.values()]

    def _beside(self, chorus: Chorus, *, keep: bool) -> Iterator[File]:
        """The pages of questions and rules."""
        yield from self.questions.all(chorus.languages, keep=keep)
        rules = RulePages(self.plan, self._ontology)
        for language in chorus.languages:
            yield from rules.of(language, language.tag)
        if not keep:
            give_back()  # at 100,000 claims 230 MB, which the pages would come on top of

    def some(self, wanted: Some, touch: Touch | None = None) -> Iterator[File]:
        """Render some pages; the directory must know all of them.

        Args:
            wanted: which pages.
            touch: the change, for the pages of questions that it makes different.
        """
        for _ in self._static():
            pass  # for their names
        keep = wanted.pages <= BATCH
        chorus = self._chorus(whole=False, keep=keep)
        yield from self._pages(chorus, wanted, keep=keep)
        yield from self.questions.renewed(chorus.languages, touch) if touch else ()

    def _pages(self, chorus: Chorus, wanted: Some, *, keep: bool) -> Iterator[File]:
        """The wanted pages in all languages, those of a kind in batches with the files beside them.

        Args:
            chorus: the languages.
            wanted: which pages.
            keep: whether the memory has room for all answers.
        """
        claims = max(1, self.answers.claims(self.plan.site))
        for beside in self._kinds():
            if any(wanted.things.get(kind.name) or kind.name in wanted.kinds for kind in beside):
                share = _share(max((len(wanted.things.get(kind.name, ())) for kind in beside), default=0), claims)
                for batch in wanted.batches(beside, BATCH if keep else max(1, min(BATCH, share))):
                    for kind in beside:
                        yield from chorus.pages(kind, batch)
                    if not keep:
                        self._forget()

    def _kinds(self) -> Iterator[list[PageKind]]:
        """The kinds of pages that are made, each with those of the files beside it."""
        for page in self.plan.kinds:
            if not page.of:
                yield [kind for kind in (page, *page.files) if self._is_made(kind)]

    def _is_made(self, kind: PageKind) -> bool:
        """Whether there are pages of a kind, by what the site is made for."""
        return (not kind.absolute or self._base_url != "") and (not kind.is_picture or self._images)

    def _forget(self) -> None:
        """Let go of what the next pages will hardly need, and of the rows that templates hold on to in circles."""
        self.answers.forget()
        self.directory.forget_names()
        gc.collect()

    def sitemap(self, names: Iterable[str]) -> Iterator[File]:
        """The map of a site with some files; nothing if nobody knows where it will be."""
        if self._base_url:
            yield from sitemap.files(self._environment, self._spoken, self._base_url, names)

    def uses(self) -> set[tuple[str, str]]:
        """Pairs of a kind of page and a question that its pages may ask about what they show."""
        return uses(self._environment, self.plan)

    def _static(self) -> Iterator[File]:
        scales = _scales(self.answers.cutoff(self.plan.site))
        for file in static.files(self._templates):
            content = static.squeezed(file, self._environment.get_template(f"static/{file}").render(scales=scales))
            self._assets[file] = static.name_of(file, content)
            yield self._assets[file], content
        for file, address, content in self._bundle.files():
            self._assets[file], self._sizes[file] = address, round(len(content) / 1024)
            yield address, content

    def _chorus(self, *, whole: bool, keep: bool = False) -> Chorus:
        """All languages, each by itself and all together.

        Args:
            whole: whether each question is asked once of everything.
            keep: whether there is room for the rows of all pages even so.
        """
        few = self.answers.claims(self.plan.site) <= self.plan.few
        shared: dict[str, object] = {
            "assets": self._assets, "catalogues": self._spoken, "facts_url": self._facts_url,
            "history_url": history(self._facts_url), "few": few,
            "data_files": self.published, "images": self._images,
            "packed": self.packed, "sizes": self._sizes, "prefixes": self._ontology.prefixes,
            "urls": {kind.name: kind.url for kind in self.plan.kinds},
            "base_url": self._base_url, "base": self._ontology.prefixes.base,
        }  # fmt: skip

        def spoken(diction: Diction, shower: Callable[[], Shower], *, first: bool) -> Spoken:
            rows = Rows(self.answers, shower) if whole else SomeRows(self.answers, shower, self.directory, keeps=keep)
            now = self.answers.cutoff(self.plan.site)
            made = speak(self._environment, self.plan, diction, rows, now, self._compiled)
            return Spoken(self.plan, diction, made, rows, shared, few, first=first, met=self.met)

        dictions = [*map(Diction.of, self._spoken)]
        chains = [(one.language, "en", "") for one in self._spoken]
        shown = self._ontology, self.directory.names, self.directory.pages
        languages = [
            spoken(diction, partial(Shower, *shown, chain), first=chain is chains[0])
            for diction, chain in zip(dictions, chains, strict=True)
        ]
        if not is_fit(f"{self._facts_url} {self._base_url}"):
            return Chorus(languages)
        tongues = Tongues(len(languages))
        all_ = partial(TogetherShower, *shown, chains, tongues)
        together = spoken(Diction.together(dictions, tongues), all_, first=False)
        gather(together.environment, tongues)
        return Chorus(languages, together, tongues)


def _share(pages: int, claims: int) -> int:
    """How many pages are made at once: those that show everything among them one by one, many that show little by the thousand.

    Args:
        pages: of a kind.
        claims: of everything.
    """
    share = MUCH * pages // claims
    return share if share >= ALIKE else share // UNLIKE


def _scales(now: dt.date) -> list[Scale]:
    """Every axis that a chart of the site can have."""
    return [Scale(year, now) for year in range(EARLIEST, now.year + 1)]
