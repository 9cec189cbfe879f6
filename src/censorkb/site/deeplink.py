"""Deep links: an address that leads to quoted words on a page.

URL text fragments (WICG Scroll to Text Fragment, section 3.3): in the words `-`, `,` and `&` would be read as syntax.
"""

from __future__ import annotations

from urllib.parse import quote


def deep_link(url: str, words: str) -> str:
    """Make a link to the first place on a page where the words stand.

    Args:
        url: address of the page.
        words: the words, verbatim.
    """
    encoded = quote(" ".join(words.split()), safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={encoded}"
