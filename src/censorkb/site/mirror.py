"""The mirror kit: the whole site as one zip, to be unpacked and read anywhere, without a server."""

from __future__ import annotations

from pathlib import Path

from censorkb.site.archive import archive
from censorkb.site.draft import Draft

FILE = "censorkb-site.zip"
FOLDER = "censorkb/"  # what it is unpacked into
_PACKED = (".png", ".gz", ".zip", ".woff2")


def write(draft: Draft, site: str) -> None:
    """Write the zip beside the files of a site.

    Args:
        draft: all files of the site are in it.
        site: the beginning of their names.
    """
    aside = str(Path(draft.aside()).parent)
    with draft.stream(f"{site}{FILE}") as output, archive(output.write, aside) as packed:
        for name in draft.digests.ordered(site):
            if name != f"{site}{FILE}":
                with open(draft.path(name), "rb") as content:
                    packed.add(FOLDER + name.removeprefix(site), content, deflate=not name.endswith(_PACKED))
