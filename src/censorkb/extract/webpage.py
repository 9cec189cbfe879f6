"""Web pages: the article in a page, without its navigation, and the date that it states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    Args:
        text: headline and article.
        title: the headline.
        date: day of publication, if the page states it.
        site: name of the site.
        url: the address that the page says is its own.
    """

    text: str
    title: str = ""
    date: str = ""
    site: str = ""
    url: str = ""


def read(markup: str, url: str = "") -> Page | None:
    """Read a page; None if there is no article in it.

    Args:
        markup: the HTML.
        url: where it was found.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        markup,
        url=url or None,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        # Without this a date is guessed from a footer such as "Copyright 2026".
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return None
    known = found if isinstance(found, dict) else found.as_dict()
    title, text = str(known.get("title") or ""), str(known.get("text") or "")
    whole = text if not title or text.startswith(title) else f"{title}\n{text}"
    return Page(
        whole, title, str(known.get("date") or ""), str(known.get("sitename") or ""), str(known.get("url") or "")
    )
