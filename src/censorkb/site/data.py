"""The data set in the output: written beside the site and within it, portion by portion."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph import derive, export, portions
from censorkb.graph.changes import Changes
from censorkb.graph.chunk import Chunk, Chunker
from censorkb.graph.contents import Contents, Extent, Written, opened
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
Renewed = tuple[Answer, set[str] | None]  # rows, and the ids of all things that they are about; None if of everything


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
        return self._put(draft, chunks, self._table)

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
        with opened((out / FOLDER / name for name in export.NAMES), contents) as written:

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
        """Whether the files of the last run, which are read again, have the bytes that were written: times tell no decay."""
        for name in (f"{FOLDER}/{each}" for each in self._names):
            with open(draft.path(name), "rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != draft.digests.get(name):
                    return False
        return True

    def files(self, draft: Draft) -> list[Published]:
        """What was written, as the site shows it."""
        return [Published.of(draft, name) for name in self._names]

    @property
    def _names(self) -> tuple[str, ...]:
        """The names of all files."""
        rows = (f"{name}.{ending}" for name in self._tables for ending in (_CSV, _JSON))
        return (*export.NAMES, *rows, export.VOCABULARY, portions.FILE)

    def _table(self, name: str) -> Renewed:
        """All rows of a table."""
        answer = ask(self._ontology, self._store, self._tables[name].text)
        assert isinstance(answer, Answer), f"{name} must be made of a SELECT"
        return answer, None

    def _renewed(self, name: str, changes: Changes) -> Renewed:
        """The rows of a table about the things that a change touches, and the ids of these."""
        focus = self._tables[name]
        with changes.still_there(self._store):
            touched = focus.touched(self._store, changes.by_predicate())
        if touched is None:
            return self._table(name)
        with in_hand(self._store, self._ontology.prefixes, touched) as only:
            answer = ask(self._ontology, self._store, focus.about(only))
        assert isinstance(answer, Answer), f"{name} must be made of a SELECT"
        rows = [row for row in answer.rows if str(row[0]) in touched]
        return Answer(answer.columns, rows), {self._ontology.prefixes.local(term[1:-1]) for term in touched}

    def _put_rows(self, draft: Draft, name: str, renewed: Renewed, before: Path | None) -> None:
        """A table as CSV and as JSON, with the rows of the last run that still hold."""
        answer, gone = renewed
        new, found = table.write(self._ontology, answer, _CSV), records.records(self._ontology, answer)
        with ExitStack() as stack:
            if before and gone is not None:
                new = table.merged((before / f"{name}.{_CSV}").read_text("utf-8"), new, gone)
                lines = stack.enter_context((before / f"{name}.{_JSON}").open(encoding="utf-8", newline="\n"))
                found = records.merged(records.read(lines), found, gone)
            draft.write(f"{FOLDER}/{name}.{_CSV}", new.encode())
            output = stack.enter_context(draft.stream(f"{FOLDER}/{name}.{_JSON}"))
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
            self._put_rows(draft, name, renewed(name), before and before[0])
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
