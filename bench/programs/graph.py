"""Write the graph of a knowledge base. usage: graph ROOT OUT

OUT/facts.nq has what the files say, OUT/data.nt the same without graphs and with the terms of the ontology, and
OUT/shapes.ttl the shapes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.clock import tell
from censorkb.graph.knowledge import Knowledge
from censorkb.root import Root


def main(root: Path, out: Path) -> None:
    """Write the three files."""
    knowledge = Knowledge.read(Root(root))
    vocabulary = knowledge.ontology.vocabulary
    out.mkdir()
    written = 0
    with (out / "facts.nq").open("w", encoding="utf-8") as quads, (out / "data.nt").open("w", encoding="utf-8") as data:
        for line in knowledge.lines():
            quads.write(line)
            data.write(f"{line.rsplit(' ', 2)[0]} .\n")
            written += 1
        data.writelines(f"{s} {p} {o} .\n" for s, p, o in vocabulary.terms)
    (out / "shapes.ttl").write_text("".join(f"{s} {p} {o} .\n" for s, p, o in vocabulary.shapes), "utf-8")
    tell(written)


main(Path(sys.argv[1]), Path(sys.argv[2]))
