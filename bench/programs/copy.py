"""Write the files of a folder once more. usage: copy FOLDER OUT

The clock runs while folders are made and files are written, from memory and without syncing: the least that any
program that writes these files must do.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.clock import Clock, tell


def main(folder: Path, out: Path) -> None:
    """Write once."""
    files = [(path.relative_to(folder), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    clock = Clock()
    with clock.running():
        for parent in sorted({name.parent for name, _ in files}):
            (out / parent).mkdir(parents=True, exist_ok=True)
        for name, content in files:
            with open(out / name, "wb", buffering=0) as file:
                file.write(content)
    tell(sum(len(content) for _, content in files), clock)


main(Path(sys.argv[1]), Path(sys.argv[2]))
