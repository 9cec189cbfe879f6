"""The chorus: all languages render a page together, once, as far as what it shows does not depend on the language.

Most pages have the same parts in the same order, whatever they are called. Where that is not so, as where names decide on
the order, the chorus is told (`Differs`), and each language renders the page by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Never

from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Value
from censorkb.site.compiler import joined
from censorkb.site.environment import SiteEnvironment
from censorkb.site.formats import FORMATS, HTML, PLAIN, text
from censorkb.site.plan import PageKind, Some
from censorkb.site.spoken import Spoken
from censorkb.site.tongues import Differs, Each, Tongues, Unfit, fit
from censorkb.site.value import Names, Shower, Shown
from censorkb.site.wording import written

File = tuple[str, bytes]
FEW, SHARE = 10, 0.5  # if more of the pages of a kind differ, nobody tries to render any more of them together


class Chorus:
    """Some languages, which render pages in turn or together.

    Args:
        languages: each by itself.
        together: all of them, as one language whose texts are those of all; None if they render in turn only.
        tongues: has those texts.
    """

    def __init__(self, languages: Sequence[Spoken], together: Spoken | None = None, tongues: Tongues | None = None):
        self.languages = languages
        self._together, self._tongues = together, tongues
        self._apart: set[str] = set()
        self._tried, self._refused = Counter[str](), Counter[str]()  # pages, by kind

    def pages(self, kind: PageKind, wanted: Some) -> Iterator[File]:
        """The wanted pages of a kind in all languages."""
        together = None if kind.name in self._apart else self._together
        if together and kind.question:
            rest = yield from self._at_once(together, kind, wanted.things.get(kind.name, []))
            wanted = replace(wanted, things={kind.name: rest})
            if not rest:
                return
        elif together and kind.name in wanted.kinds:
            found = self._text_of(together, kind, partial(together.single, kind))
            yield from self._files(kind, *found) if found else ()
            self._let_go(together)
            if found:
                return
        for language in self.languages:
            if kind.languages or language.first:
                yield from language.pages(kind, wanted)

    def compile(self) -> None:
        """Compile all templates now, that copies of this process need not do it."""
        for language in (*self.languages, *filter(None, [self._together])):
            language.compile()

    def clear(self) -> None:
        """Let go of all rows, and of what was shown of them."""
        for language in self.languages:
            language.clear()
        if self._together:
            self._together.clear()
        if self._tongues:
            self._tongues.forget()

    def _at_once(self, together: Spoken, kind: PageKind, things: list[str]) -> Generator[File, None, list[str]]:
        """Render the pages of some things together; returns those whose pages each language must render."""
        try:
            rows = together.rows.batch(kind, things)
        except Unfit:
            self._part(together.plan.kinds)
            return things
        rest: list[str] = []
        for row in rows:
            if not row.page.page:
                continue
            self._tried[kind.name] += 1
            found = self._text_of(together, kind, partial(together.text_of, kind, row))
            if found:
                yield from self._files(kind, *found)
            else:
                rest.append(row.page.iri)
                self._refused[kind.name] += 1
                if self._refused[kind.name] > max(FEW, self._tried[kind.name] * SHARE):
                    self._part([kind])
        self._let_go(together)
        return rest

    def _let_go(self, together: Spoken) -> None:
        together.let_go()
        if self._tongues and not together.rows.keeps:
            self._tongues.forget()

    def _text_of(
        self, together: Spoken, kind: PageKind, render: Callable[[], tuple[str, str]]
    ) -> tuple[str, str] | None:
        """The address and the text of a page; None if each language has its own.

        Args:
            together: renders it.
            kind: of the page.
            render: gives both.
        """
        if kind.name in self._apart:
            return None
        try:
            return render()
        except Unfit:
            self._part(together.plan.kinds)
        except Differs:
            pass
        return None

    def _part(self, kinds: Iterable[PageKind]) -> None:
        """From now on, render some kinds of pages in each language by itself."""
        self._apart |= {kind.name for kind in kinds}

    def _files(self, kind: PageKind, address: str, text: str) -> Iterator[File]:
        assert self._tongues is not None
        tongues = self._tongues
        texts: Iterable[str | bytes] = tongues.encoded(text) if kind.form is HTML else tongues.of(text)
        for language, said in zip(self.languages, texts, strict=True):
            if kind.languages or language.first:
                yield language.file(kind, address, said)


class TogetherShower(Shower):
    """The value of each term for all languages; Unfit if a text could be taken for marks.

    Args:
        ontology: its prefixes and datatypes.
        names: names of things by language.
        pages: addresses of pages by thing.
        languages: those of each reader.
        tongues: makes texts of all languages.
    """

    def __init__(
        self,
        ontology: Ontology,
        names: Names,
        pages: dict[str, str],
        languages: Sequence[tuple[str, ...]],
        tongues: Tongues,
    ) -> None:
        super().__init__(ontology, names, pages, languages[0])
        self._all, self._tongues = languages, tongues

    def _made(self, term: Value) -> Shown:
        assert term is not None
        fit(term.value)
        return super()._made(term)

    def _label(self, iri: str, id_: str, languages: tuple[str, ...]) -> tuple[str, str]:  # noqa: ARG002 - of all
        labels, tags = zip(*(super(TogetherShower, self)._label(iri, id_, one) for one in self._all), strict=True)
        return self._tongues.each(map(fit, labels)), self._tongues.each(tags)


def _plain(value: object) -> str:
    return value.mark if isinstance(value, Each) else text(value)


@pass_eval_context  # as Jinja's own: what is compiled for one environment is run in all
def _refused(_: EvalContext, *__: object) -> Never:
    """In the place of what would write the letters of marks as numbers."""
    raise Differs


def gather(environment: SiteEnvironment, tongues: Tongues) -> None:
    """Make an environment one of all languages, by what its templates do with texts.

    Args:
        environment: nothing was rendered in it yet.
        tongues: makes texts of all languages.
    """

    def put_together(parts: tuple[object, ...]) -> str:
        if Each not in (kinds := [*map(type, parts)]) or Markup in kinds:
            return joined(parts)
        texts = [tongues.of(part if isinstance(part, str) else str(part)) for part in parts]
        return tongues.each(map("".join, zip(*texts, strict=True)))

    forms = {name: form.write for name, form in FORMATS.items() if name != PLAIN}
    lasting = {form: tongues.writing(partial(written, form), lasting=True)[0] for form in (*forms, "html")}
    environment.kept, environment.texts = tongues.html, frozenset({str, Each})
    environment.writing = {PLAIN: (_plain, _plain), **{name: tongues.writing(write) for name, write in forms.items()}}
    environment.joined = put_together
    environment.filters["tojson"] = _refused
    environment.said = tongues.again
    environment.written = lambda form, said: _plain(said) if form == PLAIN else lasting[form](said)
    environment.constant = lambda text: _plain(tongues.each(tongues.of(text), lasting=True))
