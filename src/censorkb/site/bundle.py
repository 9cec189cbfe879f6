"""The bundle: scripts with parts of others, and the query engine, as the installation has made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from censorkb.site.packed import as_script
from censorkb.site.static import name_of

STAMP, LICENCES, ENGINE = "STAMP", "THIRD-PARTY.txt", "oxigraph.wasm.gz"


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a bundle.

    Args:
        folder: where they are; None if censorkb was installed without.
    """

    folder: Path | None

    @property
    def edition(self) -> str:
        """What it was made from, as a digest; empty if there is none."""
        return (self.folder / STAMP).read_text("utf-8") if self.folder else ""

    def files(self) -> Iterator[tuple[str, str, bytes]]:
        """The name of each file, its address from the root of the site, and its bytes."""
        if not self.folder:
            return
        for path in sorted(self.folder.iterdir()):
            if path.name == STAMP:
                continue
            content = path.read_bytes()
            address = path.name if path.name == LICENCES else name_of(path.name, content)
            yield path.name, address, content
            if path.name == ENGINE:
                yield f"{path.name}.js", f"{address}.js", as_script(content)
