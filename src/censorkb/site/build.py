"""The main job: facts to data set and site, in one folder."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from censorkb.check.checker import Checked
from censorkb.check.recheck import Say, recheck
from censorkb.graph import derive
from censorkb.graph.cache import PENDING, Cache, caching
from censorkb.graph.changes import Changes
from censorkb.graph.contents import Contents
from censorkb.graph.export import NAMES
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.query.source import Source
from censorkb.root import Root
from censorkb.site import mirror, published, sitemap, tables
from censorkb.site.bundle import Bundle
from censorkb.site.data import FOLDER, SITE, Data
from censorkb.site.draft import Draft, Part
from censorkb.site.known import Earlier, Shelving
from censorkb.site.packed import Packed, pack
from censorkb.site.pages import Renderer
from censorkb.site.publish import publishing
from censorkb.site.published import Published
from censorkb.site.question_pages import Touch
from censorkb.site.renewal import Renewal, edition
from censorkb.site.stale import Figures, stale

FEW_CLAIMS = 25_000  # up to here all rows of all questions fit into memory
HELD = 45_000  # claims that several processes hold together in 1,900 MB: each has copies of the rows that it reads


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Args:
        checked: the knowledge base and its problems; with errors, nothing was written.
        pages: how many pages the site has.
        written: how many of them were rendered.
    """

    checked: Checked
    pages: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a site is made for.

    Args:
        facts_url: where the fact files can be seen on the web; pages link there.
        base_url: where the site will be on the web, with a stroke at the end; empty if nobody knows.
        release: whether to make what takes as long as all the rest: the database, and the site as one file.
        images: whether to make pictures for those who share pages; `pictures.can_be_made` says whether that is possible.
        endpoint: address of a SPARQL server that has the data set, which is asked what pages show; empty for none.
    """

    facts_url: str
    base_url: str = ""
    release: bool = False
    images: bool = False
    endpoint: str = ""


def build(
    root: Root, out: Path, asked: Asked | str, say: Say, *, fresh: bool = False, jobs: int | None = None
) -> Built:
    """Read, check, derive and write everything; a fault in the facts leaves the last good output as it was.

    Args:
        root: the knowledge base.
        out: folder for `data/` and `site/`.
        asked: what it is made for, or no more than where the fact files can be seen on the web.
        say: told what is being done.
        fresh: whether to do without what the last run left.
        jobs: how many processes render pages; if nobody says, as many as there are processors, or fewer if they would
            need too much memory.
    """
    asked = Asked(asked) if isinstance(asked, str) else asked
    ontology = Ontology(root.ontology)
    with nullcontext() if fresh or asked.endpoint else caching(root, ontology) as cache:
        checked = recheck(root, ontology, cache, say)
        if checked.errors:
            return Built(checked)
        kept = cache if cache and cache.is_settled else None  # the check could not leave anything in it
        job = _Job(root, ontology, out, asked, say, checked, kept, jobs)
        with _no_search_for_cycles():
            return job.run()


class _Job:
    """Writes the output of one knowledge base."""

    def __init__(
        self,
        root: Root,
        ontology: Ontology,
        out: Path,
        asked: Asked,
        say: Say,
        checked: Checked,
        cache: Cache | None,
        jobs: int | None,
    ) -> None:
        self._jobs = jobs
        self._ontology, self._out, self._say, self._cache = ontology, out, say, cache
        self._templates, self._asked, self._checked = root.templates, asked, checked
        self._bundle = Bundle(root.web)
        self._edition = edition(root.templates, [*(str(part) for part in astuple(asked)), self._bundle.edition], out)
        self._left: Renewal | None = None
        self._shelving = Shelving()

    def run(self) -> Built:
        """Write what has changed, if that is known, else everything."""
        last = Renewal.read(self._cache, self._edition) if self._cache else None
        if self._cache:
            self._cache.touch()  # until its store and the output agree again
        with publishing(self._out, last.left if last else "", [FOLDER], made=(f"{FOLDER}/", SITE)) as draft:
            rendered = self._amend(self._cache, last, draft) if self._cache and last and draft.amends else None
            if rendered is None:
                self._replace(draft)
            pages = draft.digests.count(".html")
        if self._cache and self._left and draft.left:
            replace(self._left, left=draft.left).keep(self._cache, self._shelving)
        return Built(self._checked, pages, pages if rendered is None else rendered)

    def _replace(self, draft: Draft) -> None:
        """Write everything."""
        from censorkb.site.crew import hands  # brings multiprocessing, which a build after a change does not need

        knowledge, ontology = self._checked.knowledge, self._ontology
        store = self._checked.store or open_store(ontology, knowledge.lines())
        self._say("deriving")
        derive.derive(ontology, store, self._cache.store if self._cache else None)
        if self._cache:
            self._cache.store.optimize()  # a hundredth more work now, a quarter less for the questions of a small build
        self._say("writing-data-set")
        data = Data(knowledge, store, self._templates, by_rule=False)
        written = data.write(draft)
        contents, statements = str(written), written.statements
        del written  # only its text is left to the next run
        claims = self._checked.claims([*knowledge.documents.values()])
        knowledge.forget()
        with self._source(draft) as source:
            renderer = self._renderer(store, pack(draft, statements), source)
            renderer.published = self._published(data, store, draft)
            self._say("writing-site")
            room = max(1, HELD // max(claims, 1) - 1)
            jobs = 1 if source else self._jobs or min(hands(), room)  # there are no copies of connections
            renderer.write(Part(draft, SITE), whole=claims <= FEW_CLAIMS, hands=jobs)
            figures = Figures.of(renderer.plan, renderer.answers)
        draft.remove_others(SITE)
        self._map(renderer, draft)
        self._pack(draft)
        spaces, uses = renderer.directory.spaces(), sorted(renderer.uses())
        self._left = Renewal(
            self._edition, "", spaces, uses, contents, figures, renderer.questions.shown, _sorted(renderer.met)
        )

    def _amend(self, cache: Cache, last: Renewal, draft: Draft) -> int | None:
        """Write what a change makes different; None if that may be everything."""
        changes = Changes.read(cache.ledger.note(PENDING))
        if not changes:
            self._left, self._shelving = last, Shelving(last.known, last.values, [])
            return 0
        self._say("deriving")
        changes = derive.derive_again(self._ontology, cache.store, changes)
        renderer = self._renderer(cache.store)
        plan, answers, uses = renderer.plan, renderer.answers, {(kind, line) for kind, line in last.uses}
        found = stale(plan, answers, cache.store, changes, uses, last.figures, last.met)
        data = Data(self._checked.knowledge, cache.store, self._templates, by_rule=True)
        if (
            found is None
            or "" in data.documents_of(changes)
            or not data.is_undamaged(draft)
            or any(found.come.get(kind.name) and (kind.of or kind.name) not in last.spaces for kind in plan.kinds)
        ):
            return None
        self._say("writing-data-set")
        contents = data.renew(draft, self._out, Contents.read(last.contents), changes)
        renderer.packed = pack(draft, contents.statements)
        renderer.published = self._published(data, cache.store, draft)
        found.kinds |= {kind.name for kind in plan.kinds if kind.data}
        self._say("writing-site")
        answers.earlier = earlier = Earlier(cache.ledger, last.known, found.touched)
        renderer.directory.know(renderer.whereabouts.addresses(found, draft.before), last.spaces)
        for name in renderer.whereabouts.gone(found):
            draft.remove(f"{SITE}{name}")
        touch = Touch(changes, found.looks, lambda address: draft.before.get(f"{SITE}{address}", ""))
        renderer.questions.shown = last.shown
        renderer.met = {kind: set(things) for kind, things in last.met.items() if kind not in found.kinds}
        rendered = list(self._write(draft, renderer.some(found.wanted(), touch)))
        if any(found.come.values()) or any(found.gone.values()):
            self._map(renderer, draft)
        self._pack(draft)
        figures = Figures.of(plan, answers)
        self._shelving = earlier.leave(answers.known, last.values)
        self._left = replace(
            last,
            contents=str(contents),
            figures=figures,
            shown=renderer.questions.shown,
            met=_sorted(renderer.met),
        )
        return sum(name.endswith(".html") for name in rendered)

    def _published(self, data: Data, store: ox.Store, draft: Draft) -> list[Published]:
        """The files of the data set, with the database if this is a release."""
        found = data.files(draft)
        if not self._asked.release:
            return found
        self._say("writing-database")
        with draft.stream(f"{published.COPY}/{tables.FILE}") as output:
            tables.write(self._ontology, store, self._templates, Path(draft.aside()), output.write)
        return [*found, Published.of(draft, tables.FILE)]

    def _map(self, renderer: Renderer, draft: Draft) -> None:
        """Write the map of the site, if it is known where that will be; fewer pages may need fewer parts."""
        names = (name.removeprefix(SITE) for name in draft.digests.ordered(SITE))
        written = {*self._write(draft, renderer.sitemap(names))}
        for name in sitemap.parts(lambda name: f"{SITE}{name}" in draft.before):
            if name not in written:
                draft.remove(f"{SITE}{name}")

    def _pack(self, draft: Draft) -> None:
        """Write the site as one file, too, if this is a release."""
        if self._asked.release:
            self._say("writing-archive")
            mirror.write(draft, SITE)

    def _source(self, draft: Draft) -> AbstractContextManager[Source | None]:
        """The server that is to be asked, which must have what the draft has."""
        endpoint = self._asked.endpoint
        if not endpoint:
            return nullcontext()
        from censorkb.query.endpoint.held import holder  # brings httpx, which no other build needs

        return holder(self._ontology, endpoint, self._out, Path(draft.path(f"{FOLDER}/{NAMES[0]}")), self._say)

    def _renderer(self, store: ox.Store, packed: Packed | None = None, source: Source | None = None) -> Renderer:
        compiled, asked = self._cache.folder / "templates" if self._cache else None, self._asked
        return Renderer(
            self._ontology,
            store,
            self._templates,
            asked.facts_url,
            compiled,
            asked.base_url,
            self._bundle,
            packed,
            images=asked.images,
            source=source,
        )

    @staticmethod
    def _write(draft: Draft, files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
        for name, content in files:
            draft.write(f"{SITE}{name}", content)
            yield name


def _sorted(met: dict[str, set[str]]) -> dict[str, list[str]]:
    return {kind: sorted(things) for kind, things in met.items()}


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Look for cycles only when asked to, and only among what is made from now on: the search takes a sixth of the rendering."""
    searched = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()  # templates hold the store in circles, which would change its files after they are sealed
        gc.unfreeze()
        if searched:
            gc.enable()
