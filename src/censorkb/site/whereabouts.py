"""Whereabouts: which files the pages of things are, after some have come and others have gone."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from censorkb.ontology.prefixes import Prefixes
from censorkb.site.plan import PageKind, Plan
from censorkb.site.stale import Stale


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of pages in the folder of a language, each looked up when it is asked for: a change asks for few.

    Args:
        folder: that of the language, with a stroke at the end.
        before: names of the files of the last run.
        gone: addresses of which the pages are gone since.
        come: those of new pages.
    """

    folder: str
    before: Container[str]
    gone: frozenset[str]
    come: frozenset[str]

    def __contains__(self, address: object) -> bool:
        """Whether there is a page at an address."""
        return address in self.come or (address not in self.gone and f"{self.folder}{address}" in self.before)


class Whereabouts:
    """Knows the files of pages.

    Args:
        plan: the kinds of pages.
        prefixes: of the names of things.
        languages: those of the site, the first of which has all pages.
    """

    def __init__(self, plan: Plan, prefixes: Prefixes, languages: list[str]) -> None:
        self._plan, self._prefixes, self._languages = plan, prefixes, languages

    def addresses(self, found: Stale, written: Container[str]) -> Addresses:
        """The addresses of all pages in the folder of a language, after some have come and gone.

        Args:
            found: what comes and goes.
            written: files of the site before.
        """
        pages = [kind for kind in self._plan.kinds if not kind.of]
        gone, come = (
            frozenset(address for kind in pages for address in self._of(kind, side))
            for side in (found.gone, found.come)
        )
        return Addresses(f"site/{self._languages[0]}/", written, gone, come)

    def gone(self, found: Stale) -> list[str]:
        """The files of pages that are gone, from the root of the site."""
        come = set(self._files(found.come))
        return [name for name in self._files(found.gone) if name not in come]

    def _files(self, things: dict[str, set[str]]) -> list[str]:
        """The files of the pages of some things, by kind, from the root of the site."""
        made = []
        for kind in self._plan.kinds:
            folders = [f"{language}/" for language in self._languages] if kind.languages else [""]
            made += [f"{folder}{address}" for folder in folders for address in self._of(kind, things)]
        return made

    def _of(self, kind: PageKind, things: dict[str, set[str]]) -> list[str]:
        names = self._prefixes
        found = sorted(things.get(kind.name, ()))
        return [kind.address(names.local(thing), thing.removeprefix(names.base)) for thing in found]
