"""The data set in the output: written beside the site and within it, portion by portion."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph import derive, export, portions
from censorkb.graph.changes import Changes
from censorkb.graph.chunk import Chunk, Chunker
from censorkb.graph.contents import Contents, Extent, Trail, Written, opened
from censorkb.graph.focus import Focus
from censorkb.graph.hand import in_hand
from censorkb.graph.knowledge import Knowledge, whole
from censorkb.graph.mapped import Mapped
from censorkb.query import table
from censorkb.query.answer import Answer, ask
from censorkb.query.question import read_all
from censorkb.site import records, tables
from censorkb.site.draft import Draft
from censorkb.site.linked import Linked
from censorkb.site.published import COPY, Published

FOLDER, SITE = "data", "site/"
_CSV, _JSON = "csv", "json"
_CLAIMS, _MEASURES = "claims", "measures"
CLAIMS, CLAIMS_QUESTION = f"{_CLAIMS}.{_CSV}", "all-claims"
AT_ONCE = 10_000  # things whose rows are asked for together: those of everything would take more room than the store
Renewed = tuple[Answer, set[str]] | None  # rows, and the ids of all things that they are about; None if of everything


class Data:
    """Writes the data set of a knowledge base.

    Args:
        knowledge: what its files say.
        store: facts and conclusions.
        templates: folder of the site's templates, with the question whose rows are the measures.
        by_rule: whether it is the store of a cache, which keeps each rule's conclusions in a graph of its own.
    """

    def __init__(self, knowledge: Knowledge, store: ox.Store, templates: Path, *, by_rule: bool) -> None:
        self._knowledge, self._ontology, self._store = knowledge, knowledge.ontology, store
        self._graphs = derive.graphs(knowledge.ontology, by_rule=by_rule)
        self._chunker, self._linked = Chunker(knowledge.ontology), Linked(knowledge.ontology)
        claims = read_all(knowledge.ontology)[CLAIMS_QUESTION].sparql
        measures = (templates / tables.FOLDER / "measures.rq").read_text("utf-8")
        prefixes = knowledge.ontology.prefixes
        # The rows of each begin with the thing that they are about, and stand in the order of these.
        self._tables = {
            _CLAIMS: Focus(claims, "?claim", prefixes),
            _MEASURES: Focus(measures, "?measure", prefixes),
        }
        self._trails: list[Trail] = []

    def write(self, draft: Draft) -> Contents:
        """Write all of it.

        Args:
            draft: where to.

        Returns:
            Where the portions are in the files.
        """
        portions = self._knowledge.portions()
        chunks = ((mapped.name, self._chunk(mapped, draft)) for mapped in portions)
        for name, content in self._linked.words():
            draft.write(f"{SITE}{name}", content)
        return self._put(draft, chunks, lambda _: None)

    def renew(self, draft: Draft, out: Path, contents: Contents, changes: Changes) -> Contents:
        """Write it with the portions of the last run, but for those of some documents.

        Args:
            draft: where to.
            out: the output of the last run; the draft amends it.
            contents: where the portions are in its files.
            changes: of facts and conclusions since then.

        Returns:
            Where the portions are in the new files.
        """
        changed = self.documents_of(changes)
        with opened((out / FOLDER / name for name in export.NAMES), contents, self._trails) as written:

            def chunks() -> Iterator[tuple[str, Chunk | Extent]]:
                for name in sorted(self._knowledge.documents):
                    kept = written.extents.get(name) if name not in changed else None
                    yield name, kept or self._chunk(self._knowledge.said_by(name), draft)

            renewed = partial(self._renewed, changes=changes)
            return self._put(draft, chunks(), renewed, (out / FOLDER, written))

    def documents_of(self, changes: Changes) -> set[str]:
        """The documents of the things that a change says something else of; empty for a thing that has none."""
        return {self._owner(str(quad.subject)) for quad in (*changes.removed, *changes.added)}

    def is_undamaged(self, draft: Draft) -> bool:
        """Whether the files of the last run, which are read again, have the bytes that were written: times tell no decay.

        What they begin with need not be digested again when `renew` writes them.
        """
        trails = {name: Trail(Path(draft.path(f"{FOLDER}/{name}"))) for name in self._names}
        self._trails = [trails[name] for name in export.NAMES]
        return all(trail.whole == draft.digests.get(f"{FOLDER}/{name}") for name, trail in trails.items())

    def files(self, draft: Draft) -> list[Published]:
        """What was written, as the site shows it."""
        return [Published.of(draft, name) for name in self._names]

    @property
    def _names(self) -> tuple[str, ...]:
        """The names of all files."""
        rows = (f"{name}.{ending}" for name in self._tables for ending in (_CSV, _JSON))
        return (*export.NAMES, *rows, export.VOCABULARY, portions.FILE)

    def _about(self, name: str, things: Collection[str]) -> Answer:
        """The rows of a table about some things, given as terms of N-Triples."""
        with in_hand(self._store, self._ontology.prefixes, things) as only:
            answer = self._ask(name, self._tables[name].about(only))
        return Answer(answer.columns, [row for row in answer.rows if str(row[0]) in things])

    def _ask(self, name: str, text: str) -> Answer:
        answer = ask(self._ontology, self._store, text)
        assert isinstance(answer, Answer), f"{name} must be made of a SELECT"
        return answer

    def _all(self, name: str) -> Iterator[Answer]:
        """All rows of a table, some at a time."""
        focus = self._tables[name]
        things = sorted(focus.nodes(self._store) or (), key=lambda term: term[1:-1])
        if len(things) <= AT_ONCE:
            yield self._ask(name, focus.text)
            return
        for start in range(0, len(things), AT_ONCE):
            yield self._about(name, {*things[start : start + AT_ONCE]})

    def _renewed(self, name: str, changes: Changes) -> Renewed:
        """The rows of a table about the things that a change touches, and the ids of these."""
        focus = self._tables[name]
        with changes.still_there(self._store):
            touched = focus.touched(self._store, changes.by_predicate())
        if touched is None:
            return None
        return self._about(name, touched), {self._ontology.prefixes.local(term[1:-1]) for term in touched}

    def _put_rows(self, draft: Draft, name: str, answer: Answer, gone: set[str], before: Path) -> None:
        """A table as CSV and as JSON: new rows, and those of the last run that still hold."""
        new = table.write(self._ontology, answer, _CSV)
        new = table.merged((before / f"{name}.{_CSV}").read_text("utf-8"), new, gone)
        draft.write(f"{FOLDER}/{name}.{_CSV}", new.encode())
        with (before / f"{name}.{_JSON}").open(encoding="utf-8", newline="\n") as lines:
            found = records.merged(records.read(lines), records.records(self._ontology, answer), gone)
            self._put_records(draft, name, found)

    def _put_all_rows(self, draft: Draft, name: str) -> None:
        """A table as CSV and as JSON, while both grow."""
        with draft.stream(f"{FOLDER}/{name}.{_CSV}") as output:

            def found() -> Iterator[str]:
                for number, answer in enumerate(self._all(name)):
                    head, end, rows = table.write(self._ontology, answer, _CSV).partition("\n")
                    output.write((rows if number else f"{head}{end}{rows}").encode())
                    yield from records.records(self._ontology, answer)

            self._put_records(draft, name, found())

    def _put_records(self, draft: Draft, name: str, found: Iterable[str]) -> None:
        with draft.stream(f"{FOLDER}/{name}.{_JSON}") as output:
            for piece in records.array(found):
                output.write(piece)

    def _put(
        self,
        draft: Draft,
        chunks: Iterator[tuple[str, Chunk | Extent]],
        renewed: Callable[[str], Renewed],
        before: tuple[Path, Written] | None = None,
    ) -> Contents:
        with ExitStack() as stack:
            streams = [stack.enter_context(draft.stream(f"{FOLDER}/{name}")) for name in export.NAMES]
            contents = export.write(self._chunker, chunks, [stream.write for stream in streams], before and before[1])
        draft.write(f"{FOLDER}/{portions.FILE}", portions.write(contents))
        for name in self._tables:
            rows = renewed(name)
            if before and rows:
                self._put_rows(draft, name, *rows, before[0])
            else:
                self._put_all_rows(draft, name)
        draft.write(f"{FOLDER}/{export.VOCABULARY}", export.vocabulary(self._chunker, self._ontology))
        for name in self._names:
            draft.same_as(f"{COPY}/{name}", f"{FOLDER}/{name}")
        return contents

    def _chunk(self, mapped: Mapped, draft: Draft) -> Chunk:
        """What a document says, and what follows of the things in it; each thing has files of its own, too."""
        follows = derive.about(self._ontology, self._store, mapped.things, self._graphs)
        lines = self._knowledge.lines_of(mapped) + follows
        for name, content in self._linked.files(lines):
            draft.write(f"{SITE}{name}", content)
        return self._chunker.chunk(lines)

    def _owner(self, subject: str) -> str:
        """The document of a subject; none of a party that no document has."""
        place = self._knowledge.register.place(whole(subject))
        return place.file if place else ""
