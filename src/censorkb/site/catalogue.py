"""Catalogues: the words of the site in one language, `site_templates/locales/<language>.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from babel.units import format_unit

_UNITS = ("digital-byte", "digital-kilobyte", "digital-megabyte", "digital-gigabyte")

_PSEUDO = ("XA", "XB", "ZZ")  # what CLDR calls so are no countries


class Words:
    """Words by key, for `t.section.key` in templates: any key works, also one that is a method of dictionaries."""

    def __init__(self, table: dict[str, object]) -> None:
        # As attributes, which templates find at once; to fall back from a missing one costs an exception each time.
        self.__dict__.update({key: Words(value) if isinstance(value, dict) else value for key, value in table.items()})

    def __contains__(self, key: object) -> bool:
        """Whether there is such a word."""
        return key in self.__dict__

    def __getitem__(self, key: str) -> object:
        """A word or a group of words; KeyError if the catalogue lacks it."""
        found: object = self.__dict__[key]
        return found


class Catalogue:
    """The words of the site in one language.

    Args:
        path: the file; its stem is the language tag.
    """

    def __init__(self, path: Path) -> None:
        table = tomllib.loads(path.read_text("utf-8"))
        self.language = path.stem
        self.locale = Locale.parse(self.language, sep="-")
        self.name = str(table.pop("name"))
        self.direction = self.locale.text_direction if "direction" not in table else str(table.pop("direction"))
        self._counted: dict[str, dict[str, str]] = table.pop("counted")
        self.date: dict[str, str] = table.pop("date")
        self.words = Words(table)
        self._written: dict[int, str] = {}
        self._languages: dict[str, str] = {}
        self._forms: dict[int, str] = {}

    def language_name(self, tag: str) -> str:
        """The name of a language; its tag if the language has no name for it."""
        if tag not in self._languages:
            try:
                self._languages[tag] = Locale.parse(tag, sep="-").get_display_name(self.locale) or tag
            except (UnknownLocaleError, ValueError):
                self._languages[tag] = tag
        return self._languages[tag]

    def country(self, code: str) -> str:
        """The name of a country (CLDR) by its code of two letters; empty if the language has none for it."""
        return "" if code in _PSEUDO else str(self.locale.territories.get(code, ""))

    def number(self, number: int) -> str:
        """Write a number as the language does."""
        if number not in self._written:
            self._written[number] = format_decimal(number, locale=self.locale)
        return self._written[number]

    def size(self, size: int) -> str:
        """Write the size of a file in bytes as people do, in the unit that leaves the fewest digits."""
        power = min((len(str(size)) - 1) // 3, len(_UNITS) - 1)
        return str(format_unit(size / 1000**power, _UNITS[power], "short", "#,##0.#", locale=self.locale))

    def counted(self, number: int, what: str) -> str:
        """Write a number of things on one line, with the plural form of the language; KeyError if the catalogue lacks the word."""
        forms = self._counted[what]
        if number not in self._forms:
            self._forms[number] = self.locale.plural_form(number)
        form = forms.get(self._forms[number], forms["other"])
        return form.replace("{n} ", "{n}\u00a0").replace("{n}", self.number(number))


def read_all(templates: Path) -> list[Catalogue]:
    """All catalogues of a folder of templates: English first, then by tag."""
    found = [Catalogue(path) for path in sorted((templates / "locales").glob("*.toml"))]
    return sorted(found, key=lambda catalogue: (catalogue.language != "en", catalogue.language))
