"""The map of the site for search engines: every page with its languages (sitemaps.org, and hreflang as they read it)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, islice, takewhile

from jinja2 import Environment

from censorkb.site.catalogue import Catalogue
from censorkb.site.formats import format_of

INDEX, PART = "sitemap.xml", "sitemap-{}.xml"
MOST = 45_000  # a part may have 50,000 addresses
_HIDDEN = ("embed/",)  # what is shown within other pages


def files(
    environment: Environment, catalogues: list[Catalogue], base_url: str, names: Iterable[str]
) -> Iterator[tuple[str, bytes]]:
    """The index and the parts.

    Args:
        environment: where the templates are.
        catalogues: the languages; all have the same pages.
        base_url: where the site will be on the web.
        names: the files of the site, in order.

    Yields:
        The address of each file from the root of the site, and its bytes.
    """
    start, size = f"{catalogues[0].language}/", MOST // len(catalogues)
    pages = (
        name.removeprefix(start)
        for name in names
        if name.startswith(start) and name.endswith(".html") and not name.removeprefix(start).startswith(_HIDDEN)
    )
    shared = {"base_url": base_url, "catalogues": catalogues}
    addresses = list[str]()
    while part := [*islice(pages, size)]:
        addresses.append(PART.format(len(addresses) + 1))
        yield addresses[-1], _rendered(environment, "sitemap.xml", {**shared, "addresses": part})
    yield INDEX, _rendered(environment, "sitemaps.xml", {**shared, "names": addresses})


def parts(is_there: Callable[[str], bool]) -> Iterator[str]:
    """The addresses of the parts that a site has.

    Args:
        is_there: whether it has a file, given by its address from the root of the site.
    """
    return takewhile(is_there, map(PART.format, count(1)))


def _rendered(environment: Environment, template: str, values: dict[str, object]) -> bytes:
    text = environment.get_template(f"partials/{template}").render(values)
    return format_of(template).whole(text)
