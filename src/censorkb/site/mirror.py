"""The mirror kit: the whole site as one zip, to be unpacked and read anywhere, without a server.

The same files give the same bytes: names in order, one time for all, no owner.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from censorkb.site.draft import Draft, Stream

FILE = "censorkb-site.zip"
FOLDER = "censorkb/"  # what it is unpacked into
_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can have
_MODE = 0o644 << 16
_PACKED = (".png", ".gz", ".zip", ".woff2")


def write(draft: Draft, site: str) -> None:
    """Write the zip beside the files of a site.

    Args:
        draft: all files of the site are in it.
        site: the beginning of their names.
    """
    names = sorted(name for name in draft.digests if name.startswith(site) and name != f"{site}{FILE}")
    with draft.stream(f"{site}{FILE}") as output, zipfile.ZipFile(_Sink(output), "w") as packed:
        for name in names:
            entry = zipfile.ZipInfo(FOLDER + name.removeprefix(site), _TIME)
            entry.external_attr, entry.create_system = _MODE, 3
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            with Path(draft.path(name)).open("rb") as plain, packed.open(entry, "w") as place:
                shutil.copyfileobj(plain, place)


class _Sink:
    """A file that can only be written to, as the zip wants it."""

    def __init__(self, output: Stream) -> None:
        self._output = output

    def write(self, content: bytes, /) -> int:
        self._output.write(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Whoever has opened the output closes it."""
