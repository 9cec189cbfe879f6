"""Deep links: an address that leads to quoted words on a page, or to the history of a file.

URL text fragments (WICG Scroll to Text Fragment, section 3.3): in the words `-`, `,` and `&` would be read as syntax.
"""

from __future__ import annotations

import re
from urllib.parse import quote

# What stands between the name of a repository and that of a branch, for files and for their history.
_HOSTS = (
    (r"/-/(?:blob|tree|raw)/", "/-/commits/"),
    (r"/src/(branch|tag|commit)/", r"/commits/\1/"),
    (r"/tree/([^/]+)/item/", r"/log/\1/item/"),
    (r"(?<=[^/:]/)([^/]+/[^/]+)/(?:blob|tree|raw)/", r"\1/commits/"),
)


def deep_link(url: str, words: str) -> str:
    """Make a link to the first place on a page where the words stand.

    Args:
        url: address of the page.
        words: the words, verbatim.
    """
    encoded = quote(" ".join(words.split()), safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={encoded}"


def history(url: str) -> str:
    """Make the address below which a web host shows the history of files; empty if it is not known of the host.

    Args:
        url: the address below which it shows the files: of GitHub, GitLab, Forgejo (such as Codeberg) or SourceHut,
            wherever they run.
    """
    for files, log in _HOSTS:
        found, count = re.subn(files, log, url if url.endswith("/") else f"{url}/", count=1)
        if count:
            return found
    return ""
